/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sentence in a new string. */
#ifndef KMT_CLI_SAY_H
#define KMT_CLI_SAY_H

/* Formats as printf() does; the caller frees. */
char *say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
