#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Saving the log from the console: what is written, how, and over what it is not.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

root=$FIXTURES/reports
export TZ=UTC0
export LC_ALL=C.UTF-8

# save NAME PATH EXPECT [KEYS]: saves what the filter shows
save()
{
	cat >"$tmp/keys" <<-END
		resize 160x40
		wait idle
		key Tab Tab S Enter C-u
		type "$2"
		key Enter
		${4:-}
		expect "$3"
	END
	run 0 "$1" --root "$root" --script "$tmp/keys"
}

save "the log is saved" "$tmp/log" "records were written to $tmp/log."
is "nobody else may read it" "$(stat -c %a "$tmp/log")" 600
is "each record is a line" "$(grep -c '' "$tmp/log")" 340
says "a line is as kmodtui log prints it" "$tmp/log" '^\[   62.000000\] info   kmt_x: still there$'
says "user space is told apart" "$tmp/log" '^\[   61.900000\] warn   \(user\) kmt_x: user space poses'
says "reports are whole" "$tmp/log" 'schedule_timeout\+0x94/0x150$'
"$KMODTUI" --root "$root" log --safe --level info >"$tmp/all"
sed 's/^/ /' "$tmp/all" | sort >"$tmp/a"
sed 's/^/ /' "$tmp/log" | sort >"$tmp/b"
is "nothing is there that the command does not print" "$(comm -13 "$tmp/a" "$tmp/b")" ""

echo precious >"$tmp/old"
save "an existing file is asked for" "$tmp/old" "Replace the file?"
is "and is as it was" "$(cat "$tmp/old")" precious
save "no leaves it" "$tmp/old" "Nothing was saved." "key Enter"
is "as it was, too" "$(cat "$tmp/old")" precious
save "yes replaces it" "$tmp/old" "records were written to" "key y"
is "by all of the log" "$(grep -c '' "$tmp/old")" 340
is "nothing is left beside it" "$(find "$tmp" -name 'old.*')" ""

echo precious >"$tmp/target"
ln -s target "$tmp/link"
ln -s nowhere "$tmp/dangling"
save "a link is not followed" "$tmp/link" "a symbolic link stands there, and is not followed."
is "what it leads to is as it was" "$(cat "$tmp/target")" precious
save "nor one that leads nowhere" "$tmp/dangling" "a symbolic link stands there"
refuse_file() { [ ! -e "$1" ]; verdict $? "$2"; }
refuse_file "$tmp/nowhere" "and nothing was made through it"
save "a full disk is told" /dev/full "something that is no file stands there"

cat >"$tmp/keys" <<-END
	wait idle
	key Tab S
	expect "read-only"
	expect-not "┌─ Save"
END
run 0 "--readonly saves nothing" --root "$root" --readonly --script "$tmp/keys"

# All, with the time of the day.
cat >"$tmp/keys" <<-END
	resize 160x40
	wait idle
	key Tab Tab @ - - - S Down Enter C-u
	type "$tmp/wall"
	key Enter
	expect "341 records were written"
END
run 0 "all of it, by the time of the day" --root "$root" --script "$tmp/keys"
says "has the date" "$tmp/wall" '^2026-11-23T00:00:02.000000 info   kmt_x: still there$'
finish
