/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What may reach a terminal.
 *
 * Every string from the kernel, a file or a user passes text_escape() before it is
 * drawn or printed to a terminal: control bytes (C0, DEL, C1), bytes that are not
 * UTF-8, and the characters that reorder or hide text (bidi controls, zero-width,
 * line separators, unassigned) come out as visible escapes: \xNN for a byte, \u{NNNN}
 * for a character.  A backslash stays a backslash.
 */
#ifndef KMT_BASE_TEXT_H
#define KMT_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/*
 * Whether non-ASCII may be shown as it is.  Off at start; main() turns it on when the
 * locale is UTF-8 and --ascii is not given.  When off, every non-ASCII byte is escaped.
 */
void text_set_utf8(bool on);
bool text_utf8(void);

/* Appends @len bytes of @s to @out, made safe.  '\n' and '\t' are escaped too. */
void text_escape(struct buf *out, const char *s, size_t len);
/* The same in a new string; the caller frees.  NULL gives "". */
char *text_safe(const char *s);

/* Columns @s takes on a screen; @s is safe text. */
int text_width(const char *s);
/* Bytes of the longest prefix of safe text @s that takes at most @columns columns. */
size_t text_cut(const char *s, int columns);

/* @bytes for people in at most 6 columns: 512, 20K, 1.1M (binary units); the buffer is @out. */
const char *text_size(char out[16], long long bytes);

#endif
