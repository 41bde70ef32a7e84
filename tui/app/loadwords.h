/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words "name=value" that a module is to be loaded with, as they are typed. */
#ifndef KMT_APP_LOADWORDS_H
#define KMT_APP_LOADWORDS_H

#include <stdbool.h>
#include <stddef.h>

struct console;
struct strv;

/* The module has parameters at all. */
bool loadwords_any(struct console *console, const char *module);
/* It would take each of these; if not, the message line says why. */
bool loadwords_check(struct console *console, const char *module, const struct strv *words);
/* What the word of @text that ends at @at may go on with, pushed to @words. */
void loadwords_complete(struct console *console, const char *module, const char *text, size_t at, struct strv *words);

#endif
