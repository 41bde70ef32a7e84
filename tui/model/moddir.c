/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/moddir.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"

void moddir_release(struct moddir *moddir)
{
	free(moddir->kernel);
	free(moddir->missing);
	strv_release(&moddir->kernels);
	memset(moddir, 0, sizeof(*moddir));
}

bool moddir_is_bad(const struct moddir *moddir)
{
	return moddir->state > MODDIR_WHOLE;
}

static void add_advice(const struct moddir *moddir, struct buf *out)
{
	char *kernels;

	buf_addch(out, ' ');
	if (!moddir->kernels.n) {
		buf_addstr(out, _("Install the package of this kernel again."));
		return;
	}
	kernels = strv_join(&moddir->kernels, ", ");
	buf_printf(out, _("Restart into a kernel that is installed (%s), or install the package of this one again."),
		   kernels);
	free(kernels);
}

char *moddir_sentence(const struct moddir *moddir)
{
	struct buf out = BUF_INIT;

	switch (moddir->state) {
	case MODDIR_UNKNOWN:
	case MODDIR_WHOLE:
		return NULL;
	case MODDIR_GONE:
		buf_printf(&out, _("The directory of this kernel's modules, /lib/modules/%s, is not there."), moddir->kernel);
		break;
	case MODDIR_EMPTY:
		buf_printf(&out, _("/lib/modules/%s has neither modules nor an index of them."), moddir->kernel);
		break;
	case MODDIR_HALF:
		buf_printf(&out, _("%s, in which modprobe looks names up, is missing in /lib/modules/%s. Run depmod %s as root to make it."),
			   moddir->missing, moddir->kernel, moddir->kernel);
		return buf_detach(&out);
	}
	add_advice(moddir, &out);
	return buf_detach(&out);
}
