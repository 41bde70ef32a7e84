/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/out.h"

#include <errno.h>
#include <json.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/cli.h"

static bool make_safe;
static int write_error;		/* the first errno of a failed write, 0 none */

void out_init(const struct options *options)
{
	make_safe = options->safe || (!options->raw && isatty(STDOUT_FILENO));
	/* JSON is UTF-8 in every locale. */
	if (options->json && !options->ascii && !text_utf8() && setlocale(LC_CTYPE, "C.UTF-8"))
		text_set_utf8(true);
	/* A reader that went away is an error of write(2) to be told, not a silent death. */
	child_ignore(SIGPIPE);
}

static void check(bool failed)
{
	if (failed && !write_error)
		write_error = errno ? errno : EIO;
}

bool out_flush(void)
{
	errno = 0;
	check(fflush(stdout) != 0);
	return !write_error;
}

enum status out_finish(enum status status, bool changes)
{
	out_flush();
	if (!write_error && ferror(stdout))
		write_error = EIO;
	/* Who closes the pipe has seen enough, as head has; what a command that changes did is to be known. */
	if (!write_error || (write_error == EPIPE && !changes))
		return status;
	return out_error(STATUS_FAILED, NULL, _("The output could not be written: %s."),
			 strerror(write_error));
}

static void put(const char *s, size_t len)
{
	errno = 0;
	check(fwrite(s, 1, len, stdout) != len);
}

static void put_safe(const char *s, size_t len)
{
	struct buf safe = BUF_INIT;

	text_escape(&safe, s, len);
	put(buf_str(&safe), safe.len);
	buf_release(&safe);
}

/* Newlines and tabs are ours; what else could move the cursor is somebody's. */
static void put_lines(const char *s, size_t len)
{
	size_t n;

	for (; len; s += n, len -= n) {
		n = MIN(strcspn(s, "\n\t"), len);
		put_safe(s, n);
		if (n < len)
			put(s + n++, 1);
	}
}

void out_printf(const char *format, ...)
{
	struct buf text = BUF_INIT;
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	if (make_safe)
		put_lines(buf_str(&text), text.len);
	else
		put(buf_str(&text), text.len);
	buf_release(&text);
}

void out_text(const char *s, int indent)
{
	size_t len;

	if (!make_safe) {
		put(s, strlen(s));
		return;
	}
	for (;;) {
		len = strcspn(s, "\n");
		put_safe(s, len);
		if (!s[len])
			return;
		s += len + 1;
		out_printf("\n%*s", indent, "");
		/* Indented already: what a module indents with tabs would show as escapes. */
		s += strspn(s, "\t");
	}
}

char *out_string(const char *s)
{
	if (!s)
		return xstrdup("-");
	return make_safe ? text_safe(s) : xstrdup(s);
}

int out_width(const char *s)
{
	return make_safe ? text_width(s) : (int)strlen(s);
}

void out_json(struct json_object *object)
{
	const char *text;

	text = json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN |
					      JSON_C_TO_STRING_NOSLASHESCAPE);
	put(text, strlen(text));
	put("\n", 1);
	json_object_put(object);
}

struct json_object *out_json_string(const char *s)
{
	struct json_object *string;
	struct buf safe = BUF_INIT;

	if (!s)
		return NULL;
	text_escape(&safe, s, strlen(s));
	string = json_object_new_string_len(buf_str(&safe), (int)safe.len);
	buf_release(&safe);
	return string;
}

struct json_object *out_json_new(void)
{
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "schema", json_object_new_int(1));
	return object;
}

enum status out_error(enum status status, const char *subject, const char *format, ...)
{
	struct buf line = BUF_INIT;
	char text[4096];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	buf_addstr(&line, "kmodtui: ");
	if (subject) {
		text_escape(&line, subject, strlen(subject));
		buf_addstr(&line, *subject ? ": " : "\"\": ");
	}
	text_escape(&line, text, strlen(text));
	buf_addch(&line, '\n');
	fflush(stdout);
	fputs(buf_str(&line), stderr);
	buf_release(&line);
	return status;
}

void out_progress(const char *format, ...)
{
	bool terminal = isatty(STDERR_FILENO);
	char text[512] = "", *safe;
	va_list args;

	if (terminal)
		fputs("\r\033[K", stderr);
	if (format) {
		va_start(args, format);
		vsnprintf(text, sizeof(text), format, args);
		va_end(args);
		safe = text_safe(text);
		fprintf(stderr, terminal ? "%s" : "%s\n", safe);
		free(safe);
	}
	fflush(stderr);
}

static bool is_layout(char c)
{
	return c == '\n' || c == '\r' || c == '\t';
}

void out_pass_on(const char *bytes, size_t n)
{
	struct buf safe = BUF_INIT;
	size_t i, len;

	/* The end of a line that is to be written over is theirs to send, too. */
	for (i = 0; i < n; i += len) {
		for (len = 0; i + len < n && !is_layout(bytes[i + len]); len++)
			;
		text_escape(&safe, bytes + i, len);
		if (i + len < n)
			buf_addch(&safe, bytes[i + len++]);
	}
	if (isatty(STDERR_FILENO))
		fwrite(buf_str(&safe), 1, safe.len, stderr);
	else
		fwrite(bytes, 1, n, stderr);
	buf_release(&safe);
}
