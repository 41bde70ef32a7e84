/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls into the kernel that may hang, waited for no longer than --timeout says. */
#ifndef KMT_CLI_PATIENCE_H
#define KMT_CLI_PATIENCE_H

#include "model/why.h"

struct cli;
struct options;

/* One call: 0 or -errno; *failed may name a module the call failed at, in memory of the caller's. */
typedef int patience_call(void *arg, char **failed);

/*
 * What @call answers.  With --timeout it is made in a child; one that takes longer is told to end, and
 * -ETIMEDOUT comes back: *late says whether it has ended (WHY_STOPPED) or is still in the kernel
 * (WHY_HANGS).  -EINTR: the child was killed, as an oops does.
 */
int patience_run(const struct options *options, patience_call *call, void *arg, char **failed,
		 enum why_late *late);
/*
 * With --timeout: whether the parameters of module @name can be looked at.  The kernel has one lock for
 * all of them, so that whoever writes a slow one stops everybody else.  STATUS_DONE, or STATUS_BUSY with
 * *sentence (the caller frees).
 */
enum status patience_probe(const struct cli *cli, const char *name, char **sentence);

#endif
