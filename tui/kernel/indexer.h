/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The child that makes the full-text index.  It reads every module's file, which is work for a moment and
 * nothing to do with privilege: it runs with little priority and with limits, and all it can do is to
 * write into a pipe.  What comes out of that is parsed as what a stranger sent.
 */
#ifndef KMT_KERNEL_INDEXER_H
#define KMT_KERNEL_INDEXER_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"

struct fulltext;
struct root;

struct indexer {
	pid_t pid;
	int fd;			/* to poll() for reading; -1: no child runs */
	unsigned long long stamp;
	struct buf bytes;
};

#define INDEXER_INIT { -1, -1, 0, BUF_INIT }

/* @stamp: modindex_stamp() before the files are read.  -errno: there is no child. */
int indexer_start(struct indexer *indexer, const struct root *root, unsigned long long stamp);
/*
 * Reads what is there (waits for some if @wait).  1: there is more to come; 0: it is done, and *text, which was empty, is
 * the index; -EBADMSG: the child died or sent rubbish; -errno.  Unless it is 1 the child is gone.
 */
int indexer_read(struct indexer *indexer, bool wait, struct fulltext *text);
/* Ends the child, if there is one. */
void indexer_stop(struct indexer *indexer);

/* All at once, by a child, or if there can be none in this process.  -errno. */
int indexer_run(const struct root *root, unsigned long long stamp, struct fulltext *text);

#endif
