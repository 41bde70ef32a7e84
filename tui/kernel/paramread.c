/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/paramread.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/leftover.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/root.h"
#include "kernel/sysmod.h"
#include "model/param.h"

/* A packet: what it is, the name, and the value if there is one, each with a NUL. */
enum {
	PACKET_VALUE = 'v',
	PACKET_NONE = 'n',
	PACKET_END = 'e',
};
#define PACKET_MAX (80u << 10)
#define QUESTION_MAX 1024u

static bool send_packet(int fd, char kind, const char *name, const char *value)
{
	struct buf packet = BUF_INIT;
	ssize_t put;

	buf_addch(&packet, kind);
	buf_add(&packet, name, strlen(name) + 1);
	if (value)
		buf_add(&packet, value, strlen(value) + 1);
	put = send(fd, packet.data, packet.len, MSG_NOSIGNAL);
	buf_release(&packet);
	return put >= 0;
}

static bool answer_one(const struct root *root, int fd, const char *module, const struct param *param)
{
	char *value = NULL;
	bool good;

	if (param->mode & 0444)
		sysmod_read_param(root, module, param->name, &value);
	good = send_packet(fd, value ? PACKET_VALUE : PACKET_NONE, param->name, value);
	free(value);
	return good;
}

/*
 * "MODULE", or "MODULE/PARAM" for one of them.  Values go out as they come: one that hangs keeps only those
 * behind it.
 */
static bool answer_all(const struct root *root, int fd, char *module)
{
	char *slash = strchr(module, '/');
	struct paramlist list = PARAMLIST_INIT;
	bool good = true;
	size_t i;

	if (slash)
		*slash = '\0';
	sysmod_list_params(root, module, &list);
	for (i = 0; i < list.n && good; i++)
		if (!slash || !strcmp(list.v[i].name, slash + 1))
			good = answer_one(root, fd, module, &list.v[i]);
	paramlist_release(&list);
	return good && send_packet(fd, PACKET_END, "", NULL);
}

static void close_between(int first, int last)
{
#ifdef SYS_close_range
	if (first <= last)
		syscall(SYS_close_range, first, last, 0);
#else
	(void)first;
	(void)last;
#endif
}

/* A child that hangs in the kernel must not keep terminal and pipes of the others open. */
static void let_go(int a, int b)
{
	int null = open("/dev/null", O_RDWR), i;

	for (i = 0; null >= 0 && i <= STDERR_FILENO; i++)
		dup2(null, i);
	close_between(STDERR_FILENO + 1, MIN(a, b) - 1);
	close_between(MIN(a, b) + 1, MAX(a, b) - 1);
	close_between(MAX(a, b) + 1, 1 << 20);
}

static void run_child(const struct root *root, int fd)
{
	char name[QUESTION_MAX];
	ssize_t got;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* Above all the console's handler of a crash, which would give back a terminal that is still in use. */
	child_reset_signals(CHILD_ATTACHED);
	let_go(fd, root->fd);
	while ((got = recv(fd, name, sizeof(name) - 1, 0)) > 0) {
		name[got] = '\0';
		if (!answer_all(root, fd, name))
			break;
	}
	_exit(0);
}

int paramread_open(struct paramread *reader, const struct root *root)
{
	int fds[2], err;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds))
		return -errno;
	reader->pid = fork();
	if (reader->pid < 0) {
		err = -errno;
		close(fds[0]);
		close(fds[1]);
		return err;
	}
	if (!reader->pid)
		run_child(root, fds[1]);
	close(fds[1]);
	reader->fd = fds[0];
	return 0;
}

int paramread_ask(struct paramread *reader, const char *name)
{
	if (!util_name_live(name))
		return -ENOENT;
	return send(reader->fd, name, strlen(name), MSG_NOSIGNAL | MSG_DONTWAIT) < 0 ? -errno : 0;
}

