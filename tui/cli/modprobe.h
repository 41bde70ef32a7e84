/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * modprobe itself, for the one thing kmodtui leaves to it: an install line of modprobe.d, which is a
 * command for a shell.
 */
#ifndef KMT_CLI_MODPROBE_H
#define KMT_CLI_MODPROBE_H

/*
 * Runs "modprobe -- NAME WORD..." by its argument vector, with an environment that holds PATH alone.  What it
 * and the line print goes to standard error.  *status is its exit status, 128 + the signal that ended it.
 * -ENOENT: there is no modprobe; -EACCES, -ENOMEM ...: -errno, why it could not be run.
 */
int modprobe_run(const char *name, int argc, char **words, int *status);

#endif
