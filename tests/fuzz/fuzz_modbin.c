/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "base/buf.h"
#include "fuzz.h"
#include "kernel/modbin.h"

/* Whatever leads where: the reader ends, and each key and value is at most as long as the file. */
static size_t longest(const struct buf *text)
{
	size_t i, len = 0, most = 0;

	for (i = 0; i < text->len; i++) {
		len = text->data[i] == '\n' ? 0 : len + 1;
		most = len > most ? len : most;
	}
	return most;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum modbin_what what;
	struct buf text = BUF_INIT;
	int err;

	for (what = MODBIN_KEYS; what <= MODBIN_VALUES; what++) {
		buf_reset(&text);
		err = modbin_parse((const char *)data, size, what, &text);
		CHECK(!err || err == -EBADMSG);
		CHECK(longest(&text) <= size + 512);
	}
	buf_release(&text);
	return 0;
}
