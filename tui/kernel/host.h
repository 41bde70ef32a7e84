/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What this kernel allows and this process may do, read for struct policy. */
#ifndef KMT_KERNEL_HOST_H
#define KMT_KERNEL_HOST_H

struct policy;
struct root;

/* Fills all of @policy (caller releases); what can not be read is unknown, never a guess. */
void host_read_policy(const struct root *root, struct policy *policy);

#endif
