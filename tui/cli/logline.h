/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One record of the kernel log as a line of text or JSON. */
#ifndef KMT_CLI_LOGLINE_H
#define KMT_CLI_LOGLINE_H

#include <stdbool.h>
#include <stdint.h>

struct json_object;
struct logrec;

/* Prints it with @indent blanks in front; @wall: offset for wall-clock time, or NULL. */
void logline_print(const struct logrec *rec, int indent, const int64_t *wall);
/* Adds its members to @object; a lost mark has only "lost". */
void logline_fill(struct json_object *object, const struct logrec *rec, const int64_t *wall);

#endif
