/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Errnos that the kernel keeps to itself (linux/errno.h, 512 and up), and that a module passes on all the same.
 * User space has no names for them.  Pure.
 */
#ifndef KMT_MODEL_KERRNO_H
#define KMT_MODEL_KERRNO_H

#define KERRNO_PROBE_DEFER 517
#define KERRNO_NOTSUPP 524

/* EINTR for the four that say that a signal came; any other as it is. */
int kerrno_fold(int error);
/* "EPROBE_DEFER", or what strerror() has for one that user space knows.  Not to be freed. */
const char *kerrno_words(int error);

#endif
