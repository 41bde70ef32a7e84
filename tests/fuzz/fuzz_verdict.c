/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "model/verdict.h"

static void check_items(const struct verdict_items *items)
{
	size_t i;

	CHECK(items->n <= 200);
	for (i = 0; i < items->n; i++) {
		CHECK(items->v[i].kind && items->v[i].text);
		CHECK(strlen(items->v[i].text) < 1000 && !strchr(items->v[i].text, '\n'));
	}
}

/* What a guest may say: its report up to the first NUL, then what its console printed. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *nul = memchr(data, '\0', size), *end, *line, *next;
	struct verdict verdict;
	char *sentence;

	verdict_init(&verdict, "kmt_x");
	end = nul ? nul : text + size;
	for (line = text; line < end; line = next + 1) {
		next = memchr(line, '\n', (size_t)(end - line));
		next = next ? next : end;
		verdict_report(&verdict, line, (size_t)(next - line));
	}
	if (nul)
		verdict_console(&verdict, nul + 1, size - (size_t)(nul + 1 - text));
	verdict_close(&verdict, (enum verdict_end)(size % 4));
	check_items(&verdict.findings);
	check_items(&verdict.appeared);
	CHECK(verdict.log.n <= 500 && verdict.cycles <= 1000000);
	/* Something speaks against it, or it is clean; or the time was over. */
	CHECK(verdict.word == VERDICT_NONE ||
	      (verdict.word == VERDICT_CLEAN) == (verdict.findings.n == 0));
	sentence = verdict_sentence(&verdict);
	CHECK(*sentence && !verdict_name(verdict.word) == (verdict.word == VERDICT_NONE));
	free(sentence);
	verdict_release(&verdict);
	return 0;
}
