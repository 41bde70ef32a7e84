/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Taking an action back, from its last change to its first. */
#ifndef KMT_CLI_TAKEBACK_H
#define KMT_CLI_TAKEBACK_H

#include "model/why.h"

struct cli;
struct json_object;

/* @action: "id", "files", "params", "did" as the journal has them.  Prints the report; the first failure ends it. */
enum status takeback_run(struct cli *cli, struct json_object *action);

#endif
