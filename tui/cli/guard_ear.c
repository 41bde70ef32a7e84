/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/guard_ear.h"

#include <errno.h>
#include <json.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"

void guard_ear_forget(struct guard_ear *ear)
{
	json_object_put(ear->action);
	ear->action = json_object_new_object();
	json_object_object_add(ear->action, "params", json_object_new_array());
	json_object_object_add(ear->action, "did", json_object_new_array());
}

void guard_ear_open(struct guard_ear *ear, int changes, int answers)
{
	*ear = (struct guard_ear){ .changes = changes, .answers = answers, .rest = xstrdup("") };
	guard_ear_forget(ear);
}

void guard_ear_release(struct guard_ear *ear)
{
	json_object_put(ear->action);
	free(ear->rest);
	close(ear->changes);
}

/* A line is one member: a change goes behind those of its kind, the id of the action stands alone. */
static void take_line(struct json_object *action, struct json_object *line)
{
	if (!json_object_is_type(line, json_type_object))
		return;
	json_object_object_foreach(line, key, value) {
		struct json_object *list;

		if (json_object_object_get_ex(action, key, &list) &&
		    json_object_is_type(list, json_type_array))
			json_object_array_add(list, json_object_get(value));
		else
			json_object_object_add(action, key, json_object_get(value));
	}
	json_object_put(line);
}

/* The whole lines of @text; what is left of it stays for the next time. */
static void take_lines(struct guard_ear *ear, const char *text)
{
	const char *end;
	char *line;

	while ((end = strchr(text, '\n'))) {
		line = xstrndup(text, (size_t)(end - text));
		take_line(ear->action, json_tokener_parse(line));
		free(line);
		text = end + 1;
	}
	line = xstrdup(text);
	free(ear->rest);
	ear->rest = line;
}

static void read_changes(struct guard_ear *ear)
{
	struct buf text = BUF_INIT;
	char bytes[4096];
	ssize_t got = read(ear->changes, bytes, sizeof(bytes));

	if (got <= 0) {
		ear->over = !(got < 0 && errno == EINTR);
		return;
	}
	buf_addstr(&text, ear->rest);
	buf_add(&text, bytes, (size_t)got);
	take_lines(ear, buf_str(&text));
	buf_release(&text);
	ear->over = json_object_object_get_ex(ear->action, GUARD_END, NULL);
}

static enum pending_answer read_answer(struct guard_ear *ear)
{
	char answer = PENDING_ROLL_BACK;

	if (read(ear->answers, &answer, 1) != 1)
		answer = PENDING_ROLL_BACK;
	ear->answers = -1;
	return answer == PENDING_KEEP ? PENDING_KEEP : PENDING_ROLL_BACK;
}

enum pending_answer guard_ear_hear(struct guard_ear *ear, int ms)
{
	uint64_t end = util_now_ms() + (uint64_t)MAX(ms, 0), now = end;
	struct pollfd fds[2] = { { .fd = ear->changes, .events = POLLIN }, { .events = POLLIN } };
	int got;

	while (!ear->over && ((now = util_now_ms()) < end || ms < 0)) {
		fds[1].fd = ear->answers;
		fds[0].revents = fds[1].revents = 0;
		got = poll(fds, 2, ms < 0 ? -1 : (int)(end - now));
		if (got > 0 && fds[0].revents)
			read_changes(ear);
		if (got > 0 && fds[1].revents)
			return read_answer(ear);
	}
	return PENDING_TIME_OUT;
}
