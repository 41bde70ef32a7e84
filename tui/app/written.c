/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/written.h"

#include <string.h>

#include "base/i18n.h"
#include "base/strv.h"

const char *written_words(const struct strv *command, bool param)
{
	bool remove = !strcmp(command->v[command->n - 1], "--remove");

	if (!strcmp(command->v[0], "mask"))
		return _("Masked from now on: %s (%s).");
	if (!strcmp(command->v[0], "unmask"))
		return _("No longer masked: %s (%s).");
	if (param)
		return remove ? _("The permanent value was taken out of the settings of %s (%s).") :
		       _("The value holds from the next load of %s on (%s).");
	return remove ? _("%s is not loaded at boot any longer (%s).") : _("%s will be loaded at boot (%s).");
}
