/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/util.h"

#include <string.h>
#include <time.h>

/* Not isalnum(): that asks the locale. */
static bool name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-';
}

bool util_name_valid(const char *s)
{
	size_t n = 0;

	while (name_char(s[n]))
		if (++n > MODULE_NAME_MAX)
			return false;
	return n > 0 && s[n] == '\0';
}

bool util_name_live(const char *s)
{
	size_t n;

	for (n = 0; s[n] > ' ' && s[n] < 0x7f && s[n] != '/' && s[n] != ','; n++)
		if (n == MODULE_NAME_MAX)
			return false;
	return n > 0 && s[n] == '\0' && strcmp(s, ".") && strcmp(s, "..");
}

static int folded(char c)
{
	return c == '-' ? '_' : (unsigned char)c;
}

int util_name_compare(const char *a, const char *b)
{
	while (*a && folded(*a) == folded(*b)) {
		a++;
		b++;
	}
	return folded(*a) - folded(*b);
}

bool util_name_equal(const char *a, const char *b)
{
	return util_name_compare(a, b) == 0;
}

void util_name_normalize(char *s)
{
	for (; *s; s++)
		if (*s == '-')
			*s = '_';
}

size_t util_module_stem(const char *name)
{
	static const char *const ends[] = { ".ko", ".ko.gz", ".ko.xz", ".ko.zst" };
	size_t len = strlen(name), n, i;

	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		n = strlen(ends[i]);
		if (len > n && !strcmp(name + len - n, ends[i]))
			return len - n;
	}
	return 0;
}

uint64_t util_now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

uint64_t util_now_ms(void)
{
	return util_now_us() / 1000;
}
