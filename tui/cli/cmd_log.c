/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui log: the kernel log, one record a line. */
#include <errno.h>
#include <json.h>
#include <string.h>

#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/logline.h"
#include "cli/out.h"
#include "kernel/bootclock.h"
#include "kernel/kmsg.h"
#include "kernel/sysmod.h"
#include "model/logfilter.h"
#include "model/logring.h"

struct tail {
	struct cli *cli;
	struct kmsg kmsg;
	struct logfilter filter;
	struct strv drivers;		/* of the module of the filter */
	struct splats splats;
	int64_t wall_offset;
	const int64_t *wall;
};

/* The number of the report it is part of, counted from 1; which kind that is, its first lines tell. */
static struct json_object *splat_number(const struct logrec *rec)
{
	return rec->splat ? json_object_new_int64((int64_t)rec->splat->id) : NULL;
}

/* JSON here is one whole object a line: a log that is followed has no end to wrap it in. */
static void show(const struct tail *tail, const struct logrec *rec)
{
	struct json_object *line;

	if (!tail->cli->options->json) {
		logline_print(rec, 0, tail->wall);
		return;
	}
	line = out_json_new();
	logline_fill(line, rec, tail->wall);
	if (!rec->lost)
		json_object_object_add(line, "splat", splat_number(rec));
	out_json(line);
}

/* Everything there is now: 0, or -errno. */
static int drain(struct tail *tail)
{
	struct logrec rec;
	bool taken;
	int got;

	while (!interrupt_caught() && ((got = kmsg_read(&tail->kmsg, &rec)) != 0 || tail->kmsg.overrun)) {
		if (got < 0)
			return got;
		if (!got)
			continue;
		/* By what it is itself, not by the report it is part of. */
		taken = logfilter_takes(&tail->filter, &rec);
		splats_feed(&tail->splats, &rec);
		if (taken)
			show(tail, &rec);
		logrec_release(&rec);
	}
	return 0;
}

static int follow(struct tail *tail)
{
	struct pollfd poll_fd = { .fd = tail->kmsg.fd, .events = POLLIN };
	int err = 0;

	interrupt_begin(false);
	while (!err && !interrupt_caught() && out_flush()) {
		if (interrupt_poll(&poll_fd, 1, -1) > 0)
			err = drain(tail);
	}
	interrupt_end();
	return err;
}

static enum status open_error(int err)
{
	if (err == -EPERM || err == -EACCES)
		return out_error(STATUS_DENIED, "log",
				 _("The kernel shows its log to privileged users only (dmesg_restrict). Run it as root."));
	if (err == -ENOENT)
		return out_error(STATUS_NOT_FOUND, "log", _("There is no kernel log here."));
	return out_error(STATUS_FAILED, "log", _("The kernel log can not be read: %s."),
			 strerror(-err));
}

static enum status check(struct tail *tail)
{
	const struct options *options = tail->cli->options;

	tail->filter = (struct logfilter){ .level = 7, .module = (char *)options->module };
	if (options->level && logrec_level_parse(options->level, &tail->filter.level))
		return out_error(STATUS_USAGE, "log",
				 _("There is no level %s; the levels are: emerg, alert, crit, err, warn, notice, info, debug, or 0 to 7."),
				 options->level);
	if (options->module && !util_name_valid(options->module))
		return out_error(STATUS_USAGE, "log", _("%s is not a module name."),
				 options->module);
	if (options->module && !sysmod_drivers(&tail->cli->root, options->module, &tail->drivers))
		tail->filter.drivers = &tail->drivers;
	if (!options->wall)
		return STATUS_DONE;
	if (bootclock_offset(&tail->cli->root, &tail->wall_offset))
		return out_error(STATUS_USAGE, "log",
				 _("The wall-clock time is not known: /proc/stat below --root has no btime."));
	tail->wall = &tail->wall_offset;
	return STATUS_DONE;
}

static enum status read_log(struct tail *tail)
{
	int err;

	err = kmsg_open(&tail->kmsg, &tail->cli->root, KMSG_OLDEST);
	if (err)
		return open_error(err);
	err = drain(tail);
	if (!err && tail->cli->options->follow && tail->kmsg.fd >= 0)
		err = follow(tail);
	kmsg_close(&tail->kmsg);
	splats_release(&tail->splats);
	return err ? open_error(err) : STATUS_DONE;
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct tail tail = { .cli = cli, .drivers = STRV_INIT };
	enum status status;

	(void)argc;
	(void)argv;
	status = check(&tail);
	if (!status)
		status = read_log(&tail);
	strv_release(&tail.drivers);
	return status;
}

const struct command cmd_log = {
	.name = "log",
	.arguments = "",
	.summary = N_("Prints the kernel log."),
	.options = "follow level module wall",
	.run = run,
};
