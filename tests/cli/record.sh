#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --record writes what is done at the console as a script; --replay shows it again to a person.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

root=$tmp/r
make_root "$root"
cat >"$tmp/keys" <<'END'
wait idle
key F4
type "alphx"
key Backspace
type "a"
key Enter
pause 3000
key Esc
key F3
type "wpa_key=abc"
key Enter
key Down Up
click 10 3
wheel down 10 3
resize 100x30
type "?"
key Esc
key F4 C-u
type "a\"\\#"
key Enter
wait idle
dump end
END
run 0 "a script is recorded" --root "$root" --script "$tmp/keys" --record "$tmp/rec"
grep -v '^pause' "$tmp/rec" >"$out.rec"
cp "$out" "$tmp/first"
cp "$out.rec" "$out"
same "as lines of the same language" "$out" <<'END'
# Written by kmodtui --record; --replay shows it again.
resize 80x24
wait idle
key F4
key C-u
type "alpha"
key Enter
key Esc
key F3
key C-u
type "wpa_key=***"
key Enter
key Down
key Up
click 10 3
wheel down 10 3
resize 100x30
type "?"
key Esc
key F4
key C-u
type "a\"\\#"
key Enter
quit
END
is "for its owner alone" "$(stat -c %a "$tmp/rec")" 600
sed 's/^quit/wait idle\ndump end/; s/\*\*\*/abc/' "$tmp/rec" >"$tmp/again"
run 0 "played again" --root "$root" --script "$tmp/again"
is "it ends at the same screen" "$(cmp "$tmp/first" "$out" 2>&1)" ""

cp "$tmp/rec" "$tmp/before"
run 1 "a file that is there" --root "$root" --script "$tmp/keys" --record "$tmp/rec"
says "is told" "$err" 'The file is there already'
is "and left alone" "$(cmp "$tmp/rec" "$tmp/before" 2>&1)" ""
ln -s "$tmp/target" "$tmp/link"
run 1 "a link is not followed" --root "$root" --script "$tmp/keys" --record "$tmp/link"
is "nothing is made behind it" "$(ls "$tmp/target" 2>/dev/null)" ""
run 1 "a directory that is not there" --root "$root" --script "$tmp/keys" --record "$tmp/none/rec"
says "is told" "$err" 'can not be written: No such file'
run 2 "a script and a replay exclude each other" --script "$tmp/keys" --replay "$tmp/rec"
printf 'pause 3600000\n' >"$tmp/long"
run 2 "a pause is bounded" --root "$root" --script "$tmp/long"
printf 'wheel left 1 1\n' >"$tmp/wheel"
run 2 "a wheel turns up or down" --root "$root" --script "$tmp/wheel"
printf 'key q\n' >"$tmp/quit"
run 1 "a replay needs a terminal" --root "$root" --replay "$tmp/quit"
finish
