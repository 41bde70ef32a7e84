/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A cursor in a list that is longer than its window.  Pure. */
#ifndef KMT_VIEW_LIST_H
#define KMT_VIEW_LIST_H

#include <stddef.h>

enum motion {
	MOTION_UP, MOTION_DOWN, MOTION_PAGE_UP, MOTION_PAGE_DOWN, MOTION_HOME, MOTION_END,
	MOTION_LEFT, MOTION_RIGHT
};

struct list {
	size_t n;		/* rows there are */
	size_t cursor;		/* below n, or 0 */
	size_t top;		/* first row shown */
	size_t height;		/* rows that fit */
};

/* The list has @n rows and the window @height: keeps the cursor inside and in sight. */
void list_fit(struct list *list, size_t n, size_t height);
void list_move(struct list *list, enum motion motion);
/* The same in a text, whose cursor nobody sees: the window itself moves, by a row or a page. */
void list_scroll(struct list *list, enum motion motion);
void list_set(struct list *list, size_t cursor);

#endif
