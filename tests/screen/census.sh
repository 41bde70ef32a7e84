#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The console has as many descriptors, threads and children behind a thousand actions of each kind as before.
# CENSUS: how often each is done, 20 unless given; what starts a program is done a tenth as often unless it is given.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"

: "${FIXTURES:?is the folder of unpacked fixtures}"
root=$tmp/root
cp -r "$FIXTURES/debian-6.1" "$root"
chmod -R u+w "$root"
each=${CENSUS:-20}
programs=${CENSUS:-2}

# keys COUNT LINE...: the lines, so often
keys()
{
	keys_n=$1
	shift
	while [ "$keys_n" -gt 0 ]; do
		printf '%s\n' "$@"
		keys_n=$((keys_n - 1))
	done
}

# all CHEAP DEAR: every kind of action
all()
{
	keys "$1" 'key Enter' 'key Right' 'key Right' 'key Right' 'key Right' 'key Right' 'key Esc'
	keys "$1" 'key w' 'key Esc' 'key t' 'key Esc' 'key p' 'key Esc'
	keys "$1" 'key F3' 'type "kmt"' 'key Enter' 'key n N'
	keys "$1" 'key F4' 'type "kmt"' 'key Enter' 'key F4' 'key Esc' 'key Esc'
	keys "$1" 'key F5' 'key F6' 'key Esc' 'key F1' 'key Esc' 'key F2' 'key Esc' 'key F9' 'key Esc'
	keys "$1" 'key + -' 'key m m' 'key Z Z' 'key Space' 'key Down' 'key U' 'key Esc'
	keys "$1" 'key F8' 'key Esc' 'key R' 'key Esc' 'resize 100x30' 'resize 80x24'
	keys "$1" 'key C C' 'key M' 'key Esc'
	keys "$2" 'key D' 'wait idle' 'key Esc' 'key J' 'wait idle' 'key Esc'
	keys "$2" 'key a' 'wait idle' 'key Esc'
	keys "$2" 'key i' 'type "kmt_hello"' 'key Enter' 'wait idle' 'key Esc'
}

# shown WORD: the console has come to that place
shown()
{
	shown_tries=6000
	until grep -q "^--- $1\$" "$out" 2>/dev/null; do
		shown_tries=$((shown_tries - 1))
		[ "$shown_tries" -gt 0 ] && kill -0 "$console" 2>/dev/null || return 1
		sleep 0.1
	done
}

# entries DIRECTORY: how many it has
entries()
{
	find "$1" -mindepth 1 -maxdepth 1 2>/dev/null | wc -l
}

# census: descriptors, threads, children
census()
{
	echo "$(entries "/proc/$console/fd") descriptors, $(entries "/proc/$console/task") threads," \
		"$(cat /proc/[0-9]*/stat 2>/dev/null | sed 's/^[0-9]* (.*) //' | awk -v of="$console" '$2 == of' | wc -l) children"
}

# live NAME: the console sees one module more
live()
{
	echo "$1 4096 0 - Live 0x0" >>"$root/proc/modules"
}

# The head line tells how many there are.
n=$(wc -l <"$root/proc/modules")
{
	echo 'wait idle'
	all 1 1
	# What is read in the background is there.
	printf '%s\n' 'key Esc Esc Esc' 'wait idle' 'dump before' "wait text \"live $((n + 1)) \" 600000"
	all "$each" "$programs"
	printf '%s\n' 'key Esc Esc Esc' 'wait idle' 'dump after' "wait text \"live $((n + 2)) \" 600000" quit
} >"$tmp/keys"
"$KMODTUI" --root "$root" --script "$tmp/keys" >"$out" 2>"$err" </dev/null &
console=$!
shown before
verdict $? "the console has done each action once"
before=$(census)
live aaa_counted
shown after
verdict $? "and then $each times"
after=$(census)
live aab_counted
wait $console
is "it ends well" $? 0
is "and has what it had before" "$after" "$before"
[ "$failures" -eq 0 ] || show "$err"
finish
