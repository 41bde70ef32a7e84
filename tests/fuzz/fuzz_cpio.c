/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Start-up images: the same files come out however the bytes are cut into pieces. */
#include "fuzz.h"

#include <string.h>

#include "base/util.h"
#include "kernel/cpio.h"

struct sum {
	unsigned entries;
	size_t bytes;
	uint32_t hash, left;
};

static bool entry(void *data, const char *name, uint32_t size)
{
	struct sum *sum = data;
	size_t len = strlen(name);

	CHECK(len < CPIO_NAME_MAX);
	CHECK(!sum->left);
	sum->entries++;
	while (len--)
		sum->hash = sum->hash * 31 + (unsigned char)name[len];
	if (sum->hash & 1)
		sum->left = size;
	return sum->hash & 1;
}

static void entry_bytes(void *data, const unsigned char *bytes, size_t n)
{
	struct sum *sum = data;
	size_t i;

	CHECK(n && n <= sum->left);
	sum->left -= (uint32_t)n;
	sum->bytes += n;
	for (i = 0; i < n; i++)
		sum->hash = sum->hash * 31 + bytes[i];
}

static int feed(const uint8_t *data, size_t size, size_t step, struct sum *sum, size_t *at)
{
	struct cpio_reader reader = { entry, entry_bytes, sum };
	struct cpio cpio;
	size_t used, n;
	int err = 0;

	memset(sum, 0, sizeof(*sum));
	cpio_init(&cpio, &reader);
	for (*at = 0; *at < size && !err; *at += used) {
		n = MIN(step, size - *at);
		err = cpio_feed(&cpio, data + *at, n, &used);
		CHECK(used <= n);
		CHECK(err || used == n);
	}
	CHECK(sum->entries <= CPIO_ENTRIES_MAX);
	return err ? err : cpio_complete(&cpio);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sum whole, pieces;
	size_t at, end;
	int result;

	result = feed(data, size, size, &whole, &end);
	CHECK(feed(data, size, 1 + size % 13, &pieces, &at) == result);
	CHECK(at == end);
	CHECK(!memcmp(&whole, &pieces, sizeof(whole)));
	return 0;
}
