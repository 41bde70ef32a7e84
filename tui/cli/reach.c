/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/reach.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/machine.h"
#include "cli/say.h"
#include "kernel/autoload.h"
#include "kernel/kmod_deps.h"
#include "kernel/kmod_fate.h"
#include "model/plan.h"

/* The live modules without @but and @nor: as if these were not there. */
static void live_but(const struct machine *machine, const char *but, const char *nor, struct modlist *live)
{
	const struct module *module;
	size_t i;

	for (i = 0; i < machine->table.n; i++) {
		module = machine->table.rows[i];
		if (module->loaded && strcmp(module->name, but) && strcmp(module->name, nor))
			modlist_push(live, module->name, strlen(module->name));
	}
}

static bool is_step_of(const struct plan_step *step, const char *name)
{
	return util_name_equal(step->name, name);
}

static char *tell_install(const struct machine *machine, const struct plan_step *step, bool own)
{
	const struct modprobed_line *line = modprobed_find(&machine->conf, MODPROBED_INSTALL, step->name);

	if (!line)
		return say(_("the configuration has \"%s\" run instead of loading %s"), step->detail, step->name);
	if (own)
		return say(_("/%s:%u runs \"%s\" instead"), line->file, line->line, line->rest);
	return say(_("it needs %s, and /%s:%u runs \"%s\" instead of that"), step->name, line->file, line->line, line->rest);
}

/* What a step that the module cannot do without makes of it; YES: nothing. */
static enum policy_tristate judge(const struct machine *machine, const struct plan_step *step, bool own, char **why_not)
{
	if (step->verb == PLAN_MISSING) {
		*why_not = own ? xstrdup(_("there is no file of it")) :
				 say(_("it needs %s, and there is no file of that"), step->name);
		return POLICY_NO;
	}
	if (step->verb != PLAN_INSTALL_COMMAND &&
	    (step->verb != PLAN_LOAD || !kmod_fate_is_masked(machine->lib, &machine->conf, step->name)))
		return POLICY_YES;
	*why_not = tell_install(machine, step, own);
	return modprobed_install_masks(&machine->conf, step->name) ? POLICY_NO : POLICY_UNKNOWN;
}

enum policy_tristate reach_itself(const struct machine *machine, const char *name, char **why_not)
{
	enum policy_tristate open = POLICY_YES;
	struct modlist live = MODLIST_INIT;
	struct plan plan = PLAN_INIT;
	size_t i;

	*why_not = NULL;
	live_but(machine, name, name, &live);
	kmod_deps_plan_itself(machine->lib, name, &live, &plan);
	for (i = 0; i < plan.n && open == POLICY_YES; i++) {
		if (!plan.v[i].soft)
			open = judge(machine, &plan.v[i], is_step_of(&plan.v[i], name), why_not);
		if (is_step_of(&plan.v[i], name))
			break;
	}
	plan_release(&plan);
	modlist_release(&live);
	return open;
}

bool reach_by_name(const struct machine *machine, const char *name)
{
	const struct modlist none = MODLIST_INIT;
	struct plan plan = PLAN_INIT;
	bool found;

	kmod_deps_plan_load(machine->lib, name, NULL, &none, &plan);
	found = plan_find(&plan, name);
	plan_release(&plan);
	return found;
}

/* modprobe goes on behind a command that succeeds, and behind a failure it can do without. */
static bool stops(const struct machine *machine, const struct plan_step *step)
{
	const struct modprobed_line *line;
	size_t len;

	if (step->soft || step->verb != PLAN_INSTALL_COMMAND)
		return !step->soft && step->verb == PLAN_MISSING;
	line = modprobed_find(&machine->conf, MODPROBED_INSTALL, step->name);
	len = line ? strlen(line->rest) : 0;
	return len >= 6 && !strcmp(line->rest + len - 6, "/false");
}

bool reach_through(const struct machine *machine, const char *user, const char *name)
{
	struct modlist live = MODLIST_INIT;
	struct plan plan = PLAN_INIT;
	bool found = false;
	size_t i;

	live_but(machine, name, user, &live);
	kmod_deps_plan_load(machine->lib, user, NULL, &live, &plan);
	for (i = 0; i < plan.n && !found; i++) {
		found = is_step_of(&plan.v[i], name);
		if (!found && stops(machine, &plan.v[i]))
			break;
	}
	plan_release(&plan);
	modlist_release(&live);
	return found;
}

bool reach_by_aliases(const struct machine *machine, const char *user, const char *name)
{
	const struct modprobed *conf = &machine->conf;
	bool found = false;
	char *example;
	size_t i;

	for (i = 0; i < conf->n && !found; i++) {
		if (conf->v[i].kind != MODPROBED_ALIAS || !util_name_equal(conf->v[i].rest, user))
			continue;
		example = autoload_example(conf->v[i].name);
		found = reach_through(machine, example, name);
		free(example);
	}
	return found;
}
