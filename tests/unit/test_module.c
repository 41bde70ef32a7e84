/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "model/module.h"

static struct module *push(struct modlist *list, const char *name)
{
	return modlist_push(list, name, strlen(name));
}

/* Delivers the live modules of a list of words "name", "name=coming", "name=going". */
static struct modtable_delta live(struct modtable *table, const char *words, uint64_t now)
{
	struct modlist list = MODLIST_INIT;
	struct modtable_delta delta;
	char *copy = xstrdup(words), *save, *word;

	for (word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		char *state = strchr(word, '=');
		struct module *row;

		if (state)
			*state++ = '\0';
		row = push(&list, word);
		row->size = 4096;
		row->refs = 0;
		if (state)
			assert_int_equal(module_state_parse(state, &row->state), 0);
	}
	modtable_update(table, MODTABLE_LIVE, &list, now, &delta);
	assert_null(list.v);
	assert_int_equal(list.n, 0);
	free(copy);
	return delta;
}

/* Delivers an index: every name has the path NAME.ko; those with "=builtin" have none. */
static struct modtable_delta index_of(struct modtable *table, const char *words, uint64_t now)
{
	struct modlist list = MODLIST_INIT;
	struct modtable_delta delta;
	char *copy = xstrdup(words), *save, *word;

	for (word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		char *builtin = strchr(word, '=');
		struct module *row;
		char path[80];

		if (builtin)
			*builtin = '\0';
		row = push(&list, word);
		row->index_state = builtin ? MODULE_BUILTIN : MODULE_DISK;
		snprintf(path, sizeof(path), "kernel/%s.ko", word);
		row->path = builtin ? NULL : xstrdup(path);
	}
	modtable_update(table, MODTABLE_INDEX, &list, now, &delta);
	free(copy);
	return delta;
}

static void check_delta(struct modtable_delta delta, size_t added, size_t removed, size_t changed)
{
	assert_int_equal(delta.added, added);
	assert_int_equal(delta.removed, removed);
	assert_int_equal(delta.changed, changed);
}

static enum module_state state_of(const struct modtable *table, const char *name)
{
	const struct module *row = modtable_find(table, name);

	assert_non_null(row);
	return row->state;
}

static void names_of_states(void **state)
{
	enum module_state out;

	(void)state;
	for (int i = 0; i < MODULE_STATES; i++) {
		const char *name = module_state_name((enum module_state)i);

		assert_int_equal(module_state_parse(name, &out), 0);
		assert_int_equal(out, i);
	}
	assert_int_equal(module_state_parse("Live", &out), -EINVAL);
	assert_int_equal(module_state_parse("", &out), -EINVAL);
}

static void pushes_rows(void **state)
{
	struct modlist list = MODLIST_INIT;
	struct module *row = modlist_push(&list, "snd-pcm,", 7);

	(void)state;
	assert_string_equal(row->name, "snd_pcm");
	assert_int_equal(row->size, -1);
	assert_int_equal(row->refs, -1);
	assert_null(row->path);
	modlist_release(&list);
	modlist_release(&list);
}

static void first_delivery_is_no_news(void **state)
{
	struct modtable table = { 0 };

	(void)state;
	check_delta(live(&table, "kvm snd-pcm ac97", 100), 3, 0, 0);
	assert_int_equal(table.n, 3);
	assert_int_equal(table.n_history, 0);
	assert_int_equal(modtable_find(&table, "kvm")->changed_ms, 0);
	assert_string_equal(table.rows[0]->name, "ac97");
	assert_string_equal(table.rows[2]->name, "snd_pcm");
	index_of(&table, "kvm foo", 150);
	assert_int_equal(table.n_history, 0);
	assert_int_equal(modtable_find(&table, "foo")->changed_ms, 0);
	check_delta(live(&table, "kvm snd_pcm ac97", 200), 0, 0, 0);
	modtable_release(&table);
}

/* No module loaded at the start is a delivery too: the next one is news. */
static void empty_first_delivery_counts(void **state)
{
	struct modtable table = { 0 };

	(void)state;
	check_delta(live(&table, "", 1), 0, 0, 0);
	check_delta(live(&table, "kvm", 2), 1, 0, 0);
	assert_int_equal(table.n_history, 1);
	assert_int_equal(modtable_find(&table, "kvm")->changed_ms, 2);
	modtable_release(&table);
}

