/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a live module would have to be loaded with to be again as it is, and what of that is not known. */
#ifndef KMT_CLI_KEPT_H
#define KMT_CLI_KEPT_H

#include <stdbool.h>

#include "base/strv.h"
#include "model/why.h"

struct cli;
struct kmod_lib;

struct kept {
	char *options;		/* "a=1 b=2", as the kernel reads them; never NULL */
	char *file;		/* it was loaded from that file, which is still there; NULL: by name, or not known */
	char *build;		/* sysmod_build(); NULL: it has no number of a build */
	char *instance;		/* sysmod_instance(); NULL: not known */
	struct strv lost;	/* parameters that get the value of a fresh load: the kernel does not show them */
	struct strv silent;	/* the same: they did not come within FACTS_WAIT_MS */
};

/*
 * Of the live module @name, but for the parameters @without ("name", or "name=value"; NULL: all).  Declared types
 * are those of @lib.  Parameters the kernel does not show have what the journal says they were loaded with, if
 * that was this very load.
 */
void kept_read(struct kept *kept, struct cli *cli, struct kmod_lib *lib, const char *name,
	       const struct strv *without);
void kept_release(struct kept *kept);
/*
 * That module @name can be loaded again, from @file or by its name (NULL), which is to be known before it goes: there is
 * a file, and no install line stands before it.  STATUS_DONE; else *sentence says why not (translated, the caller frees).
 */
enum status kept_check(struct kmod_lib *lib, const char *name, const char *file, char **sentence);
/* The file alone; the caller frees. */
char *kept_file(struct cli *cli, const char *name);
/* Takes the values the journal has masked out of @options; their names go to @lost.  The caller frees. */
char *kept_unmask(const char *options, struct strv *lost);
/* "The kernel does not show a and b: ...", of names; NULL: none.  The caller frees. */
char *kept_sentence(const struct strv *lost);

#endif
