/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/autoload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/modopt.h"
#include "kernel/root.h"

#define FILE_MAX (1u << 20)
#define PATH_BYTES 1024
#define BLANKS " \t\r"

/* In the order in which a file hides one of the same name. */
static const char *const boot_dirs[] = {
	"etc/modules-load.d", "run/modules-load.d", "usr/local/lib/modules-load.d",
	"usr/lib/modules-load.d", "lib/modules-load.d",
};

void autoload_release(struct autoload *list)
{
	size_t i;

	for (i = 0; i < list->n; i++) {
		free(list->v[i].what);
		free(list->v[i].by);
		strv_release(&list->v[i].modules);
	}
	free(list->v);
	memset(list, 0, sizeof(*list));
}

static void push(struct autoload *list, const char *what, size_t len, const char *by)
{
	if (list->n == list->size) {
		list->size = list->size ? 2 * list->size : 16;
		list->v = xrealloc(list->v, list->size, sizeof(*list->v));
	}
	list->v[list->n++] = (struct autoload_request){ xstrndup(what, len), xstrdup(by), STRV_INIT };
}

void autoload_parse(struct autoload *list, const char *file, const char *text, size_t len)
{
	const char *pos = text, *end = text + len, *line;
	char by[PATH_BYTES + 16];
	unsigned number = 0;
	size_t n;

	while (parse_line(&pos, end, &line, &n)) {
		number++;
		for (; n && strchr(BLANKS, *line); n--)
			line++;
		while (n && strchr(BLANKS, line[n - 1]))
			n--;
		if (!n || *line == '#' || *line == ';')
			continue;
		snprintf(by, sizeof(by), "/%s:%u", file, number);
		push(list, line, n, by);
	}
}

/* '-' and '_' are one to systemd, too. */
static const char *boot_param(const struct modopt *opt)
{
	static const char *const params[] = { "modules_load", "rd.modules_load" };
	char *name = xstrndup(opt->name, opt->name_len);
	const char *found = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(params) && !found; i++)
		if (util_name_equal(name, params[i]))
			found = params[i];
	free(name);
	return found;
}

void autoload_parse_cmdline(struct autoload *list, const char *text, size_t len)
{
	const char *pos = text, *end = text + (len ? strnlen(text, len) : 0), *at, *word, *param;
	struct modopt opt;
	size_t word_len;
	char by[64];

	while (modopt_next(&pos, end, &opt)) {
		param = opt.value ? boot_param(&opt) : NULL;
		if (!param)
			continue;
		snprintf(by, sizeof(by), "/proc/cmdline %s=", param);
		at = opt.value;
		while (parse_token(&at, opt.value + opt.value_len, ",", &word, &word_len))
			push(list, word, word_len, by);
	}
}

static bool word_is(const char *word, size_t len, const char *name)
{
	char *copy = xstrndup(word, len);
	bool same = util_name_equal(copy, name);

	free(copy);
	return same;
}

unsigned autoload_parse_initramfs(const char *text, size_t len, const char *name)
{
	const char *pos = text, *end = text + len, *line, *word;
	unsigned number = 0;
	size_t n, word_len;

	while (parse_line(&pos, end, &line, &n)) {
		const char *at = line;

		number++;
		if (parse_token(&at, line + n, " \t", &word, &word_len) && *word != '#' &&
		    word_is(word, word_len, name))
			return number;
	}
	return 0;
}

static void read_file(const struct root *root, const char *path, struct autoload *list)
{
	struct buf text = BUF_INIT;

	if (!root_read(root, path, &text, FILE_MAX))
		autoload_parse(list, path, buf_str(&text), text.len);
	buf_release(&text);
}

static bool seen_before(struct strv *seen, const char *name)
{
	size_t i;

	for (i = 0; i < seen->n; i++)
		if (!strcmp(seen->v[i], name))
			return true;
	strv_push(seen, name);
	return false;
}

