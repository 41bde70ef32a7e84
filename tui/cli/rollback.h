/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --rollback: a child that is told each change as it happens, outlives the command and its terminal, and takes
 * all of it back when the time is over, unless somebody keeps it.
 */
#ifndef KMT_CLI_ROLLBACK_H
#define KMT_CLI_ROLLBACK_H

#include "kernel/pending.h"
#include "model/why.h"

struct cli;
struct command;
struct json_object;
struct record;

/* Before the command runs.  STATUS_DONE also when none is asked for; else after a line on stderr. */
enum status rollback_begin(struct cli *cli, const struct command *command, int argc, char **argv);
/* All is done and recorded: the time runs. */
void rollback_end(struct record *record);
/* Seconds, or null: nothing was changed, or it was not asked for. */
struct json_object *rollback_json(const struct cli *cli);
/* The same as a sentence, or nothing. */
void rollback_print(const struct cli *cli);
/* Gives @answer to all that wait, waits until they have heard it, and prints how it went. */
enum status rollback_answer(struct cli *cli, enum pending_answer answer);

#endif
