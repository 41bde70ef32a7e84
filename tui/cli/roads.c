/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/roads.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/say.h"
#include "model/module.h"

void roads_release(struct roads *roads)
{
	size_t i;

	for (i = 0; i < roads->n; i++)
		free(roads->v[i].by);
	free(roads->v);
	memset(roads, 0, sizeof(*roads));
}

struct road *roads_add(struct roads *roads, const char *name, enum policy_tristate open, char *by)
{
	if (roads->n == roads->size) {
		roads->size = roads->size ? 2 * roads->size : 16;
		roads->v = xrealloc(roads->v, roads->size, sizeof(*roads->v));
	}
	roads->v[roads->n] = (struct road){ name, false, false, open, by };
	return &roads->v[roads->n++];
}

bool roads_is_name(const char *name)
{
	static const char *const names[] = {
		"command", "file", "alias", "request", "dependency", "softdep", "weakdep", "boot", "initramfs",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

static bool is_left_out(const char *name, const char *but)
{
	const char *end = but ? but + strlen(but) : NULL, *word;
	size_t len;

	while (but && parse_token(&but, end, ",", &word, &len))
		if (strlen(name) == len && !memcmp(name, word, len))
			return true;
	return false;
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
		if (!roads->v[i].loads || is_left_out(roads->v[i].name, but))
			continue;
		if (roads->v[i].open == POLICY_YES)
			open = POLICY_YES;
		else if (roads->v[i].open == POLICY_UNKNOWN && open == POLICY_NO)
			open = POLICY_UNKNOWN;
	}
	return doubt && open == POLICY_YES ? POLICY_UNKNOWN : open;
}

/* A built-in module is there whatever modprobe is told; only its init function may have been passed over. */
static char *builtin_verdict(const char *name, const struct roads *roads)
{
	size_t i;

	for (i = 0; i < roads->n; i++)
		if (roads->v[i].gate && roads->v[i].open == POLICY_UNKNOWN)
			return say(_("%s is part of the kernel; whether initcall_blacklist= kept it from starting is not known."),
				   name);
	return say(_("%s is part of the kernel: it is there from the start, and no configuration keeps it out."), name);
}

static char *open_verdict(const char *name, const struct roads *roads, const char *but)
{
	if (!but && roads_open(roads, "file") == POLICY_NO)
		return say(_("%s can only be loaded with insmod; to block that as well, add module_blacklist=%s to the "
			     "kernel command line."), name, name);
	return say(_("%s can be loaded."), name);
}

char *roads_verdict(const struct module *module, const struct roads *roads, const char *but)
{
	enum policy_tristate open = roads_open(roads, but);
	const char *name = module->name;

	if (module->state == MODULE_BUILTIN)
		return builtin_verdict(name, roads);
	if (module->loaded)
		return open == POLICY_NO ? say(_("%s is loaded now; once unloaded it cannot be loaded again."), name) :
					   say(_("%s is loaded now."), name);
	if (open == POLICY_YES)
		return open_verdict(name, roads, but);
	if (open == POLICY_NO && but && roads_open(roads, NULL) != POLICY_NO)
		return say(_("No road that counts leads to %s."), name);
	return open == POLICY_NO ? say(_("%s cannot be loaded."), name) :
				   say(_("Whether %s can be loaded is not known."), name);
}
