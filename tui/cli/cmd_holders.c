/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui holders: why a module can not be unloaded. */
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "cli/care.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/facts.h"
#include "cli/out.h"
#include "kernel/carry.h"
#include "model/holding.h"

static void print_entry(const struct holding_entry *entry)
{
	out_printf("%-10s ", holding_kind_name(entry->kind));
	out_text(entry->name, 4);
	if (entry->pid)
		out_printf(" %ld", entry->pid);
	if (entry->detail) {
		out_printf(" ");
		out_text(entry->detail, 4);
	}
	out_printf("\n");
}

static void print_carried(const struct carrying_entry *entry)
{
	if (!entry)
		return;
	out_printf("%-10s %s ", "carries", carrying_kind_name(entry->kind));
	out_text(entry->what, 4);
	if (entry->user) {
		out_printf(" ");
		out_text(entry->user, 4);
	}
	out_printf("\n");
}

static bool has_perhaps(const struct holding *holding)
{
	size_t i;

	for (i = 0; i < holding->n; i++)
		if (holding->v[i].kind == HOLDING_PERHAPS)
			return true;
	return false;
}

static void print_text(const struct facts *facts, const struct holding *holding,
		       const struct carrying_entry *carried)
{
	size_t i;

	print_carried(carried);

	for (i = 0; i < holding->n; i++)
		print_entry(&holding->v[i]);
	if (facts->module && facts->module->refs >= 0)
		out_printf("%-10s %d\n", "references", facts->module->refs);
	if (!facts->module)
		out_printf("%s\n", facts->builtin ?
			   _("It is built into the kernel and can not be unloaded.") :
			   _("It is not loaded, so nothing holds it."));
	else if (has_perhaps(holding))
		out_printf("%s\n", _("Something holds it that can not be seen from here: one of those that are there perhaps, or a part of the kernel."));
	else if (!holding->n && !carried)
		out_printf("%s\n", facts->module->refs > 0 ?
			   _("Something holds it that can not be seen from here: a part of the kernel, most likely.") :
			   _("Nothing holds it."));
	if (holding->unread)
		out_printf(_("The open files of %zu processes may not be seen: run this as root or with sudo.\n"),
			   holding->unread);
}

static struct json_object *entry_json(const struct holding_entry *entry)
{
	struct json_object *object;
	char *type;

	if (entry->kind == HOLDING_MODULE || entry->kind == HOLDING_INTERFACE)
		return out_json_string(entry->name);
	object = json_object_new_object();
	if (entry->kind == HOLDING_PROCESS || entry->kind == HOLDING_PERHAPS)
		json_object_object_add(object, "pid", entry->pid ? json_object_new_int64(entry->pid) : NULL);
	json_object_object_add(object, "name", out_json_string(entry->name));
	if (entry->kind == HOLDING_MOUNT) {
		type = xstrndup(entry->detail, strcspn(entry->detail, " "));
		json_object_object_add(object, "type", out_json_string(type));
		json_object_object_add(object, "source",
				       out_json_string(entry->detail + strlen(type) + 1));
		free(type);
		return object;
	}
	json_object_object_add(object, entry->kind == HOLDING_DEVICE ? "driver" : "node",
			       out_json_string(entry->detail));
	return object;
}

static void print_json(const struct facts *facts, const struct holding *holding,
		       const struct carrying_entry *carried)
{
	static const char *const members[HOLDING_KINDS] = {
		"modules", "devices", "processes", "perhaps", "mounts", "interfaces",
	};
	struct json_object *object = out_json_new(), *lists[HOLDING_KINDS];
	size_t i;

	json_object_object_add(object, "name", out_json_string(facts->name));
	json_object_object_add(object, "refs", facts->module && facts->module->refs >= 0 ?
			       json_object_new_int(facts->module->refs) : NULL);
	for (i = 0; i < HOLDING_KINDS; i++) {
		lists[i] = json_object_new_array();
		json_object_object_add(object, members[i], lists[i]);
	}
	for (i = 0; i < holding->n; i++)
		json_object_array_add(lists[holding->v[i].kind], entry_json(&holding->v[i]));
	json_object_object_add(object, "carries", carried ? care_json(carried) : NULL);
	json_object_object_add(object, "unread", json_object_new_int64((int64_t)holding->unread));
	out_json(object);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct holding holding = HOLDING_INIT;
	struct carrying list = CARRYING_INIT;
	const struct carrying_entry *carried;
	struct facts facts = FACTS_INIT;
	char *sentence = NULL;
	enum status status;

	(void)argc;
	status = facts_read(&facts, &cli->root, argv[0], &sentence);
	if (!status && facts.module)
		facts_holders(&cli->root, facts.module, &holding);
	if (!status && !facts.module && !facts.builtin)
		status = facts_not_loaded(&facts, &cli->root, &sentence);
	carry_look(&cli->root, &facts.live, &list);
	carried = facts.module ? carrying_find(&list, facts.module->name) : NULL;
	if (status)
		out_error(status, argv[0], "%s", sentence);
	else if (cli->options->json)
		print_json(&facts, &holding, carried);
	else
		print_text(&facts, &holding, carried);
	free(sentence);
	carrying_release(&list);
	holding_release(&holding);
	facts_release(&facts);
	return status;
}

const struct command cmd_holders = {
	.name = "holders",
	.arguments = "NAME",
	.summary = N_("Shows who holds a module, so that it can not be unloaded."),
	.min_args = 1,
	.max_args = 1,
	.run = run,
};
