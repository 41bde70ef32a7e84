/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui status: what this kernel allows, and what this user may do. */
#include <json.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "kernel/host.h"
#include "model/policy.h"

static struct json_object *tristate_json(enum policy_tristate value)
{
	return value == POLICY_UNKNOWN ? NULL : json_object_new_boolean(value == POLICY_YES);
}

static const char *tristate_text(enum policy_tristate value)
{
	switch (value) {
	case POLICY_YES:
		return _("yes");
	case POLICY_NO:
		return _("no");
	case POLICY_UNKNOWN:
		break;
	}
	return "-";
}

/* The yes-or-no facts, in the order of their lines. */
static size_t tristates(const struct policy *policy, const char *names[5],
			enum policy_tristate values[5])
{
	size_t n = 0;

	names[n] = "modules";
	values[n++] = policy->modules;
	names[n] = "signatures_required";
	values[n++] = policy->sig_enforce;
	names[n] = "modules_disabled";
	values[n++] = policy->modules_disabled;
	names[n] = "dmesg_restrict";
	values[n++] = policy->dmesg_restrict;
	names[n] = "container";
	values[n++] = policy->container;
	return n;
}

static void print_taint(const struct policy *policy)
{
	struct buf letters = BUF_INIT;
	char *text;
	int bit;

	policy_taint_letters(policy, &letters);
	out_printf("taint: %s\n", policy->taint < 0 ? "-" : letters.len ? buf_str(&letters) :
		   _("none"));
	buf_release(&letters);
	for (bit = 0; policy->taint > 0 && bit < 63; bit++) {
		if (!(policy->taint >> bit & 1))
			continue;
		text = policy_taint_sentence(bit);
		out_printf("    %c: %s\n", policy_taint_letter(bit), text);
		free(text);
	}
}

static void print_line(const char *key, const char *value)
{
	out_printf("%s: ", key);
	out_text(value && *value ? value : "-", 4);
	out_printf("\n");
}

static const char *moddir_known(const struct policy *policy)
{
	return policy->moddir.state == MODDIR_WHOLE ? _("whole") : NULL;
}

static void print_text(const struct policy *policy)
{
	const char *names[5], *obstacle = policy_obstacle(policy);
	enum policy_tristate values[5];
	size_t i, n = tristates(policy, names, values);
	char *moddir = moddir_sentence(&policy->moddir);

	print_line("kernel", policy->kernel);
	print_line("running", policy->live ? _("yes") : _("no"));
	print_taint(policy);
	print_line("lockdown", policy->lockdown);
	for (i = 0; i < n; i++)
		print_line(names[i], tristate_text(values[i]));
	print_line("module_directory", moddir ? moddir : moddir_known(policy));
	print_line("root", policy->root ? _("yes") : _("no"));
	print_line("may_change_modules", policy->cap_sys_module ? _("yes") : _("no"));
	print_line("may_read_log",
		   policy->cap_syslog || policy->dmesg_restrict == POLICY_NO ? _("yes") : _("no"));
	print_line("obstacle", obstacle ? obstacle : _("none"));
	free(moddir);
}

static struct json_object *taint_json(const struct policy *policy)
{
	struct json_object *words = json_object_new_array();
	char *text;
	int bit;

	for (bit = 0; policy->taint > 0 && bit < 63; bit++) {
		if (!(policy->taint >> bit & 1))
			continue;
		text = policy_taint_sentence(bit);
		json_object_array_add(words, out_json_string(text));
		free(text);
	}
	return words;
}

static void print_json(const struct policy *policy)
{
	struct json_object *object = out_json_new();
	struct buf letters = BUF_INIT;
	const char *names[5];
	enum policy_tristate values[5];
	size_t i, n = tristates(policy, names, values);
	char *moddir = moddir_sentence(&policy->moddir);
	bool known = policy->taint >= 0;

	policy_taint_letters(policy, &letters);
	json_object_object_add(object, "kernel", out_json_string(*policy->kernel ? policy->kernel : NULL));
	json_object_object_add(object, "running", json_object_new_boolean(policy->live));
	json_object_object_add(object, "taint", out_json_string(known ? buf_str(&letters) : NULL));
	json_object_object_add(object, "taint_words", taint_json(policy));
	json_object_object_add(object, "lockdown", out_json_string(policy->lockdown));
	for (i = 0; i < n; i++)
		json_object_object_add(object, names[i], tristate_json(values[i]));
	json_object_object_add(object, "module_directory", out_json_string(moddir));
	json_object_object_add(object, "root", json_object_new_boolean(policy->root));
	json_object_object_add(object, "may_change_modules",
			       json_object_new_boolean(policy->cap_sys_module));
	json_object_object_add(object, "may_read_log",
			       json_object_new_boolean(policy->cap_syslog ||
						       policy->dmesg_restrict == POLICY_NO));
	json_object_object_add(object, "obstacle", out_json_string(policy_obstacle(policy)));
	out_json(object);
	free(moddir);
	buf_release(&letters);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct policy policy;

	(void)argc;
	(void)argv;
	host_read_policy(&cli->root, &policy);
	if (cli->options->json)
		print_json(&policy);
	else
		print_text(&policy);
	policy_release(&policy);
	return STATUS_DONE;
}

const struct command cmd_status = {
	.name = "status",
	.arguments = "",
	.summary = N_("Shows what this kernel allows and what you may do."),
	.run = run,
};
