/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the probes share: programs that run inside the throwaway machine and see a
 * module with a program's eyes. One case per call:
 *
 *	PROBE CASE	status 0 when all is as it must be, else a line that says what is not
 *	PROBE		names its cases
 */
#ifndef PROBE_H
#define PROBE_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>

struct probe_case {
	const char *name;
	void (*run)(void);
};

/* Ends the case unless the condition holds; errno helps when it does not. */
#define MUST(cond) must((cond), #cond, __LINE__)
/* The call fails with that error. */
#define FAILS(call, error) \
	(errno = 0, must((long)(call) == -1 && errno == (error), #call ": " #error, __LINE__))

static inline void must(int holds, const char *what, int line)
{
	if (holds)
		return;
	printf("line %d: %s (errno %d, %s)\n", line, what, errno, strerror(errno));
	exit(1);
}

static inline void child_ok(pid_t pid)
{
	int status;

	MUST(waitpid(pid, &status, 0) == pid);
	MUST(status == 0);
}

/* How much of it the environment asks for. */
static inline long count_wanted(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtol(text, NULL, 10) : otherwise;
}

/* The table ends with a case without a name. */
static inline int probe_main(const struct probe_case *c, int argc, char **argv)
{
	for (; c->name; c++) {
		if (argc < 2) {
			puts(c->name);
		} else if (!strcmp(argv[1], c->name)) {
			c->run();
			return 0;
		}
	}
	return argc < 2 ? 0 : 2;
}

#endif
