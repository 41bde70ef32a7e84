/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui watch: loads a module's file, loads it anew when it was built anew, and follows its log. */
#include <errno.h>
#include <json.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/act.h"
#include "cli/assign.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/ending.h"
#include "cli/facts.h"
#include "cli/logline.h"
#include "cli/out.h"
#include "cli/say.h"
#include "cli/step.h"
#include "kernel/filewatch.h"
#include "kernel/kmsg.h"
#include "model/info.h"
#include "model/logring.h"

struct watching {
	struct cli *cli;
	const char *given;		/* the file */
	char *file;			/* the same with a '/' in it */
	int n_words;
	char **words;			/* "name=value" for each load */
	char *name;			/* of the module, once it is known */
	struct kmsg kmsg;
	bool has_kmsg;
};

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
	interrupted = 1;
	ending_by(number);
}

/* ---- what is told -------------------------------------------------------------------------- */

static struct json_object *event_new(const struct watching *watching, const char *event)
{
	struct json_object *object = out_json_new();

	json_object_object_add(object, "event", json_object_new_string(event));
	json_object_object_add(object, "module", out_json_string(watching->name));
	return object;
}

/* A line of its own; failures go to standard error besides. */
static void tell(const struct watching *watching, const char *event, enum status status, const char *sentence)
{
	struct json_object *object;

	if (status)
		out_error(status, watching->name ? watching->name : watching->given, "%s", sentence);
	if (watching->cli->options->json) {
		object = event_new(watching, event);
		json_object_object_add(object, "sentence", out_json_string(sentence));
		out_json(object);
	} else if (!status) {
		out_text(watching->name, 0);
		out_printf(": %s\n", sentence);
	}
	out_flush();
}

static void tell_record(const struct watching *watching, const struct logrec *rec)
{
	struct json_object *object;

	if (!watching->cli->options->json) {
		logline_print(rec, 4, NULL);
		return;
	}
	object = event_new(watching, "log");
	logline_fill(object, rec, NULL);
	out_json(object);
}

static void tell_log(struct watching *watching)
{
	struct logrec rec;

	while (watching->has_kmsg && !interrupted && kmsg_read(&watching->kmsg, &rec) > 0) {
		if (rec.lost || (rec.module && watching->name && util_name_equal(rec.module, watching->name)))
			tell_record(watching, &rec);
		logrec_release(&rec);
	}
	out_flush();
}

/* ---- one load ------------------------------------------------------------------------------ */

static enum status check_words(struct watching *watching, struct facts *facts, struct strv *words, char **sentence)
{
	enum status status = STATUS_DONE;
	struct assign assign;
	char *spelled;
	int i;

	for (i = 0; i < watching->n_words && !status; i++) {
		status = assign_parse(facts, watching->words[i], &assign, sentence);
		if (status)
			break;
		spelled = step_spell(assign.name, assign.value);
		strv_push(words, spelled);
		free(spelled);
	}
	return status;
}

/* What the old one has now, but for what is given; the new one may have lost parameters of the old. */
static char *options_for(struct watching *watching, struct facts *facts, const struct strv *words)
{
	char *live = facts->module ? step_live_options(&watching->cli->root, facts->name, words, NULL) :
				     xstrdup("");
	char *given = strv_join(words, " "), *all;

	all = say("%s%s%s", live, *live && *given ? " " : "", given);
	free(live);
	free(given);
	return all;
}

static enum status swap(struct act *act, struct facts *facts, const char *file, const char *options)
{
	struct step step = {
		.lib = facts->lib, .name = facts->name, .what = file, .options = options,
		.vermagic = facts->n_infos ? info_find(&facts->infos[0], "vermagic") : NULL,
	};
	enum status status = facts->module ? step_unload(act, &step) : STATUS_DONE;

	return status ? status : step_load(act, &step);
}

/* STATUS_DONE: the file may take the place of what is loaded. */
static enum status check_swap(struct facts *facts, char **sentence)
{
	char *users;

	if (facts->builtin) {
		*sentence = xstrdup(_("It is built into the kernel and can not be loaded anew."));
		return STATUS_FAILED;
	}
	if (!facts->module || !facts->module->users.n)
		return STATUS_DONE;
	users = strv_join(&facts->module->users, ", ");
	*sentence = say(_("It is in use by %s, and stays as it is: unload that, and build once more."), users);
	free(users);
	return STATUS_BUSY;
}

/* The plan and the report of load are not printed: a watch says it in its own lines. */
static enum status load_file(struct watching *watching, struct facts *facts, const struct strv *words)
{
	char *options = options_for(watching, facts, words), *sentence;
	bool again = facts->module;
	uint64_t start = util_now_ms();
	enum status status;
	struct act act;

