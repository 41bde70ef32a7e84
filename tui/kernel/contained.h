/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A child with limits.  What comes from strangers (module files, indexes of a foreign tree) is
 * parsed there and nowhere else: a fault in the parser ends that child and nothing more.
 *
 * The child has no capability and can not get one, is nobody if we may make it so, sees one
 * directory if we may shut it in there, has no descriptor but those it was given, can neither fork nor
 * write a file, and where libseccomp and the kernel's part of it are there makes no system call that its work
 * does not need.
 */
#ifndef KMT_KERNEL_CONTAINED_H
#define KMT_KERNEL_CONTAINED_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct buf;

struct contained_limits {
	size_t memory;		/* bytes of address space; not kept with the address sanitizer */
	size_t file_size;	/* bytes it may write to a file; 0: none at all */
	unsigned seconds;	/* of processor time */
	int dir;		/* all that it sees of the file system, where we may have it so; -1: no such bound */
	bool program;		/* it becomes another program (status 0: done), which makes threads but no process */
};

/*
 * Puts these limits on the process itself, for good.  *inside (may be NULL): dir is its root directory now.
 * Open descriptors stay.  With the filter openat2() is gone: what opens files beneath a directory of
 * their own must go through open().  0; -errno: do not go on.
 */
int contained_limit(const struct contained_limits *limits, bool *inside);
/* The part of it that libseccomp does.  0, also where it or the kernel's part is not there; -errno. */
int contained_filter(void);
/* The same for a program: only calls that make a process are missing, those that make a thread are not. */
int contained_filter_program(void);

/* Where the child finds the first contained_setup.fd; the second comes behind it. */
#define CONTAINED_FD 4

struct contained_setup {
	struct contained_limits limits;
	int fd[2];		/* the descriptors the child keeps; -1: none */
	unsigned timeout_ms;	/* for one answer */
	size_t answer_max;
	/*
	 * Run in the child, for each question: 0 or -errno, and the @answer.  @inside: as above.
	 */
	int (*answer)(void *data, bool inside, const struct buf *question, struct buf *answer);
	void *data;		/* as it was when the child was started */
};

/* A child that answers questions, one after the other. */
struct contained {
	pid_t pid;		/* 0: there is none now */
	int socket;
	struct contained_setup setup;
};

#define CONTAINED_INIT { .socket = -1 }

/* -errno: no child can be started.  Stop it in the end. */
int contained_start(struct contained *contained, const struct contained_setup *setup);
/*
 * Appends the answer to @answer.  What answer() returned; -EBADMSG: the child crashed over it; -ETIMEDOUT: it took
 * too long; -EFBIG: the answer, or a file it wrote, is too long; -ENOMEM: it needed too much memory.  After each of these another child is
 * started for the next question.
 */
int contained_ask(struct contained *contained, const struct buf *question, struct buf *answer);
void contained_stop(struct contained *contained);
/*
 * contained_ask() of a new child in two halves, for what else comes from it meanwhile: contained.socket is readable when it
 * has answered or ended.  Stop it in the end.
 */
int contained_begin(struct contained *contained, const struct contained_setup *setup,
		    const struct buf *question);
int contained_finish(struct contained *contained, struct buf *answer);
/* One child for one question; @question may be NULL. */
int contained_run(const struct contained_setup *setup, const struct buf *question, struct buf *answer);

#endif
