/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/console.h"
#include "app/script.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/secret.h"

/* Shorter ones do not show. */
#define PAUSE_MIN_MS 200

struct recorder {
	FILE *file;
	uint64_t last_ms;		/* of the last event; 0: none yet */
};

int recorder_open(const char *file, struct recorder **out)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	struct recorder *recorder;

	if (fd < 0)
		return -errno;
	recorder = xcalloc(1, sizeof(*recorder));
	recorder->file = fdopen(fd, "w");
	if (!recorder->file) {
		close(fd);
		free(recorder);
		return -ENOMEM;
	}
	fputs("# Written by kmodtui --record; --replay shows it again.\n", recorder->file);
	*out = recorder;
	return 0;
}

int recorder_close(struct recorder *recorder)
{
	int err = 0;

	if (!recorder)
		return 0;
	fputs("quit\n", recorder->file);
	if (ferror(recorder->file))
		err = -EIO;
	if (fclose(recorder->file))
		err = -errno;
	free(recorder);
	return err;
}

static void write_pause(struct recorder *recorder)
{
	uint64_t now = util_now_ms(), gap = now - recorder->last_ms;

	if (!recorder->last_ms)
		fprintf(recorder->file, "resize %dx%d\nwait idle\n", term_columns(), term_rows());
	else if (gap >= PAUSE_MIN_MS)
		fprintf(recorder->file, "pause %" PRIu64 "\n", MIN(gap, SCRIPT_PAUSE_MAX_MS));
	recorder->last_ms = now;
}

/* As a word of the language. */
static void write_type(struct recorder *recorder, const char *text)
{
	fputs("type \"", recorder->file);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putc('\\', recorder->file);
		putc(*text, recorder->file);
	}
	fputs("\"\n", recorder->file);
}

/* The line as it is when Enter is pressed: how it came about does not matter. */
static void write_prompt(struct recorder *recorder, const struct prompt *prompt)
{
	const char *text = buf_str(&prompt->text);
	bool secret = secret_is_name(prompt->label, strlen(prompt->label));
	char *masked = secret ? xstrdup(SECRET_MASK) : secret_mask(text);

	fputs("key C-u\n", recorder->file);
	if (*text)
		write_type(recorder, masked);
	fputs("key Enter\n", recorder->file);
	free(masked);
}

static void write_key(struct recorder *recorder, unsigned key)
{
	char label[16], text[5] = "";

	if (key > ' ' && key < KC_SPECIAL && key != KC_BACKSPACE) {
		utf8_encode(key, text);
		write_type(recorder, text);
	} else {
		fprintf(recorder->file, "key %s\n", key_label(key, label));
	}
}

static void write_mouse(struct recorder *recorder, const struct input *input)
{
	const char *verb = input->key == KC_CLICK ? "click" :
			   input->key == KC_WHEEL_UP ? "wheel up" : "wheel down";

	fprintf(recorder->file, "%s %d %d\n", verb, input->column, input->row);
}

static bool is_mouse(unsigned key)
{
	return key == KC_CLICK || key == KC_WHEEL_UP || key == KC_WHEEL_DOWN;
}

void recorder_input(struct console *console, const struct input *input)
{
	struct recorder *recorder = console->recorder;
	const struct prompt *prompt = &console->ui.prompt;
	bool ends = input->key == KC_ENTER || input->key == KC_ESC || input->key == KC_CTRL('c');

	if (!recorder || (prompt->open && !ends))
		return;
	write_pause(recorder);
	if (prompt->open && input->key == KC_ENTER)
		write_prompt(recorder, prompt);
	else if (is_mouse(input->key))
		write_mouse(recorder, input);
	else
		write_key(recorder, input->key);
}

void recorder_resized(struct console *console)
{
	struct recorder *recorder = console->recorder;

	if (!recorder || !recorder->last_ms)
		return;
	write_pause(recorder);
	fprintf(recorder->file, "resize %dx%d\n", term_columns(), term_rows());
}
