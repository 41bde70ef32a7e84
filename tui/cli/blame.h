/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parameters for which the kernel refuses a load, though it showed these values itself. */
#ifndef KMT_CLI_BLAME_H
#define KMT_CLI_BLAME_H

#include <stdbool.h>
#include <stddef.h>

struct act;
struct strv;

/*
 * Takes out of *options of a load the parameters that the kernel blames in the log records of the last call, but for
 * those of @given ("name=value"); their names go to @left.  True: it is worth another try.
 */
bool blame_leave(const struct act *act, const struct strv *given, char **options,
		 struct strv *left);

#endif
