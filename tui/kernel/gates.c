/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/gates.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/modopt.h"
#include "kernel/root.h"

#define CMDLINE_MAX (1u << 20)
#define CHARP_MAX 1024		/* the kernel refuses a longer value of such a parameter, and keeps the one before */

void gates_release(struct gates *gates)
{
	free(gates->blacklist);
	free(gates->modprobe);
	strv_release(&gates->initcalls);
	memset(gates, 0, sizeof(*gates));
}

/* '-' and '_' are one in the name of a parameter. */
static bool is_named(const struct modopt *opt, const char *name)
{
	char *copy = xstrndup(opt->name, opt->name_len);
	bool same = util_name_equal(copy, name);

	free(copy);
	return same;
}

/* Each occurrence counts. */
static void add_initcalls(struct gates *gates, const struct modopt *opt)
{
	const char *pos = opt->value, *end = pos + opt->value_len, *name;
	size_t len;

	while (parse_token(&pos, end, ",", &name, &len))
		strv_pushn(&gates->initcalls, name, len);
}

/* Of several the last one counts. */
static void set_blacklist(struct gates *gates, const struct modopt *opt)
{
	if (opt->value_len > CHARP_MAX)
		return;
	free(gates->blacklist);
	gates->blacklist = xstrndup(opt->value, opt->value_len);
}

void gates_parse(struct gates *gates, const char *text, size_t len)
{
	const char *pos = text, *end = text + (len ? strnlen(text, len) : 0);
	struct modopt opt;

	while (modopt_next(&pos, end, &opt)) {
		/* The rest is for init. */
		if (!opt.value && opt.name_len == 2 && !memcmp(opt.name, "--", 2))
			return;
		if (opt.value && is_named(&opt, "module_blacklist"))
			set_blacklist(gates, &opt);
		else if (opt.value && is_named(&opt, "initcall_blacklist"))
			add_initcalls(gates, &opt);
	}
}

void gates_read(struct gates *gates, const struct root *root)
{
	struct buf text = BUF_INIT;

	memset(gates, 0, sizeof(*gates));
	if (!root->live)
		return;
	gates->known = !root_read(root, "proc/cmdline", &text, CMDLINE_MAX);
	if (gates->known)
		gates_parse(gates, buf_str(&text), text.len);
	buf_release(&text);
	root_read_line(root, "proc/sys/kernel/modprobe", &gates->modprobe);
}

static bool has_piece(const char *list, const char *name)
{
	size_t len = strlen(name), n;

	for (; *list; list += n + (list[n] == ',')) {
		n = strcspn(list, ",");
		if (n == len && !memcmp(list, name, n))
			return true;
	}
	return false;
}

bool gates_blacklists(const struct gates *gates, const char *name)
{
	return gates->blacklist && has_piece(gates->blacklist, name);
}

bool gates_skips(const struct gates *gates, const char *function)
{
	size_t i;

	for (i = 0; i < gates->initcalls.n; i++)
		if (!strcmp(gates->initcalls.v[i], function))
			return true;
	return false;
}

enum gates_request gates_request(const struct gates *gates)
{
	static const char *const refusing[] = { "false", "true" };
	const char *slash, *program;
	size_t i;

	if (!gates->modprobe)
		return GATES_REQUEST_UNKNOWN;
	if (!*gates->modprobe)
		return GATES_REQUEST_NONE;
	slash = strrchr(gates->modprobe, '/');
	program = slash ? slash + 1 : gates->modprobe;
	for (i = 0; i < ARRAY_SIZE(refusing); i++)
		if (!strcmp(program, refusing[i]))
			return GATES_REQUEST_REFUSED;
	return strcmp(program, "modprobe") ? GATES_REQUEST_UNKNOWN : GATES_REQUEST_MODPROBE;
}
