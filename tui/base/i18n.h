/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts for people go through _(); N_() marks one in a table, translated where it is used. */
#ifndef KMT_BASE_I18N_H
#define KMT_BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) (text)

#endif