static void finds_by_either_spelling(void **state)
{
	struct modtable table = { 0 };

	(void)state;
	assert_null(modtable_find(&table, "kvm"));
	live(&table, "a_b a_c ab b snd_pcm snd", 1);
	assert_string_equal(modtable_find(&table, "a-b")->name, "a_b");
	assert_string_equal(modtable_find(&table, "a_b")->name, "a_b");
	assert_string_equal(modtable_find(&table, "snd-pcm")->name, "snd_pcm");
	assert_string_equal(modtable_find(&table, "snd")->name, "snd");
	assert_null(modtable_find(&table, "sn"));
	assert_null(modtable_find(&table, "snd_pcm_oss"));
	assert_null(modtable_find(&table, ""));
	modtable_release(&table);
}

static void rows_keep_their_addresses(void **state)
{
	struct modtable table = { 0 };
	struct module *kvm, *snd;

	(void)state;
	live(&table, "kvm snd", 1);
	kvm = modtable_find(&table, "kvm");
	snd = modtable_find(&table, "snd");
	live(&table, "a b c kvm l m snd z", 2);
	index_of(&table, "aa kvm zz", 3);
	live(&table, "snd", 4);
	assert_ptr_equal(modtable_find(&table, "kvm"), kvm);
	assert_ptr_equal(modtable_find(&table, "snd"), snd);
	assert_int_equal(kvm->state, MODULE_DISK);
	modtable_release(&table);
}

static void two_sources_make_one_row(void **state)
{
	struct modtable table = { 0 };
	const struct module *row;

	(void)state;
	index_of(&table, "dummy kvm ext4=builtin", 1);
	live(&table, "kvm oot", 2);
	assert_int_equal(table.n, 4);
	row = modtable_find(&table, "kvm");
	assert_true(row->loaded && row->indexed);
	assert_int_equal(row->state, MODULE_LIVE);
	assert_int_equal(row->size, 4096);
	assert_string_equal(row->path, "kernel/kvm.ko");
	row = modtable_find(&table, "oot");
	assert_true(row->loaded && !row->indexed);
	assert_null(row->path);
	assert_int_equal(state_of(&table, "dummy"), MODULE_DISK);
	assert_int_equal(state_of(&table, "ext4"), MODULE_BUILTIN);
	assert_int_equal(table.count[MODULE_LIVE], 2);
	assert_int_equal(table.count[MODULE_DISK], 1);
	assert_int_equal(table.count[MODULE_BUILTIN], 1);
	assert_int_equal(table.live_bytes, 8192);
	modtable_release(&table);
}

static void unloaded_goes_back_to_disk(void **state)
{
	struct modtable table = { 0 };
	const struct module *row;

	(void)state;
	live(&table, "kvm oot", 1);
	index_of(&table, "kvm", 1);
	check_delta(live(&table, "", 50), 0, 2, 0);
	row = modtable_find(&table, "kvm");
	assert_int_equal(row->state, MODULE_DISK);
	assert_false(row->loaded);
	assert_int_equal(row->size, -1);
	assert_int_equal(row->refs, -1);
	assert_int_equal(row->users.n, 0);
	assert_int_equal(row->changed_ms, 50);
	assert_null(modtable_find(&table, "oot"));
	assert_int_equal(table.n, 1);
	assert_int_equal(table.n_history, 2);
	assert_int_equal(table.history[0].what, MODCHANGE_REMOVED);
	assert_string_equal(table.history[1].name, "oot");
	assert_int_equal(table.live_bytes, 0);
	modtable_release(&table);
}

static void index_leaves_the_live(void **state)
{
	struct modtable table = { 0 };

	(void)state;
	index_of(&table, "a b kvm", 1);
	live(&table, "kvm", 1);
	check_delta(index_of(&table, "b", 2), 0, 0, 2);
	assert_null(modtable_find(&table, "a"));
	assert_true(modtable_find(&table, "kvm")->loaded);
	assert_false(modtable_find(&table, "kvm")->indexed);
	assert_null(modtable_find(&table, "kvm")->path);
	check_delta(live(&table, "", 3), 0, 1, 0);
	assert_null(modtable_find(&table, "kvm"));
	check_delta(index_of(&table, "b new", 4), 0, 0, 1);
	assert_int_equal(modtable_find(&table, "new")->changed_ms, 4);
	assert_int_equal(modtable_find(&table, "b")->changed_ms, 0);
	modtable_release(&table);
}

