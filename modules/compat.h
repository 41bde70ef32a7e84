/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of today's kernel API for kernels that do not have them yet.  configure asks the kernel
 * tree (m4/kmt_features.m4) and writes the answers to kmt_features.h; no version numbers here.
 * A shim does what the new name does, as far as the old kernel can.
 */
#ifndef KMT_COMPAT_H
#define KMT_COMPAT_H

#include <linux/device/class.h>
#include <linux/hrtimer.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "kmt_features.h"

#ifndef KMT_HAVE_CLASS_CREATE_NAME
#undef class_create
#define class_create(name)						\
({									\
	static struct lock_class_key key;				\
									\
	__class_create(THIS_MODULE, name, &key);			\
})
#endif

#ifndef KMT_HAVE_TIMER_DELETE_SYNC
#define timer_delete_sync(timer) del_timer_sync(timer)
#endif

/* The old name waits as well, but lets a timer be armed again: the caller has to see to that. */
#ifndef KMT_HAVE_TIMER_SHUTDOWN_SYNC
#define timer_shutdown_sync(timer) del_timer_sync(timer)
#endif

#ifndef KMT_HAVE_TIMER_CONTAINER_OF
#define timer_container_of(var, timer, member) container_of(timer, typeof(*(var)), member)
#endif

#ifndef KMT_HAVE_HRTIMER_SETUP
static inline void hrtimer_setup(struct hrtimer *timer,
				 enum hrtimer_restart (*function)(struct hrtimer *),
				 clockid_t clock, enum hrtimer_mode mode)
{
	hrtimer_init(timer, clock, mode);
	timer->function = function;
}
#endif

/* A queue that is not WQ_UNBOUND used to be per CPU without saying so. */
#ifndef KMT_HAVE_WQ_PERCPU
#define WQ_PERCPU 0
#endif

/* What kernel_bind() and kernel_connect() take. */
#ifndef KMT_HAVE_SOCKADDR_UNSIZED
#define sockaddr_unsized sockaddr
#endif

/* Without the member sk_allocation alone says it: one that can not sleep has pages of its own. */
#ifdef KMT_HAVE_SK_USE_TASK_FRAG
#define kmt_forbid_task_frag(sk) ((void)((sk)->sk_use_task_frag = false))
#else
#define kmt_forbid_task_frag(sk) ((void)(sk))
#endif

#endif
