/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Unloading what one stands on is refused, unless it is asked for by name of an option. */
#ifndef KMT_CLI_CARE_H
#define KMT_CLI_CARE_H

#include "model/carrying.h"
#include "model/why.h"

struct act;
struct json_object;
struct modlist;
struct plan;

/*
 * Says what @plan would take away from under one's feet.  STATUS_DONE: nothing, or a dry run, or the option is
 * given; else STATUS_BUSY after a report on @name.
 */
enum status care_check(struct act *act, const char *name, const struct modlist *live,
		       const struct plan *plan);
/* "module", "kind", "what", "user", "sentence". */
struct json_object *care_json(const struct carrying_entry *entry);

#endif
