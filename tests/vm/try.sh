#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui try: modules that leak, crash, hang and leave things behind get their verdicts, a good one
# is clean.  Runs on the host, for it boots the machines; the kernel must be in the cache.

# shellcheck source=tests/vm/host.sh
. "$(dirname "$0")/host.sh"

needs_machine
needs_module kmt_chardev
needs_kernel
good=$first
env -u MAKEFLAGS -u MAKELEVEL make -s -C "$BUILDDIR" bad >/dev/null 2>&1 ||
	skip_all "the modules of tests/vm/bad can not be built"
bad=$BUILDDIR/tests/vm/bad

tmp=$(mktemp -d) || exit 99
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$tmp"' EXIT
trap 'exit 143' INT TERM HUP
mkdir "$tmp/runs"
cases=0
failed=0

verdict()
{
	cases=$((cases + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $cases - $2"
		return
	fi
	failed=$((failed + 1))
	echo "not ok $cases - $2"
	[ ! -f "$tmp/$3" ] || head -c 2000 "$tmp/$3" "$tmp/$3.err" | sed 's/^/# /'
}

# trial NAME ARGUMENT...: its JSON and status in files of that name
trial()
{
	trial_name=$1
	shift
	TMPDIR=$tmp/runs "$KMODTUI" --json try "$@" >"$tmp/$trial_name" 2>"$tmp/$trial_name.err"
	echo $? >"$tmp/$trial_name.status"
}

# judged NAME WORD STATUS: a case
judged()
{
	grep -q "\"verdict\":\"$2\"" "$tmp/$1" && [ "$(cat "$tmp/$1.status")" = "$3" ]
	verdict $? "$1: $2" "$1"
}

# found NAME KIND REGEX: a case
found()
{
	grep -qE "\"kind\":\"$2\",\"text\":\"[^\"]*$3" "$tmp/$1"
	verdict $? "$1: $2 $3" "$1"
}

cp "$bad/kmt_bad_borrower.ko" "$tmp" || exit 99

# shellcheck source=tests/vm/together.sh
. "$(dirname "$0")/together.sh"

# What these leave behind does not get in the way of the next.
harmless='good borrow words refused leak socket virtual start second places screen left'
together good "$good" minors=2 --cycles 3
together borrow "$tmp/kmt_bad_borrower.ko" --cycles 1
together words "$bad/kmt_bad_words.ko" --cycles 1
together refused "$bad/kmt_bad_refused.ko" --cycles 2 --accept ENODEV
together leak "$bad/kmt_bad_leak.ko" --cycles 3
together socket "$bad/kmt_bad_socket.ko" --cycles 3
together virtual "$bad/kmt_bad_virtual.ko" --cycles 3
together start "$bad/kmt_bad_start.ko" --cycles 3 --accept EINVAL
together second "$bad/kmt_bad_second.ko" --cycles 2
together places "$bad/kmt_bad_places.ko" --cycles 3
together screen "$bad/kmt_bad_screen.ko" --cycles 2
together left "$bad/kmt_bad_left.ko" --cycles 2

# Those that hang take their minute beside all others, and one gets no time to get anywhere.  The time-out counts
# the time of this host, which may be busy; what hangs is found out by the guest's, and by the processor's.
long='--timeout 3000'
# shellcheck disable=SC2086 # two words
{
	trial hang-load "$bad/kmt_bad_hang.ko" --cycles 1 $long &
	trial hang-unload "$bad/kmt_bad_hang.ko" when=unload --cycles 1 $long &
	trial hang-all "$bad/kmt_bad_hang.ko" when=stop --cycles 1 $long &
	trial late "$good" --cycles 1000 --timeout 40 &
	together_boot &
	shared=$!
	trial crash "$bad/kmt_bad_crash.ko" when=unload --cycles 2 $long
	trial free "$bad/kmt_bad_free.ko" --cycles 1 $long
	trial with "$tmp/kmt_bad_borrower.ko" --cycles 1 --with "$bad/kmt_bad_lender.ko" $long
	trial console "$bad/kmt_bad_console.ko" --cycles 1 $long
	trial panic "$bad/kmt_bad_panic.ko" --cycles 2 $long
}
wait $shared
for name in $harmless; do
	together_judge "$name" >"$tmp/$name" 2>"$tmp/$name.err"
	echo $? >"$tmp/$name.status"
done

# A signal ends the machine, too, and leaves nothing.
TMPDIR=$tmp/runs "$KMODTUI" --json try "$good" >"$tmp/killed" 2>"$tmp/killed.err" &
victim=$!
until ls "$tmp"/runs/kmodtui-lab.*/console.log >/dev/null 2>&1 || ! kill -0 $victim; do sleep 0.1; done
kill -TERM $victim
! wait $victim && [ ! -s "$tmp/killed" ]
verdict $? "one that is ended gives no verdict" killed
wait

judged good clean 0
found good device '/dev/kmt_chardev1'
found good proc '/proc/kmt_chardev'
grep -q '"findings":\[\]' "$tmp/good" && grep -q '"parameters":\["minors=2"\]' "$tmp/good" &&
	grep -q '"cycles":3,"done":3' "$tmp/good" && grep -q "\"kernel\":\"$kernel\"" "$tmp/good"
verdict $? "good: nothing against it, and what was done is said" good
judged leak dirty 1
found leak leak '2 times kmalloc-256'
grep -q '"stacks":.*"  leak_init+0x[0-9a-f]*/0x[0-9a-f]* \[kmt_bad_leak\]"' "$tmp/leak"
verdict $? "leak: the function that got it is named" leak
judged free dirty 1
found free splat 'Memory was written to after it was given back: BUG kmalloc-96'
judged start refused 1
found start left 'after the load that was refused: proc /proc/kmt_bad_start'
found start leak '2 times kmalloc-512 in the last 2 loads'
grep -q '"stacks":.*"  start_init+0x[0-9a-f]*/0x[0-9a-f]* \[kmt_bad_start\]"' "$tmp/start"
verdict $? "start: the function that got it is named" start
judged places dirty 1
found places leak '12 times kmalloc-256'
[ "$(grep -o 'kmalloc-256: [0-9]* times' "$tmp/places" | tr '\n' ' ')" = 'kmalloc-256: 4 times kmalloc-256: 2 times kmalloc-256: 2 times kmalloc-256: 4 times ' ] &&
	grep -q '"kmalloc-256: 4 times from 2 more places"' "$tmp/places"
verdict $? "places: those of most memory, and how much the others have" places
found places left 'sys /sys/devices/kmt_bad_places'
found places left 'netlink protocol 31'
found places left 'port udp 31337'
judged screen clean 0
found screen classdevice '/sys/class/graphics/fb0'
judged second dirty 1
found second refused 'Load 2'
found second left 'number 231 kmt_bad_second'
judged words clean 0
judged left dirty 1
found left left 'proc /proc/kmt_bad_left'
found left splat 'proc_register'
judged crash crashed 1
found crash crash 'unload 1'
found crash crash 'NULL pointer dereference'
judged console crashed 1
found console crash 'NULL pointer dereference'
found console crash 'That was in console_fault_init\+0x'
grep -q '"kernel_log":.*console_fault_init' "$tmp/console"
verdict $? "console: the log shows where, though the console stood still" console
judged panic crashed 1
found panic crash 'kmt_bad_panic was here'
judged with clean 0
grep -q '"with":\["[^"]*/kmt_bad_lender\.ko"\]' "$tmp/with" && grep -q 'borrowed 7' "$tmp/with"
verdict $? "with: it found the module that it needs" with
judged borrow refused 1
found borrow refused 'The module needs kmt_bad_lender, which was not found: .*--with FILE'
judged socket dirty 1
found socket leak '2 times UDP'
judged virtual dirty 1
found virtual leak '2 times vmalloc'
judged refused refused 0
found refused refused 'found no device of its kind'
judged hang-load hung 1
found hang-load hung 'Load 1'
grep -q 'hang_init' "$tmp/hang-load"
verdict $? "hang-load: the log shows where it waits" hang-load
judged hang-all hung 1
found hang-all hung 'All of the machine stood still in cycle 1'
[ "$(cat "$tmp/late.status")" = 5 ] && ! grep -qE '"verdict":"|hung' "$tmp/late" &&
	grep -q -e '--timeout SECONDS' "$tmp/late" "$tmp/late.err"
verdict $? "late: a host without time is no verdict" late
judged hang-unload hung 1
found hang-unload hung 'Unload 1'
[ -z "$(ls "$tmp/runs")" ]
verdict $? "nothing is left on the disk"

echo "1..$cases"
[ $failed -eq 0 ]
