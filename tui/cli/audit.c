/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/audit.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/gatewords.h"
#include "cli/image.h"
#include "cli/machine.h"
#include "cli/reach.h"
#include "cli/roads.h"
#include "cli/say.h"
#include "kernel/host.h"
#include "kernel/kmod_fate.h"
#include "kernel/kmod_info.h"
#include "kernel/kmod_which.h"
#include "kernel/root.h"
#include "model/info.h"

/* So many devices or modules a line names. */
#define NAMES_MAX 4

/* The audit of one module. */
struct subject {
	const struct audit *audit;
	const struct module *module;
	const struct info *info;	/* its fields; NULL: not known */
	struct roads *roads;
	enum policy_tristate fate;	/* whether it is loaded when its turn comes, whoever asks */
	char *why_not;			/* what stands in the way; NULL: nothing */
};

/* Which modules each one asks for, once for all audits. */
static void resolve(const struct machine *machine, struct autoload *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		kmod_which_read(machine->lib, list->v[i].what, &list->v[i].modules);
}

void audit_begin(struct audit *audit, const struct machine *machine)
{
	size_t i;

	memset(audit, 0, sizeof(*audit));
	audit->machine = machine;
	host_read_policy(machine->root, &audit->policy);
	gates_read(&audit->gates, machine->root);
	autoload_read_devices(machine->root, &audit->devices);
	resolve(machine, &audit->devices);
	autoload_read_boot(machine->root, &audit->boot);
	resolve(machine, &audit->boot);
	bootimage_read(&audit->image, machine->root);
	for (i = 0; i < machine->conf.n; i++) {
		audit->has_installs |= machine->conf.v[i].kind == MODPROBED_INSTALL;
		audit->has_aliases |= machine->conf.v[i].kind == MODPROBED_ALIAS;
	}
}

void audit_end(struct audit *audit)
{
	bootimage_release(&audit->image);
	autoload_release(&audit->boot);
	autoload_release(&audit->devices);
	gates_release(&audit->gates);
	policy_release(&audit->policy);
}

static const struct modprobed *conf_of(const struct subject *subject)
{
	return &subject->audit->machine->conf;
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

static bool has_name(const struct strv *names, const char *name)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		if (util_name_equal(names->v[i], name))
			return true;
	return false;
}

/* What modprobe.blacklist= says with a dash names no module, and whoever wrote it should know. */
static char *misspelled(const struct subject *subject, const char *asked)
{
	const struct modprobed *conf = conf_of(subject);
	const char *name = subject->module->name;
	size_t i;

	for (i = 0; i < conf->n; i++)
		if (conf->v[i].kind == MODPROBED_BLACKLIST && util_name_equal(conf->v[i].name, name))
			return say(_("%s; modprobe.blacklist=%s does not name it: modprobe compares with \"%s\""), asked,
				   conf->v[i].name, name);
	return xstrdup(asked);
}

/*
 * A road on which somebody asks for the module.  @asked, taken over, says who asks; NULL: nobody, because @nobody.  A
 * blacklist stops only those that do not name the module.
 */
static void add_asked(struct subject *subject, const char *name, char *asked, const char *nobody, bool by_name)
{
	const struct modprobed_line *blacklist =
		by_name ? NULL : modprobed_find(conf_of(subject), MODPROBED_BLACKLIST, subject->module->name);
	enum policy_tristate open = POLICY_NO;
	char *by;

	if (!asked) {
		by = xstrdup(nobody);
	} else if (blacklist) {
		by = say(_("blacklisted by /%s:%u"), blacklist->file, blacklist->line);
	} else {
		open = subject->fate;
		by = open != POLICY_YES ? xstrdup(subject->why_not) :
		     by_name ? xstrdup(asked) : misspelled(subject, asked);
	}
	roads_add(subject->roads, name, open, by)->loads = true;
	free(asked);
}

static void add_presence(struct subject *subject)
{
	const struct module *module = subject->module;

	roads_add(subject->roads, "loaded", module->loaded ? POLICY_YES : POLICY_NO,
		  xstrdup(module->loaded ? "/proc/modules" : NULL));
	roads_add(subject->roads, "builtin", module->state == MODULE_BUILTIN ? POLICY_YES : POLICY_NO, NULL);
}

static bool has_file(const struct module *module)
{
	return module->indexed && module->index_state == MODULE_DISK;
}

