/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values that are nobody else's business, by the names of their parameters.  Pure. */
#ifndef KMT_MODEL_SECRET_H
#define KMT_MODEL_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#define SECRET_MASK "***"

/* A name with key, pass, token or secret in it, in any case. */
bool secret_is_name(const char *name, size_t len);
/*
 * A copy of @text, a line of options, with SECRET_MASK for the value of each "name=value" of a secret
 * name.  The caller frees.
 */
char *secret_mask(const char *text);
/* The same for one word, whose value may have blanks in it. */
char *secret_mask_word(const char *word);
/* Whether something was masked in @text. */
bool secret_is_masked(const char *text);

#endif
