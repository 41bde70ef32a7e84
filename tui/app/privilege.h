/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Giving privilege away: what a console that changes nothing does not need. */
#ifndef KMT_APP_PRIVILEGE_H
#define KMT_APP_PRIVILEGE_H

/*
 * Drops every capability, the bounding set too, and sets no_new_privs: neither this process nor a
 * child can get one back.  What is open stays open.  0; -ENOSYS: built without libcap-ng, only
 * no_new_privs was set; -EPERM: the kernel did not let us.
 */
int privilege_drop(void);

#endif
