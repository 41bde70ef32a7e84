/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening and closing the console. */
#include "app/app.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/batch.h"
#include "app/console.h"
#include "app/inputs.h"
#include "app/job.h"
#include "app/privilege.h"
#include "app/recorder.h"
#include "app/script.h"
#include "app/signals.h"
#include "app/watching.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kmod_lib.h"
#include "kernel/uevent.h"

/* An action that takes longer is said to hang, unless --timeout says another time. */
#define PATIENCE_S 30

static int open_terminal(struct console *console)
{
	struct term_setup setup = {
		.headless = console->options->script != NULL,
		.columns = 80,
		.rows = 24,
	};
	int err = term_open(&setup);
	char *safe = text_safe(getenv("TERM"));

	if (err == -ENOTTY)
		fputs(_("kmodtui: The console needs a terminal; use a command or --script without one.\n"),
		      stderr);
	else if (err == -EOPNOTSUPP)
		fprintf(stderr, _("kmodtui: The terminal type \"%s\" can not move its cursor; set TERM.\n"), safe);
	else if (err)
		fprintf(stderr, _("kmodtui: There is no description of the terminal type \"%s\"; set TERM.\n"),
			safe);
	free(safe);
	return err;
}

static enum status open_root(struct console *console, const struct options *options)
{
	int err = root_init(&console->root, options->root, options->kernel);
	char *safe;

	if (!err)
		return STATUS_DONE;
	safe = text_safe(options->root ? options->root : options->kernel);
	if (err == -EINVAL)
		fprintf(stderr, _("kmodtui: %s: This is no version of a kernel.\n"), safe);
	else
		fprintf(stderr, _("kmodtui: %s: The directory can not be opened: %s.\n"), safe, strerror(-err));
	free(safe);
	return err == -EINVAL ? STATUS_USAGE : STATUS_NOT_FOUND;
}

static void open_sources(struct console *console)
{
	int err = kmsg_open(&console->kmsg, &console->root, KMSG_OLDEST);

	console->has_kmsg = !err;
	if (err == -EPERM)
		console->shown.log_obstacle =
			xstrdup(_("The kernel keeps its log from you (dmesg_restrict is set): run kmodtui as root."));
	else if (err)
		console->shown.log_obstacle = xstrdup(_("There is no kernel log here."));
	/* Without a module directory it opens all the same: a module can be given as a file. */
	kmod_lib_open(&console->lib, &console->root);
	if (root_is_host(&console->root) && console->root.live && uevent_open(&console->uevent))
		console->uevent = NULL;
}

static void release_shown(struct shown *shown)
{
	order_rows_release(&shown->rows);
	order_release(&shown->order);
	finding_release(&shown->search);
	fulltext_release(&shown->text);
	tags_release(&shown->tags);
	match_release(&shown->log_search);
	modtable_release(&shown->table);
	policy_release(&shown->policy);
	logring_release(&shown->log);
	info_release(&shown->info);
	paramlist_release(&shown->params);
	free(shown->log_filter.module);
	free(shown->log_obstacle);
	free(shown->info_obstacle);
	free(shown->stale);
	free(shown->message);
}

static void close_console(struct console *console)
{
	job_abandon(console);
	indexer_stop(&console->indexer);
	batch_reset();
	inputs_forget();
	watching_stop(console);
	script_free(console->script);
	uevent_close(console->uevent);
	kmod_lib_close(console->lib);
	if (console->has_kmsg)
		kmsg_close(&console->kmsg);
	modprobed_release(&console->conf);
	ui_release(&console->ui);
	release_shown(&console->shown);
	setup_release(&console->setup);
	root_release(&console->root);
	elevate_release(&console->elevate);
	free(console->details_of);
	values_release(console);
	tabs_release(console);
	free(console->saved);
	free(console->filter_from);
	strv_release(&console->track);
	free(console->equivalent);
	if (console->signal_fd >= 0)
		close(console->signal_fd);
}

static void init_console(struct console *console, const struct options *options)
{
	*console = (struct console){ .options = options, .signal_fd = -1, .jobs_fd = -1, .dirty = true };
	console->root.fd = -1;
	console->patience_s = options->timeout_s ? options->timeout_s : PATIENCE_S;
	console->shown.order = (struct order)ORDER_INIT;
	console->index_stamp = INDEX_UNREAD;
	console->indexer = (struct indexer)INDEXER_INIT;
	console->shown.root_dir = (char *)options->root;
	ui_init(&console->ui);
}

static enum status run(struct console *console)
{
	console->signal_fd = signals_open();
	xalloc_on_failure(term_close);
	if (open_terminal(console))
		return STATUS_FAILED;
	setup_apply(console);
	open_sources(console);
	/* The kernel log is open now; looking needs no privilege from here on. */
	if (console->options->readonly)
		privilege_drop();
	else if (root_is_host(&console->root) && geteuid())
		elevate_find(&console->elevate, &console->root, console->options->elevate);
	refresh_start(console);
	if (console->options->replay)
		console_say(console, MESSAGE_PLAIN, _("This is a recording; any key takes over."));
	setup_complain(console);
	loop_run(console);
	term_close();
	return console->status;
}

static enum status start_recording(struct console *console)
{
	const char *file = console->options->record;
	int err = recorder_open(file, &console->recorder);
	char *safe;

	if (!err)
		return STATUS_DONE;
	safe = text_safe(file);
	if (err == -EEXIST)
		fprintf(stderr, _("kmodtui: %s: The file is there already; a recording never overwrites one.\n"), safe);
	else
		fprintf(stderr, _("kmodtui: %s: The recording can not be written: %s.\n"), safe, strerror(-err));
	free(safe);
	return STATUS_FAILED;
}

static enum status read_script(struct console *console, const char *file)
{
	enum status status;

	privilege_look(true);
	status = script_read(file, &console->script);
	privilege_look(false);
	return status;
}

int app_main(const struct options *options)
{
	struct console console;
	enum status status = STATUS_DONE;
	int number;

	privilege_limit(options->readonly);
	init_console(&console, options);
	status = setup_read(&console.setup, options);
	if (!status && (options->script || options->replay))
		status = read_script(&console, options->script ? options->script : options->replay);
	if (!status && options->record)
		status = start_recording(&console);
	if (!status)
		status = open_root(&console, options);
	if (!status)
		status = run(&console);
	number = console.quit_signal;
	if (recorder_close(console.recorder))
		fputs(_("kmodtui: The recording could not be written to its end.\n"), stderr);
	close_console(&console);
	if (number)
		signals_end_by(number);
	return (int)status;
}
