/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/mask.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/confchange.h"
#include "cli/facts.h"
#include "cli/say.h"
#include "kernel/modindex.h"
#include "kernel/modprobed.h"
#include "kernel/procmods.h"
#include "model/confedit.h"

struct names {
	char **v;
	int n;
};

static char *edit_all(const char *text, const struct names *names,
		      char *(*edit)(const char *text, const char *module))
{
	char *now = xstrdup(text), *next;
	int i;

	for (i = 0; i < names->n; i++) {
		next = edit(now, names->v[i]);
		free(now);
		now = next;
	}
	return now;
}

static char *edit_mask(const char *text, const void *arg)
{
	return edit_all(text, arg, confedit_mask);
}

static char *edit_unmask(const char *text, const void *arg)
{
	return edit_all(text, arg, confedit_unmask);
}

/* A pattern or a path would write a line that means something else. */
static bool names_valid(struct confchange *change, struct names *names)
{
	bool valid = true;
	int i;

	for (i = 0; i < names->n; i++) {
		if (!util_name_valid(names->v[i])) {
			confchange_fail(change, names->v[i], STATUS_USAGE,
					xstrdup(_("This is not the name of a module. Nothing was changed.")));
			valid = false;
		}
		util_name_normalize(names->v[i]);
	}
	return valid;
}

/* What the mask of a module means now: it is there, built in, or not known at all. */
static void remark_state(struct confchange *change, const char *name)
{
	struct modlist live = MODLIST_INIT, index = MODLIST_INIT;
	const struct module *known;

	if (change->cli->root.live)
		procmods_read(&change->cli->root, &live);
	modindex_read(&change->cli->root, &index);
	known = facts_find_live(&index, name);
	if (facts_find_live(&live, name))
		confchange_remark(change, name,
				  xstrdup(_("It is loaded and stays so until it is unloaded.")));
	else if (!known)
		confchange_remark(change, name,
				  xstrdup(_("No module of this kernel has that name; the mask waits for one.")));
	else if (known->index_state == MODULE_BUILTIN)
		confchange_remark(change, name,
				  xstrdup(_("It is built into the kernel, where no mask keeps it away.")));
	modlist_release(&index);
	modlist_release(&live);
}

/* The first install line of all files decides, and ours may not be that. */
static void remark_line(struct confchange *change, const struct modprobed *conf, const char *name,
			bool wanted)
{
	const struct modprobed_line *line = modprobed_find(conf, MODPROBED_INSTALL, name);

	if (modprobed_is_masked(conf, name) == wanted || !line)
		return;
	confchange_remark(change, name,
			  wanted ? say(_("/%s, line %u, comes first and wins: modprobe runs \"%s\"."),
				       line->file, line->line, line->rest) :
				   say(_("It is still masked, by /%s, line %u, which is not ours to change."),
				       line->file, line->line));
}

static void remark(struct confchange *change, const struct names *names, bool masked)
{
	struct modprobed conf = MODPROBED_INIT;
	int i;

	if (change->status)
		return;
	modprobed_read(&conf, &change->cli->root);
	for (i = 0; i < names->n; i++) {
		if (masked)
			remark_state(change, names->v[i]);
		if (!change->cli->options->dry_run)
			remark_line(change, &conf, names->v[i], masked);
	}
	modprobed_release(&conf);
	confchange_warn_image(change, names->v, (size_t)names->n);
}

enum status mask_run(struct cli *cli, int argc, char **argv, bool masked)
{
	struct names names = { argv, argc };
	struct confchange_edit edit = {
		CONFEDIT_MODPROBE, masked ? edit_mask : edit_unmask, &names
	};
	struct confchange change;

	confchange_begin(&change, cli);
	if (names_valid(&change, &names)) {
		confchange_run(&change, &edit);
		remark(&change, &names, masked);
	}
	return confchange_end(&change);
}
