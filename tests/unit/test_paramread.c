/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "kernel/paramread.h"
#include "kernel/root.h"
#include "model/param.h"
#include "tree.h"

#define PARAMS "sys/module/kmt_timer/parameters/"

static void machine_init(struct tree *tree, struct root *root)
{
	tree_init(tree);
	tree_put(tree, "proc/sys/kernel/osrelease", "6.1\n");
	tree_put(tree, PARAMS "engine", "hrtimer\n");
	tree_put(tree, PARAMS "hidden", "secret\n");
	tree_chmod(tree, PARAMS "hidden", 0200);
	tree_put(tree, PARAMS "text", "two\nlines\n");
	tree_put(tree, PARAMS "void", "");
	assert_int_equal(root_init(root, tree->dir, NULL), 0);
}

static void machine_release(struct tree *tree, struct root *root)
{
	root_release(root);
	tree_release(tree);
}

/* Waits for the next answer: "NAME=VALUE", "NAME" without one, "" at the end, "gone". */
static void next_is(struct paramread *reader, const char *wanted)
{
	struct pollfd poll_fd = { .fd = reader->fd, .events = POLLIN };
	struct paramread_answer answer;
	char text[256] = "";
	int got;

	do {
		assert_int_equal(poll(&poll_fd, 1, 60000), 1);
		got = paramread_take(reader, &answer);
	} while (!got);
	if (got < 0)
		strcpy(text, "gone");
	else if (answer.name)
		snprintf(text, sizeof(text), "%s%s%s", answer.name, answer.value ? "=" : "",
			 answer.value ? answer.value : "");
	assert_string_equal(text, wanted);
	free(answer.name);
	free(answer.value);
}

static void values_come_one_by_one(void **state)
{
	struct paramread reader;
	struct tree tree;
	struct root root;
	int i;

	(void)state;
	machine_init(&tree, &root);
	assert_int_equal(paramread_open(&reader, &root), 0);
	for (i = 0; i < 2; i++) {
		assert_int_equal(paramread_ask(&reader, "kmt-timer"), 0);
		next_is(&reader, "engine=hrtimer");
		next_is(&reader, "hidden");
		next_is(&reader, "text=two\nlines");
		next_is(&reader, "void=");
		next_is(&reader, "");
	}
	/* One of them alone. */
	assert_int_equal(send(reader.fd, "kmt_timer/text", 14, 0), 14);
	next_is(&reader, "text=two\nlines");
	next_is(&reader, "");
	assert_int_equal(paramread_ask(&reader, "nosuch"), 0);
	next_is(&reader, "");
	assert_int_equal(paramread_ask(&reader, "../kmt_timer"), -ENOENT);
	waitpid(paramread_close(&reader), NULL, 0);
	machine_release(&tree, &root);
}

static void a_child_that_dies_is_told(void **state)
{
	struct paramread reader;
	struct tree tree;
	struct root root;
	int status;

	(void)state;
	machine_init(&tree, &root);
	assert_int_equal(paramread_open(&reader, &root), 0);
	kill(reader.pid, SIGKILL);
	next_is(&reader, "gone");
	assert_int_equal(waitpid(paramread_close(&reader), &status, 0), reader.pid);
	assert_true(WIFSIGNALED(status));
	machine_release(&tree, &root);
}

static void below_a_root_it_reads_itself(void **state)
{
	struct paramlist list = PARAMLIST_INIT;
	char *value = NULL;
	struct tree tree;
	struct root root;

	(void)state;
	machine_init(&tree, &root);
	assert_int_equal(paramread_values(&root, "kmt_timer", &list, 0), 0);
	assert_int_equal(list.n, 4);
	assert_string_equal(paramlist_find(&list, "engine")->value, "hrtimer");
	assert_null(paramlist_find(&list, "hidden")->value);
	assert_int_equal(paramlist_find(&list, "hidden")->wait, PARAM_KNOWN);
	paramlist_release(&list);
	assert_int_equal(paramread_value(&root, "kmt_timer", "engine", &value, 0), 0);
	assert_string_equal(value, "hrtimer");
	free(value);
	assert_int_equal(paramread_values(&root, "nosuch", &list, 0), -ENOENT);
	machine_release(&tree, &root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_come_one_by_one),
		cmocka_unit_test(a_child_that_dies_is_told),
		cmocka_unit_test(below_a_root_it_reads_itself),
	};

	return cmocka_run_group_tests_name("paramread", tests, NULL, NULL);
}
