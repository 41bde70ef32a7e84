/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui try: loads and unloads a module in the throwaway machine, never in the running kernel. */
#include <errno.h>
#include <json.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "base/util.h"
#include "cli/assign.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/trial.h"
#include "cli/workdir.h"
#include "kernel/root.h"
#include "model/errname.h"
#include "model/policy.h"

#define CYCLES_DEFAULT 5
#define CYCLES_MAX 10000
#define INDENT 4

static enum status check_accept(const char *list)
{
	char *word = errname_unknown(list);
	enum status status = STATUS_DONE;

	if (word)
		status = out_error(STATUS_USAGE, "--accept",
				   _("This takes names of errnos like ENODEV, or their numbers, with commas between them; %s is none."),
				   *word ? word : "\"\"");
	free(word);
	return status;
}

static enum status check_options(struct trial *trial)
{
	const struct options *options = trial->cli->options;
	unsigned long long cycles = CYCLES_DEFAULT;

	if (options->root)
		return out_error(STATUS_USAGE, "try",
				 _("It boots a machine of its own and does not go with --root."));
	if (options->cycles && (parse_decimal(options->cycles, &cycles) || !cycles || cycles > CYCLES_MAX))
		return out_error(STATUS_USAGE, "--cycles", _("This takes a number from 1 to %d."), CYCLES_MAX);
	if (options->source && !options->debug)
		return out_error(STATUS_USAGE, "--source",
				 _("It says what to build for the debug kernel, and goes with --debug only."));
	if (check_accept(options->accept))
		return STATUS_USAGE;
	trial->cycles = (unsigned)cycles;
	trial->debug = options->debug;
	trial->source = options->source;
	return STATUS_DONE;
}

static enum status check_file(struct trial *trial)
{
	struct stat st;

	trial->file = realpath(trial->given, NULL);
	if (!trial->file || stat(trial->file, &st))
		return out_error(errno == EACCES ? STATUS_DENIED : STATUS_NOT_FOUND, trial->given,
				 errno == EACCES ? _("The file can not be reached.") :
				 _("There is no such file; try takes the file of a module, like build/foo.ko."));
	if (!S_ISREG(st.st_mode))
		return out_error(STATUS_NOT_FOUND, trial->given, _("This is not a file."));
	if (trial->source && (stat(trial->source, &st) || !S_ISDIR(st.st_mode)))
		return out_error(STATUS_NOT_FOUND, trial->source, _("This is not a directory."));
	return STATUS_DONE;
}

static enum status check_params(struct trial *trial)
{
	enum status status = STATUS_DONE;
	char *sentence = NULL;
	struct assign assign;
	int i;

	status = facts_read(&trial->facts, &trial->cli->root, trial->file, &sentence);
	if (!status && !trial->facts.n_infos)
		status = facts_info_failure(trial->facts.info_error, &sentence);
	for (i = 0; i < trial->n_params && !status; i++)
		status = assign_parse(&trial->facts, trial->params[i], &assign, &sentence);
	if (status)
		out_error(status, trial->given, "%s", sentence);
	free(sentence);
	return status;
}

static enum status find_programs(struct trial *trial)
{
	trial->self = lab_self(&trial->cli->root);
	trial->lab = lab_find(trial->self);
	if (!trial->lab)
		return out_error(STATUS_FAILED, "try",
				 _("The throwaway machine is not installed: there is no %s."), LIBEXECDIR "/lab");
	trial->dir = workdir_new();
	if (!trial->dir)
		return out_error(STATUS_FAILED, workdir_parent(),
				 _("A directory for temporary files can not be made here: %s. Make room, or set TMPDIR to another directory."),
				 strerror(errno));
	return STATUS_DONE;
}

/* A refusal that was to be expected, and nothing else speaks against the module. */
static bool accepted(const struct trial *trial)
{
	const struct verdict *verdict = &trial->verdict;

	return verdict->word == VERDICT_REFUSED && verdict->findings.n == 1 &&
	       errname_listed(trial->cli->options->accept, verdict->error);
}

/* ---- what is printed ----------------------------------------------------------------------- */

static struct json_object *items_json(const struct verdict_items *items)
{
	struct json_object *array = json_object_new_array(), *row;
	size_t i;

	for (i = 0; i < items->n; i++) {
		row = json_object_new_object();
		json_object_object_add(row, "kind", out_json_string(items->v[i].kind));
		json_object_object_add(row, "text", out_json_string(items->v[i].text));
		json_object_array_add(array, row);
	}
	return array;
}

static struct json_object *taint_json(long long mask)
{
	const struct policy policy = { .taint = mask };
	struct buf letters = BUF_INIT;
	struct json_object *string = NULL;

	if (mask >= 0) {
		policy_taint_letters(&policy, &letters);
		string = out_json_string(buf_str(&letters));
	}
	buf_release(&letters);
	return string;
}

static struct json_object *words_json(char **words, size_t n)
{
	struct json_object *array = json_object_new_array();
	size_t i;

	for (i = 0; i < n; i++)
		json_object_array_add(array, out_json_string(words[i]));
	return array;
}

