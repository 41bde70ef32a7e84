/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui which: the modules that serve an alias or a device. */
#include <errno.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/machine.h"
#include "cli/out.h"
#include "cli/say.h"
#include "cli/unbound.h"
#include "kernel/kmod_which.h"

/* Where a line of the configuration stands: "FILE:LINE"; NULL for none.  The caller frees. */
static char *place(const struct modprobed_line *line)
{
	return line ? say("/%s:%u", line->file, line->line) : NULL;
}

static void print_module(const char *name, const char *state, const char *blacklist)
{
	out_text(name, 0);
	out_printf(" %s", state);
	if (blacklist) {
		out_printf(_(" blacklisted by "));
		out_text(blacklist, 4);
	}
	out_printf("\n");
}

static void add_json(struct json_object *array, const char *name, const char *state, const char *blacklist)
{
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "name", out_json_string(name));
	json_object_object_add(object, "state", out_json_string(state));
	json_object_object_add(object, "blacklisted_by", out_json_string(blacklist));
	json_object_array_add(array, object);
}

static void show(const struct cli *cli, const struct machine *machine, const char *alias,
		 const struct strv *names)
{
	struct json_object *array = cli->options->json ? json_object_new_array() : NULL, *object;
	const char *state;
	char *blacklist;
	size_t i;

	for (i = 0; i < names->n; i++) {
		blacklist = place(modprobed_find(&machine->conf, MODPROBED_BLACKLIST, names->v[i]));
		state = machine_state(machine, names->v[i]);
		if (array)
			add_json(array, names->v[i], state, blacklist);
		else
			print_module(names->v[i], state, blacklist);
		free(blacklist);
	}
	if (!array)
		return;
	object = out_json_new();
	json_object_object_add(object, "alias", out_json_string(alias));
	json_object_object_add(object, "modules", array);
	out_json(object);
}

/* A path below /sys or /dev is a device; all else is an alias, whatever is in it. */
static bool is_device(const char *what)
{
	return !strncmp(what, "/sys/", 5) || !strncmp(what, "/dev/", 5);
}

static enum status find_alias(const struct cli *cli, const char *what, char **alias)
{
	int err;

	if (!is_device(what)) {
		*alias = xstrdup(what);
		return STATUS_DONE;
	}
	err = kmod_which_alias(&cli->root, what, alias);
	if (!err)
		return STATUS_DONE;
	if (err == -ENODATA)
		return out_error(STATUS_NOT_FOUND, what,
				 _("This device has no alias by which a module could be found."));
	if (err == -ENOENT)
		return out_error(STATUS_NOT_FOUND, what, _("There is no such device."));
	return out_error(err == -EACCES || err == -EPERM ? STATUS_DENIED : STATUS_FAILED, what,
			 _("The device can not be read: %s."), strerror(-err));
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct strv names = STRV_INIT;
	struct machine machine;
	enum status status;
	char *alias = NULL;
	int err;

	if (!argc == !cli->options->unbound)
		return out_error(STATUS_USAGE, NULL, _("which needs either an alias or device, or --unbound."));
	status = machine_read(&machine, &cli->root);
	if (!status && !argc) {
		status = unbound_show(cli, &machine);
		goto out_release;
	}
	if (!status)
		status = find_alias(cli, argv[0], &alias);
	if (!status) {
		err = kmod_which_read(machine.lib, alias, &names);
		if (!err)
			show(cli, &machine, alias, &names);
		else if (err == -ENOENT)
			status = out_error(STATUS_NOT_FOUND, alias, _("No module of this kernel serves it."));
		else
			status = out_error(STATUS_FAILED, alias, _("It can not be looked up: %s."),
					   strerror(-err));
	}
out_release:
	free(alias);
	strv_release(&names);
	machine_release(&machine);
	return status;
}

const struct command cmd_which = {
	.name = "which",
	.arguments = "[ALIAS|DEVICE]",
	.summary = N_("Shows which modules serve an alias or a device, or the devices without a driver."),
	.options = "unbound",
	.min_args = 0,
	.max_args = 1,
	.run = run,
};
