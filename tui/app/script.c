/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading a script and going through it. */
#include "app/script.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/console.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"

/* No script needs more. */
#define SCRIPT_MAX (1u << 20)

/* The text between quotes at *pos, "\\" and "\"" undone; false: no closing quote. */
static bool quoted_word(const char **pos, const char *end, struct strv *words)
{
	struct buf word = BUF_INIT;
	const char *s = *pos + 1;

	while (s < end && *s != '"') {
		if (*s == '\\' && s + 1 < end && (s[1] == '"' || s[1] == '\\'))
			s++;
		buf_addch(&word, *s++);
	}
	if (s < end)
		strv_push(words, buf_str(&word));
	buf_release(&word);
	*pos = s + 1;
	return s < end;
}

static bool split_words(const char *pos, const char *end, struct strv *words)
{
	while (pos < end) {
		const char *start = pos;

		if (*pos == ' ' || *pos == '\t') {
			pos++;
			continue;
		}
		if (*pos == '#')
			return true;
		if (*pos == '"') {
			if (!quoted_word(&pos, end, words))
				return false;
			continue;
		}
		while (pos < end && *pos != ' ' && *pos != '\t')
			pos++;
		strv_pushn(words, start, (size_t)(pos - start));
	}
	return true;
}

static const struct script_verb *find_verb(const char *name)
{
	const struct script_verb *verb;

	for (verb = script_verbs; verb->name; verb++)
		if (!strcmp(verb->name, name))
			return verb;
	return NULL;
}

/* "key #" and nothing else on the line means the key, not a comment. */
static bool is_key_hash(const char *line, size_t len)
{
	const char *pos = line, *end = line + len, *word;
	size_t n;

	return parse_token(&pos, end, " \t", &word, &n) && n == 3 && !memcmp(word, "key", 3) &&
	       parse_token(&pos, end, " \t", &word, &n) && n == 1 && *word == '#' &&
	       !parse_token(&pos, end, " \t", &word, &n);
}

static void drop_first(struct strv *words)
{
	free(words->v[0]);
	memmove(words->v, words->v + 1, words->n * sizeof(*words->v));
	words->n--;
}

/* One line into @step: 1 a step, 0 nothing on it, -1 wrong. */
static int parse_step(const char *line, size_t len, struct script_step *step)
{
	int n;

	if (len && line[len - 1] == '\r')
		len--;
	if (memchr(line, '\0', len))
		return -1;
	if (is_key_hash(line, len)) {
		strv_push(&step->words, "key");
		strv_push(&step->words, "#");
	} else if (!split_words(line, line + len, &step->words)) {
		return -1;
	}
	if (!step->words.n)
		return 0;
	step->verb = find_verb(step->words.v[0]);
	if (!step->verb)
		return -1;
	drop_first(&step->words);
	n = (int)step->words.n;
	if (n < step->verb->min_words || (step->verb->max_words >= 0 && n > step->verb->max_words))
		return -1;
	return !step->verb->prepare || step->verb->prepare(step) ? 1 : -1;
}

unsigned script_parse(struct script *script, const char *text, size_t len)
{
	const char *end = text + len, *line;
	unsigned number = 0;
	size_t n;

	while (parse_line(&text, end, &line, &n)) {
		struct script_step step = { .line = ++number, .wait_ms = SCRIPT_WAIT_MS };
		int got = parse_step(line, n, &step);

		if (got <= 0) {
			strv_release(&step.words);
			if (got < 0)
				return number;
			continue;
		}
		if (script->n == script->size) {
			script->size = script->size ? script->size * 2 : 16;
			script->steps = xrealloc(script->steps, script->size, sizeof(*script->steps));
		}
		script->steps[script->n++] = step;
	}
	return 0;
}

void script_free(struct script *script)
{
	size_t i;

	if (!script)
		return;
	for (i = 0; i < script->n; i++)
		strv_release(&script->steps[i].words);
	free(script->steps);
	free(script);
}

static int read_all(const char *file, struct buf *out)
{
	int fd = strcmp(file, "-") ? open(file, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	ssize_t n;

	if (fd < 0)
		return -errno;
	while ((n = read(fd, buf_grow(out, 4096), 4096)) > 0 && out->len < SCRIPT_MAX)
		out->len += (size_t)n;
	n = n < 0 ? -errno : out->len >= SCRIPT_MAX ? -EFBIG : 0;
	if (fd != STDIN_FILENO)
		close(fd);
	return (int)n;
}

enum status script_read(const char *file, struct script **out)
{
	struct script *script = xcalloc(1, sizeof(*script));
	enum status status = STATUS_DONE;
	struct buf text = BUF_INIT;
	char *safe = text_safe(file);
	unsigned line = 0;
	int err = read_all(file, &text);

	if (!err)
		line = script_parse(script, buf_str(&text), text.len);
	if (err) {
		fprintf(stderr, _("kmodtui: %s: The script can not be read: %s.\n"), safe, strerror(-err));
		status = err == -ENOENT ? STATUS_NOT_FOUND : STATUS_FAILED;
	} else if (line) {
		fprintf(stderr, _("kmodtui: %s: Line %u is not in the script language; see kmodtui(8).\n"),
			safe, line);
		status = STATUS_USAGE;
	}
	buf_release(&text);
	free(safe);
	if (status)
		script_free(script);
	else
		*out = script;
	return status;
}

/* What was on the screen when a step failed. */
static void show_screen(void)
{
	struct buf safe_row = BUF_INIT;
	int i;

	for (i = 0; i < term_rows(); i++) {
		buf_reset(&safe_row);
		term_row(i, &safe_row);
		fprintf(stderr, "%s\n", buf_str(&safe_row));
	}
	buf_release(&safe_row);
}

void script_stop(struct console *console)
{
	const struct script *script = console->script;

	console_say(console, MESSAGE_BAD, _("The replay ended at line %u of the recording; the keys are yours."),
		    script->next < script->n ? script->steps[script->next].line : 0);
	script_free(console->script);
	console->script = NULL;
}

static void fail(struct console *console, const struct script_step *step)
{
	struct buf safe = BUF_INIT;
	char *joined;

	if (console->options->replay) {
		script_stop(console);
		return;
	}
	joined = strv_join(&step->words, " ");
	text_escape(&safe, joined, strlen(joined));
	show_screen();
	fprintf(stderr, _("kmodtui: Line %u of the script failed: %s %s\n"), step->line, step->verb->name,
		buf_str(&safe));
	buf_release(&safe);
	free(joined);
	console->status = STATUS_FAILED;
	console->quit = true;
}

bool script_turn(struct console *console)
{
	struct script *script = console->script;
	struct script_step *step;
	int got;

	if (script->next >= script->n) {
		console->quit = true;
		return true;
	}
	step = &script->steps[script->next];
	got = step->verb->run(console, step);
	if (got == 0 && !script->deadline_ms)
		script->deadline_ms = util_now_ms() + step->wait_ms;
	if (got < 0 || (got == 0 && util_now_ms() >= script->deadline_ms)) {
		fail(console, step);
		return true;
	}
	if (got == 0)
		return false;
	script->deadline_ms = 0;
	script->next++;
	return true;
}

uint64_t script_deadline(const struct script *script)
{
	if (script->wake_ms)
		return script->wake_ms;
	return script->deadline_ms ? script->deadline_ms : UINT64_MAX;
}
