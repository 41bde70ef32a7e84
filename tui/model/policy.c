/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/policy.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"

void policy_release(struct policy *policy)
{
	free(policy->kernel);
	free(policy->lockdown);
	moddir_release(&policy->moddir);
	memset(policy, 0, sizeof(*policy));
}

/* Indexed by bit; the letters are the kernel's (admin-guide/tainted-kernels). */
static const struct { char letter; const char *text; } taints[] = {
	{ 'P', N_("A module with a licence that is not free was loaded.") },
	{ 'F', N_("A module was loaded by force.") },
	{ 'S', N_("The machine is used outside of what its maker specifies.") },
	{ 'R', N_("A module was unloaded by force.") },
	{ 'M', N_("The processor reported a hardware error.") },
	{ 'B', N_("A page of memory was found in a bad state.") },
	{ 'U', N_("A program asked for this mark.") },
	{ 'D', N_("The kernel ran into a fatal error (an oops or BUG) and went on.") },
	{ 'A', N_("A table of the firmware (ACPI) was replaced by a user's.") },
	{ 'W', N_("The kernel printed a warning about itself.") },
	{ 'C', N_("A driver from the staging area, not yet finished, was loaded.") },
	{ 'I', N_("The kernel works around a severe bug of the firmware.") },
	{ 'O', N_("A module built outside of the kernel's source tree was loaded.") },
	{ 'E', N_("A module without a valid signature was loaded.") },
	{ 'L', N_("A processor was stuck in the kernel for many seconds (a soft lockup).") },
	{ 'K', N_("The running kernel was patched (live patching).") },
	{ 'X', N_("The distribution set this mark for a purpose of its own.") },
	{ 'T', N_("The kernel was built with its data structures in random order.") },
	{ 'N', N_("A test that runs inside the kernel was run.") },
	{ 'J', N_("A debug interface of a driver's firmware was used to change it.") },
};

static bool known(int bit)
{
	return bit >= 0 && (size_t)bit < ARRAY_SIZE(taints);
}

char policy_taint_letter(int bit)
{
	return known(bit) ? taints[bit].letter : '?';
}

const char *policy_taint_text(int bit)
{
	return known(bit) ? _(taints[bit].text) : NULL;
}

char *policy_taint_sentence(int bit)
{
	struct buf out = BUF_INIT;

	if (known(bit))
		buf_addstr(&out, policy_taint_text(bit));
	else
		buf_printf(&out, _("The kernel set its mark number %d, whose meaning is not known here."), bit);
	return buf_detach(&out);
}

void policy_taint_letters(const struct policy *policy, struct buf *out)
{
	if (policy->taint < 0)
		return;
	for (int bit = 0; bit < 63; bit++) {
		if (!(policy->taint >> bit & 1))
			continue;
		buf_addch(out, policy_taint_letter(bit));
		if (!known(bit))
			buf_printf(out, "%d", bit);
	}
}

static bool not_live(const struct policy *p)
{
	return !p->live;
}

static bool no_modules(const struct policy *p)
{
	return p->modules == POLICY_NO;
}

static bool disabled(const struct policy *p)
{
	return p->modules_disabled == POLICY_YES;
}

static bool container(const struct policy *p)
{
	return p->container == POLICY_YES;
}

static bool no_capability(const struct policy *p)
{
	return !p->cap_sys_module && !p->elevates;
}

static bool container_without_capability(const struct policy *p)
{
	return container(p) && no_capability(p);
}

static bool root_without_capability(const struct policy *p)
{
	return p->root && no_capability(p);
}

/* In this order: what no privilege helps against comes first. */
static const struct { bool (*applies)(const struct policy *p); const char *text; } obstacles[] = {
	{ not_live, N_("This is not the running kernel: it can be looked at, but not changed.") },
	{ no_modules, N_("This kernel has no loadable modules: it was built without them.") },
	{ disabled, N_("Modules can be neither loaded nor unloaded until the next start: "
		       "kernel.modules_disabled is 1.") },
	{ container_without_capability,
	  N_("This is a container that may not change the kernel: work on the host instead.") },
	{ root_without_capability,
	  N_("Root may not change modules here: the capability CAP_SYS_MODULE was taken away.") },
	{ no_capability, N_("You may not change modules: run this as root or with sudo.") },
};

const char *policy_obstacle(const struct policy *policy)
{
	for (size_t i = 0; i < ARRAY_SIZE(obstacles); i++)
		if (obstacles[i].applies(policy))
			return obstacles[i].applies == no_capability && policy->no_elevation ?
			       policy->no_elevation : _(obstacles[i].text);
	return NULL;
}
