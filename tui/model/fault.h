/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of the kernel log that tell of a fault of the kernel.  Pure. */
#ifndef KMT_MODEL_FAULT_H
#define KMT_MODEL_FAULT_H

#include <stdbool.h>

/* FAULT_MAYBE: the words of a head that a module may print as well; the kernel's own is proved by a line below it. */
enum fault { FAULT_NONE, FAULT_MAYBE, FAULT_COMPLAINT, FAULT_FATAL };

/* The line behind "[   12.345678] " and "[  T12] ", where they are. */
const char *fault_without_time(const char *line);
/* What such a line is the head of; @ruled: fault_is_rule() of the line before it. */
enum fault fault_find(const char *line, bool ruled);
/* Below another head it belongs to that report and begins none. */
bool fault_goes_on(const char *line);
/* The kernel draws such a line above the head of a report. */
bool fault_is_rule(const char *line);
/* Only the kernel's own reports have such a line. */
bool fault_is_proof(const char *line);
/* The line ends what a head began. */
bool fault_is_end(const char *line);

#endif
