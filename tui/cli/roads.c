/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/roads.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/image.h"
#include "cli/machine.h"
#include "cli/say.h"
#include "kernel/autoload.h"
#include "kernel/host.h"
#include "kernel/kmod_info.h"
#include "kernel/root.h"
#include "model/info.h"

/* So many devices or modules a line names. */
#define NAMES_MAX 4

struct audit {
	const struct machine *machine;
	const struct module *module;
	struct policy policy;
	struct info *infos;
	size_t n_infos;
	struct roads *roads;
};

void roads_release(struct roads *roads)
{
	size_t i;

	for (i = 0; i < roads->n; i++)
		free(roads->v[i].by);
	free(roads->v);
	memset(roads, 0, sizeof(*roads));
}

/* Takes over @by. */
static struct road *add(struct roads *roads, const char *name, enum policy_tristate open, char *by)
{
	if (roads->n == roads->size) {
		roads->size = roads->size ? 2 * roads->size : 16;
		roads->v = xrealloc(roads->v, roads->size, sizeof(*roads->v));
	}
	roads->v[roads->n] = (struct road){ name, false, false, open, by };
	return &roads->v[roads->n++];
}

static void add_gate(struct audit *audit, const char *name, enum policy_tristate open, char *by)
{
	add(audit->roads, name, open, by)->gate = true;
}

/* The first names, and how many more there are. */
static char *names_join(const struct strv *names)
{
	struct strv first = { names->v, MIN(names->n, (size_t)NAMES_MAX), 0 };
	char *text = strv_join(&first, ", "), *all;

	if (names->n <= NAMES_MAX)
		return text;
	all = say(_("%s and %zu more"), text, names->n - NAMES_MAX);
	free(text);
	return all;
}

/*
 * A road on which somebody asks modprobe, or who does as it does, for the module.  @asked, taken over, says
 * who asks; NULL: nobody, because @nobody.  An install line stands in the way of all of them, a blacklist only
 * of those that do not name the module.
 */
static void add_asked(struct audit *audit, const char *name, char *asked, const char *nobody, bool by_name)
{
	const struct modprobed *conf = &audit->machine->conf;
	const char *module = audit->module->name;
	const struct modprobed_line *install = modprobed_find(conf, MODPROBED_INSTALL, module);
	const struct modprobed_line *blacklist = modprobed_find(conf, MODPROBED_BLACKLIST, module);
	enum policy_tristate open = POLICY_NO;
	char *by;

	if (!asked) {
		by = xstrdup(nobody);
	} else if (blacklist && !by_name) {
		by = say(_("blacklisted by %s:%u"), blacklist->file, blacklist->line);
	} else if (install) {
		open = modprobed_is_masked(conf, module) ? POLICY_NO : POLICY_UNKNOWN;
		by = say(_("%s:%u runs \"%s\" instead"), install->file, install->line, install->rest);
	} else {
		open = POLICY_YES;
		by = xstrdup(asked);
	}
	add(audit->roads, name, open, by)->loads = true;
	free(asked);
}

static void add_presence(struct audit *audit)
{
	const struct module *module = audit->module;

	add(audit->roads, "loaded", module->loaded ? POLICY_YES : POLICY_NO,
	    xstrdup(module->loaded ? "proc/modules" : NULL));
	add(audit->roads, "builtin",
	    module->state == MODULE_BUILTIN ? POLICY_YES : POLICY_NO, NULL);
}

static bool has_file(const struct module *module)
{
	return module->indexed && module->index_state == MODULE_DISK;
}

static void add_explicit(struct audit *audit)
{
	const struct module *module = audit->module;
	bool file = has_file(module);

	add_asked(audit, "command", file ? say("modprobe %s", module->name) : NULL,
		  _("depmod's index has no file of it"), true);
	/* insmod reads no configuration. */
	add(audit->roads, "file", file ? POLICY_YES : POLICY_UNKNOWN,
	    file ? say("insmod %s", module->path) : xstrdup(_("any file that contains it")))->loads = true;
}

