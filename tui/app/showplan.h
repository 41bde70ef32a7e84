/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plans and equivalent commands as lines of the question that was just opened. */
#ifndef KMT_APP_SHOWPLAN_H
#define KMT_APP_SHOWPLAN_H

struct console;
struct plan;
struct strv;

/* Each step: what, on which module, and with what. */
void showplan_steps(struct console *console, const struct plan *plan);
/* A blank line, then "$ COMMAND" for each line of @equivalent; in learn mode what each word means. */
void showplan_equivalent(struct console *console, const char *equivalent);
/* In learn mode: what each word of the lines means. */
void showplan_learn(struct console *console, const struct strv *lines);
/* Says why there is no plan to load or unload @module. */
void showplan_failed(struct console *console, const char *module, int err);

#endif