static void read_directory(const struct root *root, const char *dir, struct strv *seen, struct autoload *list)
{
	struct strv names = STRV_INIT;
	char path[PATH_BYTES];
	size_t i, len;

	root_list(root, dir, &names);
	for (i = 0; i < names.n; i++) {
		len = strlen(names.v[i]);
		if (len < 5 || strcmp(names.v[i] + len - 5, ".conf") || seen_before(seen, names.v[i]))
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, names.v[i]);
		read_file(root, path, list);
	}
	strv_release(&names);
}

static void read_cmdline(const struct root *root, struct autoload *list)
{
	struct buf text = BUF_INIT;

	if (root->live && !root_read(root, "proc/cmdline", &text, FILE_MAX))
		autoload_parse_cmdline(list, buf_str(&text), text.len);
	buf_release(&text);
}

void autoload_read_boot(const struct root *root, struct autoload *list)
{
	struct strv seen = STRV_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(boot_dirs); i++)
		read_directory(root, boot_dirs[i], &seen, list);
	/* Debian's modules.conf is a link to this one. */
	if (!seen_before(&seen, "modules.conf"))
		read_file(root, "etc/modules", list);
	read_cmdline(root, list);
	strv_release(&seen);
}

void autoload_read_initramfs(const struct root *root, const char *name, struct strv *places)
{
	static const char path[] = "etc/initramfs-tools/modules";
	struct buf text = BUF_INIT;
	char place[sizeof(path) + 16];
	unsigned line = 0;

	if (!root_read(root, path, &text, FILE_MAX))
		line = autoload_parse_initramfs(buf_str(&text), text.len, name);
	if (line) {
		snprintf(place, sizeof(place), "/%s:%u", path, line);
		strv_push(places, place);
	}
	buf_release(&text);
}

static void read_bus(const struct root *root, const char *bus, struct autoload *list)
{
	struct strv names = STRV_INIT;
	char path[PATH_BYTES], *alias;
	size_t i;

	snprintf(path, sizeof(path), "sys/bus/%s/devices", bus);
	root_list(root, path, &names);
	for (i = 0; i < names.n; i++) {
		snprintf(path, sizeof(path), "sys/bus/%s/devices/%s/modalias", bus, names.v[i]);
		if (root_read_line(root, path, &alias))
			continue;
		snprintf(path, sizeof(path), "%s %s", bus, names.v[i]);
		if (*alias)
			push(list, alias, strlen(alias), path);
		free(alias);
	}
	strv_release(&names);
}

void autoload_read_devices(const struct root *root, struct autoload *list)
{
	struct strv buses = STRV_INIT;
	size_t i;

	if (!root->live)
		return;
	root_list(root, "sys/bus", &buses);
	for (i = 0; i < buses.n; i++)
		read_bus(root, buses.v[i], list);
	strv_release(&buses);
}

/* A modalias is "BUS:..."; two kinds of the kernel's own requests have a colon as well. */
bool autoload_is_device(const char *alias)
{
	static const char *const others[] = { "ip_set_", "devname:" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(others); i++)
		if (!strncmp(alias, others[i], strlen(others[i])))
			return false;
	return strchr(alias, ':');
}

/* A byte that the class at *pos, "[ab]", "[a-f]" or "[!a]", takes; *pos moves to its end.  '\0': it is no whole class. */
static char of_class(const char **pos)
{
	static const char others[] = "0aA-_";
	const char *start = *pos + 1, *end;
	bool not = *start == '!' || *start == '^';
	size_t i;

	start += not;
	end = *start ? strchr(start + 1, ']') : NULL;
	if (!end)
		return '\0';
	*pos = end;
	if (!not)
		return *start;
	for (i = 0; others[i] && memchr(start, others[i], (size_t)(end - start)); i++)
		;
	return others[i];
}

char *autoload_example(const char *alias)
{
	struct buf out = BUF_INIT;
	char c;

	for (; *alias; alias++) {
		c = *alias == '[' ? of_class(&alias) : *alias;
		if (c == '*')
			continue;
		if (c)
			buf_addch(&out, c == '?' ? '0' : c);
		else
			buf_addch(&out, *alias);
	}
	return buf_detach(&out);
}
