/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The journal read back: what record.c wrote. */
#ifndef KMT_CLI_HISTORY_H
#define KMT_CLI_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "model/why.h"

struct json_object;

/*
 * *actions is an array of objects, oldest first; lines that are none are left out.  No journal is an
 * empty array.  STATUS_DONE, else a line on stderr was written.  The caller releases the array.
 */
enum status history_read(struct json_object **actions);
/* The same without a word: 0; -errno: it can not be read. */
int history_load(struct json_object **actions);
/* A count of actions as an argument says it, 1 the newest; STATUS_USAGE after a line on stderr. */
enum status history_number(const char *word, size_t *number);
/* Members of an action, or of a part of one; NULL or 0 when they are not there, or of another type. */
const char *history_text(struct json_object *object, const char *key);
long long history_integer(struct json_object *object, const char *key);
struct json_object *history_array(struct json_object *object, const char *key);
/* Something was changed by it. */
bool history_has_changes(struct json_object *action);
/* A later action has taken number @at of the array back, and did not fail at that. */
bool history_was_undone(struct json_object *actions, size_t at);
/* How a live module was loaded, if that is in the journal. */
struct history_load {
	bool known;
	char *options;		/* as it was given them, secrets masked; NULL: none */
	char *file;		/* from that file; NULL: by name */
};

/* @instance: sysmod_instance() of the module; NULL: not known, and so is its load. */
void history_find_load(struct history_load *load, const char *name, const char *instance);
void history_release_load(struct history_load *load);
/* The words of its command, as a shell takes them; the caller frees. */
char *history_command(struct json_object *action);
/* The same of number @at of the array; an undo is "undo (COMMAND)" with what it took back, whose number changes. */
char *history_told(struct json_object *actions, size_t at);
/* How number @at of the array ended, for a table: "failed (4)", "nothing to do" ...; the caller frees. */
char *history_result(struct json_object *actions, size_t at);

#endif
