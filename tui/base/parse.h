/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Strict reading of numbers and tokens: the whole string or nothing. */
#ifndef KMT_BASE_PARSE_H
#define KMT_BASE_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A whole number, decimal, 0x hexadecimal or 0 octal as the kernel's kstrto*(s, 0) reads
 * it (one '+' or '-' in front; no blanks).  -EINVAL: not a number; -ERANGE: does not fit.
 * *out is left alone on failure.
 */
int parse_signed(const char *s, long long *out);
int parse_unsigned(const char *s, unsigned long long *out);

/* What a person types: decimal digits and nothing else, also behind a 0.  -EINVAL, -ERANGE. */
int parse_decimal(const char *s, unsigned long long *out);

/* Decimal digits only, from @s up to @end (exclusive).  -EINVAL, -ERANGE. */
int parse_digits(const char *s, const char *end, uint64_t *out);

/*
 * What the kernel's kstrtobool() takes: it looks at the first letter (1 y t, 0 n f, any case) and at
 * the second one of on and off, and at nothing behind them: "yes" and "true" are fine.  -EINVAL.
 */
int parse_bool(const char *s, bool *out);

/* Turns each \xNN of the kernel's log escapes into its byte, in place; returns the new length. */
size_t parse_unescape(char *s, size_t len);

/* The same for the \NNN (octal) of /proc/mounts and /proc/self/mountinfo. */
size_t parse_unescape_octal(char *s, size_t len);

/*
 * The next run of bytes that are none of @separators: skips separators from *pos, sets
 * *token and *len, moves *pos behind it.  False at the end.  @end bounds the text; NULs
 * inside it are ordinary bytes.
 */
bool parse_token(const char **pos, const char *end, const char *separators,
		 const char **token, size_t *len);

/* The next line without its '\n'; false at the end.  A last line without '\n' counts. */
bool parse_line(const char **pos, const char *end, const char **line, size_t *len);

/* The string that starts at *pos, which moves behind its NUL; NULL: none ends before @end. */
const char *parse_z(const char **pos, const char *end);

#endif
