/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of today's kernel API for kernels that do not have them yet.  configure asks the kernel
 * tree (m4/kmt_features.m4) and writes the answers to kmt_features.h; no version numbers here.
 */
#ifndef KMT_COMPAT_H
#define KMT_COMPAT_H

#include "kmt_features.h"

#ifndef KMT_HAVE_CLASS_CREATE_NAME
#include <linux/device/class.h>
#undef class_create
#define class_create(name)						\
({									\
	static struct lock_class_key key;				\
									\
	__class_create(THIS_MODULE, name, &key);			\
})
#endif

#endif
