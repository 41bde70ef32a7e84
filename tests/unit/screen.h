/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A screen in memory, for tests of what is drawn. */
#ifndef KMT_TESTS_SCREEN_H
#define KMT_TESTS_SCREEN_H

#include <locale.h>

#include "base/text.h"
#include "view/term.h"

static inline int screen_open(int columns, int rows)
{
	struct term_setup setup = { .headless = true, .columns = columns, .rows = rows };

	setlocale(LC_ALL, "C.UTF-8");
	text_set_utf8(true);
	return term_open(&setup);
}

static inline int screen_close(void **state)
{
	(void)state;
	term_close();
	return 0;
}

#endif
