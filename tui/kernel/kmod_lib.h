/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One libkmod context on a root: in this process when only root could have written what it parses there
 * (kmod_trust.h), else in a child with limits (kmod_remote.h); who calls does not notice.  Its log goes to a buffer, never to stderr; it gets module
 * directory and configuration paths from the root; none of its live-state calls is used.
 * Not thread-safe, as libkmod is not.
 */
#ifndef KMT_KERNEL_KMOD_LIB_H
#define KMT_KERNEL_KMOD_LIB_H

struct kmod_lib;
struct root;

/* @root must outlive it.  0; -ENOENT: no module directory (files can still be read); -errno. */
int kmod_lib_open(struct kmod_lib **out, const struct root *root);
void kmod_lib_close(struct kmod_lib *lib);
/*
 * From now on a name stands for the module of that very name, when there is one on disk or built in, whatever modprobe.d
 * has it stand for.  Without this a load is planned and done as modprobe does it.  @lib may be NULL.
 */
void kmod_lib_take_names(struct kmod_lib *lib);
/* What libkmod complained of since the last call, "" if nothing; valid until the next one. */
const char *kmod_lib_complaint(struct kmod_lib *lib);

#endif