/* What it answers to: its own aliases, and those that modprobe.d gives it. */
static void collect_aliases(const struct audit *audit, struct strv *aliases)
{
	const struct modprobed *conf = &audit->machine->conf;
	const struct info *info;
	size_t i;

	for (i = 0; i < conf->n; i++)
		if (conf->v[i].kind == MODPROBED_ALIAS &&
		    util_name_equal(conf->v[i].rest, audit->module->name))
			strv_push(aliases, conf->v[i].name);
	if (!audit->n_infos)
		return;
	info = &audit->infos[0];
	for (i = 0; i < info->n; i++)
		if (!strcmp(info->fields[i].key, "alias"))
			strv_push(aliases, info->fields[i].value);
}

static void add_alias(struct audit *audit)
{
	struct strv aliases = STRV_INIT, devices = STRV_INIT;
	char *asked = NULL, *names;

	collect_aliases(audit, &aliases);
	autoload_read_devices(audit->machine->root, &aliases, &devices);
	if (devices.n) {
		names = names_join(&devices);
		asked = say(_("device %s"), names);
		free(names);
	} else if (aliases.n) {
		asked = say(_("%zu aliases, no device that is here now"), aliases.n);
	}
	add_asked(audit, "alias", asked, _("it has no aliases"), false);
	strv_release(&aliases);
	strv_release(&devices);
}

/* Those that need it directly and can be loaded themselves. */
static void add_users(struct audit *audit, const char *name, enum deptree_kind kind, const char *nobody)
{
	const struct machine *machine = audit->machine;
	struct deptree_rows rows = DEPTREE_ROWS_INIT;
	struct strv users = STRV_INIT;
	size_t i;

	deptree_walk(&machine->tree, audit->module->name, true, &rows);
	for (i = 0; i < rows.n; i++)
		if (!rows.v[i].depth && rows.v[i].kind == kind &&
		    !modprobed_is_masked(&machine->conf, rows.v[i].name))
			strv_push(&users, rows.v[i].name);
	add_asked(audit, name, users.n ? names_join(&users) : NULL, nobody, true);
	strv_release(&users);
	deptree_rows_release(&rows);
}

static void add_boot(struct audit *audit)
{
	static const char *const params[] = { "modules_load", "rd.modules_load", "modules-load" };
	const struct root *root = audit->machine->root;
	const char *name = audit->module->name;
	struct strv places = STRV_INIT;
	char *text;
	size_t i;

	autoload_read_boot(root, name, &places);
	for (i = 0; i < ARRAY_SIZE(params); i++) {
		if (!autoload_read_cmdline(root, params[i], name))
			continue;
		text = say("proc/cmdline %s=", params[i]);
		strv_push(&places, text);
		free(text);
	}
	add_asked(audit, "boot", places.n ? names_join(&places) : NULL,
		  _("no modules-load.d file names it, nor does the kernel command line"), false);
	strv_release(&places);
}

static void add_initramfs(struct audit *audit)
{
	char *by;
	enum policy_tristate open = image_road(audit->machine->root, audit->module->name, &by);

	add(audit->roads, "initramfs", open, by)->loads = true;
}

static bool is_locked_down(const struct policy *policy)
{
	return policy->lockdown && strcmp(policy->lockdown, "none");
}

/* Both ask for a signature; whether the kernel knows its key shows only when it is loaded. */
static void add_signature(struct audit *audit)
{
	const struct policy *policy = &audit->policy;
	const struct info *info = audit->n_infos ? &audit->infos[0] : NULL;
	const char *signer = info ? info_find(info, "signer") : NULL;
	const char *why = is_locked_down(policy) ? "lockdown" : "sig_enforce";

	if (!is_locked_down(policy) && policy->sig_enforce == POLICY_NO)
		add_gate(audit, "signature", POLICY_YES, xstrdup(_("signatures are not required")));
	else if (!is_locked_down(policy) && policy->sig_enforce != POLICY_YES)
		add_gate(audit, "signature", POLICY_UNKNOWN, NULL);
	else if (!info)
		add_gate(audit, "signature", POLICY_UNKNOWN, say(_("%s asks for one"), why));
	else if (!signer)
		add_gate(audit, "signature", POLICY_NO, say(_("%s asks for one, and it has none"), why));
	else
		add_gate(audit, "signature", POLICY_UNKNOWN,
			 say(_("%s asks for one; it is signed by %s, which the kernel must know"), why, signer));
}

