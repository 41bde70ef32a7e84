/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/buf.h"
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

char *modopt_spell(const struct modopt *opt, const char *name, size_t name_len)
{
	struct buf text = BUF_INIT;
	const char *quote = "";
	size_t i;

	for (i = 0; i < opt->value_len; i++)
		if (strchr(BLANKS, opt->value[i]))
			quote = "\"";
	buf_add(&text, name, name_len);
	if (opt->value) {
		buf_printf(&text, "=%s", quote);
		buf_add(&text, opt->value, opt->value_len);
		buf_addstr(&text, quote);
	}
	return buf_detach(&text);
}
