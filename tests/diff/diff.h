/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The differential test: kmodtui's answers beside those of modprobe, on a made-up machine whose configuration is
 * drawn by chance from a seed.  diff.sh makes the machine, this program runs with its root as its own.
 */
#ifndef KMT_TESTS_DIFF_H
#define KMT_TESTS_DIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strv.h"

struct buf;

/* ---- chance.c: the same numbers from the same seed, on every machine */

struct chance {
	uint64_t state;
};

void chance_init(struct chance *chance, uint64_t seed);
/* A number below @n, which is not 0. */
size_t chance_below(struct chance *chance, size_t n);
/* True in @percent of the calls. */
bool chance_is(struct chance *chance, unsigned percent);
/* One of the strings; @list is not empty. */
const char *chance_of(struct chance *chance, const struct strv *list);

/* ---- names.c: what modules the tree has */

struct names {
	struct strv modules;	/* spelled with '_' */
	struct strv linked;	/* those that need others, or have soft dependencies */
	struct strv needed;	/* what each of those needs, one name */
	struct strv aliases;	/* as modules.alias has them, patterns among them */
	struct strv owners;	/* the module of each alias */
	struct strv builtin;
};

/* Reads depmod's text files below /lib/modules/KERNEL; ends the program when there are none. */
void names_read(struct names *names);
void names_release(struct names *names);
bool names_has(const struct names *names, const char *module);
/* Adds the parameters that the file of @module declares, if it is not packed. */
void names_params(const char *module, struct strv *params);

/* ---- conf.c: a configuration and a command line */

struct conf {
	struct strv asked;	/* what modprobe and kmodtui are asked for: names, aliases, things there are not */
	struct strv given;	/* aliases that the configuration itself has */
	struct strv live;	/* modules that are loaded */
	struct strv tuned;	/* modules whose parameters its lines may set; some more than once */
};

/* A name with an install line in each configuration: modprobe -a prints it between the answers for others. */
#define CONF_MARK "KMTMARK"

/* Draws a configuration, and writes it below /etc, /run, /usr, /proc and /sys in place of the last one. */
void conf_make(struct conf *conf, const struct names *names, uint64_t seed, size_t n_asked);
/* The machine as it is: nothing in modprobe.d but what it comes with; @n modules are asked for. */
void conf_stock(struct conf *conf, const struct names *names, size_t from, size_t n);
void conf_release(struct conf *conf);
/* Adds the text of all its files, for a report. */
void conf_show(struct buf *out);

/* ---- line.c: one line of modprobe.d, or a word of the command line */

struct cast {
	struct chance *chance;
	const struct names *names;
	struct strv stars;	/* the modules most lines are about */
	struct strv given;	/* aliases made by the lines so far */
	struct strv params, owners;	/* parameters the stars have, and whose each is */
};

/* A module of the tree, mostly one of the stars, spelled with '_' or '-'. */
void line_module(struct cast *cast, struct buf *out);
void line_make(struct cast *cast, struct buf *out);
void line_cmdline(struct cast *cast, struct buf *out);

/* ---- ask.c: both programs */

struct answer {
	int status;
	char *out, *err;
};

void answer_release(struct answer *answer);
#define ASK_DIED 1000	/* the status of a program that was ended by a signal, at least */

/*
 * One process for all of @names: modprobe, or what the environment's MODPROBE names, with @options, "-n -v".
 * @answers has room for each; the caller releases them.  Ends the program if modprobe is not there.
 */
void ask_modprobe(const char *options, const struct strv *names, struct answer *answers);
/* modprobe -c, without the indexes. */
void ask_dump(struct answer *answer);
/* kmodtui's own code with the words of each question, "--json which X", one after the other in one child. */
void ask_kmodtui(const struct strv *questions, struct answer *answers);

/* ---- exam.c: a list of questions, and both answers to each */

struct exam {
	struct strv names;		/* for modprobe */
	struct strv questions;		/* for kmodtui: none, or one for each name */
	struct answer *theirs, *ours;	/* NULL: not asked yet */
};

/* kmodtui's question is @words with the name behind them. */
void exam_add(struct exam *exam, const char *name, const char *words);
/* Asks modprobe, in one process for all names. */
void exam_theirs(struct exam *exam, const char *options);
/* Asks kmodtui, in one process for all of the @n exams. */
void exam_ours(struct exam *exams, size_t n);
void exam_release(struct exam *exam);

/* ---- steps.c: both programs' answers to "what would a load do", in one form */

/* Adds @s with all but plain characters as kmodtui shows them, in the locale C: "\\xff". */
void steps_escape(struct buf *out, const char *s);
/* "load NAME OPTIONS" or "install COMMAND" for each line of modprobe -n -v. */
void steps_modprobe(struct strv *steps, const char *out);
/* The same of kmodtui load --dry-run --json. */
void steps_kmodtui(struct strv *steps, const char *out);
bool steps_same(const struct strv *modprobe, const struct strv *kmodtui);
/* Whether module @name itself is loaded. */
bool steps_load(const struct strv *steps, const char *name);

/* ---- dump.c: modprobe -c */

struct dump {
	struct strv aliases, targets;		/* "alias ALIAS TARGET" */
	struct strv owners, options;		/* "options OWNER OPTIONS" */
};

void dump_read(struct dump *dump);
void dump_release(struct dump *dump);
/* What the kernel would make of the options of @module for @param, in a new string; NULL: nothing. */
char *dump_value(const struct dump *dump, const char *module, const char *param);
/* Something that fits @pattern. */
char *dump_example(const char *pattern);

/* ---- compare.c: asks both and tells the differences */

enum kind { KIND_PLAN, KIND_STATUS, KIND_RESOLVE, KIND_COMMAND, KIND_ALIAS, KIND_OPTIONS, KIND_COUNT };

struct compare {
	const struct conf *conf;
	const struct names *names;
	struct dump dump;
	struct buf *report;		/* what differs, in words */
	unsigned long asked[KIND_COUNT], wrong[KIND_COUNT];	/* of all configurations so far */
};

/* Everything about one configuration. */
void compare_all(struct compare *compare, const struct conf *conf);

#endif
