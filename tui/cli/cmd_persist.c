/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui persist: parameters and loading at boot, in files of our own. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/assign.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/confchange.h"
#include "cli/facts.h"
#include "cli/say.h"
#include "kernel/kmod_fate.h"
#include "kernel/kmod_lib.h"
#include "kernel/modprobed.h"
#include "model/confedit.h"

struct persist {
	struct confchange change;
	struct facts facts;
	const char *name;		/* the module's own */
	struct strv words;		/* of the parameters: "name=value", with --remove "name" */
};

static enum status fail(struct persist *persist, enum status status, char *sentence)
{
	return confchange_fail(&persist->change, persist->name, status, sentence);
}

/* What is to be set must be right; what is to be taken out may be of a module long gone. */
static enum status read_name(struct persist *persist, const char *name, bool remove)
{
	enum status status;
	char *sentence = NULL;

	persist->name = name;
	if (!util_name_valid(name))
		return fail(persist, STATUS_NOT_FOUND,
			    xstrdup(_("This is not the name of a module.")));
	status = facts_read(&persist->facts, &persist->change.cli->root, name, &sentence);
	if (persist->facts.n_infos > 1)
		return fail(persist, STATUS_USAGE,
			    xstrdup(_("It stands for several modules; name one of them.")));
	if (status && !remove)
		return fail(persist, status, sentence);
	free(sentence);
	persist->name = persist->facts.file_name;
	return STATUS_DONE;
}

static enum status read_word(struct persist *persist, const char *word, bool remove)
{
	struct assign assign;
	enum status status;
	char *sentence, *spelled;

	if (remove) {
		strv_push(&persist->words, word);
		return STATUS_DONE;
	}
	status = assign_parse(&persist->facts, word, &assign, &sentence);
	if (status)
		return fail(persist, status, sentence);
	if (strchr(assign.value, '\t'))
		return fail(persist, STATUS_USAGE,
			    say(_("The value of %s has a tab in it, for which modprobe hands a blank to the kernel. Write a blank, or give the value with load."),
				assign.name));
	spelled = confedit_spell(assign.name, assign.value);
	strv_push(&persist->words, spelled);
	free(spelled);
	return STATUS_DONE;
}

static char *edit_set(const char *text, const void *arg)
{
	const struct persist *persist = arg;

	return confedit_set(text, persist->name, &persist->words);
}

static char *edit_unset(const char *text, const void *arg)
{
	const struct persist *persist = arg;

	return confedit_unset(text, persist->name, &persist->words);
}

static char *edit_boot(const char *text, const void *arg)
{
	return confedit_boot(text, ((const struct persist *)arg)->name);
}

static char *edit_unboot(const char *text, const void *arg)
{
	return confedit_unboot(text, ((const struct persist *)arg)->name);
}

/* --remove alone takes everything of the module out. */
static void write_files(struct persist *persist, const struct options *options)
{
	bool all = options->remove && !options->boot && !persist->words.n;
	struct confchange_edit edit = { .arg = persist };

	if (persist->words.n || all) {
		edit.path = CONFEDIT_MODPROBE;
		edit.edit = options->remove ? edit_unset : edit_set;
		if (confchange_run(&persist->change, &edit))
			return;
	}
	if (options->boot || all) {
		edit.path = CONFEDIT_BOOT;
		edit.edit = options->remove ? edit_unboot : edit_boot;
		confchange_run(&persist->change, &edit);
	}
}

/* modprobe reads other files too, and the kernel command line last: who has the last word? */
static void remark_winner(struct persist *persist, const struct modprobed *conf, const char *word)
{
	char *param = xstrndup(word, strcspn(word, "="));
	const struct modprobed_line *line = modprobed_option_line(conf, persist->name, param);

	if (line && strcmp(line->file, CONFEDIT_MODPROBE))
		confchange_remark(&persist->change, persist->name,
				  say(_("/%s, line %u, is read later and sets %s too: it wins."),
				      line->file, line->line, param));
	free(param);
}

static void remark_live(struct persist *persist, const struct options *options)
{
	const struct facts *facts = &persist->facts;

	if (facts->builtin)
		confchange_remark(&persist->change, persist->name,
				  xstrdup(_("It is built into the kernel and reads no such file; its parameters go on the kernel command line as module.parameter=value.")));
	else if (facts->module && persist->words.n && !options->remove)
		confchange_remark(&persist->change, persist->name,
				  xstrdup(_("It is loaded now; what was written holds from its next load on.")));
}

static void remark_mask(struct persist *persist, const struct modprobed *conf)
{
	struct kmod_lib *lib = NULL;

	kmod_lib_open(&lib, &persist->change.cli->root);
	if (kmod_fate_is_masked(lib, conf, persist->name))
		confchange_remark(&persist->change, persist->name,
				  say(_("%s is masked, and so it will not be loaded at boot."), persist->name));
	kmod_lib_close(lib);
}

/* What loads at boot goes by aliases first, as modprobe does. */
static void remark_alias(struct persist *persist, const struct modprobed *conf)
{
	const struct modprobed_line *line = modprobed_find(conf, MODPROBED_ALIAS, persist->name);

	if (line)
		confchange_remark(&persist->change, persist->name,
				  say(_("/%s, line %u, has this name stand for %s: that is what will be loaded at boot."),
				      line->file, line->line, line->rest));
}

static void remark(struct persist *persist, const struct options *options)
{
	struct modprobed conf = MODPROBED_INIT;
	size_t i;

	if (persist->change.status)
		return;
	remark_live(persist, options);
	if (!options->dry_run && !options->remove) {
		modprobed_read(&conf, &persist->change.cli->root);
		for (i = 0; i < persist->words.n; i++)
			remark_winner(persist, &conf, persist->words.v[i]);
		if (options->boot)
			remark_alias(persist, &conf);
		if (options->boot)
			remark_mask(persist, &conf);
		modprobed_release(&conf);
	}
	confchange_warn_image(&persist->change, (char *[]){ (char *)persist->name }, 1);
}

static void persist_module(struct persist *persist, int argc, char **argv)
{
	const struct options *options = persist->change.cli->options;
	int i;

	if (read_name(persist, argv[0], options->remove))
		return;
	if (argc == 1 && !options->boot && !options->remove) {
		fail(persist, STATUS_USAGE,
		     xstrdup(_("Say what to keep: parameters as PARAM=VALUE, or --boot.")));
		return;
	}
	for (i = 1; i < argc; i++)
		if (read_word(persist, argv[i], options->remove))
			return;
	write_files(persist, options);
	remark(persist, options);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct persist persist = { .facts = FACTS_INIT };
	enum status status;

	confchange_begin(&persist.change, cli);
	persist_module(&persist, argc, argv);
	status = confchange_end(&persist.change);
	strv_release(&persist.words);
	facts_release(&persist.facts);
	return status;
}

const struct command cmd_persist = {
	.name = "persist",
	.arguments = "NAME [PARAM=VALUE...]",
	.summary = N_("Keeps parameters of a module, or its loading at boot, for ever."),
	.options = "boot remove dry-run",
	.min_args = 1,
	.max_args = -1,
	.flags = COMMAND_CHANGES,
	.run = run,
};
