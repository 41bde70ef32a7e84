#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmt_netsock: an echo server with limits, in one network namespace or in all; and its beacon.
. /kmt/guest.sh

dir=/sys/module/kmt_netsock/parameters

# Neither echo nor printf of the guest's shell says why it could not write.
write()
{
	printf '%s' "$2" | dd of="$dir/$1"
}

# kept NAME BAD VALUE [WHY]: it has that value before and after.
kept()
{
	refuse_as "${4:-Invalid argument}" "$1 refuses '$2'" write "$1" "$2"
	is "$1 is unchanged" "$(cat "$dir/$1")" "$3"
}

figure()
{
	sed -n "s/^$1 //p" /proc/kmt_netsock
}

figure_is()
{
	[ "$(figure "$1")" = "$2" ]
}

probe()
{
	check "$1" timeout 240 "${2:-netsock_probe}" "$1"
}

for bad in port=0 port=65536 port=x connections=0 connections=1025 idle=0 idle=86401 bytes=-1 \
	bind=world netns=some beacon=nowhere beacon=127.0.0.1 beacon=127.0.0.1:0; do
	refuse_as "Invalid argument" "load with $bad" load kmt_netsock "$bad"
done
huge=18446744073709551616	# 64 bits and one more
out_of_range="Numerical result out of range"
for name in port connections idle bytes; do
	refuse_as "$out_of_range" "load with $name=$huge" load kmt_netsock "$name=$huge"
done
refuse_as "Network is unreachable" "a beacon without a way" load kmt_netsock beacon=192.0.2.1:514
check "nothing is left of them" test ! -e /proc/kmt_netsock

load kmt_netsock
log_has "the log tells of it" 'kmt_netsock: Echo server at port 7007'
is "it serves" "$(figure up)" 1
for socket in tcp4 udp4 tcp6 udp6; do
	is "$socket is open" "$(figure $socket)" 1
done
for case in tcp udp backlog half_close urgent reset most idle share loops beacon loopback_only; do
	probe $case
done
probe netns_self netsock_ns_probe
probe streams netsock_others_probe
soon "no connection is left" figure_is connections 0

for bad in 0 1025 -1 x '6 4'; do
	kept connections "$bad" 64
done
for bad in 0 86401 x; do
	kept idle "$bad" 60
done
kept bytes -1 1073741824
kept bytes x 1073741824
kept connections $huge 64 "$out_of_range"
kept idle $huge 60 "$out_of_range"
kept bytes $huge 1073741824 "$out_of_range"
last=$(cat $dir/beacon)
for bad in 127.0.0.1 :514 ::1:514 '[::1]' '[::1:514' '[]:514' 127.0.0.1: 127.0.0.1:x 127.0.0.1:0 \
	127.0.0.1:65536 host:514 1.2.3:514 \
	'[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0001]:514'
do
	kept beacon "$bad" "$last"
done
ip route add unreachable 192.0.2.1
kept beacon 192.0.2.1:514 "$last" "No route to host"
kept beacon 192.0.2.2:514 "$last" "Network is unreachable"
kept beacon 127.255.255.255:514 "$last" "Permission denied"
refuse_as "Permission denied" "the port is for load only" write port 7008
is "what it serves can be read" "$(cat $dir/bind $dir/netns | tr '\n' ' ')" "loopback self "
is "beacon is for root alone" "$(stat -c %a $dir/beacon)" 600
is "the statistics are for all" "$(stat -c %a /proc/kmt_netsock)" 444
is "every line of them is a key and a value" "$(grep -cvE '^[a-z0-9_]+ -?[0-9]+$' /proc/kmt_netsock)" 0

modprobe tcp_diag 2>/dev/null		# or it is built in
if netsock_others_probe kills >/dev/null; then
	probe killed netsock_others_probe
	unload kmt_netsock
	load kmt_netsock
else
	skip "a listening socket is ended" "this kernel ends no sockets for others"
fi

netsock_ns_probe hold >/tmp/hold 2>&1 &
holder=$!
soon "connections are open" grep -q held /tmp/hold
unload kmt_netsock
check "their clients are told" wait $holder
refuse "the statistics are gone" cat /proc/kmt_netsock

load kmt_netsock port=7007 bind=any
probe any
unload kmt_netsock

# The namespace of the one who loads it is served and no other; it may go before the module does.
check "it is loaded in another namespace" \
	unshare -n sh -c 'ip link set lo up && modprobe kmt_netsock && netsock_probe tcp && netsock_probe udp'
is "this one is not served" "$(figure up)" 0
soon "that one has gone" figure_is namespaces 1
probe netns_self netsock_ns_probe
unload kmt_netsock

netsock_ns_probe listen >/tmp/beacon &
listener=$!
soon "a log server listens" grep -q listening /tmp/beacon
load kmt_netsock beacon=127.0.0.1:5514
check "it gets a line" wait $listener
check "as a log server takes it" grep -qE '^<14>kmt_netsock: port 7007, 0 of 64 connections, up [0-9]+ s$' /tmp/beacon
is "where the line went" "$(cat $dir/beacon)" 127.0.0.1:5514
unload kmt_netsock

# Somebody else has the port.
netsock_ns_probe occupy >/tmp/occupy &
other=$!
soon "another program has the port" grep -q occupied /tmp/occupy
refuse_as "Address already in use" "a port in use" load kmt_netsock port=7008
kill $other
check "nothing is left of it" test ! -e /proc/kmt_netsock

# Waits for the loopback device, here as in every other namespace.
ip link set lo down
load kmt_netsock netns=all
is "no service without lo" "$(figure up)" 0
ip link set lo up
soon "it serves when lo is up" figure_is up 1
probe tcp
for case in all lo most beacon ipv4 busy churn; do
	probe netns_$case netsock_ns_probe
done
soon "nothing is left of the namespaces" figure_is connections_all 0
soon "and they are gone" figure_is namespaces 1
is "the first one saw three connections" "$(figure accepted)" 3
unload kmt_netsock

netsock_ns_probe storm 2>/dev/null &
storm=$!
rounds=0
while [ $rounds -lt 10 ] && modprobe kmt_netsock netns=all && sleep 0.3 && rmmod kmt_netsock; do
	rounds=$((rounds + 1))
done
kill $storm
is "loads and unloads under load" $rounds 10
finish
