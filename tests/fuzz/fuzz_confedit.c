/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is edited into any text, modprobe's reader finds there again. */
#include <stdlib.h>
#include <string.h>

#include "base/strv.h"
#include "fuzz.h"
#include "kernel/modprobed.h"
#include "model/confedit.h"
#include "model/param.h"
#include "model/textdiff.h"

static struct modprobed parse(const char *text)
{
	struct modprobed conf = MODPROBED_INIT;

	modprobed_parse(&conf, "x.conf", text, strlen(text));
	return conf;
}

static void check_mask(const char *text)
{
	char *masked = confedit_mask(text, "mod"), *again = confedit_mask(masked, "mod");
	char *free_again = confedit_unmask(masked, "mod");
	struct modprobed before = parse(text), after = parse(masked);

	CHECK(!strcmp(masked, again));
	CHECK(modprobed_is_masked(&after, "mod") || modprobed_find(&before, MODPROBED_INSTALL, "mod") ||
	      modprobed_find(&before, MODPROBED_SOFTDEP, "mod"));
	CHECK(after.n >= before.n && after.n <= before.n + 3);
	modprobed_release(&after);
	after = parse(free_again);
	CHECK(after.n <= before.n);
	modprobed_release(&after);
	modprobed_release(&before);
	free(masked);
	free(again);
	free(free_again);
}

/* An open quote swallows what is behind it, for the kernel too. */
static void check_set(const char *text)
{
	struct paramlist params = PARAMLIST_INIT;
	struct strv options = STRV_INIT;
	struct modprobed conf;
	struct param *param;
	char *set;

	strv_push(&options, "p=7");
	set = confedit_set(text, "mod", &options);
	conf = parse(set);
	param = paramlist_get(&params, "p", 1);
	modprobed_apply(&conf, "mod", &params);
	CHECK(strpbrk(text, "\"\v\f\r") || (param->configured && !strcmp(param->configured, "7")));
	modprobed_release(&conf);
	paramlist_release(&params);
	strv_release(&options);
	free(set);
}

/* The difference taken back from the new text is the old one, but for the place of its lines. */
static void check_replace(const char *text)
{
	char *boot = confedit_boot(text, "mod"), *back;
	struct strv old = STRV_INIT, new = STRV_INIT;

	textdiff(text, boot, &old, &new);
	back = confedit_replace(boot, &new, &old);
	CHECK(back);
	free(back);
	back = confedit_unboot(boot, "mod");
	CHECK(strlen(back) <= strlen(boot));
	free(back);
	free(boot);
	strv_release(&old);
	strv_release(&new);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text;

	if (memchr(data, '\0', size))
		return 0;
	text = malloc(size + 1);
	CHECK(text);
	memcpy(text, data, size);
	text[size] = '\0';
	check_mask(text);
	check_set(text);
	check_replace(text);
	free(text);
	return 0;
}
