/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loading a module from its file, without modprobe: a cycle takes less than a new process. */
#ifndef LOADER_H
#define LOADER_H

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "probe.h"

struct loader {
	int fd;
	const char *parameters;
	char module[64];
};

static inline void loader_init(struct loader *l, const char *file, const char *parameters)
{
	const char *name = strrchr(file, '/');

	l->fd = open(file, O_RDONLY | O_CLOEXEC);
	MUST(l->fd >= 0);
	l->parameters = parameters;
	name = name ? name + 1 : file;
	MUST(strlen(name) > 3 && strlen(name) < sizeof(l->module));
	strcpy(l->module, name);
	l->module[strlen(name) - 3] = '\0';	/* .ko */
}

static inline int loader_load(const struct loader *l)
{
	return syscall(SYS_finit_module, l->fd, l->parameters, 0);
}

/* Somebody may hold a reference for a moment. */
static inline void loader_unload(const struct loader *l)
{
	int ret = -1, tries;

	for (tries = 0; ret && tries < 500; tries++) {
		ret = syscall(SYS_delete_module, l->module, O_NONBLOCK);
		if (ret)
			usleep(10000);
	}
	MUST(!ret);
}

#endif
