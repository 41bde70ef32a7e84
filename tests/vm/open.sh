#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A module that does not count who has its device open stays loaded while somebody has; so does one without an exit.
# The machine has the modules of tests/vm/bad.
# This test plants bugs: what is unloaded beneath a process crashes that.
# shellcheck disable=SC2154 # out and err are those of guest.sh
. /kmt/guest.sh

export LC_ALL=C.UTF-8

# has_open PID NODE: as its descriptor 3
has_open()
{
	[ "$(readlink "/proc/$1/fd/3")" = "$2" ]
}

mkdir -p /tmp/build /var/log
cp /kmt/bad/kmt_bad_open.ko /tmp/build/
cp /kmt/bad/kmt_bad_open.ko "/lib/modules/$(uname -r)/updates/"
depmod
check "the module that does not count" kmodtui load /kmt/bad/kmt_bad_open.ko
sleep 1000 3</dev/kmt_bad_open &
sleeper=$!
soon "a process has its device open" has_open "$sleeper" /dev/kmt_bad_open
says "and it has no reference" /proc/modules '^kmt_bad_open [0-9]+ 0 '
run 0 "holders names the process" holders kmt_bad_open
says "by its number" "$out" "^process    sleep $sleeper /dev/kmt_bad_open\$"

run 5 "it is not unloaded" unload kmt_bad_open
says "and it is said who would crash" "$err" \
	"^kmodtui: kmt_bad_open: sleep $sleeper has /dev/kmt_bad_open open and kmt_bad_open does not count it: unloading would crash the kernel\. .*--allow-open"
check "it is there" loaded kmt_bad_open
run 5 "nor with its users" unload --users kmt_bad_open
run 5 "nor reloaded" reload kmt_bad_open
check "it is still there" loaded kmt_bad_open
run 0 "a plan says so" unload --dry-run kmt_bad_open
says "in a line" "$out" "^sleep $sleeper has /dev/kmt_bad_open open and kmt_bad_open does not count it"
run 0 "JSON has it" unload --dry-run --json kmt_bad_open
says "as an object" "$out" "\"opens\":\[\{\"module\":\"kmt_bad_open\",\"pid\":$sleeper,\"name\":\"sleep\",\"what\":\"/dev/kmt_bad_open\",\"sentence\":\"sleep"
run 5 "watch does not take it away, either" watch --once /tmp/build/kmt_bad_open.ko
says "for the same reason" "$err" "sleep $sleeper has /dev/kmt_bad_open open"
check "and it is there" loaded kmt_bad_open

# A node elsewhere is the same device.
mknod /tmp/node c "$(awk -F: '{ print $1 }' /sys/class/misc/kmt_bad_open/dev)" "$(awk -F: '{ print $2 }' /sys/class/misc/kmt_bad_open/dev)"
sleep 1000 3</tmp/node &
other=$!
soon "a node that is not in /dev" has_open "$other" /tmp/node
kill $sleeper
wait $sleeper
run 5 "counts as well" unload kmt_bad_open
says "by its name" "$err" "sleep $other has /tmp/node open"
kill $other
wait $other
run 0 "with nobody it goes" unload kmt_bad_open
run 0 "and comes" load /kmt/bad/kmt_bad_open.ko
run 0 "and can be undone" undo
run 0 "once more" load /kmt/bad/kmt_bad_open.ko
sleep 1000 3</dev/kmt_bad_open &
sleeper=$!
soon "open again" has_open "$sleeper" /dev/kmt_bad_open
run 5 "undo of a load looks as well" undo
says "who has it" "$err" "sleep $sleeper has /dev/kmt_bad_open open"
check "it stays" loaded kmt_bad_open

run 0 "a module that was made to stay" load /kmt/bad/kmt_bad_noexit.ko
run 5 "is not even tried" unload kmt_bad_noexit
says "as it has no exit function" "$err" 'kmt_bad_noexit has no exit function'
run 0 "the plan says it" unload --dry-run kmt_bad_noexit
says "too" "$out" 'kmt_bad_noexit has no exit function'

# Counted is as ever: the kernel says no, and the process is named.
load kmt_chardev
sleep 1000 <>/dev/kmt_chardev0 &
counted=$!
soon "one that counts" grep -q '^kmt_chardev [0-9]* [1-9]' /proc/modules
run 5 "is in use" unload kmt_chardev
says "by that" "$err" "in use by sleep \(process $counted\)"
kill $counted
wait $counted
run 0 "and then goes" unload kmt_chardev

# At last the explicit answer; the process it would crash is frozen until the machine ends.
kill -STOP $sleeper
kmodtui --script /kmt/console-open.keys >"$out" 2>"$err"
console_status=$?
cat "$out" "$err" >"$said"
verdict $console_status "the console shows it, and takes the name for an answer"
! loaded kmt_bad_open
verdict $? "with --allow-open it is unloaded"
finish
