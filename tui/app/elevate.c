/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/elevate.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/program.h"

/* How each is told where its own options end, and not to ask; NULL: it can not be told. */
static const struct kind {
	const char *name, *end, *silent;
} kinds[] = {
	{ "sudo", "--", "-n" },
	{ "doas", "--", "-n" },
	{ "pkexec", NULL, NULL },
};

static const struct kind *find_kind(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(kinds[i].name, name))
			return &kinds[i];
	return NULL;
}

static void find_program(struct elevate *elevate, const struct root *root, const char *wanted)
{
	bool any = !wanted || !strcmp(wanted, "auto");
	size_t i;

	if (!any && *wanted == '/')
		elevate->path = xstrdup(wanted);
	for (i = 0; any && i < ARRAY_SIZE(kinds) && !elevate->path; i++)
		program_find(root, kinds[i].name, &elevate->path);
	if (!any && !elevate->path && strcmp(wanted, "none"))
		program_find(root, wanted, &elevate->path);
}

static char *format_two(const char *format, const char *first, const char *second)
{
	struct buf out = BUF_INIT;

	buf_printf(&out, format, first, second);
	return buf_detach(&out);
}

/* A program that somebody else could exchange is not to be run as root. */
static void check_self(struct elevate *elevate, const struct root *root)
{
	int err = program_self(root, &elevate->program);

	if (!err)
		err = program_check(root, elevate->program);
	if (!err)
		return;
	elevate->obstacle = format_two(_("%s is not used to run %s: others than root could have changed it.  "
					 "Install it, or start it as root."),
				       elevate->name, elevate->program ? elevate->program : "kmodtui");
	free(elevate->path);
	elevate->path = NULL;
}

void elevate_find(struct elevate *elevate, const struct root *root, const char *wanted)
{
	const char *slash;

	*elevate = (struct elevate){ .path = NULL };
	find_program(elevate, root, wanted);
	if (!elevate->path) {
		if (wanted && strcmp(wanted, "auto") && strcmp(wanted, "none"))
			elevate->obstacle = format_two(_("You may not change modules, and there is no program %s that could do it: see --elevate."),
						       wanted, NULL);
		return;
	}
	slash = strrchr(elevate->path, '/');
	elevate->name = slash ? slash + 1 : elevate->path;
	check_self(elevate, root);
	if (!elevate->path)
		elevate->name = NULL;
}

void elevate_release(struct elevate *elevate)
{
	free(elevate->path);
	free(elevate->program);
	free(elevate->obstacle);
	*elevate = (struct elevate){ .path = NULL };
}

bool elevate_arguments(const struct elevate *elevate, bool batch, const struct strv *command,
		       struct strv *arguments)
{
	const struct kind *kind = find_kind(elevate->name);
	size_t i;

	if (batch && (!kind || !kind->silent))
		return false;
	strv_push(arguments, elevate->name);
	if (batch)
		strv_push(arguments, kind->silent);
	if (kind && kind->end)
		strv_push(arguments, kind->end);
	strv_push(arguments, elevate->program);
	strv_push(arguments, "--json");
	strv_push(arguments, "--started");
	for (i = 0; i < command->n; i++)
		strv_push(arguments, command->v[i]);
	return true;
}

/* The shell would write a file with the user's own rights: tee writes it with those of root. */
char *elevate_equivalent(const struct elevate *elevate, const char *command)
{
	const char *file = strstr(command, " >/");
	struct buf out = BUF_INIT;

	if (file && !strncmp(command, "echo ", 5))
		buf_printf(&out, "%.*s | %s tee %s", (int)(file - command), command, elevate->name, file + 2);
	else
		buf_printf(&out, "%s %s", elevate->name, command);
	return buf_detach(&out);
}
