/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The initramfs in words. */
#ifndef KMT_CLI_IMAGE_H
#define KMT_CLI_IMAGE_H

#include "model/policy.h"

struct bootimage;
struct root;

/* Why not all of it could be read, a translated clause with its path; NULL: all was.  The caller frees. */
char *image_trouble(const struct bootimage *image);
/*
 * Whether module @name can be loaded by the initramfs @image of @root.  *by says what makes it so; the caller frees.
 */
enum policy_tristate image_road(const struct bootimage *image, const struct root *root, const char *name, char **by);

#endif
