#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# procfs-switches: /proc/kmt_self tells how often the reader gave the processor away, and how often it was taken.
. /kmt/guest.sh

# One process reads our file and then /proc/self/status, so the second number is the first one or a little more.
agree() # KEY, THEIR KEY
{
	cat /proc/kmt_self /proc/self/status >/tmp/both
	ours=$(sed -n "s/^$1 //p" /tmp/both)
	theirs=$(sed -n "s/^$2:[[:space:]]*//p" /tmp/both)
	echo "$1 $ours, $2 $theirs"
	[ -n "$ours" ] && [ "$ours" -le "$theirs" ] && [ $((theirs - ours)) -lt 20 ]
}

load kmt_procfs
check "voluntary_switches is what /proc/self/status says" agree voluntary_switches voluntary_ctxt_switches
check "so is forced_switches" agree forced_switches nonvoluntary_ctxt_switches
unload kmt_procfs
finish
