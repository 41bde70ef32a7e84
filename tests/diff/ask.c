/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "diff.h"

#define SECONDS 60	/* for one answer */

extern char **environ;

static void fail(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(99);
}

void answer_release(struct answer *answer)
{
	free(answer->out);
	free(answer->err);
}

/* A file in memory for an output; the same one for each question. */
static int output(int which)
{
	static int fds[2] = { -1, -1 };

	if (fds[which] < 0)
		fds[which] = memfd_create("output", MFD_CLOEXEC);
	if (fds[which] < 0 || ftruncate(fds[which], 0) || lseek(fds[which], 0, SEEK_SET))
		fail("memfd");
	return fds[which];
}

static char *take(int fd)
{
	struct stat st;
	char *text;

	if (fstat(fd, &st))
		fail("memfd");
	text = xcalloc(1, (size_t)st.st_size + 1);
	if (pread(fd, text, (size_t)st.st_size, 0) != st.st_size)
		fail("memfd");
	return text;
}

static void finish(struct answer *answer, pid_t child, int out, int err)
{
	int how;

	while (waitpid(child, &how, 0) < 0)
		if (errno != EINTR)
			fail("waitpid");
	answer->status = WIFSIGNALED(how) ? ASK_DIED + WTERMSIG(how) : WEXITSTATUS(how);
	answer->out = take(out);
	answer->err = take(err);
}

/* The words of a variable of the environment. */
static void push_variable(struct strv *list, const char *text)
{
	size_t len;

	for (; *(text += strspn(text, " ")); text += len) {
		len = strcspn(text, " ");
		strv_pushn(list, text, len);
	}
}

static void run(struct answer *answer, const struct strv *words)
{
	int out = output(0), err = output(1), error;
	posix_spawn_file_actions_t actions;
	pid_t child;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	posix_spawn_file_actions_adddup2(&actions, err, 2);
	error = posix_spawn(&child, words->v[0], &actions, NULL, words->v, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (error) {
		errno = error;
		fail(words->v[0]);
	}
	finish(answer, child, out, err);
}

/* Its output for one name stands between two marks; what is said of a name that is not there goes to stderr. */
static bool split_marks(const struct answer *all, const struct strv *names, struct answer *answers)
{
	struct buf missing = BUF_INIT;
	char *pos = all->out, *mark, *end;
	size_t i;

	for (i = 0; i < names->n; i++) {
		mark = strstr(pos, CONF_MARK);
		pos = mark ? strchr(mark, '\n') : NULL;
		if (!pos)
			break;
		pos++;
		mark = i + 1 < names->n ? strstr(pos, CONF_MARK) : NULL;
		for (end = mark ? mark : pos + strlen(pos); mark && end > pos && end[-1] != '\n'; end--)
			;
		answers[i].out = xstrndup(pos, (size_t)(end - pos));
		buf_reset(&missing);
		buf_printf(&missing, "Module %s not found", names->v[i]);
		answers[i].status = strstr(all->err, buf_str(&missing)) != NULL;
		answers[i].err = xstrdup("");
		pos = end;
	}
	buf_release(&missing);
	return i == names->n;
}

static void modprobe_words(struct strv *list, const char *options)
{
	const char *program = getenv("MODPROBE");

	push_variable(list, program ? program : "/sbin/modprobe");
	push_variable(list, options);
}

static void modprobe_one(const char *options, const char *name, struct answer *answer)
{
	struct strv list = STRV_INIT;

	modprobe_words(&list, options);
	if (name)
		strv_push(&list, name);
	run(answer, &list);
	strv_release(&list);
}

void ask_modprobe(const char *options, const struct strv *names, struct answer *answers)
{
	struct strv list = STRV_INIT;
	struct answer all;
	bool split;
	size_t i;

	if (names->n == 1) {
		modprobe_one(options, names->v[0], answers);
		return;
	}
	modprobe_words(&list, options);
	strv_push(&list, "-a");
	for (i = 0; i < names->n; i++) {
		strv_push(&list, CONF_MARK);
		strv_push(&list, names->v[i]);
	}
	run(&all, &list);
	memset(answers, 0, names->n * sizeof(*answers));
	split = split_marks(&all, names, answers);
	for (i = 0; i < names->n && !split; i++) {
		answer_release(&answers[i]);
		modprobe_one(options, names->v[i], &answers[i]);
	}
	answer_release(&all);
	strv_release(&list);
}

void ask_dump(struct answer *answer)
{
	modprobe_one("-c -d /tmp", NULL, answer);
}

/* What main() of kmodtui does for a command, without the start of a program, which is most of the time. */
static int be_kmodtui(const char *question)
{
	const struct command *command = NULL;
	struct strv words = STRV_INIT;
	struct options options;
	enum status status;
	int first;

	strv_push(&words, "kmodtui");
	push_variable(&words, question);
	status = cli_parse((int)words.n, words.v, &options, &command, &first);
	if (!status && command)
		status = cli_run(&options, command, (int)words.n - first, words.v + first);
	strv_release(&words);
	return (int)status;
}

/* Each answer ends with a line of its status, in both outputs. */
static void answer_all(const struct strv *questions)
{
	size_t i;
	int status;

	for (i = 0; i < questions->n; i++) {
		alarm(SECONDS);
		status = be_kmodtui(questions->v[i]);
		fflush(NULL);
		dprintf(1, "\n" CONF_MARK "%d\n", status);
		dprintf(2, "\n" CONF_MARK "%d\n", status);
	}
	_exit(0);
}

static char *cut(char **pos, int *status)
{
	char *mark = strstr(*pos, "\n" CONF_MARK), *text;

	if (!mark) {
		*status = ASK_DIED;
		return xstrdup(*pos);
	}
	text = xstrndup(*pos, (size_t)(mark - *pos));
	*status = atoi(mark + strlen("\n" CONF_MARK));
	*pos = strchrnul(mark + 1, '\n');
	*pos += **pos == '\n';
	return text;
}

void ask_kmodtui(const struct strv *questions, struct answer *answers)
{
	int out, err, status;
	struct answer all;
	char *from[2];
	pid_t child;
	size_t i;

	out = output(0);
	err = output(1);
	fflush(NULL);
	child = fork();
	if (child < 0)
		fail("fork");
	if (!child) {
		dup2(out, 1);
		dup2(err, 2);
		answer_all(questions);
	}
	finish(&all, child, out, err);
	from[0] = all.out;
	from[1] = all.err;
	for (i = 0; i < questions->n; i++) {
		answers[i].out = cut(&from[0], &answers[i].status);
		answers[i].err = cut(&from[1], &status);
	}
	answer_release(&all);
}
