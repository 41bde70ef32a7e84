/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The refresh trip without a console around it: reads the live modules of DIR and merges them
 * into the table, RUNS times, and prints the median in nanoseconds.
 *
 *	trip RUNS DIR [OTHER]
 *
 * With OTHER it reads the two in turn, so that every time something has changed; then the rows
 * are put in order as well.
 */
#include <stdio.h>
#include <time.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/procmods.h"
#include "kernel/root.h"
#include "median.h"
#include "model/order.h"

static struct modtable table;
static struct order order = ORDER_INIT;
static struct order_rows rows;
static unsigned long long stamp;

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static int refresh(const struct root *root)
{
	struct modlist list = MODLIST_INIT;
	struct modtable_delta delta = { 0 };
	int got = procmods_read_changed(root, &stamp, &list);

	if (got > 0) {
		modtable_update(&table, MODTABLE_LIVE, &list, util_now_ms(), &delta);
		if (delta.added || delta.removed || delta.changed)
			order_apply(&order, &table, &rows);
	}
	modlist_release(&list);
	return MIN(got, 0);
}

static int measure(const struct root roots[2], size_t n)
{
	uint64_t *ns = xcalloc(n, sizeof(*ns)), start;
	int err = refresh(&roots[0]);
	size_t i;

	for (i = 0; i < n && !err; i++) {
		start = now_ns();
		err = refresh(&roots[(i + 1) % 2]);
		ns[i] = now_ns() - start;
	}
	if (!err)
		printf("%llu\n", (unsigned long long)median(ns, n));
	free(ns);
	return err;
}

int main(int argc, char **argv)
{
	size_t n = argc > 2 ? (size_t)atoi(argv[1]) : 0;
	struct root roots[2];
	int err;

	if (!n || root_init(&roots[0], argv[2], NULL))
		return 2;
	if (root_init(&roots[1], argc > 3 ? argv[3] : argv[2], NULL)) {
		root_release(&roots[0]);
		return 2;
	}
	err = measure(roots, n);
	order_rows_release(&rows);
	modtable_release(&table);
	root_release(&roots[1]);
	root_release(&roots[0]);
	return err ? 1 : 0;
}
