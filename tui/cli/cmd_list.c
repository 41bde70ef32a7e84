/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui list: the modules, as lsmod prints them, or as JSON, or in chosen columns. */
#include <errno.h>
#include <json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/missing.h"
#include "cli/out.h"
#include "cli/say.h"
#include "kernel/holders.h"
#include "kernel/kmod_fate.h"
#include "kernel/kmod_info.h"
#include "kernel/kmod_lib.h"
#include "kernel/modindex.h"
#include "kernel/modprobed.h"
#include "kernel/procmods.h"
#include "model/module.h"

/* What one run shows. */
struct listing {
	struct cli *cli;
	struct modtable table;
	struct module **rows;
	size_t n;
	struct columns columns;		/* of -o */
	size_t unread;			/* lines of /proc/modules that were not understood */
	bool every_source;		/* not only live modules */
	bool by_state, masked_only;
	enum module_state state;
};

static enum status parse_state(struct listing *listing, const char *name)
{
	if (!strcmp(name, "masked")) {
		listing->masked_only = true;
		listing->every_source = true;
		return STATUS_DONE;
	}
	if (module_state_parse(name, &listing->state))
		return out_error(STATUS_USAGE, "list",
				 _("There is no state %s; the states are: live, coming, going, disk, builtin, masked."),
				 name);
	listing->by_state = true;
	if (listing->state == MODULE_DISK || listing->state == MODULE_BUILTIN)
		listing->every_source = true;
	return STATUS_DONE;
}

/* Below --root may lie the disk of a machine that does not run. */
static bool is_offline(const struct root *root)
{
	unsigned mode;

	return !root_is_host(root) && root_mode(root, "proc/sys/kernel", &mode);
}

static enum status no_modules(const struct listing *listing)
{
	if (is_offline(&listing->cli->root))
		return out_error(STATUS_FAILED, "list",
				 _("No system runs below %s: it has no /proc.  list --all shows the modules on its disk."),
				 listing->cli->options->root);
	return out_error(STATUS_FAILED, "list", _("This kernel has no loadable modules: /proc/modules does not exist."));
}

static enum status read_live(struct listing *listing, struct modlist *live)
{
	int err;

	if (!listing->cli->root.live)
		return STATUS_DONE;
	err = procmods_read(&listing->cli->root, live);
	if (!err || (err == -ENOENT && listing->every_source))
		return STATUS_DONE;
	if (err == -ENOENT)
		return no_modules(listing);
	return out_error(err == -EACCES ? STATUS_DENIED : STATUS_FAILED, "list",
			 _("/proc/modules can not be read: %s."), strerror(-err));
}

static void read_masked(struct listing *listing)
{
	struct modprobed conf = MODPROBED_INIT;
	struct strv masked = STRV_INIT;
	struct kmod_lib *lib = NULL;

	modprobed_read(&conf, &listing->cli->root);
	kmod_lib_open(&lib, &listing->cli->root);
	kmod_fate_masked(lib, &conf, &listing->table, &masked);
	modtable_mask(&listing->table, &masked);
	strv_release(&masked);
	kmod_lib_close(lib);
	modprobed_release(&conf);
}

static bool wanted(const struct listing *listing, const struct module *module)
{
	if (!listing->every_source && !module->loaded)
		return false;
	if (listing->masked_only)
		return module->masked;
	return !listing->by_state || module->state == listing->state;
}

static void push_row(struct listing *listing, struct module *module)
{
	if (module && wanted(listing, module))
		listing->rows[listing->n++] = module;
}

/* Live modules stand in the kernel's order, as in lsmod; with others among them, by name. */
static void choose_rows(struct listing *listing, const struct strv *live_names)
{
	size_t i;

	listing->rows = xcalloc(listing->table.n + 1, sizeof(*listing->rows));
	if (listing->every_source) {
		for (i = 0; i < listing->table.n; i++)
			push_row(listing, listing->table.rows[i]);
		return;
	}
	for (i = 0; i < live_names->n; i++)
		push_row(listing, modtable_find(&listing->table, live_names->v[i]));
}

/* lsmod's own output: the index of modules on disk and the configuration are not needed. */
static bool is_plain(const struct listing *listing)
{
	return !listing->every_source && !listing->columns.n && !listing->cli->options->json;
}

static enum status read_rows(struct listing *listing)
{
	struct modlist live = MODLIST_INIT, index = MODLIST_INIT;
	struct strv names = STRV_INIT;
	enum status status;
	size_t i;

	status = read_live(listing, &live);
	if (status)
		goto out_release;
	listing->unread = live.unread;
	for (i = 0; i < live.n; i++)
		strv_push(&names, live.v[i].name);
	modtable_update(&listing->table, MODTABLE_LIVE, &live, 0, NULL);
	if (is_plain(listing)) {
		for (i = 0; i < listing->table.n; i++)
			holders_sort(&listing->cli->root, listing->table.rows[i]->name,
				     &listing->table.rows[i]->users);
	} else {
		modindex_read(&listing->cli->root, &index);
		modtable_update(&listing->table, MODTABLE_INDEX, &index, 0, NULL);
		read_masked(listing);
	}
	choose_rows(listing, &names);
out_release:
	strv_release(&names);
	modlist_release(&live);
	modlist_release(&index);
	return status;
}

