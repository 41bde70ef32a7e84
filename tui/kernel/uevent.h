/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's own word that a module came or went (libudev, source "kernel": no udevd needed). */
#ifndef KMT_KERNEL_UEVENT_H
#define KMT_KERNEL_UEVENT_H

#include <stdbool.h>

struct uevent;

/* -ENOSYS when built without libudev; -errno.  Host only. */
int uevent_open(struct uevent **out);
void uevent_close(struct uevent *uevent);
int uevent_fd(const struct uevent *uevent);
/* Drains what is there; true if a module was among it. */
bool uevent_read(struct uevent *uevent);

#endif
