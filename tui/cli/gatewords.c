/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/gatewords.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/audit.h"
#include "cli/machine.h"
#include "cli/roads.h"
#include "cli/say.h"
#include "kernel/kmod_info.h"
#include "kernel/root.h"
#include "model/info.h"

enum policy_tristate gatewords_request(const struct gates *gates, char **why)
{
	*why = NULL;
	switch (gates_request(gates)) {
	case GATES_REQUEST_MODPROBE:
		return POLICY_YES;
	case GATES_REQUEST_NONE:
		*why = xstrdup(_("/proc/sys/kernel/modprobe is empty: the kernel asks nobody"));
		return POLICY_NO;
	case GATES_REQUEST_REFUSED:
		*why = say(_("/proc/sys/kernel/modprobe is %s, which loads nothing"), gates->modprobe);
		return POLICY_NO;
	default:
		*why = gates->modprobe ? say(_("/proc/sys/kernel/modprobe is %s, which decides"), gates->modprobe) :
					 xstrdup(_("/proc/sys/kernel/modprobe is not known"));
		return POLICY_UNKNOWN;
	}
}

/* Takes over @by. */
static void add(struct roads *roads, const char *name, enum policy_tristate open, char *by)
{
	roads_add(roads, name, open, by)->gate = true;
}

/* A dash in the list names no module, and whoever wrote it should know. */
static char *misspelled(const struct gates *gates, const char *name)
{
	char *folded = xstrdup(gates->blacklist), *text = NULL;
	struct gates other = { .blacklist = folded };

	if (folded)
		util_name_normalize(folded);
	if (gates_blacklists(&other, name))
		text = say(_("module_blacklist=%s does not name it: the kernel compares with \"%s\""), gates->blacklist, name);
	free(folded);
	return text;
}

static void add_blacklist(const struct gates *gates, const char *name, struct roads *roads)
{
	if (!gates->known)
		add(roads, "module_blacklist", POLICY_UNKNOWN, xstrdup(_("/proc/cmdline can not be read")));
	else if (gates_blacklists(gates, name))
		add(roads, "module_blacklist", POLICY_NO, xstrdup("/proc/cmdline module_blacklist="));
	else
		add(roads, "module_blacklist", POLICY_YES, misspelled(gates, name));
}

static void add_skipped(const struct gates *gates, const char *function, struct roads *roads)
{
	if (gates_skips(gates, function))
		add(roads, "initcall_blacklist", POLICY_NO,
		    say(_("/proc/cmdline initcall_blacklist= names its init function %s"), function));
	else
		add(roads, "initcall_blacklist", POLICY_YES, NULL);
}

/* The list is of functions; which one is the module's stands in its file, and of a built-in one nowhere. */
static void add_initcalls(const struct audit *audit, const struct module *module, struct roads *roads)
{
	const struct gates *gates = &audit->gates;
	char *function = NULL;
	int err;

	if (!gates->known || !gates->initcalls.n) {
		add(roads, "initcall_blacklist", gates->known ? POLICY_YES : POLICY_UNKNOWN, NULL);
		return;
	}
	err = module->path && module->state != MODULE_BUILTIN ?
	      kmod_info_init(audit->machine->lib, module->path, &function) : -1;
	if (err)
		add(roads, "initcall_blacklist", POLICY_UNKNOWN,
		    say(_("/proc/cmdline initcall_blacklist= names functions; which one is of %s is not known"),
			module->name));
	else
		add_skipped(gates, function, roads);
	free(function);
}

static bool is_locked_down(const struct policy *policy)
{
	return policy->lockdown && strcmp(policy->lockdown, "none");
}

/* Both ask for a signature; whether the kernel knows its key shows only when it is loaded. */
static void add_signature(const struct policy *policy, const struct info *info, struct roads *roads)
{
	const char *signer = info ? info_find(info, "signer") : NULL;
	const char *why = is_locked_down(policy) ? "lockdown" : "sig_enforce";

	if (!is_locked_down(policy) && policy->sig_enforce == POLICY_NO)
		add(roads, "signature", POLICY_YES, xstrdup(_("signatures are not required")));
	else if (!is_locked_down(policy) && policy->sig_enforce != POLICY_YES)
		add(roads, "signature", POLICY_UNKNOWN, NULL);
	else if (!info)
		add(roads, "signature", POLICY_UNKNOWN, say(_("%s asks for one"), why));
	else if (!signer)
		add(roads, "signature", POLICY_NO, say(_("%s asks for one, and it has none"), why));
	else
		add(roads, "signature", POLICY_UNKNOWN,
		    say(_("%s asks for one; it is signed by %s, which the kernel must know"), why, signer));
}

static void add_disabled(enum policy_tristate disabled, struct roads *roads)
{
	add(roads, "modules_disabled",
	    disabled == POLICY_UNKNOWN ? disabled : disabled == POLICY_YES ? POLICY_NO : POLICY_YES,
	    xstrdup(disabled == POLICY_YES ? "/proc/sys/kernel/modules_disabled" : NULL));
}

/* The kernel goes by the name inside a file, whatever the file is called. */
static const char *kernel_name(const struct module *module, const struct info *info)
{
	const char *inside = info ? info_find(info, "name") : NULL;

	return inside ? inside : module->name;
}

void gatewords_add(const struct audit *audit, const struct module *module, const struct info *info,
		   struct roads *roads)
{
	if (module->state == MODULE_BUILTIN) {
		if (audit->gates.initcalls.n)
			add_initcalls(audit, module, roads);
		return;
	}
	add_blacklist(&audit->gates, kernel_name(module, info), roads);
	add_initcalls(audit, module, roads);
	add_disabled(audit->policy.modules_disabled, roads);
	add_signature(&audit->policy, info, roads);
}
