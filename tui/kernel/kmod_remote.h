/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libkmod in a child with limits, for roots whose files others than root could have written: indexes,
 * configuration and modules are parsed there.  One child serves a whole root; when it crashes over a question, that question fails
 * with -EBADMSG (see contained.h) and the next one has a new child.
 */
#ifndef KMT_KERNEL_KMOD_REMOTE_H
#define KMT_KERNEL_KMOD_REMOTE_H

#include <stddef.h>

struct buf;
struct info;
struct kmod_remote;
struct kmod_steps;
struct kmod_wanted;
struct root;
struct strv;

/* @root must outlive it. */
int kmod_remote_open(const struct root *root, struct kmod_remote **out);
void kmod_remote_close(struct kmod_remote *remote);
/* As the functions of kmod_info.h; @how is "info" or "probe". */
int kmod_remote_info(struct kmod_remote *remote, const char *how, const char *name, struct info **infos, size_t *n);
char *kmod_remote_description(struct kmod_remote *remote, const char *name);
int kmod_remote_strings(struct kmod_remote *remote, const char *path, struct buf *out);
/* Modules by name or alias: "names", "which" (whatever the name looks like), "softdeps" (of a module). */
int kmod_remote_names(struct kmod_remote *remote, const char *how, const char *what, struct strv *names);
/* As kmod_deps_walk_wanted(). */
int kmod_remote_walk(struct kmod_remote *remote, const struct kmod_wanted *wanted, struct kmod_steps *steps);

#endif
