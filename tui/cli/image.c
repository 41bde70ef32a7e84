/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/image.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/say.h"
#include "kernel/autoload.h"
#include "kernel/bootimage.h"

char *image_trouble(const struct bootimage *image)
{
	static const struct {
		int error;
		const char *clause;	/* N_(); the image, then its program */
	} troubles[] = {
		{ EACCES, N_("/%s may be read by root only") },
		{ EPERM, N_("/%s may be read by root only") },
		{ EINVAL, N_("/%s is not a file") },
		{ ENODATA, N_("/%s is empty") },
		{ ENOTSUP, N_("/%s is packed in a way that is not known here") },
		{ ELIBACC, N_("/%s needs the program %s, which is not installed") },
		{ EBADMSG, N_("/%s is damaged, or has something unknown at its end") },
		{ E2BIG, N_("/%s has far more files than an initramfs has") },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(troubles); i++)
		if (troubles[i].error == -image->error)
			return say(_(troubles[i].clause), image->path, image->program);
	if (image->error == -EFBIG)
		return say(_("/%s has more than %d MiB, and the rest was not read"), image->path,
			   BOOTIMAGE_MIB);
	if (image->error == -ETIMEDOUT)
		return say(_("/%s takes more than %d seconds to read"), image->path, BOOTIMAGE_SECONDS);
	return image->error ? say("/%s: %s", image->path, strerror(-image->error)) : NULL;
}

/* It holds the module; its own configuration may keep that out. */
static enum policy_tristate held(const struct bootimage *image, const char *name, const char *module,
				 char **by)
{
	const struct modprobed_line *install = modprobed_find(&image->conf, MODPROBED_INSTALL, name);
	const struct modprobed_line *line = bootimage_line(image, name);

	if (install) {
		*by = say(_("/%s holds %s, but its own /%s:%u runs \"%s\" instead"), image->path, module,
			  install->file, install->line, install->rest);
		return modprobed_is_masked(&image->conf, name) ? POLICY_NO : POLICY_UNKNOWN;
	}
	*by = line ? say(_("/%s holds %s, and its own /%s:%u names it"), image->path, module, line->file,
			 line->line) :
		     say(_("/%s holds %s"), image->path, module);
	return POLICY_YES;
}

/* @places: what will have the next one hold it, or "". */
static enum policy_tristate not_held(const struct bootimage *image, const char *places, char **by)
{
	char *trouble = image->path ? image_trouble(image) : NULL;

	if (*places && (trouble || !image->path)) {
		*by = xstrdup(places);
		free(trouble);
		return POLICY_YES;
	}
	if (trouble) {
		*by = trouble;
		return POLICY_UNKNOWN;
	}
	if (!image->path)
		*by = xstrdup(_("no initramfs of this kernel was found"));
	else
		*by = *places ? say(_("/%s does not hold it; by %s the next one will"), image->path, places) :
				say(_("/%s does not hold it"), image->path);
	return POLICY_NO;
}

enum policy_tristate image_road(const struct bootimage *image, const struct root *root, const char *name, char **by)
{
	struct strv places = STRV_INIT;
	enum policy_tristate open;
	const char *module;
	char *lists;

	autoload_read_initramfs(root, name, &places);
	lists = strv_join(&places, ", ");
	module = bootimage_module(image, name);
	open = module ? held(image, name, module, by) : not_held(image, lists, by);
	strv_release(&places);
	free(lists);
	return open;
}
