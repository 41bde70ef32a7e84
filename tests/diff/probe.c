/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 *	probe MODULE-DIRECTORY CONFIGURATION NAME...	what modprobe -n -v would print, asked of the libkmod this
 *							program is linked with, or of what is preloaded before it
 */
#include <libkmod.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static void print(struct kmod_module *mod, bool install, const char *options)
{
	const char *path = kmod_module_get_path(mod);

	if (install)
		printf("install %s %s\n", kmod_module_get_install_commands(mod), options);
	else if (path)
		printf("insmod %s %s\n", path, options);
}

static int probe(struct kmod_ctx *ctx, const char *name)
{
	struct kmod_list *list = NULL, *entry;
	struct kmod_module *mod;
	int err;

	err = kmod_module_new_from_lookup(ctx, name, &list);
	kmod_list_foreach(entry, list) {
		mod = kmod_module_get_module(entry);
		err = kmod_module_probe_insert_module(mod, KMOD_PROBE_DRY_RUN, NULL, NULL, NULL, print);
		kmod_module_unref(mod);
	}
	kmod_module_unref_list(list);
	return err;
}

int main(int argc, char **argv)
{
	const char *config[] = { argc > 2 ? argv[2] : NULL, NULL };
	struct kmod_ctx *ctx;
	int i, err = 0;

	if (argc < 4) {
		fprintf(stderr, "probe MODULE-DIRECTORY CONFIGURATION NAME...\n");
		return 2;
	}
	ctx = kmod_new(argv[1], config);
	if (!ctx)
		return 1;
	for (i = 3; i < argc; i++)
		err |= probe(ctx, argv[i]);
	kmod_unref(ctx);
	return err < 0;
}
