/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/mask.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/confchange.h"
#include "cli/facts.h"
#include "cli/say.h"
#include "kernel/kmod_fate.h"
#include "kernel/kmod_lib.h"
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

/* A line that modprobe reads before ours, which it takes in the order of the names of their files. */
static bool comes_first(const struct modprobed_line *line)
{
	const char *slash = line ? strrchr(line->file, '/') : NULL, *ours = strrchr(CONFEDIT_MODPROBE, '/');

	return slash && strcmp(slash, ours) < 0;
}

/* Which line keeps the mask of @name from holding; NULL: none that is known. */
static char *defeat(const struct modprobed *conf, const char *name, bool written)
{
	const struct modprobed_line *install = modprobed_find(conf, MODPROBED_INSTALL, name);
	const struct modprobed_line *softdep = modprobed_find(conf, MODPROBED_SOFTDEP, name);

	if (install && !modprobed_install_masks(conf, name) && (written || comes_first(install)))
		return say(_("%s cannot be masked: /%s, line %u, comes first and wins: modprobe runs \"%s\". Take that line "
			     "out. Nothing was changed."), name, install->file, install->line, install->rest);
	if (modprobed_has_needs(softdep) && (written || comes_first(softdep)))
		return say(_("%s cannot be masked: /%s, line %u, gives it soft dependencies, and modprobe ignores the install "
			     "line of such a module. Take that line out, or put module_blacklist=%s on the kernel command "
			     "line. Nothing was changed."), name, softdep->file, softdep->line, name);
	return NULL;
}

/* It is libkmod that says whether modprobe would still load the module. */
static bool holds(struct kmod_lib *lib, const struct modprobed *conf, const char *name)
{
	return kmod_fate_is_masked(lib, conf, name) || kmod_fate_read(lib, name) == KMOD_FATE_BUILTIN;
}

static int fail_mask(struct confchange *change, const char *name, char *sentence)
{
	if (!sentence)
		sentence = say(_("%s cannot be masked: this version of modprobe ignores install lines for it, since it has "
				 "soft dependencies. Put module_blacklist=%s on the kernel command line. Nothing was changed."),
			       name, name);
	confchange_fail(change, NULL, STATUS_FAILED, sentence);
	return -ENOTSUP;
}

static int check_mask(struct confchange *change, const void *arg)
{
	struct modprobed conf = MODPROBED_INIT;
	const struct names *names = arg;
	struct kmod_lib *lib = NULL;
	int i, err = 0;

	modprobed_read(&conf, &change->cli->root);
	kmod_lib_open(&lib, &change->cli->root);
	for (i = 0; i < names->n; i++)
		if (!holds(lib, &conf, names->v[i]))
			err = fail_mask(change, names->v[i], defeat(&conf, names->v[i], true));
	kmod_lib_close(lib);
	modprobed_release(&conf);
	return err;
}

/* Of a plan libkmod cannot be asked: there is no file yet. */
static void foresee(struct confchange *change, const struct modprobed *conf, const char *name)
{
	char *sentence = defeat(conf, name, false);

	if (sentence)
		fail_mask(change, name, sentence);
}

/* Somebody else's mask is not ours to take away. */
static void remark_others(struct confchange *change, struct kmod_lib *lib, const struct modprobed *conf,
			  const char *name)
{
	const struct modprobed_line *line = modprobed_find(conf, MODPROBED_INSTALL, name);

	if (line && kmod_fate_is_masked(lib, conf, name))
		confchange_remark(change, name, say(_("It is still masked, by /%s, line %u, which is not ours to change."),
						    line->file, line->line));
}

static void remark(struct confchange *change, const struct names *names, bool masked)
{
	struct modprobed conf = MODPROBED_INIT;
	struct kmod_lib *lib = NULL;
	int i;

	if (change->status)
		return;
	modprobed_read(&conf, &change->cli->root);
	kmod_lib_open(&lib, &change->cli->root);
	for (i = 0; i < names->n; i++) {
		if (masked && change->cli->options->dry_run)
			foresee(change, &conf, names->v[i]);
		if (masked)
			remark_state(change, names->v[i]);
		else if (!change->cli->options->dry_run)
			remark_others(change, lib, &conf, names->v[i]);
	}
	kmod_lib_close(lib);
	modprobed_release(&conf);
	confchange_warn_image(change, names->v, (size_t)names->n);
}

enum status mask_run(struct cli *cli, int argc, char **argv, bool masked)
{
	struct names names = { argv, argc };
	struct confchange_edit edit = {
		CONFEDIT_MODPROBE, masked ? edit_mask : edit_unmask, &names, masked ? check_mask : NULL
	};
	struct confchange change;

	confchange_begin(&change, cli);
	if (names_valid(&change, &names)) {
		confchange_run(&change, &edit);
		remark(&change, &names, masked);
	}
	return confchange_end(&change);
}
