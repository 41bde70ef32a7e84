/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/rollback.h"

#include <errno.h>
#include <fcntl.h>
#include <json.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/child.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/guard.h"
#include "cli/out.h"
#include "cli/record.h"

#define SECONDS_MAX 86400
#define STEP_MS 20
#define KEEP_STEPS 250		/* so long an answer is waited for */
#define ROLL_STEPS 6000

static enum status fail(const struct command *command, int err)
{
	return out_error(err == EACCES || err == EPERM || err == EROFS ? STATUS_DENIED : STATUS_FAILED,
			 command->name, _("The roll-back can not be prepared below /run: %s. Nothing was changed."),
			 strerror(err));
}

static enum status start(struct guard *guard, const struct command *command)
{
	struct cli *cli = guard->cli;
	int changes[2], err;
	pid_t pid;

	guard->fd = pending_make(&cli->root, guard->name);
	if (guard->fd < 0)
		return fail(command, -guard->fd);
	if (pipe2(changes, O_CLOEXEC)) {
		err = errno;
		goto out_remove;
	}
	pid = fork();
	if (pid < 0) {
		err = errno;
		close(changes[0]);
		close(changes[1]);
		goto out_remove;
	}
	if (!pid) {
		close(changes[1]);
		guard_run(guard, changes[0]);
	}
	close(changes[0]);
	close(guard->fd);
	/* The words of the end may have nobody left to read them; what was begun is done all the same. */
	child_ignore(SIGHUP);
	child_ignore(SIGPIPE);
	cli->record->guard = changes[1];
	cli->record->seconds = guard->seconds;
	return STATUS_DONE;

out_remove:
	pending_remove(&cli->root, guard->name);
	close(guard->fd);
	return fail(command, err);
}

enum status rollback_begin(struct cli *cli, const struct command *command, int argc, char **argv)
{
	struct guard guard = { .cli = cli };
	unsigned long long seconds;
	enum status status;
	int i;

	if (!cli->options->rollback)
		return STATUS_DONE;
	if (parse_decimal(cli->options->rollback, &seconds) || !seconds || seconds > SECONDS_MAX)
		return out_error(STATUS_USAGE, cli->options->rollback,
				 _("This is no number of seconds from 1 to %d."), SECONDS_MAX);
	if (!cli->record)
		return STATUS_DONE;
	guard.seconds = (int)seconds;
	guard.n_words = argc + 1;
	guard.words = xcalloc((size_t)argc + 1, sizeof(*guard.words));
	guard.words[0] = (char *)command->name;
	for (i = 0; i < argc; i++)
		guard.words[i + 1] = argv[i];
	status = start(&guard, command);
	free(guard.words);
	return status;
}

void rollback_end(struct record *record)
{
	record_over(record);
}

static bool is_armed(const struct cli *cli)
{
	return cli->record && cli->record->seconds && record_has_changes(cli->record);
}

struct json_object *rollback_json(const struct cli *cli)
{
	return is_armed(cli) ? json_object_new_int(cli->record->seconds) : NULL;
}

/* What a roll-back could not give back to a module that went. */
static void print_lost(struct json_object *change)
{
	struct json_object *lost, *name;
	struct strv names = STRV_INIT;
	char *joined;
	size_t i;

	if (!json_object_object_get_ex(change, "lost", &lost) || !json_object_object_get_ex(change, "name", &name))
		return;
	for (i = 0; i < json_object_array_length(lost); i++)
		strv_push(&names, json_object_get_string(json_object_array_get_idx(lost, i)));
	joined = strv_join(&names, ", ");
	out_text(json_object_get_string(name), 0);
	out_printf(": ");
	out_printf("%s", _("The kernel does not show these parameters; a roll-back gives them the value of a fresh load: "));
	out_text(joined, 0);
	out_printf(".\n");
	free(joined);
	strv_release(&names);
}