static void states_go_to_the_history(void **state)
{
	struct modtable table = { 0 };
	static const int want[] = {
		MODCHANGE_ADDED, MODCHANGE_STATE, MODCHANGE_STATE, MODCHANGE_REMOVED,
	};

	(void)state;
	index_of(&table, "kmt_timer", 1);
	live(&table, "", 1);
	check_delta(live(&table, "kmt_timer=coming", 2), 1, 0, 0);
	assert_int_equal(state_of(&table, "kmt_timer"), MODULE_COMING);
	check_delta(live(&table, "kmt_timer", 3), 0, 0, 1);
	check_delta(live(&table, "kmt_timer", 4), 0, 0, 0);
	assert_int_equal(modtable_find(&table, "kmt_timer")->changed_ms, 3);
	check_delta(live(&table, "kmt_timer=going", 5), 0, 0, 1);
	check_delta(live(&table, "", 6), 0, 1, 0);
	assert_int_equal(table.n_history, ARRAY_SIZE(want));
	for (size_t i = 0; i < ARRAY_SIZE(want); i++)
		assert_int_equal(table.history[i].what, want[i]);
	assert_int_equal(table.history[3].ms, 6);
	modtable_release(&table);
}

static void figures_move_over(void **state)
{
	struct modtable table = { 0 };
	struct modlist list = MODLIST_INIT;
	struct modtable_delta delta;
	struct module *row;

	(void)state;
	live(&table, "kvm", 1);
	for (int i = 0; i < 2; i++) {
		row = push(&list, "kvm");
		row->size = 4096;
		row->refs = 1;
		row->permanent = true;
		strv_push(&row->users, "kvm_amd");
		row->taint = xstrdup("OE");
		modtable_update(&table, MODTABLE_LIVE, &list, 2, &delta);
		check_delta(delta, 0, 0, i == 0);
	}
	row = modtable_find(&table, "kvm");
	assert_int_equal(row->refs, 1);
	assert_true(row->permanent);
	assert_string_equal(row->users.v[0], "kvm_amd");
	assert_string_equal(row->taint, "OE");
	assert_int_equal(row->changed_ms, 0);
	assert_int_equal(table.n_history, 0);
	check_delta(live(&table, "kvm", 3), 0, 0, 1);
	assert_null(modtable_find(&table, "kvm")->taint);
	modtable_release(&table);
}

static void each_figure_counts(void **state)
{
	struct modtable table = { 0 };
	struct modlist list = MODLIST_INIT;
	struct modtable_delta delta;

	(void)state;
	for (int i = 0; i < 7; i++) {
		struct module *row = push(&list, "m");

		row->size = i >= 1 ? 2 : 1;
		row->refs = i >= 2 ? 2 : 1;
		row->permanent = i >= 3;
		row->taint = i >= 4 ? xstrdup(i >= 5 ? "OE" : "O") : NULL;
		strv_push(&row->users, i >= 6 ? "b" : "a");
		modtable_update(&table, MODTABLE_LIVE, &list, 1, &delta);
		check_delta(delta, i == 0, 0, i > 0);
	}
	modtable_release(&table);
}

static void of_duplicates_the_first_counts(void **state)
{
	struct modtable table = { 0 };
	struct modlist list = MODLIST_INIT;

	(void)state;
	for (int i = 0; i < 20; i++)
		push(&list, i % 2 ? "a-a" : "b")->size = 100 + i;
	modtable_update(&table, MODTABLE_LIVE, &list, 1, NULL);
	assert_int_equal(table.n, 2);
	assert_int_equal(modtable_find(&table, "b")->size, 100);
	assert_int_equal(modtable_find(&table, "a_a")->size, 101);
	assert_int_equal(table.live_bytes, 201);
	modtable_release(&table);
}

static void descriptions_stay_until_the_file_moves(void **state)
{
	struct modtable table = { 0 };
	struct modlist list = MODLIST_INIT;

	(void)state;
	index_of(&table, "kvm", 1);
	modtable_find(&table, "kvm")->description = xstrdup("virtual machines");
	live(&table, "kvm", 2);
	live(&table, "", 3);
	index_of(&table, "kvm", 4);
	assert_string_equal(modtable_find(&table, "kvm")->description, "virtual machines");
	push(&list, "kvm")->path = xstrdup("updates/kvm.ko");
	list.v[0].index_state = MODULE_DISK;
	modtable_update(&table, MODTABLE_INDEX, &list, 5, NULL);
	assert_string_equal(modtable_find(&table, "kvm")->path, "updates/kvm.ko");
	assert_null(modtable_find(&table, "kvm")->description);
	modtable_release(&table);
}

static void masks(void **state)
{
	struct modtable table = { 0 };
	struct strv names = STRV_INIT;

	(void)state;
	index_of(&table, "floppy snd-pcsp kvm", 1);
	strv_push(&names, "snd-pcsp");
	strv_push(&names, "floppy");
	strv_push(&names, "not_here");
	modtable_mask(&table, &names);
	assert_true(modtable_find(&table, "snd_pcsp")->masked);
	assert_false(modtable_find(&table, "kvm")->masked);
	assert_int_equal(table.n_masked, 2);
	assert_int_equal(table.count[MODULE_DISK], 1);
	live(&table, "kvm", 2);
	assert_int_equal(table.n_masked, 2);
	strv_release(&names);
	modtable_mask(&table, &names);
	assert_int_equal(table.n_masked, 0);
	assert_false(modtable_find(&table, "floppy")->masked);
	modtable_release(&table);
}

