/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All numbers have four bytes, the high one first.  Magic, version (2.x), root.  A node's number is its offset, and its highest
 * bits tell what it has: a string that all below it begin with; children by their next byte, from a first to a last one; values.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "kernel/modbin.h"

#define MAGIC 0xb007f457u
#define VERSION 2u
#define NODE_PREFIX 0x80000000u
#define NODE_VALUES 0x40000000u
#define NODE_CHILDS 0x20000000u
#define NODE_OFFSET 0x0fffffffu
#define KEY_MAX 512
#define OUT_MAX (64u << 20)

struct walk {
	const unsigned char *bytes;
	size_t len;
	size_t left;		/* nodes that may be looked at: no more than there can be, so that circles end */
	enum modbin_what what;
	char key[KEY_MAX];
	struct buf *out;
};

static bool take_number(const struct walk *walk, size_t *pos, uint32_t *number)
{
	const unsigned char *s = walk->bytes + *pos;

	if (*pos > walk->len || walk->len - *pos < 4)
		return false;
	*number = (uint32_t)s[0] << 24 | (uint32_t)s[1] << 16 | (uint32_t)s[2] << 8 | s[3];
	*pos += 4;
	return true;
}

static bool take_string(const struct walk *walk, size_t *pos, const char **s, size_t *len)
{
	if (*pos >= walk->len)
		return false;
	*s = (const char *)walk->bytes + *pos;
	*len = strnlen(*s, walk->len - *pos);
	if (*len == walk->len - *pos)
		return false;
	*pos += *len + 1;
	return true;
}

static int add_line(struct walk *walk, const char *s, size_t len)
{
	if (walk->out->len + len >= OUT_MAX)
		return -EBADMSG;
	buf_add(walk->out, s, len);
	buf_addch(walk->out, '\n');
	return 0;
}

/* Each has a priority in front, which orders the answers to one key only. */
static int read_values(struct walk *walk, size_t pos, size_t key)
{
	uint32_t n, priority;
	const char *s;
	size_t len;
	int err = 0;

	if (!take_number(walk, &pos, &n))
		return -EBADMSG;
	if (walk->what == MODBIN_KEYS)
		return add_line(walk, walk->key, key);
	for (; n && !err; n--) {
		if (!take_number(walk, &pos, &priority) || !take_string(walk, &pos, &s, &len))
			return -EBADMSG;
		err = add_line(walk, s, len);
	}
	return err;
}

static int read_node(struct walk *walk, uint32_t node, size_t key);

static int read_children(struct walk *walk, size_t *pos, size_t key)
{
	unsigned first, last, c;
	uint32_t child;
	int err = 0;

	if (walk->len - *pos < 2)
		return -EBADMSG;
	first = walk->bytes[(*pos)++];
	last = walk->bytes[(*pos)++];
	for (c = first; c <= last && !err; c++) {
		if (!take_number(walk, pos, &child))
			return -EBADMSG;
		walk->key[key] = (char)c;
		if (child & NODE_OFFSET)
			err = read_node(walk, child, key + 1);
	}
	return err;
}

/* @key: length of what leads here. */
static int read_node(struct walk *walk, uint32_t node, size_t key)
{
	size_t pos = node & NODE_OFFSET, len;
	const char *prefix;
	int err = 0;

	if (!walk->left-- || pos >= walk->len)
		return -EBADMSG;
	if (node & NODE_PREFIX) {
		if (!take_string(walk, &pos, &prefix, &len) || len > KEY_MAX - key)
			return -EBADMSG;
		memcpy(walk->key + key, prefix, len);
		key += len;
	}
	if (key >= KEY_MAX)
		return -EBADMSG;
	/* The values stand behind the children; they are of the shorter key. */
	if (node & NODE_CHILDS)
		err = pos > walk->len ? -EBADMSG : read_children(walk, &pos, key);
	if (!err && (node & NODE_VALUES))
		err = read_values(walk, pos, key);
	return err;
}

int modbin_parse(const char *bytes, size_t len, enum modbin_what what, struct buf *out)
{
	struct walk walk = { (const unsigned char *)bytes, len, len + 1, what, "", out };
	uint32_t magic, version, root;
	size_t pos = 0;

	if (!take_number(&walk, &pos, &magic) || !take_number(&walk, &pos, &version) ||
	    !take_number(&walk, &pos, &root) || magic != MAGIC || version >> 16 != VERSION)
		return -EBADMSG;
	return root & NODE_OFFSET ? read_node(&walk, root, 0) : 0;
}
