/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a plan brings with it that its steps do not say: added to the open question before anybody says yes. */
#ifndef KMT_APP_FORESEE_H
#define KMT_APP_FORESEE_H

#include <stdbool.h>

struct console;
struct modlist;
struct plan;
struct strv;

/*
 * The marks that a load leaves on the kernel.  True: the plan is harmless: nothing but modules of this kernel's own,
 * signed, that nobody forbade, and no command of modprobe.d.
 */
bool foresee_load(struct console *console, const struct plan *plan);
/* The same of a plan in which the module @name comes from @file, a path, and not from the module directory. */
void foresee_load_file(struct console *console, const struct plan *plan, const char *name, const char *file);
/* Who, modules aside, holds what is to be unloaded. */
void foresee_unload(struct console *console, const struct modlist *live, const struct plan *plan);
/* Offers to unload what nobody needs afterwards, too; its names are added to @names. */
void foresee_unneeded(struct console *console, const struct modlist *live, const struct plan *plan,
		      struct strv *names);

#endif
