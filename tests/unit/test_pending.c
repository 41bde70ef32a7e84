/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who waits to roll a change back, and who did but is gone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/pending.h"
#include "kernel/root.h"
#include "tree.h"

static struct tree tree;
static struct root root;

static int setup(void **state)
{
	(void)state;
	tree_init(&tree);
	tree_put(&tree, "proc/sys/kernel/osrelease", "6.1.0-test\n");
	tree_mkdir(&tree, "run/");
	chmod(tree.dir, 0755);
	return root_init(&root, tree.dir, NULL);
}

static int teardown(void **state)
{
	(void)state;
	root_release(&root);
	tree_release(&tree);
	return 0;
}

/* A process that waits as the guard of a change does, whoever made the pipe; it is waiting when this returns. */
static pid_t start_guard(char name[PENDING_NAME])
{
	int fd = pending_make(&root, name), ready[2];
	pid_t pid;
	char byte;

	assert_true(fd >= 0);
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (!pid) {
		pending_take_over(&root, name);
		if (write(ready[1], name, PENDING_NAME) < 0)
			_exit(1);
		pending_wait(&root, name, fd, 600);
		_exit(0);
	}
	assert_true(pid > 0);
	close(fd);
	close(ready[1]);
	assert_int_equal(read(ready[0], name, PENDING_NAME), PENDING_NAME);
	/* Its time is shown from when it waits. */
	for (byte = 0; !byte;) {
		struct pendinglist list = PENDINGLIST_INIT;

		assert_int_equal(pending_read(&root, &list), 0);
		byte = list.n && list.v[list.n - 1].seconds > 0;
		pendinglist_release(&list);
	}
	close(ready[0]);
	return pid;
}

static void end_guard(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void assert_one(bool dead)
{
	struct pendinglist list = PENDINGLIST_INIT;

	assert_int_equal(pending_read(&root, &list), 0);
	assert_int_equal(list.n, 1);
	assert_int_equal(list.v[0].dead, dead);
	assert_true(list.v[0].seconds > 0);
	pendinglist_release(&list);
}

static void a_dead_guard_is_seen(void **state)
{
	char name[PENDING_NAME];
	pid_t pid = start_guard(name);

	(void)state;
	assert_int_equal(atoi(strchr(name, '.') + 1), pid);
	assert_one(false);
	/* To look at it is not an answer. */
	assert_int_equal(waitpid(pid, NULL, WNOHANG), 0);
	end_guard(pid);
	assert_one(true);
	assert_int_equal(pending_tell(&root, name, PENDING_KEEP), -ENXIO);
	pending_remove(&root, name);
}

/* Who may not open the pipe sees it all the same. */
static void others_see_it_too(void **state)
{
	char name[PENDING_NAME];
	pid_t pid = start_guard(name);

	(void)state;
	if (!geteuid())
		assert_int_equal(seteuid(65534), 0);
	assert_one(false);
	assert_int_equal(seteuid(getuid()), 0);
	end_guard(pid);
	if (!geteuid())
		assert_int_equal(seteuid(65534), 0);
	assert_one(true);
	assert_int_equal(seteuid(getuid()), 0);
	pending_remove(&root, name);
}

/* One that is at work is not dead. */
static void rolling_is_alive(void **state)
{
	struct pendinglist list = PENDINGLIST_INIT;
	char name[PENDING_NAME];
	pid_t pid = start_guard(name);

	(void)state;
	pending_roll(&root, name);
	assert_int_equal(pending_read(&root, &list), 0);
	assert_int_equal(list.n, 1);
	assert_true(list.v[0].rolling && !list.v[0].dead);
	pendinglist_release(&list);
	end_guard(pid);
	assert_int_equal(pending_read(&root, &list), 0);
	assert_true(list.v[0].rolling && list.v[0].dead);
	pending_remove(&root, list.v[0].name);
	pendinglist_release(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dead_guard_is_seen),
		cmocka_unit_test(others_see_it_too),
		cmocka_unit_test(rolling_is_alive),
	};

	return cmocka_run_group_tests_name("pending", tests, setup, teardown);
}
