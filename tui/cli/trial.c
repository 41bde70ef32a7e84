/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/trial.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/out.h"
#include "cli/say.h"
#include "cli/workdir.h"
#include "kernel/root.h"
#include "model/info.h"

/* Seconds, for a processor that is emulated: for one load or unload, and for all of it. */
#define STEP_SECONDS 60
#define BOOT_SECONDS 240
#define CYCLE_SECONDS 10
#define DEBUG_FACTOR 3
/* Of the processor's time, not the clock's: a guest that can tell that it lives does so each second. */
#define SILENT_SECONDS 30

/* Statuses of tui/lab/lab. */
#define LAB_NO_ROOM 122
#define LAB_SILENT 123
#define LAB_TIMED_OUT 124
#define LAB_FAILED 125

/*
 * Who got each object is remembered, so what the module did not give back can be told from everything else; free
 * memory and the edges of each object have patterns, so a write there is seen.  The caches that are busy while the
 * machine boots go without: with them that would take twice as long, without it is a second or two and 5 MB more.
 */
#define KERNEL_WORDS "loglevel=7 printk.time=1 slub_debug="
#define CACHES "FZPU;-,dentry,inode_cache,kernfs_node_cache,lsm_*,vm_area_struct,vmap_area,anon_vma*," \
	"radix_tree_node,maple_node,filp,names_cache,task_struct,signal_cache,sighand_cache,mm_struct," \
	"files_cache,cred_jar,pid,Acpi-*,ftrace_event_field,trace_event_file,shmem_inode_cache," \
	"proc_inode_cache,ext4_*,buffer_head"
/* That kernel looks for such writes itself. */
#define DEBUG_CACHES "U,kmalloc-*"

/* ---- programs ------------------------------------------------------------------------------ */

static void keep_line(void *data, const char *line, size_t len)
{
	char **kept = data;

	free(*kept);
	*kept = xstrndup(line, len);
}

/* Ended by a signal of ours: nothing more is to be said. */
static enum status failed(const struct lab_run *run, int status, const char *what)
{
	char *complaint = lab_run_complaint(run);
	enum status result = STATUS_FAILED;

	if (status < 0)
		out_error(result, what, _("It could not be started: %s."), strerror(-status));
	else if (status < 128)
		out_error(result, what, "%s", *complaint ? complaint : _("It failed and did not say why."));
	else
		out_error(result, what, _("It was ended by a signal."));
	free(complaint);
	return result;
}

/* Asks the lab: its last line in *answer (the caller frees). */
static int ask_lab(struct trial *trial, struct lab_run *run, const char *const *words, char **answer)
{
	*run = (struct lab_run){ .line = keep_line, .data = answer };
	*answer = NULL;
	strv_push(&run->arguments, trial->lab);
	for (; *words; words++)
		strv_push(&run->arguments, *words);
	run->show_errors = !strcmp(run->arguments.v[1], "fetch") && isatty(STDERR_FILENO);
	return lab_run(run);
}

/* ---- which kernel -------------------------------------------------------------------------- */

/* From the cache, from /boot, or from the distribution. */
static enum status get_kernel(struct trial *trial)
{
	const char *path[] = { "path", "--kernel", trial->kernel, NULL };
	const char *fetch[] = { "fetch", "--kernel", trial->kernel, NULL };
	enum status result = STATUS_DONE;
	struct lab_run run;
	char *answer;
	int status;

	status = ask_lab(trial, &run, path, &answer);
	if (status == LAB_FAILED) {
		free(answer);
		lab_run_release(&run);
		status = ask_lab(trial, &run, fetch, &answer);
	}
	if (status)
		result = failed(&run, status, trial->kernel);
	free(answer);
	lab_run_release(&run);
	return result;
}

static enum status get_debug_kernel(struct trial *trial)
{
	const char *release[] = { "debug-kernel", "release", NULL };
	struct lab_run run;
	char *answer;
	int status = ask_lab(trial, &run, release, &answer);

	lab_run_release(&run);
	if (status || !answer) {
		free(answer);
		return out_error(STATUS_FAILED, "--debug",
				 _("The debug kernel is not there yet. Build it once, which takes a quarter of an hour and more: %s debug-kernel build"),
				 trial->lab);
	}
	free(trial->kernel);
	trial->kernel = answer;
	return STATUS_DONE;
}

static enum status choose_debug_kernel(struct trial *trial)
{
	char *own = trial->kernel;
	enum status status;

