/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why there is no module of a name: what only speaks of it, and what of the module directory is not there. */
#ifndef KMT_CLI_MISSING_H
#define KMT_CLI_MISSING_H

#include <stdbool.h>

struct modprobed;
struct root;

/*
 * A translated sentence, or some, about @what, a name, alias or file that stands for nothing; the caller frees.  @root: NULL when
 * missing_remark() has told what of it is missing.
 */
char *missing_sentence(const struct root *root, const struct modprobed *conf, const char *what);
/*
 * Says on stderr what is missing in the module directory of a running kernel, to one who asks for all modules.  True if something
 * is.
 */
bool missing_remark(const struct root *root);

#endif
