/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/privilege.h"

#include <errno.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/util.h"

#ifdef HAVE_LIBCAP_NG
#include <cap-ng.h>

/* What a command may get back by exec. */
static const unsigned for_commands[] = {
	CAP_SYS_MODULE,					/* load, unload */
	CAP_SYSLOG,					/* the log of the action */
	CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_CHOWN,	/* files of ours, with the owner they had */
	CAP_SYS_PTRACE,					/* who has a device open */
	CAP_SETUID, CAP_SETGID, CAP_SYS_CHROOT,		/* to be nobody where a stranger's file is parsed */
};

/* What the console itself may raise for a moment. */
static const unsigned to_look[] = { CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH };

static capng_select_t everything(void)
{
	return capng_have_capability(CAPNG_EFFECTIVE, CAP_SETPCAP) ? CAPNG_SELECT_BOTH : CAPNG_SELECT_CAPS;
}

static int drop_capabilities(void)
{
	capng_select_t which = everything();

	capng_clear(CAPNG_SELECT_BOTH);
	return capng_apply(which) ? -EPERM : 0;
}

int privilege_limit(bool readonly)
{
	bool look[ARRAY_SIZE(to_look)], log;
	capng_select_t which;
	size_t i;

	if (geteuid() || capng_get_caps_process())
		return 0;
	which = everything();
	log = capng_have_capability(CAPNG_PERMITTED, CAP_SYSLOG);
	for (i = 0; i < ARRAY_SIZE(to_look); i++)
		look[i] = capng_have_capability(CAPNG_PERMITTED, to_look[i]);
	capng_clear(CAPNG_SELECT_BOTH);
	for (i = 0; i < ARRAY_SIZE(for_commands) && !readonly; i++)
		capng_update(CAPNG_ADD, CAPNG_BOUNDING_SET, for_commands[i]);
	for (i = 0; i < ARRAY_SIZE(to_look); i++)
		if (look[i])
			capng_update(CAPNG_ADD, CAPNG_PERMITTED, to_look[i]);
	if (log)
		capng_update(CAPNG_ADD, CAPNG_PERMITTED | CAPNG_EFFECTIVE, CAP_SYSLOG);
	return capng_apply(which) ? -EPERM : 0;
}

void privilege_look(bool on)
{
	size_t i;

	if (geteuid() || capng_get_caps_process())
		return;
	for (i = 0; i < ARRAY_SIZE(to_look); i++)
		if (capng_have_capability(CAPNG_PERMITTED, to_look[i]))
			capng_update(on ? CAPNG_ADD : CAPNG_DROP, CAPNG_EFFECTIVE, to_look[i]);
	capng_apply(CAPNG_SELECT_CAPS);
}
#else
static int drop_capabilities(void)
{
	return -ENOSYS;
}

int privilege_limit(bool readonly)
{
	(void)readonly;
	return -ENOSYS;
}

void privilege_look(bool on)
{
	(void)on;
}
#endif

int privilege_drop(void)
{
	int err = drop_capabilities();

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && !err)
		err = -errno;
	return err;
}
