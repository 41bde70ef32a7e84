/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "view/termtype.h"

#include <curses.h>
#include <errno.h>
#include <term.h>
#include <unistd.h>

int termtype_check(void)
{
	const char *move;
	int found = 0;

	if (setupterm(NULL, STDOUT_FILENO, &found) != OK || found != 1)
		return -ENOENT;
	move = tigetstr("cup");
	if (!move || move == (const char *)-1)
		move = NULL;
	del_curterm(cur_term);
	return move ? 0 : -EOPNOTSUPP;
}
