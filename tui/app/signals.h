/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the world outside asks for by signals: sizes, stops, ends; and the terminal after a crash. */
#ifndef KMT_APP_SIGNALS_H
#define KMT_APP_SIGNALS_H

#include <sys/types.h>

struct console;

/* Blocks the signals the loop reads and catches crashes; the descriptor to poll(), or -errno. */
int signals_open(void);
/* Does what the signals that came ask for. */
void signals_read(struct console *console);
/* Gives the terminal away, stops @pid (0: the job of the shell), and takes the terminal back. */
void signals_stop(struct console *console, pid_t pid);
/* Gives the terminal to a child that asks for a password, and takes it back: safe to call twice. */
void signals_lend(struct console *console);
void signals_take_back(struct console *console);
/* A console ended by a signal ends by it, so that whoever sent it sees that. */
void signals_end_by(int number);

#endif
