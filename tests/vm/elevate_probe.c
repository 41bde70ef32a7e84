/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * In the place of sudo, doas or pkexec: keeps its arguments in /run/elevate.args, asks for a password on
 * the terminal, and runs the command as root when it is "secret".  With -n it does not ask, and runs
 * the command only when /run/elevate.allowed is there.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static void keep_arguments(char **argv)
{
	FILE *file = fopen("/run/elevate.args", "w");

	if (!file)
		exit(2);
	for (; *argv; argv++)
		fprintf(file, "%s\n", *argv);
	fclose(file);
}

/* As such programs do: on the terminal itself, without an echo. */
static int ask(void)
{
	struct termios old, silent;
	char line[64] = "";
	ssize_t n;
	int fd = open("/dev/tty", O_RDWR);

	if (fd < 0 || tcgetattr(fd, &old))
		return 0;
	silent = old;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(fd, TCSAFLUSH, &silent);
	if (write(fd, "Password: ", 10) != 10)
		return 0;
	n = read(fd, line, sizeof(line) - 1);
	tcsetattr(fd, TCSAFLUSH, &old);
	close(fd);
	return n > 0 && !strcmp(line, "secret\n");
}

int main(int argc, char **argv)
{
	int at = 1, silent = 0;

	if (setgid(0) || setuid(0))
		return 2;
	keep_arguments(argv);
	if (at < argc && !strcmp(argv[at], "-n"))
		silent = at++;
	if (at < argc && !strcmp(argv[at], "--"))
		at++;
	if (at >= argc)
		return 2;
	if (silent ? access("/run/elevate.allowed", F_OK) != 0 : !ask()) {
		fprintf(stderr, "%s\n", silent ? "sudo: a password is required" : "sudo: that was\033[31m wrong");
		return 1;
	}
	execv(argv[at], argv + at);
	return 127;
}
