/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's log of a trial, by the two ways it comes. */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "cli/say.h"
#include "cli/trial.h"

/* The console's log says more than anybody reads. */
#define LOG_FILE_MAX (8u << 20)

static void read_file(const struct trial *trial, const char *name, struct buf *text)
{
	char *path = say("%s/%s", trial->dir, name);
	FILE *file = fopen(path, "re");
	char bytes[4096];
	size_t n;

	while (file && text->len < LOG_FILE_MAX && (n = fread(bytes, 1, sizeof(bytes), file)) > 0)
		buf_add(text, bytes, n);
	if (file)
		fclose(file);
	free(path);
}

void trial_read_log(struct trial *trial)
{
	struct buf console = BUF_INIT, saved = BUF_INIT;
	const struct buf *better = &console;

	read_file(trial, TRIAL_CONSOLE, &console);
	read_file(trial, TRIAL_SAVED, &saved);
	if (!verdict_has_end(buf_str(&console)) && verdict_has_end(buf_str(&saved)))
		better = &saved;
	verdict_console(&trial->verdict, buf_str(better), better->len);
	buf_release(&console);
	buf_release(&saved);
}
