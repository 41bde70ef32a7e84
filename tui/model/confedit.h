/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Edits of the text of our own configuration files.  Pure: text in, text out, the caller frees.
 * Lines of other modules, comments and words not known here stay as they are, byte for byte; a name is
 * a whole name ("snd" is not snd_pcm), and '-' is '_' in it.
 */
#ifndef KMT_MODEL_CONFEDIT_H
#define KMT_MODEL_CONFEDIT_H

#include <stdbool.h>

struct strv;

#define CONFEDIT_MODPROBE "etc/modprobe.d/kmodtui.conf"		/* below the root */
#define CONFEDIT_BOOT "etc/modules-load.d/kmodtui.conf"

/* @options, each "name=value" as confedit_spell() makes it, replace the ones of the same names. */
char *confedit_set(const char *text, const char *module, const struct strv *options);
/* Takes the parameters @names out, all if there is none in it. */
char *confedit_unset(const char *text, const char *module, const struct strv *names);
/*
 * "install NAME /bin/false", which stops modprobe; "softdep NAME pre:", for modprobe ignores the install line of a
 * module that has soft dependencies, now or in the next kernel, and of several such lines takes the first;
 * "blacklist NAME", which stops aliases.
 */
char *confedit_mask(const char *text, const char *module);
char *confedit_unmask(const char *text, const char *module);
/* A line NAME of modules-load.d. */
char *confedit_boot(const char *text, const char *module);
char *confedit_unboot(const char *text, const char *module);
/* Puts the lines @with where the lines @what stand; NULL: one of those is not there. */
char *confedit_replace(const char *text, const struct strv *what, const struct strv *with);

/* "name=value" as an options line spells it: blanks within double quotes, a backslash doubled. */
char *confedit_spell(const char *name, const char *value);

#endif
