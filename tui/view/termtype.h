/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The description of the terminal type.  Alone in its file: <term.h> defines too many short names. */
#ifndef KMT_VIEW_TERMTYPE_H
#define KMT_VIEW_TERMTYPE_H

/* TERM can show a screen: 0; -ENOENT: it has no description; -EOPNOTSUPP: its cursor can not be moved. */
int termtype_check(void);

#endif
