/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a half-typed word may become.  Pure. */
#ifndef KMT_MODEL_COMPLETE_H
#define KMT_MODEL_COMPLETE_H

#include <stddef.h>

struct param;
struct paramlist;
struct strv;

/* Where the word starts that ends at @at of @text; blanks between quotes do not end one. */
size_t complete_start(const char *text, size_t at);
/*
 * What "name=value", of which @len bytes are typed at @word, may be: "name=" for each parameter that begins so, or
 * behind the '=' each value that is known for it.  Sorted, each once.
 */
void complete_params(const struct paramlist *params, const char *word, size_t len, struct strv *out);
/* The values that are known: the words of a bool, the one it has, and those its description lists ("a, b or c"). */
void complete_values(const struct param *param, struct strv *out);
/* How many bytes all of @words begin with together. */
size_t complete_common(const struct strv *words);

#endif