static void add_gates(struct audit *audit)
{
	bool named = autoload_read_cmdline(audit->machine->root, "module_blacklist", audit->module->name);
	enum policy_tristate disabled = audit->policy.modules_disabled;

	add_gate(audit, "module_blacklist",
		 named ? POLICY_NO : audit->machine->root->live ? POLICY_YES : POLICY_UNKNOWN,
		 xstrdup(named ? "proc/cmdline module_blacklist=" : NULL));
	add_gate(audit, "modules_disabled",
		 disabled == POLICY_UNKNOWN ? disabled : disabled == POLICY_YES ? POLICY_NO : POLICY_YES,
		 xstrdup(disabled == POLICY_YES ? "proc/sys/kernel/modules_disabled" : NULL));
	add_signature(audit);
}

void roads_read(const struct machine *machine, const struct module *module, struct roads *roads)
{
	struct audit audit = { .machine = machine, .module = module, .roads = roads };
	size_t i;

	host_read_policy(machine->root, &audit.policy);
	kmod_info_read(machine->lib, module->name, &audit.infos, &audit.n_infos);
	add_presence(&audit);
	if (module->state != MODULE_BUILTIN) {
		add_explicit(&audit);
		add_alias(&audit);
		add_users(&audit, "dependency", DEPTREE_HARD, _("no module that can be loaded needs it"));
		add_users(&audit, "softdep", DEPTREE_SOFT, _("no soft dependency leads to it"));
		add_users(&audit, "weakdep", DEPTREE_WEAK, _("no weak dependency leads to it"));
		add_boot(&audit);
		add_initramfs(&audit);
		add_gates(&audit);
	}
	for (i = 0; i < audit.n_infos; i++)
		info_release(&audit.infos[i]);
	free(audit.infos);
	policy_release(&audit.policy);
}

enum policy_tristate roads_open(const struct roads *roads, const char *but)
{
	enum policy_tristate open = POLICY_NO;
	bool doubt = false;
	size_t i;

	for (i = 0; i < roads->n; i++) {
		if (roads->v[i].gate && roads->v[i].open == POLICY_NO)
			return POLICY_NO;
		doubt = doubt || (roads->v[i].gate && roads->v[i].open == POLICY_UNKNOWN);
		if (!roads->v[i].loads || (but && !strcmp(roads->v[i].name, but)))
			continue;
		if (roads->v[i].open == POLICY_YES)
			open = POLICY_YES;
		else if (roads->v[i].open == POLICY_UNKNOWN && open == POLICY_NO)
			open = POLICY_UNKNOWN;
	}
	return doubt && open == POLICY_YES ? POLICY_UNKNOWN : open;
}

const char *roads_verdict(const struct module *module, const struct roads *roads)
{
	if (module->state == MODULE_BUILTIN)
		return _("It is part of the kernel: it is there from the start, and nothing of this keeps it out.");
	if (module->loaded)
		return roads_open(roads, NULL) == POLICY_NO ?
		       _("It is loaded now; once it is unloaded, no road leads back.") :
		       _("It is loaded now.");
	switch (roads_open(roads, NULL)) {
	case POLICY_YES:
		if (roads_open(roads, "file") == POLICY_NO)
			return _("Only who names its file can load it (insmod); to keep that out too, put "
				 "module_blacklist= on the kernel command line.");
		return _("It can be loaded.");
	case POLICY_NO:
		return _("It can not be loaded.");
	default:
		return _("Whether it can be loaded is not known.");
	}
}
