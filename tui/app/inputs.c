/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/inputs.h"

#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "base/buf.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/words.h"
#include "base/xalloc.h"
#include "kernel/journal.h"
#include "model/secret.h"

/* Of the prompt that is open. */
static struct {
	char *kind;			/* NULL: it offers nothing */
	struct strv before;		/* oldest first */
	size_t at;			/* which one is shown; before.n: what one types now */
	char *typed;
} inputs;

void inputs_forget(void)
{
	free(inputs.kind);
	free(inputs.typed);
	strv_release(&inputs.before);
	memset(&inputs, 0, sizeof(inputs));
}

/* Said twice it counts as said last. */
static void push(struct strv *list, const char *text, size_t len)
{
	size_t i, to = 0;

	for (i = 0; i < list->n; i++) {
		if (strlen(list->v[i]) == len && !strncmp(list->v[i], text, len))
			free(list->v[i]);
		else
			list->v[to++] = list->v[i];
	}
	list->n = to;
	strv_pushn(list, text, len);
}

/* Lines "KIND\tTEXT". */
static void read_lines(const char *path)
{
	struct buf text = BUF_INIT;
	const char *pos, *line;
	size_t len, kind = strlen(inputs.kind);

	journal_read(path, &text);
	pos = buf_str(&text);
	while (parse_line(&pos, buf_str(&text) + text.len, &line, &len))
		if (len > kind && line[kind] == '\t' && !strncmp(line, inputs.kind, kind))
			push(&inputs.before, line + kind + 1, len - kind - 1);
	buf_release(&text);
}

void inputs_offer(struct console *console, const char *kind)
{
	char *path;

	inputs_forget();
	if (console->options->readonly || !root_is_host(&console->root))
		return;
	path = journal_state_path("history");
	inputs.kind = xstrdup(kind);
	if (path)
		read_lines(path);
	inputs.at = inputs.before.n;
	free(path);
}

void inputs_turn(struct console *console, int step)
{
	struct prompt *prompt = &console->ui.prompt;

	if (!inputs.kind || (step < 0 ? inputs.at == 0 : inputs.at >= inputs.before.n))
		return;
	if (inputs.at == inputs.before.n) {
		free(inputs.typed);
		inputs.typed = xstrdup(buf_str(&prompt->text));
	}
	inputs.at = step < 0 ? inputs.at - 1 : inputs.at + 1;
	prompt_replace(prompt, 0, prompt->text.len,
		       inputs.at < inputs.before.n ? inputs.before.v[inputs.at] : inputs.typed);
}

/* Without the words whose names are those of secrets; NULL: nothing is left. */
static char *without_secrets(const char *text)
{
	struct strv words = STRV_INIT;
	struct buf out = BUF_INIT;
	char *masked = secret_mask(text);
	bool plain = !secret_is_masked(masked) && !secret_is_masked(text);
	size_t i;

	free(masked);
	if (plain && *text)
		return xstrdup(text);
	if (!words_split(text, &words)) {
		for (i = 0; i < words.n; i++) {
			if (secret_is_name(words.v[i], strcspn(words.v[i], "=")))
				continue;
			if (out.len)
				buf_addch(&out, ' ');
			words_quote(&out, words.v[i]);
		}
	}
	strv_release(&words);
	return out.len ? buf_detach(&out) : NULL;
}

void inputs_keep(const char *text)
{
	char *kept = inputs.kind ? without_secrets(text) : NULL, *path = NULL;
	struct buf line = BUF_INIT;

	if (kept && (!inputs.before.n || strcmp(kept, inputs.before.v[inputs.before.n - 1])))
		path = journal_state_path("history");
	if (path) {
		buf_printf(&line, "%s\t%s\n", inputs.kind, kept);
		/* What can not be kept is only missed the next time. */
		journal_append(path, buf_str(&line), line.len);
	}
	buf_release(&line);
	free(path);
	free(kept);
}
