/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which rows are shown and in which order: columns, sort keys and the filter are one table. */
#ifndef KMT_MODEL_ORDER_H
#define KMT_MODEL_ORDER_H

#include <stdbool.h>
#include <stddef.h>

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
};

/* By state then name: live ones first, as they are what people look for. */
#define ORDER_INIT { ORDER_STATE, false, ORDER_ALL_STATES, false, FINDING_INIT }

/* The rows to show, as pointers into the table: valid until it is updated. */
struct order_rows {
	struct module **v;
	size_t n, size;
};

/* Fills @rows from @table; ties are broken by name, so the order is total. */
void order_apply(const struct order *order, const struct modtable *table, struct order_rows *rows);
void order_rows_release(struct order_rows *rows);
void order_release(struct order *order);

#endif
