/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line is "name size refs users state address [(taint)]".  Without
 * CONFIG_MODULE_UNLOAD refs and users are "-"; refs is -1 while the module goes; users end
 * with a comma each and may hold "[permanent],".
 */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/procmods.h"
#include "kernel/root.h"
#include "model/module.h"

#define PROC_MODULES_MAX (16u << 20)

enum { FIELD_NAME, FIELD_SIZE, FIELD_REFS, FIELD_USERS, FIELD_STATE, FIELD_ADDRESS, FIELD_TAINT, FIELDS };

struct field {
	const char *s;
	size_t len;
};

static const struct {
	const char *word;
	enum module_state state;
} state_words[] = {
	{ "Live", MODULE_LIVE },
	{ "Loading", MODULE_COMING },
	{ "Unloading", MODULE_GOING },
};

static bool field_is(const struct field *field, const char *word)
{
	return field->len == strlen(word) && !memcmp(field->s, word, field->len);
}

static bool name_ok(const char *s, size_t len)
{
	char name[MODULE_NAME_MAX + 1];

	if (len > MODULE_NAME_MAX || memchr(s, '\0', len))
		return false;
	memcpy(name, s, len);
	name[len] = '\0';
	return util_name_live(name);
}

/* The kernel counts in an unsigned int. */
static bool size_parse(const struct field *field, long long *out)
{
	uint64_t value;

	if (parse_digits(field->s, field->s + field->len, &value) || value > UINT_MAX)
		return false;
	*out = (long long)value;
	return true;
}

static bool refs_parse(const struct field *field, int *out)
{
	uint64_t value;

	*out = -1;
	if (field_is(field, "-") || field_is(field, "-1"))
		return true;
	if (parse_digits(field->s, field->s + field->len, &value) || value > INT_MAX)
		return false;
	*out = (int)value;
	return true;
}

/* Adds the names to @users, or only checks them when it is NULL. */
static bool users_parse(const struct field *field, struct strv *users, bool *permanent)
{
	const char *pos = field->s, *end = field->s + field->len, *s;
	struct field word;

	*permanent = false;
	if (field_is(field, "-"))
		return true;
	while (parse_token(&pos, end, ",", &s, &word.len)) {
		word.s = s;
		if (field_is(&word, "[permanent]"))
			*permanent = true;
		else if (!name_ok(word.s, word.len))
			return false;
		else if (users)
			strv_pushn(users, word.s, word.len);
	}
	return true;
}

static bool state_parse(const struct field *field, enum module_state *out)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(state_words); i++) {
		if (field_is(field, state_words[i].word)) {
			*out = state_words[i].state;
			return true;
		}
	}
	return false;
}

static bool address_ok(const struct field *field)
{
	size_t i;

	if (field->len < 3 || field->s[0] != '0' || field->s[1] != 'x')
		return false;
	for (i = 2; i < field->len; i++)
		if (!isxdigit((unsigned char)field->s[i]))
			return false;
	return true;
}

/* "(OE)", while coming "(OE+)", while going "(OE-)": the letters, or NULL for none. */
static bool taint_parse(const struct field *field, char **out)
{
	struct buf letters = BUF_INIT;
	size_t i;

	*out = NULL;
	if (!field->len)
		return true;
	if (field->len < 2 || field->s[0] != '(' || field->s[field->len - 1] != ')')
		return false;
	for (i = 1; i + 1 < field->len; i++) {
		char c = field->s[i];

		if (c >= 'A' && c <= 'Z') {
			buf_addch(&letters, c);
		} else if (c != '+' && c != '-') {
			buf_release(&letters);
			return false;
		}
	}
	if (letters.len)
		*out = buf_detach(&letters);
	buf_release(&letters);
	return true;
}

/* The number of fields, of which the first FIELDS are kept. */
static size_t line_split(const char *line, size_t len, struct field fields[FIELDS])
{
	const char *pos = line, *end = line + len, *s;
	size_t n, token_len;

	for (n = 0; n < FIELDS; n++)
		fields[n] = (struct field){ "", 0 };
	n = 0;
	while (parse_token(&pos, end, " ", &s, &token_len)) {
		if (n < FIELDS) {
			fields[n].s = s;
			fields[n].len = token_len;
		}
		n++;
	}
	return n;
}

/* What is understood of the fields behind the name; false if some of them are not. */
static bool fields_parse(const struct field f[FIELDS], struct module *row)
{
	bool good = size_parse(&f[FIELD_SIZE], &row->size);

	good = refs_parse(&f[FIELD_REFS], &row->refs) && good;
	if (users_parse(&f[FIELD_USERS], NULL, &row->permanent))
		users_parse(&f[FIELD_USERS], &row->users, &row->permanent);
	else
		good = false;
	good = state_parse(&f[FIELD_STATE], &row->state) && good;
	return taint_parse(&f[FIELD_TAINT], &row->taint) && address_ok(&f[FIELD_ADDRESS]) && good;
}

/* A module that is loaded has a row even if its line has more to say than is known here. */
static bool line_parse(const char *line, size_t len, struct modlist *out)
{
	struct field f[FIELDS];
	struct module *row;
	size_t n;

	n = memchr(line, '\0', len) ? 0 : line_split(line, len, f);
	if (n < FIELD_STATE || !name_ok(f[FIELD_NAME].s, f[FIELD_NAME].len))
		return false;
	row = modlist_push(out, f[FIELD_NAME].s, f[FIELD_NAME].len);
	row->loaded = true;
	row->state = MODULE_LIVE;
	return fields_parse(f, row) && n >= FIELD_TAINT && n <= FIELDS;
}

size_t procmods_parse(const char *text, size_t len, struct modlist *out)
{
	const char *pos = text, *end = text + len, *line;
	size_t line_len, bad = 0;

	while (parse_line(&pos, end, &line, &line_len))
		if (!line_parse(line, line_len, out))
			bad++;
	out->unread += bad;
	return bad;
}

/* FNV-1a; never 0. */
static unsigned long long text_stamp(const char *text, size_t len)
{
	unsigned long long stamp = 0xcbf29ce484222325ULL;
	size_t i;

	for (i = 0; i < len; i++) {
		stamp ^= (unsigned char)text[i];
		stamp *= 0x100000001b3ULL;
	}
	return stamp ? stamp : 1;
}

int procmods_read_changed(const struct root *root, unsigned long long *stamp, struct modlist *out)
{
	struct buf text = BUF_INIT;
	unsigned long long now;
	int got;

	if (!root->live)
		return 0;	/* nothing of that kernel is loaded: another one runs */
	got = root_read(root, "proc/modules", &text, PROC_MODULES_MAX);
	if (got)
		goto out_release;
	now = text_stamp(buf_str(&text), text.len);
	if (now != *stamp) {
		procmods_parse(buf_str(&text), text.len, out);
		*stamp = now;
		got = 1;
	}
out_release:
	buf_release(&text);
	return got;
}

int procmods_read(const struct root *root, struct modlist *out)
{
	unsigned long long none = 0;
	int got = procmods_read_changed(root, &none, out);

	return MIN(got, 0);
}
