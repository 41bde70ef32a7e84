/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Giving privilege away: what a console does not need, and what its commands do not. */
#ifndef KMT_APP_PRIVILEGE_H
#define KMT_APP_PRIVILEGE_H

#include <stdbool.h>

/*
 * Started as root: cuts the bounding set to what the commands need, so that no child gets more back by
 * exec, and keeps only CAP_SYSLOG effective here.  With @readonly no command changes anything, so none
 * gets anything back.  To be called before a file or a terminal is touched.  Does nothing for another
 * user.  0; -ENOSYS: built without libcap-ng; -EPERM: the kernel did not let us.
 *
 * CAP_SYS_MODULE alone is as good as all the others, so the set is no wall around a command that was
 * taken over.  It is one around mistakes, and around the console: what a stranger's file or the log makes
 * of it can not touch other users' files or processes by itself.
 */
int privilege_limit(bool readonly);
/*
 * Root sees other users' processes and directories only while this is on: for a moment, to name who holds a
 * module, to see what process 1 says of a container, to open the script.
 */
void privilege_look(bool on);
/*
 * Drops every capability, the bounding set too, and sets no_new_privs: neither this process nor a
 * child can get one back.  What is open stays open.  0; -ENOSYS: built without libcap-ng, only
 * no_new_privs was set; -EPERM: the kernel did not let us.
 */
int privilege_drop(void);

#endif
