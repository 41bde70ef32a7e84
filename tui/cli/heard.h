/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel wrote to its log while a command changed something.  A module may write faster than one can
 * read, and for as long as it likes: what is kept is bounded, and so is the time it is listened to.
 */
#ifndef KMT_CLI_HEARD_H
#define KMT_CLI_HEARD_H

#include <stdbool.h>
#include <stddef.h>

#include "kernel/kmsg.h"
#include "model/splat.h"

struct logrec;

#define HEARD_MAX 1000			/* records */
#define HEARD_BYTES (256u << 10)	/* of their texts */

struct heard {
	struct kmsg kmsg;
	bool listening;
	struct logrec *v;		/* a lost mark is the first when some had to go */
	size_t n, size, bytes;
	size_t since;			/* where the last call into the kernel begins */
	struct splats splats;		/* the reports among them */
};

/* From here on what comes is kept.  Without the right to read the log there is none, which is no error. */
void heard_begin(struct heard *heard, const struct root *root);
/* A call into the kernel is about to be made. */
void heard_mark(struct heard *heard);
/* Takes what came, waiting a moment for it. */
void heard_listen(struct heard *heard);
/* What tells why the last call about module @name failed: logcause_find().  The caller frees. */
char *heard_cause(const struct heard *heard, const char *name);
void heard_release(struct heard *heard);

#endif
