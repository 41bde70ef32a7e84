/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/host.h"
#include "kernel/modindex.h"
#include "kernel/root.h"
#include "model/policy.h"

#define ENVIRONMENT_MAX (1u << 20)
#define CONTAINER_VARIABLE "container="

static enum policy_tristate yes_or_no(bool yes)
{
	return yes ? POLICY_YES : POLICY_NO;
}

static bool exists(const struct root *root, const char *path)
{
	unsigned mode;

	return !root_mode(root, path, &mode);
}

/* A file that holds "1", "0", "Y" or "N".  dmesg_restrict and its like may hold larger numbers. */
static enum policy_tristate read_switch(const struct root *root, const char *path)
{
	enum policy_tristate found = POLICY_UNKNOWN;
	unsigned long long number;
	char *line;
	bool on;

	if (root_read_line(root, path, &line))
		return POLICY_UNKNOWN;
	if (!parse_bool(line, &on))
		found = yes_or_no(on);
	else if (!parse_unsigned(line, &number))
		found = yes_or_no(number != 0);
	free(line);
	return found;
}

/* No /proc/modules means no loadable modules only where /proc is there at all. */
static enum policy_tristate read_modules(const struct root *root)
{
	if (exists(root, "proc/modules"))
		return POLICY_YES;
	return exists(root, "proc/sys/kernel") ? POLICY_NO : POLICY_UNKNOWN;
}

static long long read_taint(const struct root *root)
{
	long long taint;
	char *line;

	if (root_read_line(root, "proc/sys/kernel/tainted", &line))
		return -1;
	if (parse_signed(line, &taint) || taint < 0)
		taint = -1;
	free(line);
	return taint;
}

/* The word in brackets of "none [integrity] confidentiality". */
static char *read_lockdown(const struct root *root)
{
	char *line, *open, *close, *word = NULL;

	if (root_read_line(root, "sys/kernel/security/lockdown", &line))
		return NULL;
	open = strchr(line, '[');
	close = open ? strchr(open, ']') : NULL;
	if (close && close > open + 1)
		word = xstrndup(open + 1, (size_t)(close - open - 1));
	free(line);
	return word;
}

/* The variables of a process end with a NUL each. */
static bool environment_has(const struct buf *environment, const char *start)
{
	const char *pos = buf_str(environment), *end = pos + environment->len, *s;
	size_t n = strlen(start);

	for (s = pos; s < end; s += strnlen(s, (size_t)(end - s)) + 1)
		if ((size_t)(end - s) >= n && !memcmp(s, start, n))
			return true;
	return false;
}

static enum policy_tristate read_container(const struct root *root)
{
	static const char *const marks[] = {
		"run/systemd/container", ".dockerenv", "run/.containerenv",
	};
	enum policy_tristate found = POLICY_UNKNOWN;
	struct buf environment = BUF_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(marks); i++)
		if (exists(root, marks[i]))
			return POLICY_YES;
	if (!root_read(root, "proc/1/environ", &environment, ENVIRONMENT_MAX))
		found = yes_or_no(environment_has(&environment, CONTAINER_VARIABLE));
	buf_release(&environment);
	return found;
}

/* Root gets what its bounding set has when it starts a program, as the console starts its commands. */
static bool comes_back(int capability)
{
	int bits = prctl(PR_GET_SECUREBITS);

	return geteuid() == 0 && bits >= 0 && !(bits & SECBIT_NOROOT) &&
	       prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0 &&
	       prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1;
}

/* CAP_SYSLOG lies in the second word of the set. */
static void read_privilege(struct policy *policy)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	policy->root = geteuid() == 0;
	if (syscall(SYS_capget, &header, data))
		return;
	policy->cap_sys_module = (data[CAP_TO_INDEX(CAP_SYS_MODULE)].effective &
				  CAP_TO_MASK(CAP_SYS_MODULE)) || comes_back(CAP_SYS_MODULE);
	policy->cap_syslog = data[CAP_TO_INDEX(CAP_SYSLOG)].effective & CAP_TO_MASK(CAP_SYSLOG);
}

static void read_kernel_policy(const struct root *root, struct policy *policy)
{
	policy->modules = read_modules(root);
	policy->taint = read_taint(root);
	policy->lockdown = read_lockdown(root);
	policy->sig_enforce = read_switch(root, "sys/module/module/parameters/sig_enforce");
	policy->modules_disabled = read_switch(root, "proc/sys/kernel/modules_disabled");
	policy->dmesg_restrict = read_switch(root, "proc/sys/kernel/dmesg_restrict");
}

/*
 * Nothing is known of a kernel that does not run.  Below a --root the files speak for that machine,
 * but what this process may do belongs to this one.
 */
void host_read_policy(const struct root *root, struct policy *policy)
{
	*policy = (struct policy){
		.kernel = xstrdup(root->kernel),
		.modules = POLICY_UNKNOWN,
		.taint = -1,
		.sig_enforce = POLICY_UNKNOWN,
		.modules_disabled = POLICY_UNKNOWN,
		.dmesg_restrict = POLICY_UNKNOWN,
		.container = POLICY_UNKNOWN,
		.live = root_is_host(root) && root->live,
	};
	modindex_look(root, &policy->moddir);
	if (root->live)
		read_kernel_policy(root, policy);
	if (!root_is_host(root))
		return;
	policy->container = read_container(root);
	read_privilege(policy);
}
