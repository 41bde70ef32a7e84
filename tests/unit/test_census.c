/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Descriptors, threads and children, zombies too, are as many behind a thousand calls as before.  CENSUS: how often each
 * is called; 25 unless given.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/leftover.h"
#include "base/strv.h"
#include "kernel/contained.h"
#include "kernel/filewatch.h"
#include "kernel/holders.h"
#include "kernel/kmsg.h"
#include "kernel/paramread.h"
#include "kernel/root.h"
#include "model/holding.h"
#include "model/logring.h"
#include "model/module.h"
#include "model/param.h"
#include "model/plan.h"
#include "model/uncounted.h"
#include "tree.h"

/* A part of the kernel, or a module, that shows parameters here; NULL: none does. */
static char *with_params(const struct root *root)
{
	struct strv names = STRV_INIT;
	char path[512], *found = NULL;
	unsigned mode;
	size_t i;

	root_list(root, "sys/module", &names);
	for (i = 0; i < names.n && !found; i++) {
		snprintf(path, sizeof(path), "sys/module/%s/parameters", names.v[i]);
		if (!root_mode(root, path, &mode))
			found = strdup(names.v[i]);
	}
	strv_release(&names);
	return found;
}

static unsigned count(const char *dir)
{
	DIR *entries = opendir(dir);
	unsigned n = 0;

	assert_non_null(entries);
	while (readdir(entries))
		n++;
	closedir(entries);
	return n;
}

static bool has_children(void)
{
	siginfo_t info;

	return !waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) || errno != ECHILD;
}

static void repeat(void (*call)(void *data), void *data)
{
	const char *given = getenv("CENSUS");
	int n = given ? atoi(given) : 25;
	unsigned fds, tasks;

	/* What is opened once and kept is there after the first. */
	call(data);
	fds = count("/proc/self/fd");
	tasks = count("/proc/self/task");
	assert_false(has_children());
	while (n-- > 0)
		call(data);
	assert_int_equal(count("/proc/self/fd"), fds);
	assert_int_equal(count("/proc/self/task"), tasks);
	assert_false(has_children());
}

struct machine {
	struct root root;
	char *name;
};

static void call_params(void *data)
{
	const struct machine *machine = data;
	struct paramlist list = PARAMLIST_INIT;
	char *value = NULL;

	paramread_values(&machine->root, machine->name, &list, 60000);
	if (list.n)
		paramread_value(&machine->root, machine->name, list.v[0].name, &value, 60000);
	free(value);
	paramlist_release(&list);
}

static void params_leave_nothing(void **state)
{
	struct machine machine;

	(void)state;
	assert_int_equal(root_init(&machine.root, NULL, NULL), 0);
	machine.name = with_params(&machine.root);
	if (machine.name)
		repeat(call_params, &machine);
	free(machine.name);
	root_release(&machine.root);
	if (!machine.name)
		skip();
}

/* Those that were not waited for are taken away later, at the next call. */
static void late_params_leave_nothing(void **state)
{
	struct paramlist list = PARAMLIST_INIT;
	struct machine machine;
	int n = 20;

	(void)state;
	assert_int_equal(root_init(&machine.root, NULL, NULL), 0);
	machine.name = with_params(&machine.root);
	while (machine.name && n-- > 0)
		assert_int_equal(paramread_values(&machine.root, machine.name, &list, 0), -ETIMEDOUT);
	while (machine.name && has_children())
		leftover_reap();
	paramlist_release(&list);
	free(machine.name);
	root_release(&machine.root);
}

static void call_child(void *data)
{
	struct strv arguments = STRV_INIT;
	struct child child;

	(void)data;
	strv_push(&arguments, "true");
	assert_int_equal(child_start(&child, "/bin/true", &arguments, CHILD_ATTACHED), 0);
	assert_int_equal(child_wait(&child), 0);
	child_close(&child);
	strv_release(&arguments);
}

static void programs_leave_nothing(void **state)
{
	(void)state;
	repeat(call_child, NULL);
}

