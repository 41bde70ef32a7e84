/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "kernel/modbin.h"

/* A root without a name of its own, with the children "ab" (values v and w) and "b" (no text). */
static const char good[] =
	"\xb0\x07\xf4\x57" "\x00\x02\x00\x01" "\x20\x00\x00\x0c"
	"ab" "\xc0\x00\x00\x16" "\x40\x00\x00\x28"
	/* 0x16: its prefix is the second byte of the key */
	"b\0" "\0\0\0\2" "\0\0\0\1v\0" "\0\0\0\2w\0"
	/* 0x28 */
	"\0\0\0\1" "\0\0\0\0";

static void check(const char *bytes, size_t len, enum modbin_what what, const char *text)
{
	struct buf out = BUF_INIT;

	assert_int_equal(modbin_parse(bytes, len, what, &out), 0);
	assert_string_equal(buf_str(&out), text);
	buf_release(&out);
}

static void reads_keys_and_values(void **state)
{
	(void)state;
	check(good, sizeof(good), MODBIN_VALUES, "v\nw\n\n");
	check(good, sizeof(good), MODBIN_KEYS, "ab\nb\n");
	/* An index of nothing. */
	check("\xb0\x07\xf4\x57\x00\x02\x00\x01\x00\x00\x00\x00", 12, MODBIN_VALUES, "");
}

/* Each shorter one ends within something, and no byte behind it is looked at. */
static void cut_anywhere(void **state)
{
	struct buf out = BUF_INIT;
	size_t len;
	char *copy;

	(void)state;
	for (len = 0; len < sizeof(good) - 1; len++) {
		copy = xmalloc(len + 1);
		memcpy(copy, good, len);
		copy = xrealloc(copy, len ? len : 1, 1);
		assert_int_equal(modbin_parse(copy, len, MODBIN_VALUES, &out), -EBADMSG);
		free(copy);
	}
	buf_release(&out);
}

static void is_no_index(void **state)
{
	char copy[sizeof(good)];
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < 6; i++) {
		memcpy(copy, good, sizeof(good));
		copy[i] ^= 1;
		assert_int_equal(modbin_parse(copy, sizeof(copy), MODBIN_VALUES, &out), -EBADMSG);
	}
	assert_int_equal(out.len, 0);
	buf_release(&out);
}

/* A node that is its own child leads nowhere. */
static void a_circle_ends(void **state)
{
	static const char circle[] =
		"\xb0\x07\xf4\x57" "\x00\x02\x00\x01" "\x20\x00\x00\x0c"
		"ab" "\x20\x00\x00\x0c" "\x20\x00\x00\x0c";
	struct buf out = BUF_INIT;

	(void)state;
	assert_int_equal(modbin_parse(circle, sizeof(circle), MODBIN_KEYS, &out), -EBADMSG);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_keys_and_values),
		cmocka_unit_test(cut_anywhere),
		cmocka_unit_test(is_no_index),
		cmocka_unit_test(a_circle_ends),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
