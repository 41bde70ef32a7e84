/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of the kernel log that tell of a fault of the kernel.  Pure. */
#ifndef KMT_MODEL_FAULT_H
#define KMT_MODEL_FAULT_H

#include <stdbool.h>

enum fault { FAULT_NONE, FAULT_COMPLAINT, FAULT_FATAL };

/* The line behind "[   12.345678] " and "[  T12] ", where they are. */
const char *fault_without_time(const char *line);
/* What such a line is the head of. */
enum fault fault_find(const char *line);
/* The line ends what a head began. */
bool fault_is_end(const char *line);

#endif
