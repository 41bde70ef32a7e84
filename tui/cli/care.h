/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Unloading what one stands on, or what somebody has open, is refused, unless it is asked for by name of an option. */
#ifndef KMT_CLI_CARE_H
#define KMT_CLI_CARE_H

#include "model/carrying.h"
#include "model/why.h"

struct act;
struct json_object;
struct modlist;
struct plan;

/*
 * Says what @plan would take away from under one's feet, and all that care_open() says.  STATUS_DONE: nothing, or a
 * dry run, or the option is given; else STATUS_BUSY after a report on @name.
 */
enum status care_check(struct act *act, const char *name, const struct modlist *live,
		       const struct plan *plan);
/*
 * Says which module of @plan has no exit function, and who has something open that a module of it does not count, so
 * that unloading would crash the kernel (care_open.c).  Returns as above.
 */
enum status care_open(struct act *act, const char *name, const struct modlist *live, const struct plan *plan);
/* The same of module @name alone as it is now: right before it is unloaded. */
enum status care_open_step(struct act *act, const char *name);
/* "module", "kind", "what", "user", "sentence". */
struct json_object *care_json(const struct carrying_entry *entry);

#endif
