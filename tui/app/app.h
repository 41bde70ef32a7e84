/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The console: what main() calls when no command is given. */
#ifndef KMT_APP_APP_H
#define KMT_APP_APP_H

struct options;

/* Runs the console until it is left; returns the exit status. */
int app_main(const struct options *options);

#endif
