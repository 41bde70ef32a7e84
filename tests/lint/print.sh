#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Law L7: nothing below app/ and cli/ prints, and what they print past the screen was made safe for a terminal.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

# base/xalloc.c has one line to say when memory is out, after the terminal was restored; view/termcrash.c writes what curses
# would have, were it not for a crash.
# shellcheck disable=SC2046 # file names of this tree have no blanks
set -- $(tracked 'tui/base/*.[ch]' 'tui/model/*.[ch]' 'tui/kernel/*.[ch]' 'tui/view/*.[ch]')
below=$(code "$@" | grep -v -e '^tui/base/xalloc\.c:' -e '^tui/view/termcrash\.c:')

law "L7: no printing below app/ and cli/" "$(printf '%s\n' "$below" | grep -E \
	'(^|[^a-zA-Z0-9_])(v?printf|puts|putchar|perror|psignal|v?warnx?|v?errx?|error|syslog)[[:space:]]*\(')"
law "L7: nothing is written to stdout or stderr" "$(printf '%s\n' "$below" | grep -E \
	'(^|[^a-zA-Z0-9_])(v?fprintf|fputs|fputc|putc|fwrite|fflush|setvbuf)[[:space:]]*\(.*std(out|err)|(^|[^a-zA-Z0-9_])(v?dprintf|write|writev)[[:space:]]*\([[:space:]]*(1|2|STD(OUT|ERR)_FILENO)[[:space:]]*,')"
law "L7: libkmod's log has a function of ours" "$(for file in "$@"; do
	if code "$file" | grep -q 'kmod_new[[:space:]]*(' && ! code "$file" | grep -q 'kmod_set_log_fn'; then
		printf '%s: kmod_new() without kmod_set_log_fn()\n' "$file"
	fi
done)"

# calls: each statement that prints past curses, on one line
calls()
{
	code_strings "$@" | awk '
	function where(line) { match(line, /^[^:]*:[0-9]*:/); return substr(line, 1, RLENGTH) }
	{
		text = substr($0, length(where($0)) + 1)
		if (statement == "") {
			if (text !~ /(^|[^a-zA-Z0-9_])(v?f?printf|dprintf|fputs|puts|f?putc|putchar|fputc|perror|fwrite|write|psignal|v?warnx?|v?errx?)[ \t]*\(/)
				next
			place = where($0)
		}
		statement = statement text
		if (text ~ /;$/) {
			gsub(/[ \t]+/, " ", statement)
			print place statement
			statement = ""
		}
	}'
}

# unsafe: of these the ones that print a string which is not ours: what was made safe is called safe..., and strerror() is libc's
unsafe()
{
	awk '
	{
		match($0, /^[^:]*:[0-9]*:/)
		call = substr($0, RLENGTH + 1)
		# to a file of its own, not to the terminal
		if (call ~ /recorder->file/ || (call ~ /(^|[^a-zA-Z0-9_])write ?\(/ && call !~ /write ?\( ?(1|2|STD(OUT|ERR)_FILENO) ?,/))
			next
		rest = call
		gsub(/"([^"\\]|\\.)*"/, "", rest)
		gsub(/\047\\?.\047/, "", rest)
		gsub(/buf_str\(&safe[a-z_]*\)|strerror\((-err|errno)\)/, "", rest)
		gsub(/(^|[^a-zA-Z0-9_])(fprintf|printf|fputs|fputc|puts|putchar) ?\(/, " ", rest)
		# numbers, tables of ours, and what stands around them
		gsub(/step->(line|verb->name)|settings_table\[key\]\.name|\*words|words\[1\]/, "", rest)
		gsub(/(^|[^a-zA-Z0-9_>.])(safe(_[a-z]+)?|line|sentence|stderr|stdout|_)($|[^a-zA-Z0-9_])/, " ", rest)
		gsub(/(^|[^a-zA-Z0-9_>.])(safe(_[a-z]+)?|line|sentence|stderr|stdout|_)($|[^a-zA-Z0-9_])/, " ", rest)
		if (rest ~ /[a-zA-Z_]/)
			print
	}'
}

# shellcheck disable=SC2046 # file names of this tree have no blanks
set -- $(tracked 'tui/main.c' 'tui/app/*.c' 'tui/cli/*.c' | grep -v '^tui/cli/out\.c$')
law "L7: past curses only safe text is printed" "$(calls "$@" | unsafe)"
# That the law sees it: a name as it came, one that says so, a line of its own.
planted=$(printf '%s\n' 'static void f(void)' '{' '	printf("%s\n", module->name);' '	fputs(text, stderr);' '	perror(file);' \
	'	fprintf(stderr, "%s",' '		name);' '	fprintf(stderr, "%s", safe);' '	write(1, bytes, n);' '}')
printf '%s\n' "$planted" >"${TMPDIR:-/tmp}/kmt-print.$$.c"
seen=$(calls "${TMPDIR:-/tmp}/kmt-print.$$.c" | unsafe | cut -d : -f 2 | tr '\n' ' ')
rm -f "${TMPDIR:-/tmp}/kmt-print.$$.c"
law "and the law sees what is not" "$([ "$seen" = '3 4 5 6 9 ' ] || printf 'lines seen: %s\n' "$seen")"
finish
