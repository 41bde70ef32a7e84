/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/fault.h"

#include <stddef.h>
#include <string.h>

#include "base/util.h"

/* The first row that fits counts. */
static const struct {
	const char *words;
	enum fault fault;
} faults[] = {
	{ "Oops: ", FAULT_FATAL }, { "kernel BUG at", FAULT_FATAL },
	{ "general protection fault", FAULT_FATAL }, { "Kernel panic", FAULT_FATAL },
	{ "BUG: unable to handle", FAULT_FATAL }, { "BUG: kernel NULL pointer", FAULT_FATAL },
	{ "double fault", FAULT_FATAL },
	{ "WARNING: ", FAULT_COMPLAINT }, { "BUG: ", FAULT_COMPLAINT }, { "UBSAN: ", FAULT_COMPLAINT },
	{ "KASAN: ", FAULT_COMPLAINT }, { "KCSAN: ", FAULT_COMPLAINT }, { "ODEBUG: ", FAULT_COMPLAINT },
	{ "suspicious RCU usage", FAULT_COMPLAINT }, { "possible recursive locking", FAULT_COMPLAINT },
	{ "possible circular locking", FAULT_COMPLAINT }, { "DEADLOCK", FAULT_COMPLAINT },
	{ " blocked for more than", FAULT_COMPLAINT }, { "detected stall", FAULT_COMPLAINT },
	{ "self-detected stall", FAULT_COMPLAINT }, { "unregister_netdevice: waiting", FAULT_COMPLAINT },
	{ "Objects remaining in", FAULT_COMPLAINT }, { "cannot create duplicate", FAULT_COMPLAINT },
	{ "refcount_t: ", FAULT_COMPLAINT }, { "Out of memory: ", FAULT_COMPLAINT },
};

const char *fault_without_time(const char *line)
{
	const char *end;

	while (line[0] == '[' && (line[1] == ' ' || (line[1] >= '0' && line[1] <= '9') || line[1] == 'T') &&
	       (end = strchr(line, ']')) != NULL)
		line = end + 1 + strspn(end + 1, " ");
	return line;
}

enum fault fault_find(const char *line)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(faults); i++)
		if (strstr(line, faults[i].words))
			return faults[i].fault;
	return FAULT_NONE;
}

bool fault_is_end(const char *line)
{
	return strstr(line, "---[ end") || !strncmp(line, "======", 6);
}
