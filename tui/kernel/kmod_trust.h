/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose files may be parsed in this very process: those only root could have written. */
#ifndef KMT_KERNEL_KMOD_TRUST_H
#define KMT_KERNEL_KMOD_TRUST_H

#include <stdbool.h>

struct root;

/* The module directory of the machine itself, with depmod's files in it. */
bool kmod_trust_tree(const struct root *root);
/* A module's file: beneath that directory with no link on the way. */
bool kmod_trust_file(const struct root *root, const char *path);

#endif
