/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/deptree.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"

void deptree_release(struct deptree *tree)
{
	size_t i;

	for (i = 0; i < tree->n; i++) {
		free(tree->v[i].name);
		free(tree->v[i].needs.v);
		free(tree->v[i].users.v);
	}
	free(tree->v);
	free(tree->slots);
	memset(tree, 0, sizeof(*tree));
}

/* The same for names that are one: '-' counts as '_'. */
static size_t hash(const char *name)
{
	uint32_t sum = 2166136261u;

	for (; *name; name++)
		sum = (sum ^ (unsigned char)(*name == '-' ? '_' : *name)) * 16777619u;
	return sum;
}

/* The slot of @name, or the free one where it belongs. */
static size_t slot_of(const struct deptree *tree, const char *name)
{
	size_t i = hash(name) & (tree->n_slots - 1);

	while (tree->slots[i] && !util_name_equal(tree->v[tree->slots[i] - 1].name, name))
		i = (i + 1) & (tree->n_slots - 1);
	return i;
}

static void slots_grow(struct deptree *tree)
{
	size_t i;

	free(tree->slots);
	tree->n_slots = tree->n_slots ? 2 * tree->n_slots : 64;
	tree->slots = xcalloc(tree->n_slots, sizeof(*tree->slots));
	for (i = 0; i < tree->n; i++)
		tree->slots[slot_of(tree, tree->v[i].name)] = i + 1;
}

static size_t node_get(struct deptree *tree, const char *name)
{
	size_t slot;

	if (2 * (tree->n + 1) > tree->n_slots)
		slots_grow(tree);
	slot = slot_of(tree, name);
	if (tree->slots[slot])
		return tree->slots[slot] - 1;
	if (tree->n == tree->size) {
		tree->size = tree->size ? 2 * tree->size : 64;
		tree->v = xrealloc(tree->v, tree->size, sizeof(*tree->v));
	}
	memset(&tree->v[tree->n], 0, sizeof(*tree->v));
	tree->v[tree->n].name = xstrdup(name);
	util_name_normalize(tree->v[tree->n].name);
	tree->slots[slot] = ++tree->n;
	return tree->n - 1;
}

static struct deptree_link *link_find(const struct deptree_links *links, size_t node)
{
	size_t i;

	for (i = 0; i < links->n; i++)
		if (links->v[i].node == node)
			return &links->v[i];
	return NULL;
}

static void link_push(struct deptree_links *links, size_t node, enum deptree_kind kind)
{
	if (links->n == links->size) {
		links->size = links->size ? 2 * links->size : 4;
		links->v = xrealloc(links->v, links->size, sizeof(*links->v));
	}
	links->v[links->n++] = (struct deptree_link){ node, kind, false };
}

void deptree_add(struct deptree *tree, const char *user, const char *need, enum deptree_kind kind)
{
	size_t from = node_get(tree, user), to = node_get(tree, need);
	struct deptree_link *link = link_find(&tree->v[from].needs, to);

	if (from == to)
		return;
	if (link)
		link->kind = MIN(link->kind, kind);
	else
		link_push(&tree->v[from].needs, to, kind);
}

static bool needs_hard(const struct deptree *tree, size_t node, size_t need)
{
	const struct deptree_link *link = link_find(&tree->v[node].needs, need);

	return link && link->kind == DEPTREE_HARD;
}

/* Another hard need of the same module leads to @need.  In a circle no one comes before the other. */
static bool is_implied(const struct deptree *tree, const struct deptree_links *needs, size_t need)
{
	size_t i;

	for (i = 0; i < needs->n; i++)
		if (needs->v[i].node != need && needs->v[i].kind == DEPTREE_HARD &&
		    needs_hard(tree, needs->v[i].node, need) &&
		    !needs_hard(tree, need, needs->v[i].node))
			return true;
	return false;
}

static void drop_implied(struct deptree_links *links)
{
	size_t i, n = 0;

	for (i = 0; i < links->n; i++)
		if (!links->v[i].implied)
			links->v[n++] = links->v[i];
	links->n = n;
}

static int link_compare(const void *a, const void *b, void *data)
{
	const struct deptree_link *left = a, *right = b;
	const struct deptree *tree = data;

	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	return strcmp(tree->v[left->node].name, tree->v[right->node].name);
}