static void history_is_bounded(void **state)
{
	struct modtable table = { 0 };

	(void)state;
	live(&table, "", 0);
	for (uint64_t i = 1; i <= MODTABLE_HISTORY + 45; i++)
		live(&table, i % 2 ? "kvm" : "", i);
	assert_int_equal(table.n_history, MODTABLE_HISTORY);
	assert_int_equal(table.history[0].ms, 46);
	assert_int_equal(table.history[MODTABLE_HISTORY - 1].ms, MODTABLE_HISTORY + 45);
	modtable_release(&table);
}

static void empty_deliveries(void **state)
{
	struct modtable table = { 0 };

	(void)state;
	index_of(&table, "", 1);
	live(&table, "", 1);
	assert_int_equal(table.n, 0);
	assert_null(modtable_find(&table, "x"));
	modtable_release(&table);
}

#define MANY 4500

/* Worst order first: names falling. */
static void deliver_many(struct modtable *table, enum modtable_source source, int step)
{
	struct modlist list = MODLIST_INIT;

	for (int i = MANY - 1; i >= 0; i -= step) {
		char name[32];

		snprintf(name, sizeof(name), "module-%d", i);
		push(&list, name)->index_state = MODULE_DISK;
	}
	modtable_update(table, source, &list, 1, NULL);
}

static void many_rows_are_quick(void **state)
{
	struct modtable table = { 0 };
	clock_t start = clock();

	(void)state;
	for (int i = 0; i < 5; i++) {
		deliver_many(&table, MODTABLE_INDEX, 1);
		deliver_many(&table, MODTABLE_LIVE, 1 + i);
	}
	assert_int_equal(table.n, MANY);
	assert_int_equal(table.count[MODULE_LIVE], MANY / 5);
	for (size_t i = 1; i < table.n; i++)
		assert_true(util_name_compare(table.rows[i - 1]->name, table.rows[i]->name) < 0);
	/* Ten updates of 4500 rows: with n*n steps it would be 200 million comparisons. */
	assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
	modtable_release(&table);
}

/* What is to last is told of the rows there are; the next telling stands alone. */
static void lasting_settings(void **state)
{
	struct modlist list = MODLIST_INIT;
	struct modtable table = { 0 };
	struct strv boot = STRV_INIT, options = STRV_INIT, none = STRV_INIT;

	(void)state;
	modlist_push(&list, "loop", 4);
	modlist_push(&list, "nbd", 3);
	modtable_update(&table, MODTABLE_LIVE, &list, 1, NULL);
	strv_push(&boot, "loop");
	strv_push(&boot, "not-there");
	strv_push(&options, "nbd");
	modtable_settle(&table, &boot, &options);
	assert_true(modtable_find(&table, "loop")->at_boot && !modtable_find(&table, "loop")->optioned);
	assert_true(!modtable_find(&table, "nbd")->at_boot && modtable_find(&table, "nbd")->optioned);
	modtable_settle(&table, &none, &none);
	assert_false(modtable_find(&table, "loop")->at_boot || modtable_find(&table, "nbd")->optioned);
	strv_release(&boot);
	strv_release(&options);
	modlist_release(&list);
	modtable_release(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_states),
		cmocka_unit_test(pushes_rows),
		cmocka_unit_test(first_delivery_is_no_news),
		cmocka_unit_test(empty_first_delivery_counts),
		cmocka_unit_test(finds_by_either_spelling),
		cmocka_unit_test(rows_keep_their_addresses),
		cmocka_unit_test(two_sources_make_one_row),
		cmocka_unit_test(unloaded_goes_back_to_disk),
		cmocka_unit_test(index_leaves_the_live),
		cmocka_unit_test(states_go_to_the_history),
		cmocka_unit_test(figures_move_over),
		cmocka_unit_test(each_figure_counts),
		cmocka_unit_test(of_duplicates_the_first_counts),
		cmocka_unit_test(descriptions_stay_until_the_file_moves),
		cmocka_unit_test(masks),
		cmocka_unit_test(history_is_bounded),
		cmocka_unit_test(empty_deliveries),
		cmocka_unit_test(many_rows_are_quick),
		cmocka_unit_test(lasting_settings),
	};

	return cmocka_run_group_tests_name("module", tests, NULL, NULL);
}
