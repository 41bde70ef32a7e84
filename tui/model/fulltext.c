/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/fulltext.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "model/module.h"

/* A number of its own for each form of the body. */
#define MAGIC "kmodtui index 1"
/* Magic, stamp, bytes of the body, files not read. */
#define HEAD_FORMAT MAGIC " %016llx %08zx %08zx\n"
#define HEAD_LEN (sizeof(MAGIC) - 1 + 1 + 16 + 1 + 8 + 1 + 8 + 1)

const char *const fulltext_fields[FULLTEXT_FIELDS] = {
	"name", "description", "parm", "firmware", "depends", "alias", "author",
};

void fulltext_release(struct fulltext *text)
{
	buf_release(&text->bytes);
	free(text->entries);
	*text = (struct fulltext)FULLTEXT_INIT;
}

void fulltext_maker_release(struct fulltext_maker *maker)
{
	size_t i;

	buf_release(&maker->body);
	for (i = 0; i < FULLTEXT_FIELDS; i++)
		buf_release(&maker->parts[i]);
}

/* The place of the key of "key=value" in fulltext_fields; their number: not looked at. */
static size_t rank_of(const char *string, size_t len)
{
	size_t i;

	for (i = 1; i < FULLTEXT_FIELDS; i++)
		if (!strncmp(fulltext_fields[i], string, len) && !fulltext_fields[i][len])
			break;
	return i;
}

static void add_line(struct buf *part, size_t rank, const char *value)
{
	buf_addch(part, (char)('0' + rank));
	buf_add(part, value, strnlen(value, FULLTEXT_VALUE_MAX));
	buf_addch(part, '\0');
}

int fulltext_add(struct fulltext_maker *maker, const char *name, const char *strings, size_t len)
{
	const char *pos = strings, *end = strings + len;
	size_t i, key, before = maker->body.len;

	for (i = 0; i < FULLTEXT_FIELDS; i++)
		buf_reset(&maker->parts[i]);
	add_line(&maker->parts[0], 0, name);
	for (; pos < end; pos += strlen(pos) + 1) {
		key = strcspn(pos, "=");
		i = rank_of(pos, key);
		if (i < FULLTEXT_FIELDS && pos[key] && pos[key + 1] &&
		    maker->parts[i].len < FULLTEXT_ENTRY_MAX)
			add_line(&maker->parts[i], i, pos + key + 1);
	}
	for (i = 0; i < FULLTEXT_FIELDS; i++)
		buf_add(&maker->body, buf_str(&maker->parts[i]), maker->parts[i].len);
	buf_addch(&maker->body, '\0');
	if (maker->body.len + HEAD_LEN <= FULLTEXT_MAX)
		return 0;
	maker->body.len = before;
	return -EFBIG;
}

void fulltext_head(const struct fulltext_maker *maker, unsigned long long stamp, struct buf *head)
{
	buf_printf(head, HEAD_FORMAT, stamp, maker->body.len, maker->unread);
}

/* @digits of lower-case hexadecimal and the byte @behind. */
static bool parse_hex(const char **pos, int digits, char behind, unsigned long long *out)
{
	static const char hex[] = "0123456789abcdef";
	const char *digit;

	for (*out = 0; digits--; (*pos)++) {
		digit = **pos ? strchr(hex, **pos) : NULL;
		if (!digit)
			return false;
		*out = *out << 4 | (unsigned long long)(digit - hex);
	}
	return *(*pos)++ == behind;
}

static int parse_head(struct fulltext *text, const struct buf *bytes)
{
	unsigned long long stamp, size, unread;
	const char *pos = buf_str(bytes);

	if (bytes->len < HEAD_LEN || bytes->len > FULLTEXT_MAX || memcmp(pos, MAGIC " ", sizeof(MAGIC)))
		return -EBADMSG;
	pos += sizeof(MAGIC);
	if (!parse_hex(&pos, 16, ' ', &stamp) || !parse_hex(&pos, 8, ' ', &size) ||
	    !parse_hex(&pos, 8, '\n', &unread) || size != bytes->len - HEAD_LEN)
		return -EBADMSG;
	text->stamp = stamp;
	text->unread = (size_t)unread;
	return 0;
}

/* Behind the line at @pos, or NULL: it is none. */
static const char *parse_field(const char *pos, const char *end)
{
	const char *stop = memchr(pos, '\0', (size_t)(end - pos));

	if (!stop || *pos < '1' || *pos >= '0' + FULLTEXT_FIELDS || stop - pos > FULLTEXT_VALUE_MAX + 1)
		return NULL;
	return stop + 1;
}

/* Behind the entry at @pos, or NULL: it is none, or not behind the one called @last. */
static const char *parse_entry(const char *pos, const char *end, const char *last)
{
	const char *stop = memchr(pos, '\0', (size_t)(end - pos));

	if (!stop || *pos != '0' || !util_name_valid(pos + 1) || strchr(pos + 1, '-') ||
	    strcmp(pos + 1, last) <= 0)
		return NULL;
	for (pos = stop + 1; pos && pos < end && *pos;)
		pos = parse_field(pos, end);
	return pos && pos < end ? pos + 1 : NULL;
}

static void push_entry(struct fulltext *text, size_t offset)
{
	if (!(text->n & (text->n - 1)))
		text->entries = xrealloc(text->entries, text->n ? 2 * text->n : 1, sizeof(*text->entries));
	text->entries[text->n++] = (uint32_t)offset;
}

int fulltext_parse(struct fulltext *text, struct buf *bytes)
{
	const char *start = buf_str(bytes), *end = start + bytes->len, *pos, *next, *last = "";
	int err = parse_head(text, bytes);

	for (pos = start + HEAD_LEN; !err && pos < end; pos = next) {
		next = parse_entry(pos, end, last);
		if (!next) {
			err = -EBADMSG;
			break;
		}
		push_entry(text, (size_t)(pos - start));
		last = pos + 1;
	}
	if (err) {
		fulltext_release(text);
		return err;
	}
	text->bytes = *bytes;
	*bytes = (struct buf)BUF_INIT;
	return 0;
}

const char *fulltext_first(const struct fulltext *text, size_t entry)
{
	return text->bytes.data + text->entries[entry];
}

const char *fulltext_next(const char *line)
{
	line += strlen(line) + 1;
	return *line ? line : NULL;
}

const char *fulltext_value(const char *line)
{
	return line + 1;
}

const char *fulltext_field(const char *line)
{
	return fulltext_fields[*line - '0'];
}

const char *fulltext_find(const struct fulltext *text, size_t entry, const char *field)
{
	const char *line;

	for (line = fulltext_first(text, entry); line; line = fulltext_next(line))
		if (!strcmp(fulltext_field(line), field))
			return line;
	return NULL;
}

/* "" is known to be none. */
static void describe(struct module *module, const char *line)
{
	const char *value = line ? fulltext_value(line) : "";

	if (module->description && !strcmp(module->description, value))
		return;
	free(module->description);
	module->description = xstrdup(value);
}

/* Both are sorted by name. */
void fulltext_attach(const struct fulltext *text, struct modtable *table)
{
	size_t row, entry = 0;
	int order = 1;

	for (row = 0; row < table->n; row++) {
		struct module *module = table->rows[row];

		for (; entry < text->n; entry++) {
			order = strcmp(fulltext_value(fulltext_first(text, entry)), module->name);
			if (order >= 0)
				break;
		}
		module->entry = 0;
		if (entry < text->n && order == 0) {
			module->entry = entry + 1;
			describe(module, fulltext_find(text, entry, "description"));
		}
	}
}
