/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the commands print.
 *
 * To a terminal text is made safe; to a pipe or file it goes out byte for byte; --safe and
 * --raw force either.  Errors of writing are remembered and told once, by out_finish().
 */
#ifndef KMT_CLI_OUT_H
#define KMT_CLI_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/why.h"

struct json_object;
struct options;

void out_init(const struct options *options);
/*
 * Flushes; @status, or STATUS_FAILED after a line on stderr when the output did not get out.  That the reader of a pipe went
 * away is an error only for a command that @changes something.
 */
enum status out_finish(enum status status, bool changes);
/* Flushes now: for output that somebody waits for.  False once writing has failed. */
bool out_flush(void);

/* Text of ours, whose newlines and tabs stay; what else is in it is made safe as in out_text(). */
void out_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Text from a module, the kernel or a file; its further lines are indented by @indent when made safe. */
void out_text(const char *s, int indent);
/* The same in a new string as it would be printed; NULL gives "-".  The caller frees. */
char *out_string(const char *s);
/* Columns @s takes when printed by out_printf(). */
int out_width(const char *s);

/* Prints @object on one line and releases it. */
void out_json(struct json_object *object);
/* A JSON string made safe; NULL (JSON's null) for NULL. */
struct json_object *out_json_string(const char *s);
/* An object that begins with "schema":1. */
struct json_object *out_json_new(void);

/* "kmodtui: SUBJECT: sentence" on stderr, made safe; @subject may be NULL.  Returns @status. */
enum status out_error(enum status status, const char *subject, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* How far it is, on stderr: on a terminal one line that changes (NULL: none any more), else a line each; made safe. */
void out_progress(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* What another program says, to stderr: on a terminal made safe but for ends of lines and tabs. */
void out_pass_on(const char *bytes, size_t n);

#endif