	trial->kernel = NULL;
	status = get_debug_kernel(trial);
	if (!status && !trial->source && strcmp(own, trial->kernel) != 0)
		status = out_error(STATUS_USAGE, "--debug",
				   _("The module was built for %s, and one built for one kernel does not load into another. Say with --source DIR where its source is, and it is built for the debug kernel."),
				   own);
	free(own);
	return status;
}

enum status trial_choose_kernel(struct trial *trial)
{
	const char *vermagic = info_find(&trial->facts.infos[0], "vermagic");

	if (!vermagic || !*vermagic)
		return out_error(STATUS_REFUSED, trial->given,
				 _("The file does not say which kernel it was built for."));
	trial->kernel = xstrndup(vermagic, strcspn(vermagic, " "));
	if (trial->debug)
		return choose_debug_kernel(trial);
	return get_kernel(trial);
}

/* ---- building ------------------------------------------------------------------------------ */

/* Runs a program by its words; with @loud its errors are shown as they come. */
static enum status run_program(const char *const *words, bool loud)
{
	struct lab_run run = { .show_errors = loud };
	const char *const *word;
	int status;
	enum status result = STATUS_DONE;

	for (word = words; *word; word++)
		strv_push(&run.arguments, *word);
	status = lab_run(&run);
	if (status)
		result = failed(&run, status, words[0]);
	lab_run_release(&run);
	return result;
}

static enum status take_built(struct trial *trial, const char *source)
{
	const char *base = strrchr(trial->file, '/') + 1;
	char *name = xstrndup(base, strcspn(base, ".")), *file = say("%s.ko", name), *path;

	path = workdir_find(source, file);
	if (!path)
		out_error(STATUS_FAILED, trial->source,
			  _("It was built, but there is no %s in it afterwards."), file);
	free(name);
	free(file);
	trial->built = path;
	return path ? STATUS_DONE : STATUS_FAILED;
}

enum status trial_build(struct trial *trial)
{
	const char *tree[] = { "debug-kernel", "tree", NULL };
	char *copy = say("%s/source", trial->dir), *from = say("%s/.", trial->source);
	char *where = say("M=%s", copy), *answer = NULL;
	const char *const copying[] = { "cp", "-RL", "--", from, copy, NULL };
	struct lab_run run;
	enum status status;

	if (ask_lab(trial, &run, tree, &answer)) {
		status = failed(&run, 0, "--debug");
	} else {
		const char *const making[] = { "make", "-C", answer, where, "modules", NULL };

		status = run_program(copying, false);
		if (!status)
			status = run_program(making, true);
		if (!status)
			status = take_built(trial, copy);
	}
	lab_run_release(&run);
	free(answer);
	free(where);
	free(from);
	free(copy);
	return status;
}

/* ---- the trial ----------------------------------------------------------------------------- */

/* For a person, and for the console, which says --started. */
static void tell_progress(const struct trial *trial, bool over)
{
	const struct verdict *verdict = &trial->verdict;
	bool terminal = isatty(STDERR_FILENO);

	if (!terminal && !trial->cli->options->started)
		return;
	if (over && terminal)
		out_progress(NULL);
	else if (!over && !verdict->cycles)
		out_progress(_("booting %s ..."), trial->kernel);
	else if (!over)
		out_progress(_("cycle %u of %u ..."), verdict->cycles, trial->cycles);
}

static void take_line(void *data, const char *line, size_t len)
{
	struct trial *trial = data;
	unsigned cycles = trial->verdict.cycles;

	verdict_report(&trial->verdict, line, len);
	if (trial->verdict.cycles != cycles)
		tell_progress(trial, false);
}

static void add_option(struct strv *arguments, const char *option, char *value)
{
	strv_push(arguments, option);
	strv_push(arguments, value);
	free(value);
}

/* Under names of ours, whatever the files are called.  0 or -errno. */
static int add_file(struct trial *trial, struct strv *arguments, const char *name, const char *target,
		     const char *place)
{
	char *link = workdir_link(trial->dir, name, target);

	if (!link)
		return -errno;
	add_option(arguments, "--add", say("%s=%s", link, place));
	free(link);
	return 0;
}

static const char *suffix_of(const char *file)
{
	const char *suffix = strstr(strrchr(file, '/') + 1, ".ko");

	return suffix ? suffix : ".ko";
}

