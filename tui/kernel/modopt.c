/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "kernel/modopt.h"

#define BLANKS " \t\n\v\f\r"

bool modopt_next(const char **pos, const char *end, struct modopt *out)
{
	bool quoted = false, inside;
	const char *s = *pos, *equals = NULL;

	while (s < end && strchr(BLANKS, *s))
		s++;
	if (s == end)
		return false;
	if (*s == '"') {
		quoted = true;
		s++;
	}
	out->name = s;
	for (inside = quoted; s < end && (inside || !strchr(BLANKS, *s)); s++) {
		if (*s == '=' && !equals && s > out->name)
			equals = s;
		if (*s == '"')
			inside = !inside;
	}
	*pos = s;
	out->value = equals ? equals + 1 : NULL;
	if (equals && out->value < s && *out->value == '"') {
		quoted = true;
		out->value++;
	}
	if (quoted && s > (equals ? out->value : out->name) && s[-1] == '"')
		s--;
	out->name_len = (size_t)((equals ? equals : s) - out->name);
	out->value_len = equals ? (size_t)(s - out->value) : 0;
	return true;
}
