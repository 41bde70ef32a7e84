/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a limited process may no longer do. */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include "kernel/contained.h"

#include <errno.h>
#include <grp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/util.h"

#define NOBODY 65534
#define FILES_MAX 32

#ifdef HAVE_LIBCAP_NG
#include <cap-ng.h>

/* The bounding set needs no care: what may not gain privileges can not make use of it. */
static int drop_capabilities(void)
{
	capng_clear(CAPNG_SELECT_BOTH);
	return capng_apply(CAPNG_SELECT_CAPS) ? -EPERM : 0;
}
#else
/* What root's capabilities are is gone with its number; others have none to speak of. */
static int drop_capabilities(void)
{
	return geteuid() ? 0 : -EPERM;
}
#endif

/*
 * Nobody, but where the directory is closed to others: then its owner.  A process without the right to change
 * itself stays what it is.
 */
static int change_user(int dir)
{
	struct stat st = { .st_uid = NOBODY, .st_gid = NOBODY };

	if (dir >= 0 && (fstat(dir, &st) || (st.st_mode & 05) == 05)) {
		st.st_uid = NOBODY;
		st.st_gid = NOBODY;
	}
	if (setgroups(0, NULL) || setresgid(st.st_gid, st.st_gid, st.st_gid) ||
	    setresuid(st.st_uid, st.st_uid, st.st_uid))
		return errno == EPERM || errno == EINVAL ? 0 : -errno;
	return 0;
}

/* Only for one with the right to; the others see what their user sees. */
static bool shut_in(int dir)
{
	return dir >= 0 && !fchdir(dir) && !chroot(".");
}

static int limit_resources(const struct contained_limits *limits)
{
	const struct {
		int resource;
		rlim_t soft, hard;
	} table[] = {
#ifndef __SANITIZE_ADDRESS__	/* its shadow alone is terabytes */
		{ RLIMIT_AS, limits->memory, limits->memory },
#endif
		{ RLIMIT_CPU, limits->seconds, limits->seconds + 1 },
		{ RLIMIT_FSIZE, limits->file_size, limits->file_size },
		{ RLIMIT_NOFILE, FILES_MAX, FILES_MAX },
		{ RLIMIT_NPROC, 0, 0 },
		{ RLIMIT_CORE, 0, 0 },
		{ RLIMIT_MEMLOCK, 0, 0 },
		{ RLIMIT_MSGQUEUE, 0, 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct rlimit limit = { table[i].soft, table[i].hard }, now;

		/*
		 * Programs may use threads, and this limit counts every task of the user, on a desktop hundreds.  No process
		 * leaves the program's own (contained_filter_program()), so that the limits above and the one kill of
		 * contained_stop() reach all of it.
		 */
		if (limits->program && table[i].resource == RLIMIT_NPROC)
			continue;
		if (getrlimit((__rlimit_resource_t)table[i].resource, &now))
			return -errno;
		limit.rlim_max = MIN(limit.rlim_max, now.rlim_max);
		limit.rlim_cur = MIN(limit.rlim_cur, limit.rlim_max);
		if (setrlimit((__rlimit_resource_t)table[i].resource, &limit))
			return -errno;
	}
	return 0;
}

int contained_limit(const struct contained_limits *limits, bool *inside)
{
	bool shut = shut_in(limits->dir);
	int err;

	if (inside)
		*inside = shut;
	err = change_user(limits->dir);
	if (!err)
		err = drop_capabilities();
	if (!err && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		err = -errno;
	/* Neither a debugger of the same user nor /proc/PID/mem reaches it. */
	if (!err && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
		err = -errno;
	if (!err)
		err = limit_resources(limits);
	if (!err)
		err = limits->program ? contained_filter_program() : contained_filter();
	return err;
}
