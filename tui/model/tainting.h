/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The marks that the load of a module leaves on the kernel, as far as its file tells.  Pure. */
#ifndef KMT_MODEL_TAINTING_H
#define KMT_MODEL_TAINTING_H

#include <stdbool.h>

struct info;

/*
 * The bits of the taint mask, as /proc/sys/kernel/tainted has them, that a module with these fields sets.  @signatures: this
 * kernel looks for signatures; the file does not tell whether the kernel knows the key.
 */
unsigned long long tainting_of(const struct info *info, bool signatures);
/* "kmt_timer was built outside of ...: loading it marks the kernel with the letter O."  The caller frees. */
char *tainting_sentence(int bit, const char *module);

#endif