static void read_descriptions(struct listing *listing)
{
	struct kmod_lib *lib;
	size_t i;
	int err;

	if (!listing->cli->options->json && !columns_have(&listing->columns, "description"))
		return;
	err = kmod_lib_open(&lib, &listing->cli->root);
	if (err && err != -ENOENT)
		return;
	for (i = 0; i < listing->n; i++)
		if (!listing->rows[i]->description)
			listing->rows[i]->description =
				kmod_info_description(lib, listing->rows[i]->name);
	kmod_lib_close(lib);
}

static void print_text_row(const struct listing *listing, const struct module *module)
{
	char size[24] = "-", refs[16] = "-";
	size_t i;

	if (module->size >= 0)
		snprintf(size, sizeof(size), "%lld", module->size);
	if (module->refs >= 0)
		snprintf(refs, sizeof(refs), "%d", module->refs);
	if (listing->every_source)
		out_printf("%-8s", module_state_name(module->state));
	out_printf("%-19s %8s  %s", module->name, size, refs);
	for (i = 0; i < module->users.n; i++)
		out_printf("%s%s", i ? "," : " ", module->users.v[i]);
	out_printf("\n");
}

static void print_text(const struct listing *listing)
{
	size_t i;

	out_printf("%sModule                  Size  Used by\n",
		   listing->every_source ? "State   " : "");
	for (i = 0; i < listing->n; i++)
		print_text_row(listing, listing->rows[i]);
}

static void add_row_json(struct json_object *array, const struct module *module)
{
	struct json_object *row = json_object_new_object(), *users = json_object_new_array();
	size_t i;

	for (i = 0; i < module->users.n; i++)
		json_object_array_add(users, out_json_string(module->users.v[i]));
	json_object_object_add(row, "name", out_json_string(module->name));
	json_object_object_add(row, "state", out_json_string(module_state_name(module->state)));
	json_object_object_add(row, "masked", json_object_new_boolean(module->masked));
	json_object_object_add(row, "size", module->size < 0 ? NULL :
			       json_object_new_int64(module->size));
	json_object_object_add(row, "refs", module->refs < 0 ? NULL :
			       json_object_new_int(module->refs));
	json_object_object_add(row, "used_by", users);
	json_object_object_add(row, "taint", out_json_string(module->taint));
	json_object_object_add(row, "path", out_json_string(module->path));
	json_object_object_add(row, "description", out_json_string(module->description));
	json_object_array_add(array, row);
}

/* What is in the list and is not known, or is not in it although it may be there. */
static void add_remarks(const struct listing *listing, struct json_object *remarks)
{
	char *remark;

	if (!listing->unread)
		return;
	remark = say(_("%zu lines of /proc/modules were not understood; what is missing here may be loaded all the same."),
		     listing->unread);
	out_error(STATUS_DONE, "list", "%s", remark);
	if (remarks)
		json_object_array_add(remarks, out_json_string(remark));
	free(remark);
}

static void print_json(const struct listing *listing)
{
	struct json_object *object = out_json_new(), *array = json_object_new_array();
	struct json_object *remarks = json_object_new_array();
	const char *kernel = listing->cli->root.kernel;
	size_t i;

	for (i = 0; i < listing->n; i++)
		add_row_json(array, listing->rows[i]);
	json_object_object_add(object, "kernel", out_json_string(*kernel ? kernel : NULL));
	json_object_object_add(object, "modules", array);
	add_remarks(listing, remarks);
	json_object_object_add(object, "remarks", remarks);
	out_json(object);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct listing listing = { .cli = cli, .every_source = cli->options->all };
	enum status status = STATUS_DONE;

	(void)argc;
	(void)argv;
	if (cli->options->columns)
		status = columns_parse(&listing.columns, cli->options->columns);
	if (!status && cli->options->state)
		status = parse_state(&listing, cli->options->state);
	if (!status)
		status = read_rows(&listing);
	if (status)
		goto out_release;
	read_descriptions(&listing);
	if (listing.every_source)
		missing_remark(&cli->root);
	if (cli->options->json)
		print_json(&listing);
	else if (listing.columns.n)
		columns_print(&listing.columns, listing.rows, listing.n);
	else
		print_text(&listing);
	if (!cli->options->json)
		add_remarks(&listing, NULL);
out_release:
	free(listing.rows);
	modtable_release(&listing.table);
	return status;
}

const struct command cmd_list = {
	.name = "list",
	.arguments = "",
	.summary = N_("Lists the modules."),
	.options = "all state columns",
	.run = run,
};
