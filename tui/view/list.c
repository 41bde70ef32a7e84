/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "view/list.h"

#include "base/util.h"

static void keep_in_sight(struct list *list)
{
	size_t height = MAX(list->height, (size_t)1);

	if (list->cursor >= list->n)
		list->cursor = list->n ? list->n - 1 : 0;
	if (list->top > list->cursor)
		list->top = list->cursor;
	if (list->cursor >= list->top + height)
		list->top = list->cursor - height + 1;
	if (list->top + height > list->n)
		list->top = list->n > height ? list->n - height : 0;
}

void list_fit(struct list *list, size_t n, size_t height)
{
	list->n = n;
	list->height = height;
	keep_in_sight(list);
}

/* A jump to a row far out of sight shows what stands around it. */
static void centre(struct list *list)
{
	size_t height = list->height;

	if (list->cursor + height < list->top || list->cursor >= list->top + 2 * height)
		list->top = list->cursor > height / 2 ? list->cursor - height / 2 : 0;
}

void list_set(struct list *list, size_t cursor)
{
	list->cursor = cursor;
	centre(list);
	keep_in_sight(list);
}

void list_move(struct list *list, enum motion motion)
{
	size_t page = MAX(list->height, (size_t)2) - 1, last = list->n ? list->n - 1 : 0;
	size_t at = list->cursor;

	switch (motion) {
	case MOTION_UP:
		at -= at > 0;
		break;
	case MOTION_DOWN:
		at++;
		break;
	case MOTION_PAGE_UP:
		at -= MIN(at, page);
		break;
	case MOTION_PAGE_DOWN:
		at += page;
		break;
	case MOTION_HOME:
		at = 0;
		break;
	case MOTION_END:
		at = last;
		break;
	case MOTION_LEFT:
	case MOTION_RIGHT:
		break;
	}
	list->cursor = MIN(at, last);
	keep_in_sight(list);
}

void list_scroll(struct list *list, enum motion motion)
{
	size_t height = MAX(list->height, (size_t)1);

	/* From the edge it is moved to. */
	if (motion == MOTION_DOWN || motion == MOTION_PAGE_DOWN)
		list->cursor = list->top + height - 1;
	else
		list->cursor = list->top;
	list_move(list, motion);
}
