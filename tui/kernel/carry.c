/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/carry.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/strv.h"
#include "base/util.h"
#include "kernel/root.h"
#include "kernel/session.h"
#include "kernel/sysdev.h"
#include "model/module.h"

void carry_module(struct carry *carry, const char *module)
{
	const char *names[3] = { module, carry->what, NULL };
	size_t i;

	for (i = 0; i < carry->live->n; i++) {
		if (!util_name_equal(carry->live->v[i].name, module))
			continue;
		names[0] = carry->live->v[i].name;
		carrying_add(carry->list, carry->kind, names);
	}
}

void carry_device(struct carry *carry, const char *device)
{
	struct strv modules = STRV_INIT;
	size_t i;

	sysdev_modules(carry->root, device, &modules);
	for (i = 0; i < modules.n; i++)
		carry_module(carry, modules.v[i]);
	strv_release(&modules);
}

void carry_class(struct carry *carry, const char *dir)
{
	struct strv names = STRV_INIT;
	char path[PATH_MAX], *device;
	size_t i;

	root_list(carry->root, dir, &names);
	for (i = 0; i < names.n; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names.v[i]);
		device = sysdev_follow(carry->root, path);
		if (device)
			carry_device(carry, device);
		free(device);
	}
	strv_release(&names);
}

void carry_read(const struct root *root, const struct session *session, const struct modlist *live,
		struct carrying *list)
{
	struct carry carry = { root, live, list, CARRYING_ROOT, NULL };

	if (!root->live)
		return;
	carry_disk(&carry);
	if (session) {
		carry.kind = CARRYING_CONSOLE;
		carry_console(&carry, session);
		carry.kind = CARRYING_NETWORK;
		carry_network(&carry, session);
	}
	carrying_spread(list, live);
}

void carry_look(const struct root *root, const struct modlist *live, struct carrying *list)
{
	struct session session;

	session_read(root, getpid(), &session);
	carry_read(root, &session, live, list);
	session_release(&session);
}
