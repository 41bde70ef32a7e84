/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/fault.h"

#include <stddef.h>
#include <string.h>

#include "base/util.h"

/*
 * The first row that fits counts: the line begins with the words, for a module's own text has them behind
 * the module's name, and holds what is also there in each line of the kernel's.
 */
static const struct row {
	const char *words, *also;
	enum fault fault;
	bool goes_on;
} rows[] = {
	{ "Oops: ", "[#", FAULT_FATAL, true },
	{ "general protection fault", "[#", FAULT_FATAL, true },
	{ "invalid opcode: ", "[#", FAULT_FATAL, true },
	{ "divide error: ", "[#", FAULT_FATAL, true },
	{ "stack segment: ", "[#", FAULT_FATAL, true },
	{ "int3: ", "[#", FAULT_FATAL, true },
	{ "double fault: ", "[#", FAULT_FATAL, true },
	{ "Internal error: ", "[#", FAULT_FATAL, true },
	{ "kernel BUG at ", "!", FAULT_FATAL, false },
	{ "Kernel panic - not syncing", "", FAULT_FATAL, false },
	{ "PANIC: double fault", "", FAULT_FATAL, false },
	{ "traps: PANIC: ", "", FAULT_FATAL, false },
	{ "BUG: unable to handle ", "", FAULT_FATAL, false },
	{ "BUG: kernel NULL pointer dereference", "", FAULT_FATAL, false },
	{ "BUG: ", "stack guard page was hit", FAULT_FATAL, false },
	{ "Unable to handle kernel ", "", FAULT_FATAL, false },

	{ "WARNING: CPU: ", "", FAULT_COMPLAINT, true },
	{ "WARNING: ", ", CPU#", FAULT_COMPLAINT, true },
	{ "KASAN: ", "", FAULT_COMPLAINT, true },
	{ "BUG ", "ainted", FAULT_COMPLAINT, false },
	{ "BUG: KASAN: ", "", FAULT_COMPLAINT, false },
	{ "BUG: KCSAN: ", "", FAULT_COMPLAINT, false },
	{ "BUG: KFENCE: ", "", FAULT_COMPLAINT, false },
	{ "BUG: KMSAN: ", "", FAULT_COMPLAINT, false },
	{ "BUG: scheduling while atomic: ", "", FAULT_COMPLAINT, false },
	{ "BUG: sleeping function called ", "", FAULT_COMPLAINT, false },
	{ "BUG: spinlock ", "", FAULT_COMPLAINT, false },
	{ "BUG: workqueue l", "", FAULT_COMPLAINT, false },
	{ "BUG: Bad ", " state", FAULT_COMPLAINT, false },
	{ "BUG: using ", " in preemptible", FAULT_COMPLAINT, false },
	{ "watchdog: ", "soft lockup", FAULT_COMPLAINT, false },
	{ "watchdog: ", "hard LOCKUP", FAULT_COMPLAINT, false },
	{ "NMI watchdog: ", "hard LOCKUP", FAULT_COMPLAINT, false },
	{ "rcu: INFO: ", "stall", FAULT_COMPLAINT, false },
	{ "INFO: rcu_", "stall", FAULT_COMPLAINT, false },
	{ "INFO: task ", " blocked for more than", FAULT_COMPLAINT, false },
	{ "INFO: trying to register non-static key", "", FAULT_COMPLAINT, false },
	{ "UBSAN: ", "", FAULT_COMPLAINT, false },
	{ "ODEBUG: ", "", FAULT_COMPLAINT, false },
	{ "refcount_t: ", "", FAULT_COMPLAINT, false },
	{ "sysfs: cannot create duplicate", "", FAULT_COMPLAINT, false },
	{ "unregister_netdevice: waiting", "", FAULT_COMPLAINT, false },
	{ "Out of memory: ", "", FAULT_COMPLAINT, false },

	{ "WARNING: ", "", FAULT_MAYBE, false },
	{ "BUG: ", "", FAULT_MAYBE, false },
	{ "[ BUG: ", " ]", FAULT_MAYBE, false },
};

const char *fault_without_time(const char *line)
{
	const char *end;

	while (line[0] == '[' && (line[1] == ' ' || (line[1] >= '0' && line[1] <= '9') || line[1] == 'T') &&
	       strncmp(line, "[ BUG: ", 7) != 0 && (end = strchr(line, ']')) != NULL)
		line = end + 1 + strspn(end + 1, " ");
	return line;
}

static const struct row *row_find(const char *line)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (!strncmp(line, rows[i].words, strlen(rows[i].words)) && strstr(line, rows[i].also))
			return &rows[i];
	return NULL;
}

enum fault fault_find(const char *line, bool ruled)
{
	const struct row *row = row_find(line);

	if (!row)
		return FAULT_NONE;
	return row->fault == FAULT_MAYBE && ruled ? FAULT_COMPLAINT : row->fault;
}

bool fault_goes_on(const char *line)
{
	const struct row *row = row_find(line);

	return row && row->goes_on;
}

bool fault_is_rule(const char *line)
{
	return strstr(line, "--[ cut here ]--") || !strncmp(line, "======", 6);
}

bool fault_is_proof(const char *line)
{
	return !strncmp(line, "CPU: ", 5) && strstr(line, " PID: ");
}

bool fault_is_end(const char *line)
{
	return !strncmp(line, "---[ end", 8) || fault_is_rule(line);
}
