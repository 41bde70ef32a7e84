/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Locale, options, and the way to a command or to the console. */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/out.h"

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

/*
 * A closed standard descriptor would be handed out to the next file opened, and what is printed
 * would go there.  For reading only, so that writing still fails.
 */
static void fill_standard_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/* What this program was built with, for --version. */
static const char features[] =
#ifdef HAVE_LIBUDEV
	" +libudev"
#else
	" -libudev"
#endif
#ifdef HAVE_LIBCAP_NG
	" +libcap-ng"
#else
	" -libcap-ng"
#endif
#ifdef HAVE_LIBSECCOMP
	" +libseccomp";
#else
	" -libseccomp";
#endif

static void init_locale(void)
{
	setlocale(LC_ALL, "");
	/* Numbers are data here: they look the same everywhere. */
	setlocale(LC_NUMERIC, "C");
#ifdef LOCALEDIR
	bindtextdomain("kmodtui", LOCALEDIR);
#endif
	textdomain("kmodtui");
	text_set_utf8(!strcmp(nl_langinfo(CODESET), "UTF-8"));
}

int main(int argc, char **argv)
{
	const struct command *command = NULL;
	struct options options;
	enum status status;
	int first = argc;

	fill_standard_descriptors();
	init_locale();
	status = cli_parse(argc, argv, &options, &command, &first);
	if (status)
		return (int)status;
	if (options.ascii)
		text_set_utf8(false);
	if (options.version || options.help) {
		out_init(&options);
		if (options.version)
			out_printf("kmodtui %s%s\n", PACKAGE_VERSION, features);
		else
			cli_help(command);
		return (int)out_finish(STATUS_DONE, false);
	}
	/* A command runs before anything of the console: it may have been given privilege. */
	if (command)
		return (int)cli_run(&options, command, argc - first, argv + first);
	return app_main(&options);
}
