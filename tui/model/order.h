/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which rows are shown and in which order: columns, sort keys and the filter are one table. */
#ifndef KMT_MODEL_ORDER_H
#define KMT_MODEL_ORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strv.h"
#include "model/finding.h"
#include "model/module.h"

enum order_key {
	ORDER_STATE, ORDER_NAME, ORDER_SIZE, ORDER_REFS, ORDER_USERS, ORDER_TAINT,
	ORDER_DESCRIPTION, ORDER_KEYS
};

struct order_column {
	const char *name;	/* for -o and the configuration: "size" */
	const char *title;	/* N_() column head: "SIZE" */
	int (*compare)(const struct module *a, const struct module *b);
	bool descends;		/* the largest value comes first, unless reversed */
};

/* Indexed by enum order_key. */
extern const struct order_column order_columns[ORDER_KEYS];

/* The key of that name: 0, or -EINVAL. */
int order_parse(const char *name, enum order_key *out);

#define ORDER_ALL_STATES ((1u << MODULE_STATES) - 1)

struct order {
	enum order_key key;
	bool reverse;
	unsigned states;	/* bit (1 << enum module_state): shown */
	bool masked_only;
	struct finding filter;	/* rows that are found */
	struct strv kept;	/* modules that are shown whatever the states say: something was done to them */
};

/* One choice of states: what it is called, and what is said when it hides everything that the filter finds. */
struct order_choice {
	const char *title;	/* N_() of the menu: "live" */
	const char *badge;	/* N_() of the list: "live only (F5)" */
	const char *hides_one, *hides_many;	/* N_() with %zu; NULL: hides nothing */
	unsigned states;
	bool masked;
};

#define ORDER_CHOICES 5
extern const struct order_choice order_choices[ORDER_CHOICES];
/* The one in force. */
const struct order_choice *order_choice(const struct order *order);
void order_choose(struct order *order, const struct order_choice *choice);
/* The values fall from the first row on: true for the sizes, unless reversed. */
bool order_falls(const struct order *order);
/* Shows this module whatever the states say, until others are chosen. */
void order_keep(struct order *order, const char *name);
void order_keep_none(struct order *order);
/* The states let the module be seen. */
bool order_has_state(const struct order *order, const struct module *module);
/* How many modules the filter finds, in whatever state. */
size_t order_count_found(const struct order *order, const struct modtable *table);

/* By state then name: live ones first, as they are what people look for. */
#define ORDER_INIT { ORDER_STATE, false, ORDER_ALL_STATES, false, FINDING_INIT, STRV_INIT }

/* The rows to show, as pointers into the table: valid until it is updated. */
struct order_rows {
	struct module **v;
	size_t n, size;
};

/* A filter is set, and no column of values is chosen: what it means best comes first, whatever the order. */
bool order_is_best_first(const struct order *order);
/*
 * Fills @rows from @table; ties are broken by name, so the order is total.  With a filter, and sorted by state or name,
 * the modules whose name it finds stand before those it finds elsewhere, the one of just that name before all.
 */
void order_apply(const struct order *order, const struct modtable *table, struct order_rows *rows);
/* The row that the filter means best: the first of the best rank; 0 without rows. */
size_t order_best(const struct order *order, const struct order_rows *rows);
void order_rows_release(struct order_rows *rows);
void order_release(struct order *order);

#endif
