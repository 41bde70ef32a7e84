/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "kernel/host.h"
#include "kernel/root.h"
#include "model/policy.h"
#include "tree.h"

static void read_policy(const struct tree *tree, const char *kernel, struct policy *policy)
{
	struct root root;

	assert_int_equal(root_init(&root, tree->dir, kernel), 0);
	host_read_policy(&root, policy);
	root_release(&root);
	/* What this process may do says nothing below a root. */
	assert_false(policy->live);
	assert_false(policy->root);
	assert_false(policy->cap_sys_module);
	assert_false(policy->cap_syslog);
	assert_int_equal(policy->container, POLICY_UNKNOWN);
}

static void assert_unknown(const struct policy *policy)
{
	assert_int_equal(policy->modules, POLICY_UNKNOWN);
	assert_int_equal(policy->taint, -1);
	assert_null(policy->lockdown);
	assert_int_equal(policy->sig_enforce, POLICY_UNKNOWN);
	assert_int_equal(policy->modules_disabled, POLICY_UNKNOWN);
	assert_int_equal(policy->dmesg_restrict, POLICY_UNKNOWN);
}

static int setup(void **state)
{
	static struct tree tree;

	tree_init(&tree);
	*state = &tree;
	return 0;
}

static int teardown(void **state)
{
	tree_release(*state);
	return 0;
}

static void fill(const struct tree *tree)
{
	tree_put(tree, "proc/sys/kernel/osrelease", "6.1.0\n");
	tree_put(tree, "proc/sys/kernel/tainted", "12288\n");
	tree_put(tree, "proc/sys/kernel/modules_disabled", "0\n");
	tree_put(tree, "proc/sys/kernel/dmesg_restrict", "1\n");
	tree_put(tree, "proc/modules", "");
	tree_put(tree, "sys/module/module/parameters/sig_enforce", "Y\n");
	tree_put(tree, "sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
}

static void test_nothing_is_known_of_an_empty_tree(void **state)
{
	struct policy policy;

	read_policy(*state, NULL, &policy);
	assert_string_equal(policy.kernel, "");
	assert_unknown(&policy);
	policy_release(&policy);
}

static void test_all_is_read(void **state)
{
	struct policy policy;

	fill(*state);
	read_policy(*state, NULL, &policy);
	assert_string_equal(policy.kernel, "6.1.0");
	assert_int_equal(policy.modules, POLICY_YES);
	assert_int_equal(policy.taint, 12288);
	assert_string_equal(policy.lockdown, "integrity");
	assert_int_equal(policy.sig_enforce, POLICY_YES);
	assert_int_equal(policy.modules_disabled, POLICY_NO);
	assert_int_equal(policy.dmesg_restrict, POLICY_YES);
	policy_release(&policy);
}

static void test_another_kernel(void **state)
{
	struct policy policy;

	fill(*state);
	read_policy(*state, "9.9", &policy);
	assert_string_equal(policy.kernel, "9.9");
	assert_unknown(&policy);
	policy_release(&policy);
}

static void test_kernel_without_modules(void **state)
{
	struct policy policy;

	tree_put(*state, "proc/sys/kernel/osrelease", "6.1.0\n");
	read_policy(*state, NULL, &policy);
	assert_int_equal(policy.modules, POLICY_NO);
	policy_release(&policy);
}

static void test_nonsense_is_unknown(void **state)
{
	struct tree *tree = *state;
	struct policy policy;

	fill(tree);
	tree_put(tree, "proc/sys/kernel/tainted", "-5\n");
	tree_put(tree, "proc/sys/kernel/modules_disabled", "maybe\n");
	tree_put(tree, "proc/sys/kernel/dmesg_restrict", "");
	tree_put(tree, "sys/kernel/security/lockdown", "none integrity\n");
	read_policy(tree, NULL, &policy);
	assert_int_equal(policy.taint, -1);
	assert_int_equal(policy.modules_disabled, POLICY_UNKNOWN);
	assert_int_equal(policy.dmesg_restrict, POLICY_UNKNOWN);
	assert_null(policy.lockdown);
	policy_release(&policy);

	tree_put(tree, "sys/kernel/security/lockdown", "] [none\n");
	read_policy(tree, NULL, &policy);
	assert_null(policy.lockdown);
	policy_release(&policy);
}

/* dmesg_restrict and its like are numbers: anything but 0 is on. */
static void test_switch_larger_than_one(void **state)
{
	struct policy policy;

	tree_put(*state, "proc/sys/kernel/dmesg_restrict", "2\n");
	tree_put(*state, "sys/module/module/parameters/sig_enforce", "N\n");
	read_policy(*state, NULL, &policy);
	assert_int_equal(policy.dmesg_restrict, POLICY_YES);
	assert_int_equal(policy.sig_enforce, POLICY_NO);
	policy_release(&policy);
}

#define IN_TREE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_TREE(test_nothing_is_known_of_an_empty_tree),
		IN_TREE(test_all_is_read),
		IN_TREE(test_another_kernel),
		IN_TREE(test_kernel_without_modules),
		IN_TREE(test_nonsense_is_unknown),
		IN_TREE(test_switch_larger_than_one),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
