/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/secret.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"

#define BLANKS " \t\n"

bool secret_is_name(const char *name, size_t len)
{
	static const char *const words[] = { "key", "pass", "token", "secret" };
	char *copy = xstrndup(name, len);
	bool found = false;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words) && !found; i++)
		found = strcasestr(copy, words[i]) != NULL;
	free(copy);
	return found;
}

/* How long the word at @s is; a blank between double quotes does not end it. */
static size_t word_length(const char *s)
{
	const char *start = s;
	bool quoted = false;

	for (; *s && (quoted || !strchr(BLANKS, *s)); s++)
		if (*s == '"')
			quoted = !quoted;
	return (size_t)(s - start);
}

/* The name may stand within the quotes: "key=a b". */
static void mask_word(struct buf *out, const char *word, size_t len)
{
	const char *name = *word == '"' ? word + 1 : word, *equals = memchr(word, '=', len);

	if (!equals || !secret_is_name(name, (size_t)(equals - name))) {
		buf_add(out, word, len);
		return;
	}
	buf_add(out, name, (size_t)(equals + 1 - name));
	buf_addstr(out, SECRET_MASK);
}

char *secret_mask(const char *text)
{
	struct buf out = BUF_INIT;
	size_t len;

	while (*text) {
		len = strspn(text, BLANKS);
		buf_add(&out, text, len);
		text += len;
		len = word_length(text);
		mask_word(&out, text, len);
		text += len;
	}
	return buf_detach(&out);
}

char *secret_mask_word(const char *word)
{
	struct buf out = BUF_INIT;

	mask_word(&out, word, strlen(word));
	return buf_detach(&out);
}

bool secret_is_masked(const char *text)
{
	return strstr(text, SECRET_MASK) != NULL;
}
