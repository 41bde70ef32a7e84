/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/assign.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/facts.h"
#include "cli/say.h"
#include "model/param.h"

/* These two every module has without declaring them. */
static const char *general_name(const char *word)
{
	if (!strncmp(word, "dyndbg=", 7))
		return "dyndbg";
	return strncmp(word, "async_probe=", 12) ? NULL : "async_probe";
}

static enum status unknown(struct facts *facts, const char *word, char **sentence)
{
	char *names = facts_param_names(facts);

	if (*names)
		*sentence = say(_("It has no parameter %.*s; its parameters are: %s."),
				(int)strcspn(word, "="), word, names);
	else
		*sentence = say(_("It has no parameter %.*s; it has no parameters at all."),
				(int)strcspn(word, "="), word);
	free(names);
	return STATUS_USAGE;
}

/* The kernel takes a value with blanks between double quotes and has no way to escape one. */
static enum status check_bytes(const struct assign *assign, char **sentence)
{
	if (strchr(assign->value, '"')) {
		*sentence = say(_("The value of %s has a double quote in it, which the kernel can not be given at load."),
				assign->name);
		return STATUS_USAGE;
	}
	if (strpbrk(assign->value, "\n\v\f\r")) {
		*sentence = say(_("The value of %s has a line end in it, which the kernel can not be given at load."),
				assign->name);
		return STATUS_USAGE;
	}
	return STATUS_DONE;
}

enum status assign_parse(struct facts *facts, const char *word, struct assign *assign,
			 char **sentence)
{
	struct param *param;
	enum status status;
	char *why = NULL;

	status = facts_split(facts, word, &param, &assign->value, sentence);
	if (status)
		return status;
	assign->name = param ? param->name : general_name(word);
	if (!assign->name)
		return unknown(facts, word, sentence);
	if (param && param_check(param, assign->value, &why)) {
		*sentence = say(_("%s=%s: %s"), param->name, assign->value, why);
		free(why);
		return STATUS_USAGE;
	}
	return check_bytes(assign, sentence);
}
