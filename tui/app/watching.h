/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The module's file that the console watches for somebody who builds it; at most one. */
#ifndef KMT_APP_WATCHING_H
#define KMT_APP_WATCHING_H

struct console;
struct watching;

/* @text: the file, then "name=value" words.  Says what comes of it. */
void watching_start(struct console *console, const char *text);
/* The file; NULL: nothing is watched. */
const char *watching_file(const struct watching *watching);
/* Descriptor to poll() for POLLIN; -1: nothing is watched. */
int watching_fd(const struct watching *watching);
/* Milliseconds until watching_read() has to be called anyway; -1: never. */
int watching_wait(const struct watching *watching);
/* Looks at the file, and has it loaded when it is a new one and nothing else is being done. */
void watching_read(struct console *console);
void watching_stop(struct console *console);

#endif
