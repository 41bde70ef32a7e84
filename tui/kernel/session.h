/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From where a process is worked with: its terminal, and the ssh connection behind it. */
#ifndef KMT_KERNEL_SESSION_H
#define KMT_KERNEL_SESSION_H

#include <stdbool.h>
#include <sys/types.h>

struct root;

struct session {
	bool terminal;			/* there is one */
	unsigned major, minor;		/* its device */
	char *address;			/* this machine's end of the ssh connection; NULL: none is known */
	char *interface;		/* that has the address; NULL: not known */
};

/*
 * Of @pid and, as far as that does not tell, of its parents: a command that sudo started has neither its
 * terminal nor its environment left.  Never fails: what can not be read is not known.
 */
void session_read(const struct root *root, pid_t pid, struct session *session);
void session_release(struct session *session);

#endif