void rollback_print(const struct cli *cli)
{
	size_t i;

	if (!is_armed(cli))
		return;
	out_printf(_("In %d seconds this is rolled back; \"kmodtui keep\" keeps it.\n"), cli->record->seconds);
	for (i = 0; i < json_object_array_length(cli->record->did); i++)
		print_lost(json_object_array_get_idx(cli->record->did, i));
}

/* How many still wait (@rolling: are being rolled back). */
static size_t count(const struct root *root, bool rolling)
{
	struct pendinglist list = PENDINGLIST_INIT;
	size_t i, n = 0;

	pending_read(root, &list);
	for (i = 0; i < list.n; i++)
		n += list.v[i].rolling == rolling && !list.v[i].dead;
	pendinglist_release(&list);
	return n;
}

/* The changes of those that are gone stay.  True when there was one. */
static bool sweep(const struct root *root)
{
	struct pendinglist list = PENDINGLIST_INIT;
	bool any = false;
	size_t i;

	pending_read(root, &list);
	for (i = 0; i < list.n; i++) {
		if (!list.v[i].dead)
			continue;
		any = true;
		pending_remove(root, list.v[i].name);
	}
	pendinglist_release(&list);
	return any;
}

/* @n: how many were told.  They are gone when they have heard. */
static enum status tell_all(const struct root *root, enum pending_answer answer, size_t *n)
{
	struct pendinglist list = PENDINGLIST_INIT;
	enum status status = STATUS_DONE;
	size_t i;
	int err;

	pending_read(root, &list);
	for (i = 0; i < list.n; i++) {
		if (list.v[i].rolling)
			continue;
		err = pending_tell(root, list.v[i].name, answer);
		if (!err)
			(*n)++;
		else if (err == -ENXIO)
			pending_remove(root, list.v[i].name);
		else if (err != -ENOENT)
			status = out_error(err == -EACCES ? STATUS_DENIED : STATUS_FAILED, NULL,
					   _("What waits to be rolled back can not be told: %s."), strerror(-err));
	}
	pendinglist_release(&list);
	return status;
}

static void wait_for(const struct root *root, bool rolling, int steps)
{
	const struct timespec step = { .tv_nsec = STEP_MS * 1000000L };

	while (count(root, rolling) && steps-- > 0)
		nanosleep(&step, NULL);
}

static enum status print_answer(const struct cli *cli, const char *result, size_t n)
{
	struct json_object *object;

	if (cli->options->json) {
		object = out_json_new();
		json_object_object_add(object, "result", out_json_string(result));
		json_object_object_add(object, "changes", json_object_new_int64((int64_t)n));
		out_json(object);
	} else if (!strcmp(result, "kept")) {
		out_printf("%s\n", _("It stays as it is."));
	} else {
		out_printf("%s\n", _("It was rolled back; the journal tells how that went."));
	}
	return STATUS_DONE;
}

enum status rollback_answer(struct cli *cli, enum pending_answer answer)
{
	bool dead = sweep(&cli->root);
	enum status status;
	size_t n = 0;

	status = tell_all(&cli->root, answer, &n);
	if (status)
		return status;
	if (n)
		wait_for(&cli->root, false, KEEP_STEPS);
	if (answer == PENDING_KEEP) {
		if (count(&cli->root, true))
			return out_error(STATUS_FAILED, NULL, _("It is too late: it is being rolled back."));
	} else {
		wait_for(&cli->root, true, ROLL_STEPS);
		if (count(&cli->root, true))
			return out_error(STATUS_BUSY, NULL, _("It is still being rolled back; something there hangs."));
	}
	if (!n)
		return out_error(STATUS_NOT_FOUND, NULL, dead ?
				 _("The process that was to roll the change back is gone: the change stays. \"kmodtui undo\" takes it back.") :
				 _("Nothing waits to be rolled back."));
	return print_answer(cli, answer == PENDING_KEEP ? "kept" : "rolled back", n);
}
