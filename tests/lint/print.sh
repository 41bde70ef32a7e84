#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Law L7: nothing below app/ and cli/ prints.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

# base/xalloc.c has one line to say when memory is out, after the terminal was restored.
# shellcheck disable=SC2046 # file names of this tree have no blanks
set -- $(tracked 'tui/base/*.[ch]' 'tui/model/*.[ch]' 'tui/kernel/*.[ch]' 'tui/view/*.[ch]')
below=$(code "$@" | grep -v '^tui/base/xalloc\.c:')

law "L7: no printing below app/ and cli/" "$(printf '%s\n' "$below" | grep -E \
	'(^|[^a-zA-Z0-9_])(v?printf|puts|putchar|perror|psignal|v?warnx?|v?errx?|error|syslog)[[:space:]]*\(')"
law "L7: nothing is written to stdout or stderr" "$(printf '%s\n' "$below" | grep -E \
	'(^|[^a-zA-Z0-9_])(v?fprintf|fputs|fputc|putc|fwrite|fflush|setvbuf)[[:space:]]*\(.*std(out|err)|(^|[^a-zA-Z0-9_])(v?dprintf|write|writev)[[:space:]]*\([[:space:]]*(1|2|STD(OUT|ERR)_FILENO)[[:space:]]*,')"
law "L7: libkmod's log has a function of ours" "$(for file in "$@"; do
	if code "$file" | grep -q 'kmod_new[[:space:]]*(' && ! code "$file" | grep -q 'kmod_set_log_fn'; then
		printf '%s: kmod_new() without kmod_set_log_fn()\n' "$file"
	fi
done)"
finish