static void links_sort(struct deptree *tree, struct deptree_links *links)
{
	if (links->n > 1)
		qsort_r(links->v, links->n, sizeof(*links->v), link_compare, tree);
}

void deptree_finish(struct deptree *tree)
{
	struct deptree_links *needs;
	size_t i, j;

	/* All are marked before the first is dropped: the marks stand on the full lists. */
	for (i = 0; i < tree->n; i++) {
		needs = &tree->v[i].needs;
		for (j = 0; j < needs->n; j++)
			needs->v[j].implied = needs->v[j].kind == DEPTREE_HARD &&
					      is_implied(tree, needs, needs->v[j].node);
	}
	for (i = 0; i < tree->n; i++) {
		needs = &tree->v[i].needs;
		drop_implied(needs);
		links_sort(tree, needs);
		for (j = 0; j < needs->n; j++)
			link_push(&tree->v[needs->v[j].node].users, i, needs->v[j].kind);
	}
	for (i = 0; i < tree->n; i++)
		links_sort(tree, &tree->v[i].users);
}

const char *deptree_kind_name(enum deptree_kind kind)
{
	static const char *const names[DEPTREE_KINDS] = { "hard", "soft", "weak" };

	return names[kind];
}

void deptree_rows_release(struct deptree_rows *rows)
{
	size_t i;

	for (i = 0; i < rows->n; i++)
		free(rows->v[i].guides);
	free(rows->v);
	memset(rows, 0, sizeof(*rows));
}

struct walk {
	const struct deptree *tree;
	bool users;
	bool *told;			/* nodes whose links are in the rows */
	bool last[DEPTREE_DEPTH_MAX];	/* the row of that depth is the last one of its parent */
	struct deptree_rows *rows;
};

static char *guides_new(const struct walk *walk, unsigned depth)
{
	/* A line passing by, none, a line that branches off, the last one. */
	static const char *const ascii[] = { "|  ", "   ", "|- ", "`- " };
	static const char *const lines[] = {
		"\xe2\x94\x82  ", "   ", "\xe2\x94\x9c\xe2\x94\x80 ", "\xe2\x94\x94\xe2\x94\x80 ",
	};
	const char *const *pieces = text_utf8() ? lines : ascii;
	struct buf text = BUF_INIT;
	unsigned i;

	for (i = 0; i < depth; i++)
		buf_addstr(&text, pieces[walk->last[i] ? 1 : 0]);
	buf_addstr(&text, pieces[walk->last[depth] ? 3 : 2]);
	return buf_detach(&text);
}

static const struct deptree_links *links_of(const struct walk *walk, size_t node)
{
	return walk->users ? &walk->tree->v[node].users : &walk->tree->v[node].needs;
}

static struct deptree_row *row_push(struct deptree_rows *rows)
{
	if (rows->n == rows->size) {
		rows->size = rows->size ? 2 * rows->size : 16;
		rows->v = xrealloc(rows->v, rows->size, sizeof(*rows->v));
	}
	return &rows->v[rows->n++];
}

static void walk_node(struct walk *walk, size_t node, unsigned depth)
{
	const struct deptree_links *links = links_of(walk, node);
	bool cut = depth + 1 == DEPTREE_DEPTH_MAX, below;
	size_t i, next;

	walk->told[node] = true;
	for (i = 0; i < links->n; i++) {
		next = links->v[i].node;
		below = links_of(walk, next)->n > 0;
		walk->last[depth] = i + 1 == links->n;
		*row_push(walk->rows) = (struct deptree_row){
			.name = walk->tree->v[next].name,
			.kind = links->v[i].kind,
			.depth = depth,
			.repeated = below && (cut || walk->told[next]),
			.guides = guides_new(walk, depth),
		};
		if (below && !cut && !walk->told[next])
			walk_node(walk, next, depth + 1);
	}
}

void deptree_walk(const struct deptree *tree, const char *name, bool users, struct deptree_rows *rows)
{
	struct walk walk = { .tree = tree, .users = users, .rows = rows };
	size_t slot;

	if (!tree->n_slots)
		return;
	slot = slot_of(tree, name);
	if (!tree->slots[slot])
		return;
	walk.told = xcalloc(tree->n, sizeof(*walk.told));
	walk_node(&walk, tree->slots[slot] - 1, 0);
	free(walk.told);
}
