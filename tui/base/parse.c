/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/parse.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/util.h"

/* The value of a digit in any base up to 16; 16 and more: not a digit. */
static unsigned digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return 16;
}

/* Digits of @base up to @end.  A wrong character counts more than a number too large. */
static int digits(const char *s, const char *end, unsigned base, uint64_t *out)
{
	uint64_t value = 0;
	int error = 0;

	if (s == end)
		return -EINVAL;
	for (; s < end; s++) {
		unsigned d = digit(*s);

		if (d >= base)
			return -EINVAL;
		if (value > (UINT64_MAX - d) / base)
			error = -ERANGE;
		else
			value = value * base + d;
	}
	if (!error)
		*out = value;
	return error;
}

/* The kernel takes "0x" for hexadecimal only when a digit follows. */
static int magnitude(const char *s, uint64_t *out)
{
	const char *end = s + strlen(s);

	if (s[0] != '0')
		return digits(s, end, 10, out);
	if ((s[1] == 'x' || s[1] == 'X') && digit(s[2]) < 16)
		return digits(s + 2, end, 16, out);
	return digits(s, end, 8, out);
}

int parse_unsigned(const char *s, unsigned long long *out)
{
	uint64_t value;
	int error = magnitude(*s == '+' ? s + 1 : s, &value);

	if (!error)
		*out = value;
	return error;
}

int parse_signed(const char *s, long long *out)
{
	bool negative = *s == '-';
	uint64_t value;
	int error = magnitude(negative || *s == '+' ? s + 1 : s, &value);

	if (error)
		return error;
	if (value > (uint64_t)LLONG_MAX + negative)
		return -ERANGE;
	*out = negative && value ? -(long long)(value - 1) - 1 : (long long)value;
	return 0;
}

int parse_digits(const char *s, const char *end, uint64_t *out)
{
	return digits(s, end, 10, out);
}

int parse_decimal(const char *s, unsigned long long *out)
{
	uint64_t value;
	int error = digits(s, s + strlen(s), 10, &value);

	if (!error)
		*out = value;
	return error;
}

int parse_bool(const char *s, bool *out)
{
	char first = s[0], second = first ? s[1] : '\0';

	if (first && strchr("1yYtT", first))
		*out = true;
	else if (first && strchr("0nNfF", first))
		*out = false;
	else if ((first == 'o' || first == 'O') && second && strchr("nN", second))
		*out = true;
	else if ((first == 'o' || first == 'O') && second && strchr("fF", second))
		*out = false;
	else
		return -EINVAL;
	return 0;
}

size_t parse_unescape(char *s, size_t len)
{
	size_t to = 0;

	for (size_t i = 0; i < len; i++) {
		if (len - i >= 4 && s[i] == '\\' && s[i + 1] == 'x' &&
		    digit(s[i + 2]) < 16 && digit(s[i + 3]) < 16) {
			s[to++] = (char)(digit(s[i + 2]) * 16 + digit(s[i + 3]));
			i += 3;
		} else {
			s[to++] = s[i];
		}
	}
	return to;
}

size_t parse_unescape_octal(char *s, size_t len)
{
	size_t i, to = 0;

	for (i = 0; i < len; i++) {
		if (len - i >= 4 && s[i] == '\\' && digit(s[i + 1]) < 4 && digit(s[i + 2]) < 8 && digit(s[i + 3]) < 8) {
			s[to++] = (char)(digit(s[i + 1]) * 64 + digit(s[i + 2]) * 8 + digit(s[i + 3]));
			i += 3;
		} else {
			s[to++] = s[i];
		}
	}
	return to;
}

/* strchr() would find the NUL at the end of @set: here a NUL is an ordinary byte. */
static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

bool parse_token(const char **pos, const char *end, const char *separators,
		 const char **token, size_t *len)
{
	const char *p = *pos;

	while (p < end && is_one_of(*p, separators))
		p++;
	*token = p;
	while (p < end && !is_one_of(*p, separators))
		p++;
	*len = (size_t)(p - *token);
	*pos = p;
	return *len > 0;
}

bool parse_line(const char **pos, const char *end, const char **line, size_t *len)
{
	const char *p = *pos, *newline;

	if (p >= end)
		return false;
	newline = memchr(p, '\n', (size_t)(end - p));
	*line = p;
	*len = (size_t)((newline ? newline : end) - p);
	*pos = newline ? newline + 1 : end;
	return true;
}

const char *parse_z(const char **pos, const char *end)
{
	const char *start = *pos, *nul = start < end ? memchr(start, '\0', (size_t)(end - start)) : NULL;

	if (!nul)
		return NULL;
	*pos = nul + 1;
	return start;
}
