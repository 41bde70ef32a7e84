/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/buf.h"
#include "fuzz.h"
#include "model/settings.h"

static void check_values(const struct settings *settings)
{
	int i;

	for (i = 0; i < SETTINGS; i++) {
		const char *word = settings_word(settings, (enum setting_key)i);

		CHECK(settings_find((enum setting_key)i, word, strlen(word)) == (int)settings->value[i]);
	}
}

static void check_problem(const struct settings_problem *problem, size_t lines)
{
	char *sentence = settings_complaint(problem);

	CHECK(!problem->kind == !sentence);
	CHECK(!problem->kind || (problem->line >= 1 && problem->line + problem->more <= lines));
	free(sentence);
}

/* What was written says what it was to say, whatever was there before; written again it stays. */
static void check_write(const char *text, size_t size)
{
	struct settings wanted, got;
	struct settings_problem problem;
	struct buf out = BUF_INIT, again = BUF_INIT;
	int i;

	settings_init(&wanted);
	for (i = 0; i < SETTINGS; i++)
		if (size > (size_t)i && text[i] & 1)
			settings_turn(&wanted, (enum setting_key)i, text[i] & 2 ? 1 : -1);
	settings_write(&wanted, text, size, &out);
	settings_init(&got);
	settings_parse(buf_str(&out), out.len, &got, &problem);
	settings_problem_release(&problem);
	CHECK(!memcmp(&got, &wanted, sizeof(got)));
	settings_write(&wanted, buf_str(&out), out.len, &again);
	CHECK(again.len == out.len && !memcmp(buf_str(&again), buf_str(&out), out.len));
	buf_release(&out);
	buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct settings_problem problem;
	struct settings settings;

	settings_init(&settings);
	settings_parse((const char *)data, size, &settings, &problem);
	check_values(&settings);
	check_problem(&problem, fuzz_lines(data, size));
	settings_problem_release(&problem);
	check_write((const char *)data, size);
	return 0;
}
