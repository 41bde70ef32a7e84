/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel log, record by record.  Below a --root the file kmsg.records (raw records,
 * one a line with their continuation lines) stands for /dev/kmsg.
 */
#ifndef KMT_KERNEL_KMSG_H
#define KMT_KERNEL_KMSG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct logrec;
struct root;

/*
 * Pure.  One record as read(2) of /dev/kmsg gives it: "level,seq,usec,flags[,...];text\n" and
 * continuation lines " KEY=value\n".  Unknown prefix fields are ignored, \xNN is decoded (the result
 * may hold any byte but NUL, which becomes '?').  0 and *out (caller releases), or -EBADMSG.
 */
int kmsg_parse(const char *bytes, size_t len, struct logrec *out);

struct kmsg {
	int fd;			/* poll() it for POLLIN; -1 for a --root's file */
	char *text;		/* a --root's records */
	const char *pos, *end;
	uint64_t next_seq;	/* the number the next record should have */
	bool started;		/* next_seq is known */
	bool overrun;		/* records came faster than they were read: there are more, whatever kmsg_read() said */
	struct logrec *held;	/* read already, comes after the lost mark */
};

/* From the oldest record kept, or only what comes from now on.  -EPERM: dmesg_restrict; -ENOENT; -errno. */
enum kmsg_from { KMSG_OLDEST, KMSG_NOW };
int kmsg_open(struct kmsg *kmsg, const struct root *root, enum kmsg_from from);
void kmsg_close(struct kmsg *kmsg);
/*
 * The next record or lost mark in *out (caller releases): 1; 0: nothing left for now; -errno: the
 * log can not be read further.  Records that can not be parsed are skipped.
 */
int kmsg_read(struct kmsg *kmsg, struct logrec *out);

#endif
