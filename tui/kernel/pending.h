/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Changes that wait to be rolled back: one pipe each in /run/kmodtui, whose reader is the process that will do
 * it.  Its time of change is the moment when that happens.
 */
#ifndef KMT_KERNEL_PENDING_H
#define KMT_KERNEL_PENDING_H

#include <stdbool.h>
#include <stddef.h>

struct root;

#define PENDING_NAME 48

enum pending_answer { PENDING_TIME_OUT = 0, PENDING_KEEP = 'k', PENDING_ROLL_BACK = 'r' };

struct pending {
	char name[PENDING_NAME];
	int seconds;		/* left; 0: the change is still under way, or the time is over */
	bool rolling;		/* it is being rolled back */
	bool dead;		/* but the process that was to do it is gone: it stays as it is now */
};

struct pendinglist {
	struct pending *v;
	size_t n, size;
};

#define PENDINGLIST_INIT { NULL, 0, 0 }

/* The process that waits.  A descriptor and its name; -EACCES, -EROFS ...: -errno. */
int pending_make(const struct root *root, char name[PENDING_NAME]);
/*
 * In the child that is to wait in the place of the process that made it: the name, which is changed, has its number.  Who may not open
 * the pipe knows by it whether anybody waits.
 */
void pending_take_over(const struct root *root, char name[PENDING_NAME]);
/* So many seconds from now.  PENDING_ROLL_BACK also when a signal ends the waiting. */
enum pending_answer pending_wait(const struct root *root, const char *name, int fd, int seconds);
/* It is too late for an answer now. */
void pending_roll(const struct root *root, const char *name);
/* It is over. */
void pending_remove(const struct root *root, const char *name);

/* The others, also the dead ones.  0; -ENOENT: nothing ever waited; -errno. */
int pending_read(const struct root *root, struct pendinglist *list);
void pendinglist_release(struct pendinglist *list);
/* 0; -ENXIO: nobody waits there any more; -errno. */
int pending_tell(const struct root *root, const char *name, enum pending_answer answer);

#endif
