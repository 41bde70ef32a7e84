/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/privilege.h"

#include <errno.h>
#include <sys/prctl.h>

#ifdef HAVE_LIBCAP_NG
#include <cap-ng.h>

static int drop_capabilities(void)
{
	capng_select_t which = CAPNG_SELECT_CAPS;

	if (capng_have_capability(CAPNG_EFFECTIVE, CAP_SETPCAP))
		which = CAPNG_SELECT_BOTH;
	capng_clear(CAPNG_SELECT_BOTH);
	return capng_apply(which) ? -EPERM : 0;
}
#else
static int drop_capabilities(void)
{
	return -ENOSYS;
}
#endif

int privilege_drop(void)
{
	int err = drop_capabilities();

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && !err)
		err = -errno;
	return err;
}
