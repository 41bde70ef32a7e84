/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UTF-8, independent of the locale. */
#ifndef KMT_BASE_UTF8_H
#define KMT_BASE_UTF8_H

#include <stddef.h>

/*
 * The character at @s (at most @len bytes): its length, and itself in *ch.  0 when the bytes are not
 * UTF-8: overlong, a surrogate, above U+10FFFF, cut short, or @len is 0.
 */
size_t utf8_decode(const char *s, size_t len, unsigned *ch);

/* Writes @ch to @out (no NUL) and returns the length, 0 for what is no character. */
size_t utf8_encode(unsigned ch, char out[4]);

/* Where the character before @pos starts in well-formed @s; 0 at the start. */
size_t utf8_back(const char *s, size_t pos);

#endif
