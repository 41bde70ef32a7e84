/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "diff.h"

#define STARS 12
#define LINES_MAX 7

static const char *const directories[] = {
	"/etc/modprobe.d", "/run/modprobe.d", "/usr/local/lib/modprobe.d", "/lib/modprobe.d",
};

static const char mark[] = "install " CONF_MARK " " CONF_MARK "\n";

/* The names lie around those that decide an order, and hide each other. */
static const char *const file_names[] = {
	"kmodtui.conf", "kmodtui.conf", "aa.conf", "zz.conf", "modules.conf", "modules.softdep.conf", "10-a.conf",
	"Z.conf", "_.conf", "x.alias", "modules.alias", "not.config", ".hidden.conf", "old.conf~", "aliases.conf",
	"modules.softdep", ".conf", "kmodtui-more.conf", "kmodtui.alias", "nod.conf", "modulet.conf",
};

static void fail(const char *path)
{
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	exit(99);
}

static void put(const char *path, const char *text, size_t len)
{
	FILE *file = fopen(path, "we");

	if (!file || fwrite(text, 1, len, file) != len || fclose(file))
		fail(path);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	if (ftw->level)
		remove(path);
	return 0;
}

static void empty(const char *directory)
{
	nftw(directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void clear(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(directories); i++)
		empty(directories[i]);
	put("/lib/modprobe.d/" CONF_MARK ".conf", mark, sizeof(mark) - 1);
	empty("/sys/module");
	put("/proc/cmdline", "quiet\n", 6);
	put("/proc/modules", "", 0);
}

/* What a star needs is one, too. */
static void choose_stars(struct cast *cast)
{
	const struct names *names = cast->names;
	size_t at;

	while (cast->stars.n < STARS) {
		at = chance_below(cast->chance, names->linked.n);
		if (chance_is(cast->chance, 60)) {
			strv_push(&cast->stars, names->linked.v[at]);
			strv_push(&cast->stars, names->needed.v[at]);
		} else {
			strv_push(&cast->stars, chance_of(cast->chance, &names->modules));
		}
	}
}

/* Whose parameters the lines may set: reading a file takes time, a few are enough. */
static void read_params(struct cast *cast)
{
	size_t i, n;

	for (i = 0; i < cast->stars.n && i < 6; i++) {
		names_params(cast->stars.v[i], &cast->params);
		for (n = cast->owners.n; n < cast->params.n; n++)
			strv_push(&cast->owners, cast->stars.v[i]);
	}
}

static void make_file(struct cast *cast, const char *path)
{
	size_t n = 1 + chance_below(cast->chance, LINES_MAX);
	struct buf text = BUF_INIT;

	/* Not one that leads nowhere: kmod 30 takes it for a directory or not by chance, of a stat() that failed. */
	if (chance_is(cast->chance, 3)) {
		if (symlink("/dev/null", path))
			fail(path);
		return;
	}
	if (chance_is(cast->chance, 2)) {
		if (mkdir(path, 0755))
			fail(path);
		return;
	}
	while (n--)
		line_make(cast, &text);
	/* No newline at the end, and a backslash there. */
	if (chance_is(cast->chance, 10))
		text.len--;
	if (chance_is(cast->chance, 2))
		buf_addch(&text, '\\');
	put(path, text.data, text.len);
	buf_release(&text);
}

static void make_files(struct cast *cast)
{
	size_t n = 2 + chance_below(cast->chance, 5);
	char path[256];

	while (n--) {
		snprintf(path, sizeof(path), "%s/%s", directories[chance_below(cast->chance, ARRAY_SIZE(directories))],
			 file_names[chance_below(cast->chance, ARRAY_SIZE(file_names))]);
		remove(path);
		make_file(cast, path);
	}
}

static void make_cmdline(struct cast *cast)
{
	size_t n = chance_below(cast->chance, 8);
	struct buf text = BUF_INIT;

	while (n--)
		line_cmdline(cast, &text);
	buf_addch(&text, '\n');
	put("/proc/cmdline", text.data, text.len);
	buf_release(&text);
}

/* A loaded module as modprobe looks for it, in /sys, and as kmodtui does, in /proc. */
static void make_live(struct conf *conf, struct cast *cast)
{
	size_t n = chance_is(cast->chance, 50) ? 0 : chance_below(cast->chance, 5), i;
	struct buf text = BUF_INIT, name = BUF_INIT;
	char path[256];

	while (n--) {
		buf_reset(&name);
		buf_addstr(&name, chance_of(cast->chance, &cast->stars));
		for (i = 0; i < conf->live.n && strcmp(conf->live.v[i], buf_str(&name)); i++)
			;
		if (i < conf->live.n || !names_has(cast->names, buf_str(&name)))
			continue;
		strv_push(&conf->live, buf_str(&name));
		buf_printf(&text, "%s 16384 0 - Live 0x0000000000000000\n", buf_str(&name));
		snprintf(path, sizeof(path), "/sys/module/%s", buf_str(&name));
		if (mkdir(path, 0755))
			fail(path);
		snprintf(path, sizeof(path), "/sys/module/%s/initstate", buf_str(&name));
		put(path, "live\n", 5);
		snprintf(path, sizeof(path), "/sys/module/%s/refcnt", buf_str(&name));
		put(path, "0\n", 2);
	}
	put("/proc/modules", buf_str(&text), text.len);
	buf_release(&text);
	buf_release(&name);
}

/* An alias that may be a name: kmodtui load takes no other. */
static void add_given(struct cast *cast, struct buf *name)
{
	const char *given = chance_of(cast->chance, &cast->given);

	if (util_name_valid(given))
		buf_addstr(name, given);
	else
		line_module(cast, name);
}

static void ask_for(struct conf *conf, struct cast *cast, size_t n)
{
	struct buf name = BUF_INIT;
	size_t i;

	for (i = 0; i < n; i++) {
		buf_reset(&name);
		if (i < STARS && i < cast->stars.n && chance_is(cast->chance, 80))
			buf_addstr(&name, cast->stars.v[i]);
		else if (cast->given.n && chance_is(cast->chance, 40))
			add_given(cast, &name);
		else if (chance_is(cast->chance, 6))
			buf_addstr(&name, "nosuch_thing");
		else
			line_module(cast, &name);
		strv_push(&conf->asked, buf_str(&name));
	}
	buf_release(&name);
}

void conf_make(struct conf *conf, const struct names *names, uint64_t seed, size_t n_asked)
{
	struct chance chance;
	struct cast cast = { .chance = &chance, .names = names };

	memset(conf, 0, sizeof(*conf));
	chance_init(&chance, seed);
	clear();
	choose_stars(&cast);
	read_params(&cast);
	make_files(&cast);
	make_cmdline(&cast);
	make_live(conf, &cast);
	ask_for(conf, &cast, n_asked);
	conf->given = cast.given;
	conf->tuned = cast.owners;
	strv_release(&cast.params);
	strv_release(&cast.stars);
}

void conf_stock(struct conf *conf, const struct names *names, size_t from, size_t n)
{
	size_t i;

	memset(conf, 0, sizeof(*conf));
	put("/lib/modprobe.d/" CONF_MARK ".conf", mark, sizeof(mark) - 1);
	for (i = from; i < from + n && i < names->modules.n; i++)
		strv_push(&conf->asked, names->modules.v[i]);
}

void conf_release(struct conf *conf)
{
	strv_release(&conf->asked);
	strv_release(&conf->given);
	strv_release(&conf->live);
	strv_release(&conf->tuned);
}

static void show_file(struct buf *out, const char *path)
{
	FILE *file = fopen(path, "re");
	char text[4096];
	size_t n;

	buf_printf(out, "==> %s\n", path);
	while (file && (n = fread(text, 1, sizeof(text), file)) > 0)
		buf_add(out, text, n);
	if (out->data[out->len - 1] != '\n')
		buf_addstr(out, "\n");
	if (file)
		fclose(file);
}

void conf_show(struct buf *out)
{
	struct dirent *entry;
	char path[512];
	size_t i;
	DIR *dir;

	for (i = 0; i < ARRAY_SIZE(directories); i++) {
		dir = opendir(directories[i]);
		while (dir && (entry = readdir(dir))) {
			if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
				continue;
			snprintf(path, sizeof(path), "%s/%s", directories[i], entry->d_name);
			show_file(out, path);
		}
		if (dir)
			closedir(dir);
	}
	show_file(out, "/proc/cmdline");
	show_file(out, "/proc/modules");
}
