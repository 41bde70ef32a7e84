#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Law L6: no shell from C; and the shell scripts there are, are POSIX and clean.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

# shellcheck disable=SC2046 # file names of this tree have no blanks
set -- $(tracked 'tui/*.c' 'tui/*.h')
law "L6: no system(), no popen()" "$(code "$@" |
	grep -E '(^|[^a-zA-Z0-9_])(system|popen|wordexp)[[:space:]]*\(')"
law "L6: no shell is run" "$(code_strings "$@" |
	grep -E '"(/bin/|/usr/bin/|/usr/bin/env )?(a|ba|da|k|z)?sh"')"

scripts=$(tracked '*' | while IFS= read -r file; do
	case $file in
	*.sh) printf '%s\n' "$file" ;;
	*.tar | *.png | *.screen | *.keys) ;;
	*) if head -n 1 "$file" | grep -aqE '^#!.*[/ ][a-z]*sh( |$)'; then printf '%s\n' "$file"; fi ;;
	esac
done)
law "shell scripts are for /bin/sh" "$(printf '%s\n' "$scripts" | while IFS= read -r file; do
	[ -n "$file" ] && head -n 1 "$file" |
		grep -vE '^#!/bin/sh( |$)|^# SPDX|^#!/bin/busybox sh$' | sed "s,^,$file:1: ,"
done)"

if command -v shellcheck >/dev/null; then
	# SC1091: what a test sources inside the machine is not here.  SC2319: verdict $? behind [ ] is about that
	# condition.  SC2329: newer versions do not see that a function is called by its name in a variable or trap.
	# shellcheck disable=SC2086 # a list of names without blanks
	law "shellcheck is content" "$(shellcheck -s sh -x -e SC1091,SC2319,SC2329 -f gcc $scripts)"
else
	skip "shellcheck is content" "shellcheck is not installed"
fi
finish
