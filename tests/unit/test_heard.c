/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "cli/heard.h"
#include "model/logring.h"

#define BUFFER 8192

/* The kernel's end of a log, which gives one record at a read as /dev/kmsg does. */
static int open_log(struct heard *heard)
{
	int fds[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds), 0);
	assert_int_equal(fcntl(fds[0], F_SETFL, O_NONBLOCK), 0);
	*heard = (struct heard){ .listening = true };
	heard->kmsg.fd = fds[0];
	heard->kmsg.text = xmalloc(BUFFER);
	heard->kmsg.end = heard->kmsg.text + BUFFER;
	return fds[1];
}

static bool put(int log, unsigned level, unsigned long number, const char *text)
{
	char line[512];
	int len = snprintf(line, sizeof(line), "%u,%lu,1,-;%s\n", level, number, text);

	return send(log, line, (size_t)len, MSG_NOSIGNAL) == len;
}

/* The numbers are the kernel's: what is missing was lost, and nothing else is said to be. */
static uint64_t count(const struct heard *heard)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < heard->n; i++)
		n += heard->v[i].lost ? heard->v[i].lost : 1;
	return n;
}

static void few(void **state)
{
	struct heard heard;
	int log = open_log(&heard);
	char *cause;

	(void)state;
	assert_true(put(log, 3, 1, "lamp: of before"));
	heard_mark(&heard);
	assert_int_equal(heard.since, 1);
	heard_listen(&heard);
	assert_null(heard_cause(&heard, "lamp"));
	assert_true(put(log, 6, 2, "lamp: hello"));
	heard_listen(&heard);
	assert_int_equal(heard.n, 2);
	cause = heard_cause(&heard, "lamp");
	assert_string_equal(cause, "lamp: hello");
	free(cause);
	close(log);
	heard_release(&heard);
}

/* Errors outlive the chatter around them. */
static void many(void **state)
{
	struct heard heard;
	int log = open_log(&heard);
	unsigned long i;
	char *cause;

	(void)state;
	heard_mark(&heard);
	for (i = 1; i <= 5 * HEARD_MAX; i++) {
		assert_true(put(log, i == 7 ? 3 : 6, i, i == 7 ? "lamp: no clock" : "lamp: chatter"));
		if (i % 50 == 0)
			heard_listen(&heard);
	}
	assert_true(heard.n <= HEARD_MAX);
	assert_int_equal(count(&heard), 5 * HEARD_MAX);
	assert_true(heard.v[0].lost > 0);
	cause = heard_cause(&heard, "lamp");
	assert_string_equal(cause, "lamp: no clock");
	free(cause);
	close(log);
	heard_release(&heard);
}

/* When all are errors, the newest are kept. */
static void many_errors(void **state)
{
	struct heard heard;
	int log = open_log(&heard);
	unsigned long i;
	char text[300];

	(void)state;
	for (i = 1; i <= 2 * HEARD_MAX; i++) {
		snprintf(text, sizeof(text), "lamp: %0280lu", i);
		assert_true(put(log, 3, i, text));
		if (i % 50 == 0)
			heard_listen(&heard);
	}
	assert_true(heard.n <= HEARD_MAX);
	assert_true(heard.bytes <= HEARD_BYTES);
	assert_int_equal(count(&heard), 2 * HEARD_MAX);
	assert_int_equal(heard.v[heard.n - 1].seq, 2 * HEARD_MAX);
	close(log);
	heard_release(&heard);
}

/* A log with more in it than can be read at once is left in the middle. */
static void a_flood(void **state)
{
	static const char record[] = "6,1,1,-;lamp: chatter\n";
	const size_t len = sizeof(record) - 1, n = 4000000;
	struct heard heard = { .listening = true };
	char *text = xmalloc(n * len);
	size_t i;

	(void)state;
	for (i = 0; i < n; i++)
		memcpy(text + i * len, record, len);
	heard.kmsg.fd = -1;
	heard.kmsg.text = text;
	heard.kmsg.pos = text;
	heard.kmsg.end = text + n * len;
	heard_mark(&heard);
	heard_listen(&heard);
	assert_true(heard.n > 0 && heard.n <= HEARD_MAX);
	assert_true(heard.kmsg.pos < heard.kmsg.end);
	heard_release(&heard);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few),
		cmocka_unit_test(many),
		cmocka_unit_test(many_errors),
		cmocka_unit_test(a_flood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
