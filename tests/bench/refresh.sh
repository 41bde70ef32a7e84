#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One look at 300 live modules: the console's refresh beside lsmod on the same files, in system
# calls and in time; and the whole of kmodtui list beside the whole of lsmod.
#
#	tests/bench/refresh.sh
#
# lsmod takes no --root, so it runs inside the files with chroot, which only root may do.
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

# calls FILE: the system calls strace wrote down, from the last execve on
calls()
{
	awk '/execve\(/ { n = 0 } / = / { n++ } END { print n }' "$1"
}

# ticks FILE: the calls from each reading of /proc/modules to the next, the first one left out
ticks()
{
	awk '/proc\/modules"/ && !/O_PATH/ { if (seen++ > 1) print n; n = 0 } / = / { n++ }' "$1" | sort -n
}

machine "$tmp/a" 300
machine "$tmp/b" 300 7
what="a refresh, 300 modules"

theirs_calls='' theirs_us=''
if [ "$(id -u)" -eq 0 ] && command -v lsmod >/dev/null && add_lsmod "$tmp/a"; then
	theirs_us=$("$bench/times" 101 "$tmp/a" /sbin/lsmod) || theirs_us=
	if strace -f -o "$tmp/lsmod" chroot "$tmp/a" /sbin/lsmod >/dev/null 2>&1; then
		theirs_calls=$(calls "$tmp/lsmod")
	fi
fi
[ -n "$theirs_us" ] || echo "lsmod is not measured: it has to run as root, with chroot"

echo 'wait text "this never comes" 13500' >"$tmp/wait.keys"
strace -f -o "$tmp/console" "$KMODTUI" --root "$tmp/a" --script "$tmp/wait.keys" >/dev/null 2>&1
ticks "$tmp/console" >"$tmp/ticks"
if [ -s "$tmp/ticks" ]; then
	line "$what, system calls of a tick" "$(sed -n "$((($(wc -l <"$tmp/ticks") + 1) / 2))p" "$tmp/ticks")" \
		calls "under 40" ${theirs_calls:+lsmod "$theirs_calls"}
	line "$what, system calls of the fifth tick, with policy and configuration" \
		"$(tail -n 1 "$tmp/ticks")" calls ''
else
	echo "$what, system calls: not measured, strace does not run here"
fi

theirs=${theirs_us:+$(ms "$(field 1 "$theirs_us")")}
line "$what, time when nothing changed" "$(ms "$("$bench/trip" 1001 "$tmp/a" | sed 's/...$//')")" \
	ms "under 0.6" ${theirs:+lsmod "$theirs"}
line "$what, time when a figure changed" "$(ms "$("$bench/trip" 1001 "$tmp/a" "$tmp/b" | sed 's/...$//')")" \
	ms "under 0.6" ${theirs:+lsmod "$theirs"}
ours=$("$bench/times" 101 / "$KMODTUI" --root "$tmp/a" list)
line "the whole program, 300 modules, wall time of list" "$(ms "$(field 1 "$ours")")" ms '' \
	${theirs:+lsmod "$theirs"}
line "the whole program, 300 modules, CPU of list" "$(ms "$(field 2 "$ours")")" ms '' \
	${theirs:+lsmod "$(ms "$(field 2 "$theirs_us")")"}
if strace -f -o "$tmp/list" "$KMODTUI" --root "$tmp/a" list >/dev/null 2>&1; then
	line "the whole program, 300 modules, system calls of list" "$(calls "$tmp/list")" calls '' \
		${theirs_calls:+lsmod "$theirs_calls"}
fi
