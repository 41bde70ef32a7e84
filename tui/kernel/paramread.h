/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values of parameters read by a child.  A module may sleep while its parameter is read, and while one is
 * written whoever reads another of the module waits as long: only a process that may be left behind may wait.
 */
#ifndef KMT_KERNEL_PARAMREAD_H
#define KMT_KERNEL_PARAMREAD_H

#include <stdbool.h>
#include <sys/types.h>

struct paramlist;
struct root;

struct paramread {
	pid_t pid;
	int fd;			/* readable when an answer is there */
};

/* Starts the child.  -errno. */
int paramread_open(struct paramread *reader, const struct root *root);
/* Asks for all values of module @name; one question at a time.  -errno. */
int paramread_ask(struct paramread *reader, const char *name);

/* The value of a parameter (NULL: it can not be read); at the end a name of NULL. */
struct paramread_answer {
	char *name, *value;
};

/* 1; 0: none is there yet; -EPIPE: the child is gone.  The caller frees both strings. */
int paramread_take(struct paramread *reader, struct paramread_answer *answer);
/* Has it killed, without waiting for that; returns whom to wait for. */
pid_t paramread_close(struct paramread *reader);

/*
 * sysmod_read_params() that takes no longer than @ms, where the root is this machine.  -ETIMEDOUT: the
 * values that did not come are NULL, and their wait is PARAM_SILENT.
 */
int paramread_values(const struct root *root, const char *name, struct paramlist *list, int ms);
/* The same of one of them, which replaces *value; NULL when it could not be read. */
int paramread_value(const struct root *root, const char *name, const char *param, char **value, int ms);

#endif