/* An alias of modprobe.d takes the place of the module it is called like. */
static char *led_elsewhere(const struct subject *subject)
{
	const struct modprobed_line *alias = modprobed_find(conf_of(subject), MODPROBED_ALIAS, subject->module->name);

	if (!alias)
		return xstrdup(_("modprobe finds no module of this name"));
	return say(_("/%s:%u makes %s an alias of %s"), alias->file, alias->line, alias->name, alias->rest);
}

/* A softened install line is worth a word: whoever wrote it thinks it holds. */
static char *command_text(const struct subject *subject)
{
	const char *name = subject->module->name;
	const struct modprobed_line *install = modprobed_find(conf_of(subject), MODPROBED_INSTALL, name);

	if (!install)
		return say("modprobe %s", name);
	return say(_("modprobe %s; its soft dependencies switch /%s:%u off"), name, install->file, install->line);
}

/* A file may be called otherwise than the module in it, and an alias of modprobe.d lead from the one name to the other. */
static enum policy_tristate file_by_alias(const struct subject *subject, char **by)
{
	struct kmod_lib *lib = subject->audit->machine->lib;
	const char *name = subject->module->name, *inside;
	enum policy_tristate open = POLICY_NO;
	struct info *infos = NULL;
	size_t i, n = 0;

	kmod_info_probe(lib, name, &infos, &n);
	for (i = 0; i < n; i++) {
		inside = info_find(&infos[i], "name");
		if (inside && util_name_equal(inside, name) && open == POLICY_NO) {
			open = kmod_fate_read(lib, infos[i].name) == KMOD_FATE_LOAD ? POLICY_YES : POLICY_UNKNOWN;
			*by = say(_("modprobe %s loads %s, which has it inside"), name, infos[i].name);
		}
		info_release(&infos[i]);
	}
	free(infos);
	if (open == POLICY_NO)
		*by = xstrdup(_("depmod's index has no file of it"));
	return open;
}

static void add_command(struct subject *subject)
{
	enum policy_tristate open = POLICY_NO;
	char *by = NULL;

	if (!has_file(subject->module))
		open = file_by_alias(subject, &by);
	else if (!reach_by_name(subject->audit->machine, subject->module->name))
		by = led_elsewhere(subject);
	else
		open = subject->fate;
	if (!by)
		by = open == POLICY_YES ? command_text(subject) : xstrdup(subject->why_not);
	roads_add(subject->roads, "command", open, by)->loads = true;
}

/* insmod reads no configuration. */
static void add_file(struct subject *subject)
{
	bool file = has_file(subject->module);

	roads_add(subject->roads, "file", file ? POLICY_YES : POLICY_UNKNOWN,
		  file ? say("insmod %s", subject->module->path) : xstrdup(_("any file that contains it")))->loads = true;
}

/* Aliases of modprobe.d come first, and then those of the modules do not count. */
static bool leads_here(const struct subject *subject, const char *alias)
{
	struct strv names = STRV_INIT;
	char *example;
	bool here;

	if (!subject->audit->has_aliases)
		return true;
	example = autoload_example(alias);
	kmod_which_read(subject->audit->machine->lib, example, &names);
	free(example);
	here = has_name(&names, subject->module->name);
	strv_release(&names);
	return here;
}

static void keep_alias(const struct subject *subject, const char *alias, bool device, struct strv *aliases)
{
	if (autoload_is_device(alias) == device && leads_here(subject, alias))
		strv_push(aliases, alias);
}

/* What it answers to: its own aliases, and those that modprobe.d gives it. */
static void collect_aliases(const struct subject *subject, bool device, struct strv *aliases)
{
	const struct modprobed *conf = conf_of(subject);
	const struct info *info = subject->info;
	size_t i;

	for (i = 0; i < conf->n; i++)
		if (conf->v[i].kind == MODPROBED_ALIAS && util_name_equal(conf->v[i].rest, subject->module->name))
			keep_alias(subject, conf->v[i].name, device, aliases);
	for (i = 0; info && i < info->n; i++)
		if (!strcmp(info->fields[i].key, "alias"))
			keep_alias(subject, info->fields[i].value, device, aliases);
}

static void collect_requests(const struct autoload *list, const char *name, struct strv *by)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (has_name(&list->v[i].modules, name))
			strv_push(by, list->v[i].by);
}

