/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A directory of our own for the time of one command. */
#ifndef KMT_CLI_WORKDIR_H
#define KMT_CLI_WORKDIR_H

/* Where directories for a time are made: $TMPDIR or /tmp. */
const char *workdir_parent(void);
/* In there, for nobody else to read; a new string, or NULL with errno. */
char *workdir_new(void);
/* Removes it with all that is in it, and frees it; NULL: nothing to do. */
void workdir_free(char *dir);
/* A link DIR/NAME to @target: its path in a new string, or NULL with errno. */
char *workdir_link(const char *dir, const char *name, const char *target);
/* The first file of that name somewhere below @dir, in a new string; NULL: there is none. */
char *workdir_find(const char *dir, const char *name);

#endif
