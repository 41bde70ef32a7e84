#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# More records than the console keeps, and more than the kernel does: what was read and what was told
# as lost is what the kernel counted.  Then the kernel reports something, and it is told.
# This test plants bugs: the kernel's log is its own affair.
. /kmt/guest.sh

# said is guest.sh's: the words of the last command.
said=${said:-/tmp/said}
LC_ALL=C.UTF-8
export LC_ALL
echo 1 4 1 7 >/proc/sys/kernel/printk
echo on >/proc/sys/kernel/printk_devkmsg

# await WORD: until the script has dumped that
await()
{
	until grep -q "^--- $1" /tmp/flooded || ! kill -0 "$console"; do sleep 0.1; done
}

first=$(kmodtui log --json | sed -n '1s/.*"seq":\([0-9]*\).*/\1/p')
: >/tmp/flooded
kmodtui --script /kmt/console-flood.keys >/tmp/flooded 2>&1 &
console=$!
await before
# In one go: awk writes each line by itself.
awk 'BEGIN { for (i = 1; i <= 20000; i++) { print "<14>flood: " i " of 20000"; fflush() } }' >/dev/kmsg
await flooded
last=$(kmodtui log --json | sed -n '$s/.*"seq":\([0-9]*\).*/\1/p')
# The backtraces of a machine that is well: a call trace like one of a bug.
echo l >/proc/sysrq-trigger
wait "$console"
status=$?
tail -n 30 /tmp/flooded >"$said"
verdict $status "the console goes on, and tells of what the kernel reports"

foot=$(sed -n '/^--- flooded/,$p' /tmp/flooded | grep -oE '[0-9]+ records, [0-9]+ lost' | head -n 1)
note "$foot; numbers $first to $last"
read=$(echo "$foot" | cut -d ' ' -f 1)
lost=$(echo "$foot" | cut -d ' ' -f 3)
is "what was read and what was lost is what the kernel counted" "$((read + lost))" "$((last + 1 - first))"
finish
