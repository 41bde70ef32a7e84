/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_answer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kmod_deps.h"
#include "kernel/kmod_info.h"
#include "kernel/kmod_which.h"
#include "kernel/kofile.h"
#include "kernel/root.h"
#include "model/info.h"
#include "model/module.h"

/* A path of the host as the child sees it. */
static const char *seen(const struct kmod_answer *own, const char *path)
{
	size_t len = strlen(own->prefix);

	if (!own->inside || strncmp(path, own->prefix, len) || path[len] != '/')
		return path;
	return path + len;
}

/* And a path of the child's as the host sees it, NULL for none. */
static void add_path(const struct kmod_answer *own, const char *path, struct buf *out)
{
	if (path && own->inside)
		buf_addstr(out, own->prefix);
	buf_addz(out, path);
}

static int begin(struct kmod_answer *own, bool inside)
{
	const char *dir = own->root->module_dir;
	const char **config = xcalloc(own->config.n + 1, sizeof(*config));
	size_t i;
	int err;

	own->inside = inside;
	own->begun = true;
	own->lib.root = own->root;
	own->lib.contained = true;
	for (i = 0; i < own->config.n; i++)
		config[i] = seen(own, own->config.v[i]);
	err = kmod_lib_begin(&own->lib, dir ? seen(own, dir) : "/dev/null", config);
	free(config);
	return err;
}

static int answer_info(struct kmod_answer *own, const struct strv *words, struct buf *answer)
{
	struct info *infos = NULL;
	struct buf path = BUF_INIT;
	size_t i, n = 0;
	int err;

	if (!strcmp(words->v[0], "info"))
		err = kmod_info_read(&own->lib, words->v[1], &infos, &n);
	else
		err = kmod_info_probe(&own->lib, words->v[1], &infos, &n);
	for (i = 0; i < n; i++) {
		if (infos[i].path) {
			buf_reset(&path);
			add_path(own, infos[i].path, &path);
			free(infos[i].path);
			infos[i].path = xstrdup(buf_str(&path));
		}
		info_write(&infos[i], answer);
		info_release(&infos[i]);
	}
	buf_release(&path);
	free(infos);
	return err;
}

static int answer_description(struct kmod_answer *own, const struct strv *words, struct buf *answer)
{
	char *text = kmod_info_description(&own->lib, words->v[1]);

	if (!text)
		return -ENOENT;
	buf_addz(answer, text);
	free(text);
	return 0;
}

static void add_names(const struct strv *names, struct buf *answer)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		buf_addz(answer, names->v[i]);
}

static int answer_names(struct kmod_answer *own, const struct strv *words, struct buf *answer)
{
	struct strv names = STRV_INIT;
	int err;

	err = kmod_lib_names(&own->lib, words->v[1], &names);
	add_names(&names, answer);
	strv_release(&names);
	return err;
}

static int answer_which(struct kmod_answer *own, const struct strv *words, struct buf *answer)
{
	struct strv names = STRV_INIT;
	int err;

	err = kmod_which_read(&own->lib, words->v[1], &names);
	add_names(&names, answer);
	strv_release(&names);
	return err;
}

static int answer_softdeps(struct kmod_answer *own, const struct strv *words, struct buf *answer)
{
	struct strv names = STRV_INIT;
	int err;

	err = kmod_deps_soft(&own->lib, words->v[1], &names);
	add_names(&names, answer);
	strv_release(&names);
	return err;
}

static int answer_strings(struct kmod_answer *own, const struct strv *words, struct buf *answer)
{
	/* As the child sees it all: its open() stands before the root directory, whatever that is. */
	const struct root plain = { .fd = AT_FDCWD };
	struct buf path = BUF_INIT;
	int err;

	buf_printf(&path, "%s/%s", own->inside ? "" : own->prefix, words->v[1]);
	err = kofile_read_modinfo(&plain, buf_str(&path), answer);
	buf_release(&path);
	return err;
}

static void add_steps(const struct kmod_answer *own, const struct kmod_steps *steps, struct buf *answer)
{
	const struct kmod_step *step;
	size_t i;

	for (i = 0; i < steps->n; i++) {
		step = &steps->v[i];
		buf_addch(answer, (char)('0' + step->verb));
		buf_addz(answer, "");
		buf_addstr(answer, step->soft ? "s" : "");
		buf_addz(answer, step->target ? "t" : "");
		buf_addz(answer, step->name);
		add_path(own, step->path, answer);
		buf_addz(answer, step->detail);
	}
}

/* "walk", what, how ("file", "itself", "own" or ""), depends, options, and the names of the live modules. */
static int answer_walk(struct kmod_answer *own, const struct strv *words, struct buf *answer)
{
	struct kmod_steps steps = KMOD_STEPS_INIT;
	struct modlist live = MODLIST_INIT;
	struct kmod_wanted wanted = { .what = words->v[1], .live = &live };
	size_t i;
	int err;

	if (words->n < 5)
		return -EINVAL;
	wanted.depends = !strcmp(words->v[2], "file") ? words->v[3] : NULL;
	wanted.itself = !strcmp(words->v[2], "itself");
	wanted.own = !strcmp(words->v[2], "own");
	wanted.options = words->v[4];
	for (i = 5; i < words->n; i++)
		modlist_push(&live, words->v[i], strlen(words->v[i]));
	err = kmod_deps_walk_wanted(&own->lib, &wanted, &steps);
	add_steps(own, &steps, answer);
	kmod_deps_release(&steps);
	modlist_release(&live);
	return err;
}

static const struct {
	const char *word;
	int (*answer)(struct kmod_answer *own, const struct strv *words, struct buf *answer);
} questions[] = {
	{ "info", answer_info },
	{ "probe", answer_info },
	{ "description", answer_description },
	{ "names", answer_names },
	{ "which", answer_which },
	{ "softdeps", answer_softdeps },
	{ "strings", answer_strings },
	{ "walk", answer_walk },
};

int kmod_answer_question(void *data, bool inside, const struct buf *question, struct buf *answer)
{
	const char *pos = buf_str(question), *end = pos + question->len, *word;
	struct kmod_answer *own = data;
	struct strv words = STRV_INIT;
	int err = -EINVAL;
	size_t i;

	if (!own->begun && begin(own, inside))
		return -ENOMEM;
	while ((word = parse_z(&pos, end)))
		strv_push(&words, word);
	for (i = 0; i < ARRAY_SIZE(questions) && words.n > 1; i++)
		if (!strcmp(words.v[0], questions[i].word))
			err = questions[i].answer(own, &words, answer);
	strv_release(&words);
	return err;
}