static void print_json(const struct trial *trial, const char *sentence, uint64_t ms)
{
	const struct verdict *verdict = &trial->verdict;
	struct json_object *object = out_json_new();

	json_object_object_add(object, "module", out_json_string(verdict->module));
	json_object_object_add(object, "file", out_json_string(trial->file));
	json_object_object_add(object, "kernel", out_json_string(verdict->kernel));
	json_object_object_add(object, "debug", json_object_new_boolean(trial->debug));
	json_object_object_add(object, "parameters", words_json(trial->params, (size_t)trial->n_params));
	json_object_object_add(object, "with", words_json(trial->with.files.v, trial->with.files.n));
	json_object_object_add(object, "cycles", json_object_new_int64(trial->cycles));
	json_object_object_add(object, "done", json_object_new_int64(verdict->cycles));
	json_object_object_add(object, "ms", json_object_new_int64((int64_t)ms));
	json_object_object_add(object, "verdict", out_json_string(verdict_name(verdict->word)));
	json_object_object_add(object, "sentence", out_json_string(sentence));
	json_object_object_add(object, "remark", out_json_string(trial->remark));
	json_object_object_add(object, "errno",
			       verdict->error ? json_object_new_int64(verdict->error) : NULL);
	json_object_object_add(object, "accepted", json_object_new_boolean(accepted(trial)));
	json_object_object_add(object, "findings", items_json(&verdict->findings));
	json_object_object_add(object, "appeared", items_json(&verdict->appeared));
	json_object_object_add(object, "taint_before", taint_json(verdict->taint[0]));
	json_object_object_add(object, "taint_after", taint_json(verdict->taint[1]));
	json_object_object_add(object, "stacks", words_json(verdict->stacks.v, verdict->stacks.n));
	json_object_object_add(object, "kernel_log", words_json(verdict->log.v, verdict->log.n));
	out_json(object);
}

static void print_items(const char *title, const struct verdict_items *items)
{
	char *kind;
	size_t i;

	if (items->n)
		out_printf("%s\n", title);
	for (i = 0; i < items->n; i++) {
		kind = out_string(items->v[i].kind);
		out_printf("%*s%-11s ", INDENT, "", kind);
		free(kind);
		out_text(items->v[i].text, INDENT * 2);
		out_printf("\n");
	}
	if (items->more)
		out_printf(_("    and more\n"));
}

static void print_lines(const char *title, const struct strv *lines)
{
	size_t i;

	if (lines->n)
		out_printf("%s\n", title);
	for (i = 0; i < lines->n; i++) {
		out_printf("%*s", INDENT, "");
		out_text(lines->v[i], INDENT * 2);
		out_printf("\n");
	}
}

static void print_text(const struct trial *trial, const char *sentence)
{
	const struct verdict *verdict = &trial->verdict;

	out_text(sentence, INDENT);
	out_printf("\n");
	if (trial->remark)
		out_printf("%s\n", trial->remark);
	print_lines(_("Modules put into the machine, as this one needs them:"), &trial->with.files);
	if (accepted(trial))
		out_printf(_("The refusal is one that --accept names, so the status is 0.\n"));
	print_items(_("What speaks against it:"), &verdict->findings);
	print_items(_("What was there while it was loaded:"), &verdict->appeared);
	print_lines(_("Where that was got:"), &verdict->stacks);
	print_lines(_("What the kernel said:"), &verdict->log);
}

static enum status tell(const struct trial *trial, uint64_t ms)
{
	char *sentence = verdict_sentence(&trial->verdict);

	if (trial->cli->options->json)
		print_json(trial, sentence, ms);
	else
		print_text(trial, sentence);
	free(sentence);
	switch (trial->verdict.word) {
	case VERDICT_CLEAN:
		return STATUS_DONE;
	case VERDICT_REFUSED:
		return accepted(trial) ? STATUS_DONE : STATUS_FAILED;
	case VERDICT_NONE:
		return STATUS_BUSY;
	default:
		return STATUS_FAILED;
	}
}

static enum status try_module(struct trial *trial)
{
	uint64_t start = util_now_ms();
	enum status status;

	status = check_options(trial);
	if (!status)
		status = check_file(trial);
	if (!status)
		status = check_params(trial);
	if (!status)
		status = trial_with_given(trial);
	if (!status)
		status = find_programs(trial);
	if (!status)
		status = trial_choose_kernel(trial);
	if (!status && trial->source)
		status = trial_build(trial);
	if (!status)
		status = trial_with_beside(trial);
	if (!status)
		status = trial_run(trial);
	if (!status)
		status = tell(trial, util_now_ms() - start);
	return status;
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct trial trial = {
		.cli = cli, .facts = FACTS_INIT, .given = argv[0], .params = argv + 1, .n_params = argc - 1,
	};
	enum status status = try_module(&trial);

	workdir_free(trial.dir);
	facts_release(&trial.facts);
	verdict_release(&trial.verdict);
	trial_with_release(&trial.with);
	free(trial.file);
	free(trial.built);
	free(trial.self);
	free(trial.lab);
	free(trial.kernel);
	free(trial.remark);
	return status;
}

const struct command cmd_try = {
	.name = "try",
	.arguments = "FILE [PARAM=VALUE...]",
	.summary = N_("Loads and unloads a module in a throwaway machine and judges it."),
	.options = "cycles accept with debug source timeout",
	.min_args = 1,
	.max_args = -1,
	.run = run,
};
