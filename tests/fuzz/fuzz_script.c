/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A script that is understood says the same when it is written down again. */
#include <string.h>

#include "app/script.h"
#include "base/buf.h"
#include "base/xalloc.h"
#include "fuzz.h"

static void write_word(struct buf *out, const char *word)
{
	buf_addstr(out, " \"");
	for (; *word; word++) {
		if (*word == '"' || *word == '\\')
			buf_addch(out, '\\');
		buf_addch(out, *word);
	}
	buf_addch(out, '"');
}

static void write_script(struct buf *out, const struct script *script)
{
	size_t i, k;

	for (i = 0; i < script->n; i++) {
		buf_addstr(out, script->steps[i].verb->name);
		for (k = 0; k < script->steps[i].words.n; k++)
			write_word(out, script->steps[i].words.v[k]);
		buf_addch(out, '\n');
	}
}

static void check_same(const struct script *a, const struct script *b)
{
	size_t i, k;

	CHECK(a->n == b->n);
	for (i = 0; i < a->n; i++) {
		CHECK(a->steps[i].verb == b->steps[i].verb);
		CHECK(a->steps[i].words.n == b->steps[i].words.n);
		CHECK(a->steps[i].x == b->steps[i].x && a->steps[i].y == b->steps[i].y);
		CHECK(a->steps[i].wait_ms == b->steps[i].wait_ms);
		for (k = 0; k < a->steps[i].words.n; k++)
			CHECK(!strcmp(a->steps[i].words.v[k], b->steps[i].words.v[k]));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct script *script = xcalloc(1, sizeof(*script)), *again;
	unsigned line = script_parse(script, (const char *)data, size);
	struct buf text = BUF_INIT;

	CHECK(line <= fuzz_lines(data, size));
	if (!line) {
		write_script(&text, script);
		again = xcalloc(1, sizeof(*again));
		CHECK(!script_parse(again, buf_str(&text), text.len));
		check_same(script, again);
		script_free(again);
	}
	buf_release(&text);
	script_free(script);
	return 0;
}
