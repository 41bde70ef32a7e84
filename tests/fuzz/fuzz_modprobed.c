/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/strv.h"
#include "base/util.h"
#include "fuzz.h"
#include "kernel/modopt.h"
#include "kernel/modprobed.h"
#include "model/param.h"

static void check_lines(const struct modprobed *conf, size_t lines)
{
	const struct modprobed_line *line;
	size_t i;

	for (i = 0; i < conf->n; i++) {
		line = &conf->v[i];
		CHECK(line->kind <= MODPROBED_WEAKDEP);
		CHECK(line->name && *line->name && line->rest && line->file);
		CHECK(line->line >= 1 && line->line <= lines);
		CHECK(i == 0 || line->line >= conf->v[i - 1].line);
		if (line->kind == MODPROBED_OPTIONS)
			CHECK(!strchr(line->rest, '\t'));
	}
}

static void check_masked(const struct modprobed *conf)
{
	size_t i;

	for (i = 0; i < conf->n; i++) {
		modprobed_has_needs(&conf->v[i]);
		if (modprobed_is_masked(conf, conf->v[i].name))
			CHECK(modprobed_install_masks(conf, conf->v[i].name));
	}
}

/* Parameters are never invented, and each source sets its own field only. */
static void check_apply(const struct modprobed *conf, bool cmdline)
{
	struct paramlist list = PARAMLIST_INIT;
	size_t i;

	paramlist_get(&list, "a", 1);
	paramlist_get(&list, "b", 1);
	modprobed_apply(conf, "m", &list);
	CHECK(list.n == 2);
	for (i = 0; i < list.n; i++)
		CHECK(!(cmdline ? list.v[i].configured : list.v[i].cmdline));
	paramlist_release(&list);
}

static void check_options(const char *text, size_t size)
{
	const char *pos = text, *end = text + size, *last = text;
	struct modopt opt;

	while (modopt_next(&pos, end, &opt)) {
		CHECK(pos > last && pos <= end);
		CHECK(opt.name >= last && opt.name + opt.name_len <= pos);
		if (opt.value)
			CHECK(opt.value > opt.name && opt.value + opt.value_len <= pos);
		last = pos;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct modprobed conf = MODPROBED_INIT, cmdline = MODPROBED_INIT;
	const char *text = (const char *)data;

	if (size > 4096)
		return 0;	/* patterns against names: longer texts only take longer */
	modprobed_parse(&conf, "x.conf", text, size);
	check_lines(&conf, fuzz_lines(data, size));
	check_masked(&conf);
	check_apply(&conf, false);
	modprobed_release(&conf);

	modprobed_cmdline_parse(&cmdline, text, size);
	check_lines(&cmdline, 1);
	check_apply(&cmdline, true);
	modprobed_release(&cmdline);
	check_options(text, size);
	return 0;
}
