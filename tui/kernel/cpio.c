/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/cpio.h"

#include <errno.h>
#include <string.h>

#include "base/util.h"

#define TRAILER "TRAILER!!!"	/* the name of the entry that ends an archive */
#define FIELD 8			/* hexadecimal digits */
#define FIELD_AT(i) (6 + FIELD * (i))
#define FIELD_FILESIZE FIELD_AT(6)
#define FIELD_NAMESIZE FIELD_AT(11)

void cpio_init(struct cpio *cpio, const struct cpio_reader *reader)
{
	memset(cpio, 0, sizeof(*cpio));
	cpio->reader = reader;
}

bool cpio_complete(const struct cpio *cpio)
{
	return cpio->archives && cpio->state == CPIO_BETWEEN;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int field(const char *text, uint32_t *value)
{
	int i, one;

	*value = 0;
	for (i = 0; i < FIELD; i++) {
		one = digit(text[i]);
		if (one < 0)
			return -EBADMSG;
		*value = *value << 4 | (uint32_t)one;
	}
	return 0;
}

/* Everything starts at a multiple of four. */
static uint32_t padding(uint32_t size)
{
	return -size & 3;
}

static void begin(struct cpio *cpio, enum cpio_state state, size_t want)
{
	cpio->state = state;
	cpio->have = 0;
	cpio->want = want;
}

/* "070702" has sums of the files, which nobody checks at start-up either. */
static int head_end(struct cpio *cpio)
{
	uint32_t *name = &cpio->name_size;

	if (memcmp(cpio->head, "07070", 5) || (cpio->head[5] != '1' && cpio->head[5] != '2'))
		return -EBADMSG;
	if (field(cpio->head + FIELD_FILESIZE, &cpio->size) || field(cpio->head + FIELD_NAMESIZE, name))
		return -EBADMSG;
	if (!*name || *name > CPIO_NAME_MAX)
		return -EBADMSG;
	begin(cpio, CPIO_IN_NAME, *name + padding(CPIO_HEAD + *name));
	return ++cpio->entries > CPIO_ENTRIES_MAX ? -E2BIG : 0;
}

static void file_end(struct cpio *cpio)
{
	cpio->left = padding(cpio->size);
	if (cpio->left)
		cpio->state = CPIO_IN_PADDING;
	else
		begin(cpio, CPIO_IN_HEAD, CPIO_HEAD);
}

static int name_end(struct cpio *cpio)
{
	if (cpio->name[cpio->name_size - 1])
		return -EBADMSG;
	if (!strcmp(cpio->name, TRAILER) && !cpio->size) {
		cpio->archives++;
		cpio->state = CPIO_BETWEEN;
		return 0;
	}
	cpio->wanted = cpio->reader->entry(cpio->reader->data, cpio->name, cpio->size);
	cpio->left = cpio->size;
	cpio->state = CPIO_IN_FILE;
	if (!cpio->left)
		file_end(cpio);
	return 0;
}

/* Each takes some of the bytes, and says how many; 0 only where something else begins. */

static size_t feed_between(struct cpio *cpio, const unsigned char *bytes, size_t len)
{
	size_t i = 0;

	while (i < len && !bytes[i])
		i++;
	if (i < len && bytes[i] == '0')
		begin(cpio, CPIO_IN_HEAD, CPIO_HEAD);
	return i;
}

static size_t feed_text(struct cpio *cpio, char *to, const unsigned char *bytes, size_t len, int *err)
{
	size_t n = MIN(len, cpio->want - cpio->have);

	memcpy(to + cpio->have, bytes, n);
	cpio->have += n;
	if (cpio->have == cpio->want)
		*err = to == cpio->head ? head_end(cpio) : name_end(cpio);
	return n;
}

static size_t feed_file(struct cpio *cpio, const unsigned char *bytes, size_t len)
{
	size_t n = MIN(len, (size_t)cpio->left);

	cpio->left -= (uint32_t)n;
	if (cpio->wanted)
		cpio->reader->bytes(cpio->reader->data, bytes, n);
	if (!cpio->left)
		file_end(cpio);
	return n;
}

static size_t feed_padding(struct cpio *cpio, size_t len)
{
	size_t n = MIN(len, (size_t)cpio->left);

	cpio->left -= (uint32_t)n;
	if (!cpio->left)
		begin(cpio, CPIO_IN_HEAD, CPIO_HEAD);
	return n;
}

int cpio_feed(struct cpio *cpio, const unsigned char *bytes, size_t len, size_t *used)
{
	int err = 0;
	size_t i = 0;

	while (i < len && !err) {
		switch (cpio->state) {
		case CPIO_BETWEEN:
			i += feed_between(cpio, bytes + i, len - i);
			err = i < len && cpio->state == CPIO_BETWEEN;
			break;
		case CPIO_IN_HEAD:
			i += feed_text(cpio, cpio->head, bytes + i, len - i, &err);
			break;
		case CPIO_IN_NAME:
			i += feed_text(cpio, cpio->name, bytes + i, len - i, &err);
			break;
		case CPIO_IN_FILE:
			i += feed_file(cpio, bytes + i, len - i);
			break;
		case CPIO_IN_PADDING:
			i += feed_padding(cpio, len - i);
			break;
		}
	}
	*used = i;
	return err;
}
