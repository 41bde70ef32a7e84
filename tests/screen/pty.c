/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs a command on a pseudo terminal and plays the person (or the accident) in front of it:
 *
 *	pty COLSxROWS OUTPUT COMMAND [ARGUMENT...] <steps
 *
 * A step a line:
 *	wait TEXT		until the text comes, behind what was waited for before
 *	keys TEXT		types it; \e, \r and \xNN are bytes
 *	pause MS		lets it run
 *	size COLSxROWS		another size
 *	storm N			N sizes at random, a key with each
 *	signal NUMBER		to the command
 *	hang-up			the terminal goes away
 *
 * What the command writes is kept in OUTPUT.  How it ended is told on standard output:
 * "exit N", "signal N" or "hangs", and "termios same" or "termios changed".  The status is 1 when a
 * wait was in vain.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include "base/buf.h"
#include "base/util.h"

/* Generous: other tests run at the same time. */
#define WAIT_MS 20000

struct pty {
	int master, slave;
	pid_t pid;
	int status;		/* of waitpid(), once it has ended */
	bool ended;
	struct buf output;
	size_t seen;		/* output up to here was waited for */
	struct termios before;
	unsigned seed;
};

static unsigned next_random(struct pty *pty)
{
	pty->seed = pty->seed * 1103515245u + 12345u;
	return pty->seed >> 16 & 0x7fff;
}

static void read_output(struct pty *pty, int ms)
{
	struct pollfd fd = { .fd = pty->master, .events = POLLIN };
	ssize_t n;

	if (poll(&fd, 1, ms) <= 0)
		return;
	n = read(pty->master, buf_grow(&pty->output, 4096), 4096);
	if (n > 0)
		pty->output.len += (size_t)n;
}

static bool has_ended(struct pty *pty)
{
	if (!pty->ended && waitpid(pty->pid, &pty->status, WNOHANG) == pty->pid)
		pty->ended = true;
	return pty->ended;
}

static void step_pause(struct pty *pty, const char *ms)
{
	uint64_t end = util_now_ms() + (uint64_t)atoi(ms);

	while (util_now_ms() < end)
		read_output(pty, 5);
}

static bool step_wait(struct pty *pty, const char *text)
{
	uint64_t end = util_now_ms() + WAIT_MS;
	size_t len = strlen(text);

	while (util_now_ms() < end) {
		const char *all = buf_str(&pty->output);
		char *found = memmem(all + pty->seen, pty->output.len - pty->seen, text, len);

		if (found) {
			pty->seen = (size_t)(found - all) + len;
			return true;
		}
		if (has_ended(pty))
			end = 0;
		read_output(pty, 20);
	}
	printf("waited in vain for %s\n", text);
	return false;
}

static void step_keys(struct pty *pty, const char *s)
{
	struct buf bytes = BUF_INIT;
	unsigned value;

	while (*s) {
		if (!strncmp(s, "\\x", 2) && sscanf(s + 2, "%2x", &value) == 1) {
			buf_addch(&bytes, (char)value);
			s += 4;
		} else if (!strncmp(s, "\\e", 2) || !strncmp(s, "\\r", 2)) {
			buf_addch(&bytes, s[1] == 'e' ? '\033' : '\r');
			s += 2;
		} else {
			buf_addch(&bytes, *s++);
		}
	}
	if (write(pty->master, buf_str(&bytes), bytes.len) != (ssize_t)bytes.len)
		printf("the terminal takes no keys\n");
	buf_release(&bytes);
}

static void set_size(struct pty *pty, unsigned columns, unsigned rows)
{
	struct winsize size = { .ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows };

	ioctl(pty->master, TIOCSWINSZ, &size);
}

static void step_size(struct pty *pty, const char *size)
{
	unsigned columns = 80, rows = 24;

	sscanf(size, "%ux%u", &columns, &rows);
	set_size(pty, columns, rows);
}

static void step_storm(struct pty *pty, const char *count)
{
	/* Moves, panes, popups, prompts; nothing that leaves or changes anything. */
	static const char keys[] = "jkGg\tshl?\x1b/x\r>I+-Zm";
	int i, n = atoi(count);
	unsigned pick;

	for (i = 0; i < n && !has_ended(pty); i++) {
		pick = next_random(pty) % 8;
		if (pick == 0)
			set_size(pty, 1, 1);
		else if (pick == 1)
			set_size(pty, 1 + next_random(pty) % 12, 1 + next_random(pty) % 6);
		else
			set_size(pty, 1 + next_random(pty) % 250, 1 + next_random(pty) % 80);
		if (write(pty->master, keys + next_random(pty) % (sizeof(keys) - 1), 1) != 1)
			printf("the terminal takes no keys\n");
		read_output(pty, (int)(next_random(pty) % 6));
	}
}

