/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/setup.h"

#include <errno.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/config.h"
#include "app/console.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/bootclock.h"

static const char *reason(int err)
{
	if (err == -EPERM)
		return _("it belongs to another user");
	if (err == -EINVAL)
		return _("it is no file");
	return strerror(-err);
}

static void read_file(struct setup *setup)
{
	struct settings_problem problem;
	struct buf text = BUF_INIT, complaint = BUF_INIT;
	char *sentence;
	int err;

	setup->path = config_path();
	if (!setup->path)
		return;
	err = config_read(setup->path, &text);
	if (err && err != -ENOENT)
		buf_printf(&complaint, _("The settings in %s were not read: %s."), setup->path, reason(err));
	if (!err) {
		settings_parse(buf_str(&text), text.len, &setup->now, &problem);
		sentence = settings_complaint(&problem);
		if (sentence)
			buf_printf(&complaint, "%s (%s)", sentence, setup->path);
		free(sentence);
		settings_problem_release(&problem);
	}
	if (complaint.len)
		setup->complaint = buf_detach(&complaint);
	buf_release(&text);
}

/* A word given as an option; NULL: it was not. */
static enum status take_word(struct setup *setup, enum setting_key key, const char *word)
{
	int value = word ? settings_find(key, word, strlen(word)) : 0;
	const char *const *words = settings_table[key].words;
	char *safe;

	if (word && value >= 0)
		setup->now.value[key] = (unsigned)value;
	if (value >= 0)
		return STATUS_DONE;
	safe = text_safe(word);
	fprintf(stderr, _("kmodtui: The option --%s can not be \"%s\"; it is one of"), settings_table[key].name,
		safe);
	for (; *words; words++)
		fprintf(stderr, " %s%s", *words, words[1] ? "," : ".\n");
	free(safe);
	return STATUS_USAGE;
}

enum status setup_read(struct setup *setup, const struct options *options)
{
	enum status status;

	settings_init(&setup->now);
	read_file(setup);
	if (options->ascii)
		setup->now.value[SETTING_ASCII] = 1;
	if (options->no_mouse)
		setup->now.value[SETTING_MOUSE] = 0;
	status = take_word(setup, SETTING_THEME, options->theme);
	return status ? status : take_word(setup, SETTING_COLORS, options->colors);
}

void setup_release(struct setup *setup)
{
	free(setup->path);
	free(setup->complaint);
}

/* Who asks for a number of colours gets them; NO_COLOR is for those who ask for nothing. */
static int count_colors(unsigned value)
{
	static const int counts[] = { [COLORS_8] = 8, [COLORS_16] = 16, [COLORS_256] = 256, [COLORS_NONE] = 0 };
	const char *no_color = getenv("NO_COLOR");

	if (value == COLORS_AUTO)
		return no_color && *no_color ? 0 : 256;
	return counts[value];
}

static void apply_colors(struct console *console)
{
	const struct settings *now = &console->setup.now;

	term_set_colors((enum theme)now->value[SETTING_THEME], count_colors(now->value[SETTING_COLORS]));
}

static void apply_ascii(struct console *console)
{
	bool utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8");

	text_set_utf8(utf8 && !console->setup.now.value[SETTING_ASCII]);
	term_set_ascii(!text_utf8());
}

static void apply_mouse(struct console *console)
{
	term_set_mouse(console->setup.now.value[SETTING_MOUSE]);
}

static void apply_details(struct console *console)
{
	screen_set_beside(console->setup.now.value[SETTING_DETAILS]);
}

static void apply_order(struct console *console)
{
	console->shown.order.key = (enum order_key)console->setup.now.value[SETTING_SORT];
	console->shown.order.reverse = console->setup.now.value[SETTING_REVERSE];
	refresh_rows(console);
}

static void apply_level(struct console *console)
{
	console->shown.log_filter.level = console->setup.now.value[SETTING_LEVEL];
}

static void apply_time(struct console *console)
{
	struct shown *shown = &console->shown;

	shown->log_wall = console->setup.now.value[SETTING_TIME] &&
			  !bootclock_offset(&console->root, &shown->wall_offset);
}

static void apply_learn(struct console *console)
{
	console->learn = console->setup.now.value[SETTING_LEARN];
}

static void (*const appliers[SETTINGS])(struct console *console) = {
	[SETTING_THEME] = apply_colors,
	[SETTING_COLORS] = apply_colors,
	[SETTING_ASCII] = apply_ascii,
	[SETTING_MOUSE] = apply_mouse,
	[SETTING_DETAILS] = apply_details,
	[SETTING_SORT] = apply_order,
	[SETTING_REVERSE] = apply_order,
	[SETTING_LEVEL] = apply_level,
	[SETTING_TIME] = apply_time,
	[SETTING_LEARN] = apply_learn,
};

void setup_apply(struct console *console)
{
	size_t i;

	for (i = 0; i < SETTINGS; i++)
		appliers[i](console);
}

void setup_complain(struct console *console)
{
	if (console->setup.complaint)
		console_say(console, MESSAGE_BAD, "%s", console->setup.complaint);
}

void setup_turn(struct console *console, enum setting_key key, int step)
{
	settings_turn(&console->setup.now, key, step);
	console->setup.changed[key] = true;
	appliers[key](console);
	console->dirty = true;
}

/* The file may have changed since: what was not touched here stays as it says now. */
static int write_file(struct setup *setup)
{
	struct settings_problem problem;
	struct buf old = BUF_INIT, new = BUF_INIT;
	struct settings settings;
	int err = config_read(setup->path, &old), i;

	if (err && err != -ENOENT)
		goto out_release;
	settings_init(&settings);
	settings_parse(buf_str(&old), old.len, &settings, &problem);
	settings_problem_release(&problem);
	for (i = 0; i < SETTINGS; i++)
		if (setup->changed[i])
			settings.value[i] = setup->now.value[i];
	settings_write(&settings, buf_str(&old), old.len, &new);
	err = config_write(setup->path, buf_str(&new), new.len);
out_release:
	buf_release(&old);
	buf_release(&new);
	return err;
}

static bool has_changed(const struct setup *setup)
{
	size_t i;

	for (i = 0; i < SETTINGS; i++)
		if (setup->changed[i])
			return true;
	return false;
}

void setup_save(struct console *console)
{
	struct setup *setup = &console->setup;
	int err;

	if (!has_changed(setup))
		return;
	if (console->options->readonly || console->script) {
		console_say(console, MESSAGE_PLAIN, console->script ?
			    _("The settings hold until the end: a script saves none.") :
			    _("The settings hold until the end: a read-only console saves none."));
		return;
	}
	if (!setup->path) {
		console_say(console, MESSAGE_BAD, _("The settings were not saved: HOME is not set."));
		return;
	}
	err = write_file(setup);
	if (err) {
		console_say(console, MESSAGE_BAD, _("The settings were not saved in %s: %s."), setup->path, reason(err));
		return;
	}
	memset(setup->changed, 0, sizeof(setup->changed));
	console_say(console, MESSAGE_GOOD, _("The settings were saved in %s."), setup->path);
}
