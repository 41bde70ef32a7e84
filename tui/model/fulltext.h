/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The index of everything the modules on disk say of themselves, as it is kept in memory, comes out
 * of a pipe and lies in a file: one block of bytes.
 *
 * A head of one line, then an entry a module, by name: its name and the fields worth searching,
 * best first, each a digit (its place in fulltext_fields) and the value with a NUL behind it; one more NUL ends
 * the entry.  Pure memory, no I/O; no byte of it is trusted.
 */
#ifndef KMT_MODEL_FULLTEXT_H
#define KMT_MODEL_FULLTEXT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct modtable;

/* Enough for five times the modules a distribution has. */
#define FULLTEXT_MAX (16u << 20)
/* Longer values and longer entries lose their end. */
#define FULLTEXT_VALUE_MAX 4096
#define FULLTEXT_ENTRY_MAX (256u << 10)

#define FULLTEXT_FIELDS 7
/* What is looked at, as modinfo names it; "name" is the first. */
extern const char *const fulltext_fields[FULLTEXT_FIELDS];

struct fulltext {
	struct buf bytes;		/* as parsed, with its head */
	uint32_t *entries;		/* where each entry begins in it */
	size_t n;
	unsigned long long stamp;	/* of what it was made from; 0: there is no index */
	size_t unread;			/* files that could not be read */
};

#define FULLTEXT_INIT { BUF_INIT, NULL, 0, 0, 0 }

void fulltext_release(struct fulltext *text);

/* What an index is made in. */
struct fulltext_maker {
	struct buf body;
	struct buf parts[FULLTEXT_FIELDS];
	size_t unread;
};

/*
 * Adds a module, whose name is normalised and comes behind those there are; @strings: "key=value" with a
 * NUL each, @len bytes in all.  -EFBIG: the index is full.
 */
int fulltext_add(struct fulltext_maker *maker, const char *name, const char *strings, size_t len);
/* The line that stands before the body. */
void fulltext_head(const struct fulltext_maker *maker, unsigned long long stamp, struct buf *head);
void fulltext_maker_release(struct fulltext_maker *maker);

/*
 * Makes @text, which is empty, of @bytes, which move into it.  -EBADMSG: this is no index, or a damaged one; @bytes is left alone.
 */
int fulltext_parse(struct fulltext *text, struct buf *bytes);

/* The lines of an entry, the name first; fulltext_next() gives NULL behind the last. */
const char *fulltext_first(const struct fulltext *text, size_t entry);
const char *fulltext_next(const char *line);
/* What a line says, and of which field. */
const char *fulltext_value(const char *line);
const char *fulltext_field(const char *line);
/* The first line of that field, or NULL. */
const char *fulltext_find(const struct fulltext *text, size_t entry, const char *field);

/* Tells each row of @table its entry, and its description. */
void fulltext_attach(const struct fulltext *text, struct modtable *table);

#endif