static void call_watch(void *data)
{
	const struct tree *tree = data;
	char path[TREE_PATH], dir[TREE_PATH];
	struct filewatch watch;

	tree_put(tree, "build/x.ko", "nothing yet");
	tree_path(tree, "build/x.ko", path);
	tree_path(tree, "build", dir);
	assert_int_equal(filewatch_open(&watch, path), 0);
	filewatch_read(&watch);
	unlink(path);
	rmdir(dir);
	filewatch_read(&watch);
	tree_put(tree, "build/x.ko", "something");
	filewatch_read(&watch);
	filewatch_close(&watch);
	assert_int_not_equal(filewatch_open(&watch, dir), 0);
	assert_int_not_equal(filewatch_open(&watch, "/dev/null"), 0);
}

static void watches_leave_nothing(void **state)
{
	struct tree tree;

	(void)state;
	tree_init(&tree);
	repeat(call_watch, &tree);
	tree_release(&tree);
}

static void call_holders(void *data)
{
	const struct root *root = data;
	struct strv types = STRV_INIT;
	struct holding holding = HOLDING_INIT;
	struct uncounted list = UNCOUNTED_INIT;
	struct modlist live = MODLIST_INIT;
	struct plan plan = PLAN_INIT;

	modlist_push(&live, "nosuch", 6)->refs = 0;
	plan_push(&plan, PLAN_UNLOAD, "nosuch", NULL);
	holders_uncounted(root, &live, &plan, &list);
	live.v[0].refs = 1;
	holders_read(root, &live.v[0], &types, &holding);
	holding_release(&holding);
	uncounted_release(&list);
	plan_release(&plan);
	modlist_release(&live);
}

static void holders_leave_nothing(void **state)
{
	struct root root;

	(void)state;
	assert_int_equal(root_init(&root, NULL, NULL), 0);
	repeat(call_holders, &root);
	root_release(&root);
}

static void call_root(void *data)
{
	const struct tree *tree = data;
	struct logrec rec;
	struct kmsg kmsg;
	struct root root;

	assert_int_equal(root_init(&root, tree->dir, NULL), 0);
	assert_int_equal(kmsg_open(&kmsg, &root, KMSG_OLDEST), 0);
	while (kmsg_read(&kmsg, &rec) > 0)
		logrec_release(&rec);
	kmsg_close(&kmsg);
	root_release(&root);
}

static void roots_and_logs_leave_nothing(void **state)
{
	struct tree tree;

	(void)state;
	tree_init(&tree);
	tree_put(&tree, "kmsg.records", "6,1,1,-;one\n6,2,2,-;two\n");
	repeat(call_root, &tree);
	tree_release(&tree);
}

static int answer(void *data, bool inside, const struct buf *question, struct buf *out)
{
	(void)data;
	(void)inside;
	(void)question;
	buf_addstr(out, "yes");
	return 0;
}

static void call_contained(void *data)
{
	struct contained_setup setup = {
		.limits = { .memory = 512u << 20, .seconds = 10, .dir = -1 }, .fd = { -1, -1 },
		.timeout_ms = 60000, .answer_max = 64, .answer = answer,
	};
	struct buf got = BUF_INIT;

	(void)data;
	assert_int_equal(contained_run(&setup, NULL, &got), 0);
	buf_release(&got);
}

static void contained_children_leave_nothing(void **state)
{
	(void)state;
	repeat(call_contained, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(params_leave_nothing),
		cmocka_unit_test(late_params_leave_nothing),
		cmocka_unit_test(programs_leave_nothing),
		cmocka_unit_test(watches_leave_nothing),
		cmocka_unit_test(holders_leave_nothing),
		cmocka_unit_test(roots_and_logs_leave_nothing),
		cmocka_unit_test(contained_children_leave_nothing),
	};

	/* Children that stay for ever would be waited for as long. */
	alarm(600);
	return cmocka_run_group_tests_name("census", tests, NULL, NULL);
}
