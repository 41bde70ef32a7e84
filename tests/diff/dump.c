/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "diff.h"

static void split(struct strv *first, struct strv *rest, const char *text)
{
	size_t len = strcspn(text, " ");

	strv_pushn(first, text, len);
	strv_push(rest, text[len] ? text + len + 1 : "");
}

void dump_read(struct dump *dump)
{
	struct answer answer;
	char *save, *line;

	memset(dump, 0, sizeof(*dump));
	ask_dump(&answer);
	for (line = strtok_r(answer.out, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		if (!strncmp(line, "alias ", 6))
			split(&dump->aliases, &dump->targets, line + 6);
		else if (!strncmp(line, "options ", 8))
			split(&dump->owners, &dump->options, line + 8);
	}
	answer_release(&answer);
}

void dump_release(struct dump *dump)
{
	strv_release(&dump->aliases);
	strv_release(&dump->targets);
	strv_release(&dump->owners);
	strv_release(&dump->options);
}

/* The kernel's next_arg(): takes one parameter apart in place, and returns what follows. */
static char *next_arg(char *args, char **param, char **value)
{
	size_t equals = 0, i;
	bool in_quote = false, quoted = false;

	if (*args == '"') {
		args++;
		in_quote = quoted = true;
	}
	for (i = 0; args[i] && (in_quote || !isspace((unsigned char)args[i])); i++) {
		if (!equals && args[i] == '=')
			equals = i;
		if (args[i] == '"')
			in_quote = !in_quote;
	}
	*param = args;
	*value = equals ? args + equals + 1 : NULL;
	if (equals) {
		args[equals] = '\0';
		if (**value == '"') {
			++*value;
			if (args[i - 1] == '"')
				args[i - 1] = '\0';
		}
	}
	if (quoted && i > 0 && args[i - 1] == '"')
		args[i - 1] = '\0';
	if (!args[i])
		return args + i;
	args[i] = '\0';
	return args + i + 1;
}

char *dump_value(const struct dump *dump, const char *module, const char *param)
{
	struct buf all = BUF_INIT;
	char *pos, *name, *value, *found = NULL;
	size_t i;

	for (i = 0; i < dump->owners.n; i++)
		if (util_name_equal(dump->owners.v[i], module))
			buf_printf(&all, "%s%s", all.len ? " " : "", dump->options.v[i]);
	buf_addch(&all, '\0');
	for (pos = all.data; *(pos += strspn(pos, " \t"));) {
		pos = next_arg(pos, &name, &value);
		if (!value && !strcmp(name, "--"))
			break;
		if (util_name_equal(name, param)) {
			free(found);
			found = xstrdup(value ? value : "1");
		}
	}
	buf_release(&all);
	return found;
}

char *dump_example(const char *pattern)
{
	struct buf text = BUF_INIT;
	const char *end;

	for (; *pattern; pattern++) {
		if (*pattern == '*')
			continue;
		if (*pattern == '[') {
			end = strchr(pattern, ']');
			buf_addch(&text, pattern[1]);
			pattern = end ? end : pattern + strlen(pattern) - 1;
		} else {
			buf_addch(&text, *pattern == '?' ? '0' : *pattern);
		}
	}
	return buf_detach(&text);
}