	act_begin(&act, watching->cli);
	act.silent = true;
	status = swap(&act, facts, watching->file, options);
	if (status)
		tell(watching, "failed", status, act.sentence ? act.sentence : _("It failed."));
	else {
		sentence = say(again ? _("loaded anew in %u ms (%s)") : _("loaded in %u ms (%s)"),
			       (unsigned)(util_now_ms() - start), *options ? options : "-");
		tell(watching, "loaded", STATUS_DONE, sentence);
		free(sentence);
	}
	act_end(&act);
	free(options);
	return status;
}

static enum status load_round(struct watching *watching)
{
	struct facts facts = FACTS_INIT;
	struct strv words = STRV_INIT;
	char *sentence = NULL;
	enum status status;

	status = facts_read(&facts, &watching->cli->root, watching->file, &sentence);
	if (!status && facts.info_error)
		status = facts_info_failure(facts.info_error, &sentence);
	if (!status) {
		free(watching->name);
		watching->name = xstrdup(facts.name);
		status = check_words(watching, &facts, &words, &sentence);
	}
	if (!status)
		status = check_swap(&facts, &sentence);
	if (status)
		tell(watching, "failed", status, sentence);
	else
		status = load_file(watching, &facts, &words);
	tell_log(watching);
	free(sentence);
	strv_release(&words);
	facts_release(&facts);
	return status;
}

/* ---- the watch ----------------------------------------------------------------------------- */

static void take_news(struct watching *watching, struct filewatch *watch)
{
	switch (filewatch_read(watch)) {
	case FILEWATCH_NEW:
		load_round(watching);
		break;
	case FILEWATCH_BROKEN:
		tell(watching, "broken", STATUS_FAILED,
		     _("The file is not a whole module; what is loaded stays until there is one."));
		break;
	case FILEWATCH_NONE:
		break;
	}
}

static void follow(struct watching *watching, struct filewatch *watch)
{
	struct sigaction action = { .sa_handler = on_interrupt };
	struct pollfd fds[2];

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	while (!interrupted && out_flush()) {
		fds[0] = (struct pollfd){ .fd = watch->fd, .events = POLLIN };
		fds[1] = (struct pollfd){ .fd = watching->has_kmsg ? watching->kmsg.fd : -1, .events = POLLIN };
		if (poll(fds, 2, filewatch_wait(watch)) < 0)
			continue;
		take_news(watching, watch);
		tell_log(watching);
	}
}

/* What is loaded already is left alone until the file changes. */
static enum status begin(struct watching *watching)
{
	struct facts facts = FACTS_INIT;
	char *sentence = NULL;
	enum status status;
	bool live;

	status = facts_read(&facts, &watching->cli->root, watching->file, &sentence);
	live = !status && facts.module;
	if (live) {
		watching->name = xstrdup(facts.name);
		tell(watching, "watching", STATUS_DONE, _("it is loaded already, and waits for a new file"));
	}
	free(sentence);
	facts_release(&facts);
	return live ? STATUS_DONE : load_round(watching);
}

static enum status open_error(const struct watching *watching, int err)
{
	if (err == -ENOENT || err == -ENOTDIR)
		return out_error(STATUS_NOT_FOUND, watching->given,
				 _("There is no such file; watch takes the file of a module, like build/foo.ko."));
	return out_error(err == -EACCES ? STATUS_DENIED : STATUS_FAILED, watching->given,
			 _("It can not be watched: %s."), strerror(-err));
}

static enum status watch_file(struct watching *watching)
{
	struct filewatch watch;
	enum status status = STATUS_DONE;
	int err;

	err = filewatch_open(&watch, watching->file);
	if (err)
		return open_error(watching, err);
	watching->has_kmsg = kmsg_open(&watching->kmsg, &watching->cli->root, KMSG_NOW) == 0;
	if (watching->cli->options->once)
		status = load_round(watching);
	else
		status = begin(watching);
	/* A build that does not load is what a watch is for; a wrong word on the command line is not. */
	if (!watching->cli->options->once && status != STATUS_USAGE && status != STATUS_DENIED) {
		follow(watching, &watch);
		status = STATUS_DONE;
	}
	if (watching->has_kmsg)
		kmsg_close(&watching->kmsg);
	filewatch_close(&watch);
	return status;
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct watching watching = {
		.cli = cli, .given = argv[0], .words = argv + 1, .n_words = argc - 1,
		.file = strchr(argv[0], '/') ? xstrdup(argv[0]) : say("./%s", argv[0]),
	};
	enum status status = watch_file(&watching);

	free(watching.file);
	free(watching.name);
	return status;
}

const struct command cmd_watch = {
	.name = "watch",
	.arguments = "FILE [PARAM=VALUE...]",
	.summary = N_("Loads a module's file anew whenever it changes, and follows its log."),
	.options = "once",
	.min_args = 1,
	.max_args = -1,
	.flags = COMMAND_CHANGES | COMMAND_LIVE,
	.run = run,
};
