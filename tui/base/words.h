/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words as a person types them, and as a shell would need them.  Nothing here runs a shell. */
#ifndef KMT_BASE_WORDS_H
#define KMT_BASE_WORDS_H

struct buf;
struct strv;

/*
 * Adds the words of @text to @out: blanks separate them, single or double quotes keep blanks together and are
 * not part of the word (who="Ada Lovelace").  0; -EINVAL: a quote that is not closed, @out is as it was.
 */
int words_split(const char *text, struct strv *out);

/* Adds @word as a shell takes it for that very word: as it is, or in single quotes. */
void words_quote(struct buf *out, const char *word);

#endif
