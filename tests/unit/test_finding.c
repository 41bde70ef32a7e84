/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "model/finding.h"
#include "model/fulltext.h"
#include "model/module.h"

#define ALPHA "alias=pci:v00008086d*\0description=The first\0author=Some One"

static void make(struct fulltext *text)
{
	struct fulltext_maker maker = { 0 };
	struct buf bytes = BUF_INIT;

	fulltext_add(&maker, "alpha", ALPHA, sizeof(ALPHA));
	fulltext_add(&maker, "beta", "depends=alpha", sizeof("depends=alpha"));
	fulltext_add(&maker, "gamma", "", 0);
	fulltext_head(&maker, 1, &bytes);
	buf_add(&bytes, buf_str(&maker.body), maker.body.len);
	assert_int_equal(fulltext_parse(text, &bytes), 0);
	fulltext_maker_release(&maker);
}

static const struct { const char *pattern; bool alpha, beta; const char *field; } cases[] = {
	{ "alpha", true, true, "name" }, { "first", true, false, "description" },
	{ "8086", true, false, "alias" }, { "some one", true, false, "author" },
	{ "Some", true, false, "author" }, { "SOME", false, false, NULL },
	{ "^pci.*86d", true, false, "alias" }, { "pci(", false, false, NULL },
	{ NULL, true, true, NULL }, { "user_of_both", true, true, NULL },
};

static void what_is_found_and_where(void **state)
{
	struct module alpha = { .name = xstrdup("alpha"), .entry = 1 };
	struct module beta = { .name = xstrdup("beta"), .entry = 2 };
	struct finding finding = FINDING_INIT;
	struct fulltext text = FULLTEXT_INIT;
	const char *line;

	(void)state;
	make(&text);
	strv_push(&alpha.users, "user_of_both");
	strv_push(&beta.users, "user_of_both");
	finding_use(&finding, &text);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		finding_set(&finding, cases[i].pattern);
		while (finding_go(&finding, 0))
			;
		line = finding_line(&finding, &alpha);
		if (finding_has(&finding, &alpha) != cases[i].alpha ||
		    finding_has(&finding, &beta) != cases[i].beta)
			fail_msg("pattern %s", cases[i].pattern);
		if (cases[i].field)
			assert_string_equal(fulltext_field(line), cases[i].field);
		else
			assert_null(line);
	}
	finding_release(&finding);
	fulltext_release(&text);
	module_release(&alpha);
	module_release(&beta);
}

/* An entry a turn when there is no time; what is in the row is found at once. */
static void in_slices(void **state)
{
	struct module beta = { .name = xstrdup("beta"), .entry = 2 };
	struct finding finding = FINDING_INIT;
	struct fulltext text = FULLTEXT_INIT;

	(void)state;
	make(&text);
	finding_set(&finding, "alpha");
	assert_false(finding_busy(&finding));
	finding_use(&finding, &text);
	assert_true(finding_busy(&finding));
	assert_true(finding_go(&finding, 0));
	assert_int_equal(finding.next, 1);
	assert_false(finding_has(&finding, &beta));
	assert_true(finding_go(&finding, 0));
	assert_true(finding_has(&finding, &beta));
	assert_false(finding_go(&finding, UINT64_MAX));
	assert_false(finding_busy(&finding));
	finding_set(&finding, "bet");
	assert_true(finding_has(&finding, &beta));
	assert_null(finding_line(&finding, &beta));
	/* Without an index, as before it. */
	finding_use(&finding, NULL);
	assert_false(finding_busy(&finding));
	assert_true(finding_has(&finding, &beta));
	finding_release(&finding);
	fulltext_release(&text);
	module_release(&beta);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_found_and_where),
		cmocka_unit_test(in_slices),
	};

	return cmocka_run_group_tests_name("finding", tests, NULL, NULL);
}
