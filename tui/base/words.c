/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/words.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/strv.h"

/* The next word of *pos into @word; false: a quote is not closed. */
static bool take_word(const char **pos, struct buf *word)
{
	const char *s = *pos, *end;

	for (; *s && *s != ' ' && *s != '\t'; s++) {
		if (*s != '"' && *s != '\'') {
			buf_addch(word, *s);
			continue;
		}
		end = strchr(s + 1, *s);
		if (!end)
			return false;
		buf_add(word, s + 1, (size_t)(end - s - 1));
		s = end;
	}
	*pos = s;
	return true;
}

int words_split(const char *text, struct strv *out)
{
	struct strv words = STRV_INIT;
	int err = 0;
	size_t i;

	for (text += strspn(text, " \t"); *text && !err; text += strspn(text, " \t")) {
		struct buf word = BUF_INIT;

		if (take_word(&text, &word))
			strv_push(&words, buf_str(&word));
		else
			err = -EINVAL;
		buf_release(&word);
		if (err)
			break;
	}
	for (i = 0; i < words.n && !err; i++)
		strv_push(out, words.v[i]);
	strv_release(&words);
	return err;
}

void words_quote(struct buf *out, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";

	if (*word && strspn(word, plain) == strlen(word)) {
		buf_addstr(out, word);
		return;
	}
	buf_addch(out, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			buf_addstr(out, "'\\''");
		else
			buf_addch(out, *word);
	}
	buf_addch(out, '\'');
}
