/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows of the kernel log, for the pane and for the tab of one module: a record a row, a folded report
 * one row.  The bottom row is what a position means; it follows, or stands still.
 */
#ifndef KMT_VIEW_LOGROWS_H
#define KMT_VIEW_LOGROWS_H

#include "view/view.h"

/* The position behind the last record in sight, as a number of records pushed. */
uint64_t logrows_bottom(const struct view *view, const struct logring *ring);
/* How many rows there are below those in sight. */
uint64_t logrows_newer(const struct view *view, const struct shown *shown, const struct logfilter *filter);
void logrows_draw(struct view *view, const struct shown *shown, const struct logfilter *filter,
		  struct area area);
void logrows_move(struct view *view, const struct shown *shown, const struct logfilter *filter,
		  enum motion motion);
/*
 * The record at position @at was found: its report, if any, is unfolded, and the text stands still with
 * it in the middle.
 */
void logrows_found(struct view *view, const struct shown *shown, uint64_t at);
/* The report of the record at @at was folded, or unfolded: then its beginning comes in sight. */
void logrows_folded(struct view *view, const struct shown *shown, uint64_t at);
/*
 * The position of a record of a report: of the one found, else of the lowest in sight; that behind the
 * last record: there is none.
 */
uint64_t logrows_report(const struct view *view, const struct shown *shown);

#endif
