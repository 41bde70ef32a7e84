/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <json.h>
#include <string.h>
#include <unistd.h>

#include "cli/guard_ear.h"

#define CHANGE "{\"params\":{\"module\":\"m\",\"param\":\"p\",\"old\":\"1\"}}\n"

struct fixture {
	struct guard_ear ear;
	int changes[2], answers[2];
};

static void set_up(struct fixture *fixture)
{
	assert_int_equal(pipe(fixture->changes), 0);
	assert_int_equal(pipe(fixture->answers), 0);
	guard_ear_open(&fixture->ear, fixture->changes[0], fixture->answers[0]);
}

static void tear_down(struct fixture *fixture)
{
	guard_ear_release(&fixture->ear);
	close(fixture->changes[1]);
	close(fixture->answers[0]);
	close(fixture->answers[1]);
}

static void say(int fd, const char *words)
{
	assert_int_equal(write(fd, words, strlen(words)), strlen(words));
}

static size_t count(const struct fixture *fixture, const char *key)
{
	struct json_object *list;

	assert_true(json_object_object_get_ex(fixture->ear.action, key, &list));
	return json_object_array_length(list);
}

/* The pipe stays open, as when somebody else has it. */
static void the_end_is_said(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	say(fixture.changes[1], CHANGE "{\"id\":7}\n{\"end\":true}\n");
	assert_int_equal(guard_ear_hear(&fixture.ear, -1), PENDING_TIME_OUT);
	assert_true(fixture.ear.over);
	assert_int_equal(count(&fixture, "params"), 1);
	assert_int_equal(count(&fixture, "did"), 0);
	tear_down(&fixture);
}

static void the_end_of_one_that_was_killed(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	say(fixture.changes[1], CHANGE CHANGE "{\"params\":{\"mod");
	close(fixture.changes[1]);
	assert_int_equal(guard_ear_hear(&fixture.ear, -1), PENDING_TIME_OUT);
	assert_true(fixture.ear.over);
	assert_int_equal(count(&fixture, "params"), 2);
	fixture.changes[1] = dup(0);
	tear_down(&fixture);
}

static void lines_in_pieces(void **state)
{
	static const char words[] = CHANGE;
	struct fixture fixture;
	size_t i;

	(void)state;
	set_up(&fixture);
	for (i = 0; words[i]; i++) {
		assert_int_equal(write(fixture.changes[1], &words[i], 1), 1);
		assert_int_equal(guard_ear_hear(&fixture.ear, 1), PENDING_TIME_OUT);
	}
	say(fixture.changes[1], "{\"end\":true}\n");
	guard_ear_hear(&fixture.ear, -1);
	assert_int_equal(count(&fixture, "params"), 1);
	tear_down(&fixture);
}

/* The command still runs, or hangs. */
static void an_answer_meanwhile(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	say(fixture.changes[1], CHANGE);
	say(fixture.answers[1], "r");
	assert_int_equal(guard_ear_hear(&fixture.ear, -1), PENDING_ROLL_BACK);
	assert_false(fixture.ear.over);
	assert_int_equal(count(&fixture, "params"), 1);
	tear_down(&fixture);
	set_up(&fixture);
	say(fixture.answers[1], "k");
	assert_int_equal(guard_ear_hear(&fixture.ear, -1), PENDING_KEEP);
	/* Only one is heard. */
	say(fixture.answers[1], "r");
	say(fixture.changes[1], CHANGE "{\"end\":true}\n");
	assert_int_equal(guard_ear_hear(&fixture.ear, -1), PENDING_TIME_OUT);
	assert_int_equal(count(&fixture, "params"), 1);
	tear_down(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_end_is_said),
		cmocka_unit_test(the_end_of_one_that_was_killed),
		cmocka_unit_test(lines_in_pieces),
		cmocka_unit_test(an_answer_meanwhile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
