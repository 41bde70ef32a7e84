/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What holds from now on, once settings were written. */
#ifndef KMT_APP_WRITTEN_H
#define KMT_APP_WRITTEN_H

#include <stdbool.h>

struct strv;

/*
 * By the words of the command ("mask", "loop"), about a parameter (@param) or not: a translated sentence with two %s, for the
 * module and for what one would type.
 */
const char *written_words(const struct strv *command, bool param);

#endif
