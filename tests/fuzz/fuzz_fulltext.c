/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/util.h"
#include "fuzz.h"
#include "model/finding.h"
#include "model/fulltext.h"
#include "model/module.h"

/* Every line ends inside the index, and is of a field there is. */
static void check_entries(const struct fulltext *text)
{
	const char *line, *end = text->bytes.data + text->bytes.len, *last = "";
	size_t i, j;

	for (i = 0; i < text->n; i++) {
		line = fulltext_first(text, i);
		CHECK(util_name_valid(fulltext_value(line)) && strcmp(fulltext_value(line), last) > 0);
		last = fulltext_value(line);
		for (; line; line = fulltext_next(line)) {
			CHECK(line < end && line + strlen(line) < end);
			CHECK(strlen(fulltext_value(line)) <= FULLTEXT_VALUE_MAX);
			for (j = 0; j < FULLTEXT_FIELDS; j++)
				if (fulltext_field(line) == fulltext_fields[j])
					break;
			CHECK(j < FULLTEXT_FIELDS);
		}
	}
}

static void search(const struct fulltext *text)
{
	struct finding finding = FINDING_INIT;
	struct module row = { .name = (char *)"x" };

	finding_set(&finding, "a");
	finding_use(&finding, text);
	while (finding_go(&finding, 0))
		;
	for (row.entry = 0; row.entry <= text->n; row.entry++)
		if (finding_line(&finding, &row))
			CHECK(finding_has(&finding, &row));
	finding_release(&finding);
}

/* The input as a body behind a good head, and as a whole. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fulltext_maker maker = { 0 };
	struct fulltext text = FULLTEXT_INIT;
	struct buf bytes = BUF_INIT;
	int whole;

	for (whole = 0; whole < 2; whole++) {
		buf_add(&maker.body, data, size);
		if (!whole)
			fulltext_head(&maker, 1, &bytes);
		buf_add(&bytes, buf_str(&maker.body), size);
		if (!fulltext_parse(&text, &bytes)) {
			check_entries(&text);
			search(&text);
		}
		fulltext_release(&text);
		buf_release(&bytes);
		fulltext_maker_release(&maker);
		maker = (struct fulltext_maker){ 0 };
	}
	return 0;
}
