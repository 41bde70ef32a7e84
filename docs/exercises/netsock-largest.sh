#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# netsock-largest: a datagram that is larger than a parameter says gets no echo, and is counted.
. /kmt/guest.sh

file=/sys/module/kmt_netsock/parameters/largest

# Sends so many bytes, and tells how many come back within two seconds; bash knows UDP.
echoed() # BYTES
{
	bash -c 'exec 3<>/dev/udp/127.0.0.1/7007 && printf "%0$1d" 0 >&3 &&
		timeout 2 dd bs=65536 count=1 <&3 2>/dev/null | wc -c' bash "$1"
}

figure()
{
	sed -n "s/^$1 //p" /proc/kmt_netsock
}

load kmt_netsock
is "without it a large one comes back" "$(echoed 1000)" 1000
check "the most is set to 100" sh -c "echo 100 >$file"
is "100 bytes come back" "$(echoed 100)" 100
is "101 bytes do not" "$(echoed 101)" 0
is "they were counted" "$(figure datagrams_in) $(figure datagrams_out) $(figure datagrams_dropped)" "3 2 1"
for bad in 0 65536 -1 x; do
	refuse "it refuses $bad" sh -c "echo $bad >$file"
done
is "which changes nothing" "$(cat $file)" 100
unload kmt_netsock
finish
