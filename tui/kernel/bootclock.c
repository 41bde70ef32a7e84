/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/bootclock.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/parse.h"
#include "kernel/root.h"

#define STAT_MAX (4u << 20)
/* Later ones are a damaged file's; until then microseconds fit. */
#define SECONDS_MAX 253402300800ull

static int64_t clock_usec(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int bootclock_parse(const char *text, int64_t *seconds)
{
	const char *pos = text, *end = text + strlen(text), *line;
	uint64_t number;
	size_t len;

	while (parse_line(&pos, end, &line, &len)) {
		if (len < 7 || memcmp(line, "btime ", 6) || parse_digits(line + 6, line + len, &number) ||
		    number >= SECONDS_MAX)
			continue;
		*seconds = (int64_t)number;
		return 0;
	}
	return -ENOENT;
}

static int read_offset(const struct root *root, int64_t *usec)
{
	struct buf text = BUF_INIT;
	int64_t seconds;
	int err = root_read(root, "proc/stat", &text, STAT_MAX);

	if (!err)
		err = bootclock_parse(buf_str(&text), &seconds);
	if (!err)
		*usec = seconds * 1000000;
	buf_release(&text);
	return err;
}

int bootclock_offset(const struct root *root, int64_t *usec)
{
	if (!root_is_host(root))
		return read_offset(root, usec);
	*usec = clock_usec(CLOCK_REALTIME) - clock_usec(CLOCK_MONOTONIC);
	return 0;
}
