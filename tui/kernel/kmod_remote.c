/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_remote.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/xalloc.h"
#include "kernel/contained.h"
#include "kernel/kmod_answer.h"
#include "kernel/kmod_private.h"
#include "kernel/root.h"
#include "model/info.h"
#include "model/module.h"

#define MEBI ((size_t)1 << 20)
#define MEMORY_MAX (512 * MEBI)
#define ANSWER_MAX (16 * MEBI)
#define TIMEOUT_MS 10000
#define SECONDS 3600		/* of a whole session; each answer has its own time */

struct kmod_remote {
	struct contained child;
	struct kmod_answer own;		/* what the child is to know; only its copy changes */
	struct buf question, answer;
};

/* The path of the root on the host, without a slash at its end. */
static char *host_path(const struct root *root)
{
	char link[64], path[PATH_MAX];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", root->fd);
	len = readlink(link, path, sizeof(path));
	if (len <= 0 || (size_t)len >= sizeof(path))
		return NULL;
	return xstrndup(path, len == 1 ? 0 : (size_t)len);
}

int kmod_remote_open(const struct root *root, struct kmod_remote **out)
{
	struct kmod_remote *remote = xcalloc(1, sizeof(*remote));
	struct contained_setup setup = {
		.limits = { .memory = MEMORY_MAX, .seconds = SECONDS,
			    .dir = root_is_host(root) ? -1 : root->fd },
		.fd = { -1, -1 }, .timeout_ms = TIMEOUT_MS, .answer_max = ANSWER_MAX,
		.answer = kmod_answer_question, .data = &remote->own,
	};
	int err = -EIO;

	remote->own.root = root;
	remote->own.prefix = host_path(root);
	if (remote->own.prefix) {
		kmod_lib_config_paths(root, &remote->own.config);
		err = contained_start(&remote->child, &setup);
	}
	if (err) {
		kmod_remote_close(remote);
		return err;
	}
	*out = remote;
	return 0;
}

void kmod_remote_close(struct kmod_remote *remote)
{
	if (!remote)
		return;
	contained_stop(&remote->child);
	strv_release(&remote->own.config);
	free(remote->own.prefix);
	buf_release(&remote->question);
	buf_release(&remote->answer);
	free(remote);
}

static int ask_further(struct kmod_remote *remote)
{
	buf_reset(&remote->answer);
	return contained_ask(&remote->child, &remote->question, &remote->answer);
}

static int ask(struct kmod_remote *remote, const char *word, const char *what)
{
	buf_reset(&remote->question);
	buf_addz(&remote->question, word);
	buf_addz(&remote->question, what);
	return ask_further(remote);
}

int kmod_remote_info(struct kmod_remote *remote, const char *how, const char *name, struct info **infos, size_t *n)
{
	const char *pos, *end;
	int err;

	err = ask(remote, how, name);
	pos = buf_str(&remote->answer);
	end = pos + remote->answer.len;
	while (!err && pos < end) {
		*infos = xrealloc(*infos, *n + 1, sizeof(**infos));
		err = info_parse(&pos, end, &(*infos)[(*n)++]);
	}
	return !err && !*n ? -ENOENT : err;
}

char *kmod_remote_description(struct kmod_remote *remote, const char *name)
{
	const char *pos, *text;

	if (ask(remote, "description", name))
		return NULL;
	pos = buf_str(&remote->answer);
	text = parse_z(&pos, pos + remote->answer.len);
	return xstrdup(text);
}

int kmod_remote_strings(struct kmod_remote *remote, const char *path, struct buf *out)
{
	int err = ask(remote, "strings", path);

	if (!err)
		buf_add(out, buf_str(&remote->answer), remote->answer.len);
	/* Whatever the child says, the last string has an end. */
	if (!err)
		buf_addch(out, '\0');
	return err;
}

int kmod_remote_names(struct kmod_remote *remote, const char *how, const char *what, struct strv *names)
{
	const char *pos, *end, *name;
	int err;

	err = ask(remote, how, what);
	if (err)
		return err;
	pos = buf_str(&remote->answer);
	end = pos + remote->answer.len;
	while ((name = parse_z(&pos, end)))
		strv_push(names, name);
	return names->n ? 0 : -ENOENT;
}

/* A step as add_steps() of kmod_answer.c writes it. */
static int parse_step(const char **pos, const char *end, struct kmod_steps *steps)
{
	const char *v[5];
	struct kmod_step *step;
	size_t i;

	for (i = 0; i < 5; i++) {
		v[i] = parse_z(pos, end);
		if (!v[i])
			return -EBADMSG;
	}
	if (v[0][0] < '0' + PLAN_LOAD || v[0][0] > '0' + PLAN_MISSING || v[0][1])
		return -EBADMSG;
	step = kmod_deps_push(steps);
	step->verb = (enum plan_verb)(v[0][0] - '0');
	step->soft = strchr(v[1], 's');
	step->target = strchr(v[1], 't');
	step->name = xstrdup(v[2]);
	step->path = *v[3] ? xstrdup(v[3]) : NULL;
	step->detail = *v[4] ? xstrdup(v[4]) : NULL;
	return 0;
}

int kmod_remote_walk(struct kmod_remote *remote, const struct kmod_wanted *wanted, struct kmod_steps *steps)
{
	struct buf *question = &remote->question;
	const char *pos, *end;
	size_t i;
	int err;

	buf_reset(question);
	buf_addz(question, "walk");
	buf_addz(question, wanted->what);
	buf_addz(question, wanted->depends ? "file" : wanted->itself ? "itself" : wanted->own ? "own" : "");
	buf_addz(question, wanted->depends);
	buf_addz(question, wanted->options);
	for (i = 0; i < wanted->live->n; i++)
		buf_addz(question, wanted->live->v[i].name);
	err = ask_further(remote);
	pos = buf_str(&remote->answer);
	end = pos + remote->answer.len;
	while (!err && pos < end)
		err = parse_step(&pos, end, steps);
	return err;
}