int paramread_take(struct paramread *reader, struct paramread_answer *answer)
{
	char *packet = xmalloc(PACKET_MAX);
	ssize_t got;
	size_t len;
	int result = 1;

	*answer = (struct paramread_answer){ NULL, NULL };
	got = recv(reader->fd, packet, PACKET_MAX - 1, MSG_DONTWAIT);
	if (got <= 0) {
		result = got < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -EPIPE;
		goto out_free;
	}
	packet[got] = '\0';
	len = strlen(packet);
	if (*packet != PACKET_END)
		answer->name = xstrdup(packet + 1);
	if (*packet == PACKET_VALUE && len + 1 < (size_t)got)
		answer->value = xstrdup(packet + len + 1);
out_free:
	free(packet);
	return result;
}

pid_t paramread_close(struct paramread *reader)
{
	close(reader->fd);
	kill(reader->pid, SIGKILL);
	return reader->pid;
}

/* True at the end of the answers. */
static bool take_answers(struct paramread *reader, struct paramlist *list)
{
	struct paramread_answer answer;
	struct param *param;
	bool end = false;

	while (!end && paramread_take(reader, &answer) > 0) {
		end = !answer.name;
		param = answer.name ? paramlist_find(list, answer.name) : NULL;
		if (param) {
			free(param->value);
			param->value = answer.value;
			param->wait = PARAM_KNOWN;
			answer.value = NULL;
		}
		free(answer.name);
		free(answer.value);
	}
	return end;
}

static int read_until(struct paramread *reader, struct paramlist *list, uint64_t until)
{
	struct pollfd poll_fd = { .fd = reader->fd, .events = POLLIN };
	uint64_t now = util_now_ms();

	while (now < until && poll(&poll_fd, 1, (int)(until - now)) >= 0) {
		if (take_answers(reader, list))
			return 0;
		if (poll_fd.revents & POLLHUP)
			return -EPIPE;
		now = util_now_ms();
	}
	return -ETIMEDOUT;
}

/* @param: NULL for all. */
static int ask(struct paramread *reader, const char *name, const char *param)
{
	char question[QUESTION_MAX];
	int n;

	if (!param)
		return paramread_ask(reader, name);
	n = snprintf(question, sizeof(question), "%s/%s", name, param);
	if (!util_name_live(name) || n < 0 || (size_t)n >= sizeof(question))
		return -ENOENT;
	return send(reader->fd, question, (size_t)n, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 ? -errno : 0;
}

/* It ends at once, unless it hangs in the kernel: then nobody waits for it. */
static void leave(pid_t pid, int err)
{
	if (err == -ETIMEDOUT)
		leftover_add(pid);
	else
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
}

/* Fills in what is listed.  -ECHILD: there is no child to be had. */
static int read_values(const struct root *root, const char *name, const char *param,
		       struct paramlist *list, int ms)
{
	struct paramread reader;
	size_t i;
	int err;

	if (paramread_open(&reader, root))
		return -ECHILD;
	err = ask(&reader, name, param);
	for (i = 0; i < list->n; i++)
		list->v[i].wait = list->v[i].in_sysfs ? PARAM_SILENT : PARAM_KNOWN;
	if (!err)
		err = read_until(&reader, list, util_now_ms() + (uint64_t)ms);
	leave(paramread_close(&reader), err);
	return err;
}

int paramread_values(const struct root *root, const char *name, struct paramlist *list, int ms)
{
	int err;

	if (!root_is_host(root))
		return sysmod_read_params(root, name, list);
	err = sysmod_list_params(root, name, list);
	if (err || !list->n)
		return err;
	err = read_values(root, name, NULL, list, ms);
	return err == -ECHILD ? sysmod_read_params(root, name, list) : err;
}

int paramread_value(const struct root *root, const char *name, const char *param, char **value, int ms)
{
	struct paramlist list = PARAMLIST_INIT;
	struct param *found;
	int err;

	if (!root_is_host(root))
		return sysmod_read_param(root, name, param, value);
	free(*value);
	*value = NULL;
	err = sysmod_list_params(root, name, &list);
	found = err ? NULL : paramlist_find(&list, param);
	if (!err)
		err = found ? read_values(root, name, found->name, &list, ms) : -ENOENT;
	if (!err) {
		*value = found->value;
		found->value = NULL;
	}
	paramlist_release(&list);
	return err == -ECHILD ? sysmod_read_param(root, name, param, value) : err;
}