static void step_hang_up(struct pty *pty)
{
	close(pty->slave);
	close(pty->master);
	pty->slave = pty->master = -1;
}

static bool do_step(struct pty *pty, char *line)
{
	char *rest = strchr(line, ' ');

	if (rest)
		*rest++ = '\0';
	else
		rest = line + strlen(line);
	if (!strcmp(line, "wait"))
		return step_wait(pty, rest);
	if (!strcmp(line, "keys"))
		step_keys(pty, rest);
	else if (!strcmp(line, "pause"))
		step_pause(pty, rest);
	else if (!strcmp(line, "size"))
		step_size(pty, rest);
	else if (!strcmp(line, "storm"))
		step_storm(pty, rest);
	else if (!strcmp(line, "signal"))
		kill(pty->pid, atoi(rest));
	else if (!strcmp(line, "hang-up"))
		step_hang_up(pty);
	else
		return false;
	return true;
}

static int start(struct pty *pty, const char *size, char **command)
{
	if (openpty(&pty->master, &pty->slave, NULL, NULL, NULL))
		return -errno;
	step_size(pty, size);
	tcgetattr(pty->slave, &pty->before);
	pty->pid = fork();
	if (pty->pid < 0)
		return -errno;
	if (pty->pid == 0) {
		close(pty->master);
		login_tty(pty->slave);
		/* As at a login, whatever this test was started with: a shell's job in the background ignores them. */
		signal(SIGHUP, SIG_DFL);
		signal(SIGINT, SIG_DFL);
		signal(SIGQUIT, SIG_DFL);
		execvp(command[0], command);
		_exit(127);
	}
	fcntl(pty->master, F_SETFD, FD_CLOEXEC);
	return 0;
}

static void wait_for_end(struct pty *pty)
{
	uint64_t end = util_now_ms() + WAIT_MS;

	while (!has_ended(pty) && util_now_ms() < end) {
		if (pty->master >= 0)
			read_output(pty, 10);
		else
			poll(NULL, 0, 10);
	}
	if (!pty->ended) {
		printf("hangs\n");
		kill(pty->pid, SIGKILL);
		kill(pty->pid, SIGCONT);
		waitpid(pty->pid, &pty->status, 0);
		return;
	}
	if (WIFEXITED(pty->status))
		printf("exit %d\n", WEXITSTATUS(pty->status));
	else
		printf("signal %d\n", WTERMSIG(pty->status));
}

static bool same_settings(const struct termios *a, const struct termios *b)
{
	return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag && a->c_cflag == b->c_cflag &&
	       a->c_lflag == b->c_lflag && !memcmp(a->c_cc, b->c_cc, sizeof(a->c_cc));
}

static void tell_settings(struct pty *pty)
{
	struct termios after;

	if (pty->slave < 0 || tcgetattr(pty->slave, &after))
		return;
	printf("termios %s\n", same_settings(&pty->before, &after) ? "same" : "changed");
}

static int keep(const struct buf *output, const char *file)
{
	FILE *out = fopen(file, "w");
	size_t n;

	if (!out)
		return -errno;
	n = fwrite(buf_str(output), 1, output->len, out);
	return fclose(out) || n != output->len ? -EIO : 0;
}

int main(int argc, char **argv)
{
	struct pty pty = { .seed = 1 };
	char line[1024];
	bool good = true;

	if (argc < 4 || start(&pty, argv[1], argv + 3)) {
		fputs("usage: pty COLSxROWS OUTPUT COMMAND [ARGUMENT...] <steps\n", stderr);
		return 2;
	}
	while (good && fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		good = do_step(&pty, line);
	}
	if (!good)
		kill(pty.pid, SIGKILL);
	wait_for_end(&pty);
	/* What it wrote last may still be on its way. */
	if (pty.master >= 0)
		step_pause(&pty, "50");
	tell_settings(&pty);
	if (keep(&pty.output, argv[2]))
		good = false;
	buf_release(&pty.output);
	return good ? 0 : 1;
}
