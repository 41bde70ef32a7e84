/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The child's side of kmod_remote.h. */
#ifndef KMT_KERNEL_KMOD_ANSWER_H
#define KMT_KERNEL_KMOD_ANSWER_H

#include <stdbool.h>

#include "base/strv.h"
#include "kernel/kmod_private.h"

struct buf;
struct root;

/* What the child needs to know; it fills in the rest. */
struct kmod_answer {
	const struct root *root;
	char *prefix;		/* path of the root on the host, "" for "/" */
	struct strv config;	/* directories, as paths of the host */
	bool begun, inside;
	struct kmod_lib lib;
};

/* A contained_setup.answer; @data: struct kmod_answer.  Question and answer are strings with a NUL each. */
int kmod_answer_question(void *data, bool inside, const struct buf *question, struct buf *answer);

#endif
