#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Output that can not be written is noticed.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

make_root "$tmp/r"

if [ -c /dev/full ]; then
	for command in list "list --json" log status "--help" "--version"; do
		# shellcheck disable=SC2086 # words of a command
		"$KMODTUI" --root "$tmp/r" $command >/dev/full 2>"$err"
		is "$command to a full disk fails" "$?" 1
		says "and says why" "$err" '^kmodtui: The output could not be written: '
	done
else
	skip "a full disk" "/dev/full is not there"
fi
# A pipe that has lost its reader.
mkfifo "$tmp/pipe"
# shellcheck disable=SC2094 # it is to be read and written
exec 3<>"$tmp/pipe" 4>"$tmp/pipe" 3>&-
for command in list "list --json" log --help; do
	# shellcheck disable=SC2086 # words of a command
	"$KMODTUI" --root "$tmp/r" $command >&4 2>"$err"
	is "$command: a reader that has seen enough is no error" "$?" 0
	lacks "and nothing is said" "$err" .
done
"$KMODTUI" --root "$tmp/r" info none >&4 2>"$err"
is "what else went wrong is one" "$?" 4
"$KMODTUI" --root "$tmp/r" mask --dry-run alpha >&4 2>"$err"
is "a plan is only shown" "$?" 0
"$KMODTUI" --root "$tmp/r" mask alpha >&4 2>"$err"
is "what a command changed is to be known" "$?" 1
says "and that it could not be told is said" "$err" '^kmodtui: The output could not be written: '
exec 4>&-
"$KMODTUI" --root "$tmp/r" list >&- 2>"$err"
is "a closed standard output fails" "$?" 1
if command -v script >/dev/null; then
	printf '4,1,1,-;x: \\x1b[31mred\n' >"$tmp/r/kmsg.records"
	script -qc "'$KMODTUI' --root '$tmp/r' log" /dev/null >"$out" 2>"$err" </dev/null
	says "to a terminal text is made safe" "$out" 'x: \\x1b\[31mred'
	script -qc "'$KMODTUI' --root '$tmp/r' log --raw" /dev/null >"$out" 2>"$err" </dev/null
	is "unless --raw is given" "$(grep -c "$(printf 'x: \033')" "$out")" 1
else
	skip "to a terminal text is made safe" "script is not installed"
	skip "unless --raw is given" "script is not installed"
fi
finish