static int add_files(struct trial *trial, struct strv *arguments, const char *name, const char *place)
{
	const char *file = trial->built ? trial->built : trial->file;
	char *script = say("%.*s/try", (int)(strrchr(trial->lab, '/') - trial->lab), trial->lab);
	int err;

	err = add_file(trial, arguments, "kmodtui", trial->self, "/usr/bin/kmodtui");
	if (!err)
		err = add_file(trial, arguments, "try", script, "/kmt/try");
	if (!err)
		err = add_file(trial, arguments, name, file, place);
	free(script);
	return err;
}

static int build_arguments(struct trial *trial, struct strv *arguments)
{
	unsigned factor = trial->debug ? DEBUG_FACTOR : 1;
	unsigned given = trial->cli->options->timeout_s;
	char *name = say("%s%s", trial->facts.name, suffix_of(trial->built ? trial->built : trial->file));
	char *place = say("/kmt/tried/%s", name), number[16];
	int i, err;

	strv_push(arguments, trial->lab);
	strv_push(arguments, "run");
	add_option(arguments, "--kernel", xstrdup(trial->kernel));
	add_option(arguments, "--timeout",
		   say("%u", given ? given : factor * (BOOT_SECONDS + CYCLE_SECONDS * trial->cycles)));
	add_option(arguments, "--silent", say("%u", factor * SILENT_SECONDS));
	add_option(arguments, "--log", say("%s/" TRIAL_CONSOLE, trial->dir));
	add_option(arguments, "--save", say("%s/" TRIAL_SAVED, trial->dir));
	add_option(arguments, "--append", xstrdup(trial->debug ? KERNEL_WORDS DEBUG_CACHES " kasan_multi_shot acpi=noirq" :
						  KERNEL_WORDS CACHES));
	err = add_files(trial, arguments, name, place);
	if (!err)
		err = trial_with_arguments(trial, arguments);
	strv_push(arguments, "--");
	strv_push(arguments, "/kmt/try");
	snprintf(number, sizeof(number), "%u", trial->cycles);
	strv_push(arguments, number);
	snprintf(number, sizeof(number), "%u", factor * STEP_SECONDS);
	strv_push(arguments, number);
	strv_push(arguments, trial->facts.name);
	strv_push(arguments, place);
	for (i = 0; i < trial->n_params; i++)
		strv_push(arguments, trial->params[i]);
	free(name);
	free(place);
	return err;
}

static enum verdict_end end_of(int status)
{
	switch (status) {
	case LAB_SILENT:
		return VERDICT_SILENT;
	case LAB_TIMED_OUT:
		return VERDICT_TIMED_OUT;
	case LAB_FAILED:
		return VERDICT_DIED;
	default:
		return VERDICT_ENDED;
	}
}

/* What @run ended with, @ended, as a verdict or as a failure of ours. */
static enum status judge(struct trial *trial, const struct lab_run *run, int ended)
{
	if (ended == LAB_TIMED_OUT && !trial->verdict.kernel)
		return out_error(STATUS_BUSY, trial->given,
				 _("The machine did not start in time, as this host is slow or busy. Give it more with --timeout SECONDS."));
	/* 143 is the end we gave to a guest that had said everything. */
	if (!trial->verdict.kernel || ended == LAB_NO_ROOM || (ended >= 128 && !trial->verdict.ended))
		return failed(run, ended, trial->given);
	verdict_close(&trial->verdict, end_of(ended));
	return STATUS_DONE;
}

/* A release like "6.1" stands for the newest kernel that begins so. */
static void remark_kernel(struct trial *trial)
{
	const char *ran = trial->verdict.kernel, *running = trial->cli->root.kernel;

	if (trial->debug || !ran)
		return;
	if (strcmp(ran, trial->kernel) != 0)
		trial->remark = say(_("It was tried on %s; its file says that it was built for %s."), ran, trial->kernel);
	else if (strcmp(ran, running) != 0)
		trial->remark = say(_("It was tried on %s, for which it was built; the running kernel is %s."), ran, running);
}

enum status trial_run(struct trial *trial)
{
	struct lab_run run = { .line = take_line, .data = trial, .ended = &trial->verdict.ended };
	enum status status;
	int ended;

	verdict_init(&trial->verdict, trial->facts.name);
	ended = build_arguments(trial, &run.arguments);
	if (ended) {
		lab_run_release(&run);
		return out_error(STATUS_FAILED, trial->dir,
				 _("A link to the module can not be made here: %s. Make room, or set TMPDIR to another directory."),
				 strerror(-ended));
	}
	tell_progress(trial, false);
	ended = lab_run(&run);
	tell_progress(trial, true);
	trial_read_log(trial);
	status = judge(trial, &run, ended);
	remark_kernel(trial);
	lab_run_release(&run);
	return status;
}