static void add_alias(struct subject *subject)
{
	struct strv aliases = STRV_INIT, devices = STRV_INIT;
	char *asked = NULL, *names;

	collect_aliases(subject, true, &aliases);
	collect_requests(&subject->audit->devices, subject->module->name, &devices);
	if (devices.n) {
		names = names_join(&devices);
		asked = say(_("device %s"), names);
		free(names);
	} else if (aliases.n) {
		asked = say(_("%zu aliases, no device that is here now"), aliases.n);
	}
	add_asked(subject, "alias", asked, _("it has no aliases of devices"), false);
	strv_release(&aliases);
	strv_release(&devices);
}

/* The kernel asks the program kernel.modprobe; udev, for devices, does not. */
static void add_request(struct subject *subject)
{
	const struct gates *gates = &subject->audit->gates;
	struct strv aliases = STRV_INIT;
	enum policy_tristate answer;
	struct road *road;
	char *why;

	collect_aliases(subject, false, &aliases);
	answer = gatewords_request(gates, &why);
	add_asked(subject, "request", aliases.n ? names_join(&aliases) : NULL,
		  _("it has no alias by which the kernel asks"), false);
	road = &subject->roads->v[subject->roads->n - 1];
	if (road->open != POLICY_NO && answer != POLICY_YES) {
		road->open = answer;
		free(road->by);
		road->by = xstrdup(why);
	}
	free(why);
	strv_release(&aliases);
}

/* Whether loading @user brings the module in: what is masked or fails before its turn stops that, what comes after not. */
static bool brings(const struct subject *subject, const char *user, enum deptree_kind kind)
{
	const struct machine *machine = subject->audit->machine;

	if (kind == DEPTREE_WEAK)
		return true;
	if (kind == DEPTREE_HARD && !subject->audit->has_installs)
		return modtable_find(&machine->table, user);
	return reach_through(machine, user, subject->module->name) ||
	       (kind == DEPTREE_SOFT && reach_by_aliases(machine, user, subject->module->name));
}

static void add_users(struct subject *subject, const char *name, enum deptree_kind kind, const char *nobody)
{
	const struct machine *machine = subject->audit->machine;
	struct deptree_rows rows = DEPTREE_ROWS_INIT;
	struct strv users = STRV_INIT;
	size_t i;

	deptree_walk(&machine->tree, subject->module->name, true, &rows);
	for (i = 0; i < rows.n; i++)
		if (!rows.v[i].depth && rows.v[i].kind == kind && brings(subject, rows.v[i].name, kind))
			strv_push(&users, rows.v[i].name);
	add_asked(subject, name, users.n ? names_join(&users) : NULL, nobody, true);
	strv_release(&users);
	deptree_rows_release(&rows);
}

static void add_boot(struct subject *subject)
{
	struct strv places = STRV_INIT;

	collect_requests(&subject->audit->boot, subject->module->name, &places);
	add_asked(subject, "boot", places.n ? names_join(&places) : NULL,
		  _("no modules-load.d file names it, nor does the kernel command line"), false);
	strv_release(&places);
}

static void add_initramfs(struct subject *subject)
{
	char *by;
	enum policy_tristate open = image_road(&subject->audit->image, subject->audit->machine->root,
					       subject->module->name, &by);

	roads_add(subject->roads, "initramfs", open, by)->loads = true;
}

static void add_roads(struct subject *subject)
{
	add_command(subject);
	add_file(subject);
	add_alias(subject);
	add_request(subject);
	add_users(subject, "dependency", DEPTREE_HARD, _("no module that can be loaded needs it"));
	add_users(subject, "softdep", DEPTREE_SOFT, _("no soft dependency leads to it"));
	add_users(subject, "weakdep", DEPTREE_WEAK, _("no weak dependency leads to it"));
	add_boot(subject);
	add_initramfs(subject);
}

void audit_read(const struct audit *audit, const struct module *module, struct roads *roads)
{
	struct subject subject = { .audit = audit, .module = module, .roads = roads };
	struct info *infos = NULL;
	size_t i, n = 0;

	kmod_info_read(audit->machine->lib, module->name, &infos, &n);
	subject.info = n ? &infos[0] : NULL;
	add_presence(&subject);
	if (module->state != MODULE_BUILTIN) {
		subject.fate = reach_itself(audit->machine, module->name, &subject.why_not);
		add_roads(&subject);
	}
	gatewords_add(audit, module, subject.info, roads);
	for (i = 0; i < n; i++)
		info_release(&infos[i]);
	free(infos);
	free(subject.why_not);
}
