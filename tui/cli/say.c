/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/say.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/xalloc.h"

char *say(const char *format, ...)
{
	va_list args, again;
	char *text;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	text = xmalloc((size_t)(len < 0 ? 0 : len) + 1);
	text[0] = '\0';
	if (len >= 0)
		vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	va_end(args);
	return text;
}
