/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/guard.h"

#include <fcntl.h>
#include <json.h>
#include <signal.h>
#include <unistd.h>

#include "base/child.h"
#include "cli/cli.h"
#include "cli/guard_ear.h"
#include "cli/out.h"
#include "cli/record.h"
#include "cli/takeback.h"

/* So long a command that is told to be rolled back may take to come to its end before that is done. */
#define GRACE_MS 1000

static void no_more(int number)
{
	(void)number;
}

/*
 * The terminal may go, and with it the session: only SIGTERM is heard, which then ends the waiting.
 * What is printed is for nobody.
 */
static void detach(void)
{
	struct sigaction hear = { .sa_handler = no_more };
	int null = open("/dev/null", O_RDWR), i;

	setsid();
	child_ignore(SIGHUP);
	child_ignore(SIGINT);
	child_ignore(SIGQUIT);
	child_ignore(SIGPIPE);
	sigaction(SIGTERM, &hear, NULL);
	for (i = 0; i <= STDERR_FILENO; i++)
		dup2(null, i);
	if (chdir("/"))
		_exit(1);
}

static bool is_empty(struct json_object *action)
{
	struct json_object *params = NULL, *did = NULL;

	json_object_object_get_ex(action, "params", &params);
	json_object_object_get_ex(action, "did", &did);
	return !json_object_array_length(params) && !json_object_array_length(did);
}

static void roll_back(struct guard *guard, struct json_object *action)
{
	static const struct command command = { .name = "rollback", .flags = COMMAND_CHANGES };
	struct options options = { .even_if_carrying = true };
	struct cli *cli = guard->cli;
	struct record record;
	enum status status;

	cli->options = &options;
	out_init(&options);
	record_begin(&record, cli, &command);
	status = takeback_run(cli, action);
	options.even_if_carrying = false;
	record_end(cli, &command, guard->words, guard->n_words, status);
}

/* What was heard so far is taken back; what comes behind it is taken back then. */
static void roll_heard(struct guard *guard, struct guard_ear *ear)
{
	if (!is_empty(ear->action))
		roll_back(guard, ear->action);
	guard_ear_forget(ear);
}

/* The answer came before the command's end, which may be far: it hangs, perhaps. */
static void answer_early(struct guard *guard, struct guard_ear *ear, enum pending_answer answer)
{
	const struct root *root = &guard->cli->root;

	if (answer == PENDING_KEEP) {
		pending_remove(root, guard->name);
		while (!ear->over)
			guard_ear_hear(ear, -1);
		return;
	}
	pending_roll(root, guard->name);
	guard_ear_hear(ear, GRACE_MS);
	roll_heard(guard, ear);
	pending_remove(root, guard->name);
	while (!ear->over)
		guard_ear_hear(ear, -1);
	roll_heard(guard, ear);
}

void guard_run(struct guard *guard, int changes)
{
	const struct root *root = &guard->cli->root;
	enum pending_answer answer;
	struct guard_ear ear;

	detach();
	pending_take_over(root, guard->name);
	guard_ear_open(&ear, changes, guard->fd);
	answer = guard_ear_hear(&ear, -1);
	if (answer != PENDING_TIME_OUT) {
		answer_early(guard, &ear, answer);
	} else if (!is_empty(ear.action) &&
		   pending_wait(root, guard->name, guard->fd, guard->seconds) != PENDING_KEEP) {
		pending_roll(root, guard->name);
		roll_back(guard, ear.action);
	}
	pending_remove(root, guard->name);
	_exit(0);
}
