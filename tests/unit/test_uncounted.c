/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whom an unload would crash: who has something open that the module does not count. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "kernel/holders.h"
#include "kernel/procmods.h"
#include "kernel/root.h"
#include "model/module.h"
#include "model/plan.h"
#include "model/uncounted.h"
#include "tree.h"

#define DEVICE "sys/devices/virtual/mine/alpha0"

static void node(const struct tree *tree, const char *number, const char *device)
{
	char path[64], target[256];

	snprintf(path, sizeof(path), "sys/dev/char/%s", number);
	snprintf(target, sizeof(target), "../../%s", device + strlen("sys/"));
	tree_link(tree, path, target);
}

/* Process 30 has /dev/alpha0, which is alpha's by its major number, process 40 an event of an input device of evil's. */
static void machine_init(struct tree *tree, struct root *root, const char *modules)
{
	tree_init(tree);
	tree_put(tree, "proc/modules", modules);
	tree_put(tree, "proc/devices", "Character devices:\n240 alpha\n\nBlock devices:\n");
	tree_put(tree, "proc/mounts", "none /far betafs rw 0 0\nnone /near gamma rw 0 0\n");
	tree_put(tree, "proc/30/comm", "cat\n");
	tree_link(tree, "proc/30/fd/3", "/dev/alpha0");
	tree_put(tree, "proc/40/comm", "mouse\n");
	tree_link(tree, "proc/40/fd/3", "/dev/event7");
	tree_link(tree, "proc/40/fd/4", "/dev/evil0");
	node(tree, "240:0", DEVICE);
	node(tree, "13:71", "sys/devices/pci/0:1/input7/event7");
	node(tree, "250:0", "sys/devices/pci/0:1/evil/evil0");
	tree_mkdir(tree, DEVICE "/");
	tree_link(tree, "sys/devices/pci/0:1/driver", "../../../bus/pci/drivers/evil_drv");
	tree_link(tree, "sys/bus/pci/drivers/evil_drv/module", "../../../../module/evil");
	tree_link(tree, "sys/devices/pci/0:1/input7/event7/subsystem", "../../../../../class/input");
	tree_link(tree, "sys/devices/pci/0:1/evil/evil0/subsystem", "../../../../../class/evil_class");
	assert_int_equal(root_init(root, tree->dir, NULL), 0);
}

/* @names: what is unloaded, with a blank between; @wanted: the sentences, with a '|' behind each. */
static void check(const char *modules, const char *names, const char *wanted)
{
	char copy[128], said[1024] = "", *name, *rest;
	struct uncounted list = UNCOUNTED_INIT;
	struct modlist live = MODLIST_INIT;
	struct plan plan = PLAN_INIT;
	struct tree tree;
	struct root root;
	char *sentence;
	size_t i;

	machine_init(&tree, &root, modules);
	assert_int_equal(procmods_read(&root, &live), 0);
	snprintf(copy, sizeof(copy), "%s", names);
	for (name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest))
		plan_push(&plan, PLAN_UNLOAD, name, NULL);
	plan_push(&plan, PLAN_LOAD, "alpha", NULL);
	holders_uncounted(&root, &live, &plan, &list);
	for (i = 0; i < list.n; i++) {
		sentence = uncounted_sentence(&list.v[i]);
		strcat(strcat(said, sentence), "|");
		free(sentence);
	}
	assert_string_equal(said, wanted);
	uncounted_release(&list);
	plan_release(&plan);
	modlist_release(&live);
	root_release(&root);
	tree_release(&tree);
}

#define CRASH "cat 30 has /dev/alpha0 open and alpha does not count it: unloading would crash the kernel.|"

static void a_node_that_is_not_counted(void **state)
{
	(void)state;
	check("alpha 4096 0 - Live 0x0\n", "alpha", CRASH);
}

static void one_that_is_counted_is_for_the_kernel_to_refuse(void **state)
{
	(void)state;
	check("alpha 4096 1 - Live 0x0\n", "alpha", "");
	check("alpha 4096 0 [permanent], Live 0x0\n", "alpha", "");
	check("alpha 4096 - - Live 0x0\n", "alpha", "");
	check("beta 4096 0 - Live 0x0\n", "alpha", "");
}

static void a_user_counts_when_it_stays(void **state)
{
	static const char modules[] = "alpha 4096 1 user, Live 0x0\nuser 4096 0 - Live 0x0\n";

	(void)state;
	check(modules, "alpha", "");
	check(modules, "user alpha", CRASH);
	/* The user will not go, and so nothing behind it will. */
	check("alpha 4096 1 user, Live 0x0\nuser 4096 1 - Live 0x0\n", "user alpha", "");
}

static void a_subsystem_may_serve_the_node(void **state)
{
	(void)state;
	check("evil 4096 0 - Live 0x0\n", "evil",
	      "mouse 40 has /dev/evil0 open and evil does not count it: unloading would crash the kernel.|");
}

static void a_mount_has_to_be_counted_as_well(void **state)
{
	(void)state;
	check("gamma 4096 0 - Live 0x0\n", "gamma",
	      "/near is mounted and gamma does not count it: unloading would crash the kernel.|");
	check("gamma 4096 1 - Live 0x0\n", "gamma", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_node_that_is_not_counted),
		cmocka_unit_test(one_that_is_counted_is_for_the_kernel_to_refuse),
		cmocka_unit_test(a_user_counts_when_it_stays),
		cmocka_unit_test(a_subsystem_may_serve_the_node),
		cmocka_unit_test(a_mount_has_to_be_counted_as_well),
	};

	return cmocka_run_group_tests_name("uncounted", tests, NULL, NULL);
}
