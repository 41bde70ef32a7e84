#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmt_chardev: nodes that behave like a pipe, with requests, mappings and a size that changes.
. /kmt/guest.sh

dir=/sys/module/kmt_chardev/parameters
size=$dir/size

write()
{
	printf '%s' "$2" >"$1"
}

kept()
{
	refuse "size refuses '$1'" write $size "$1"
	is "size is unchanged" "$(cat $size)" "$2"
}

figure()
{
	sed -n "s/^$1 //p" /proc/kmt_chardev
}

# Status 77: what the probe needs is not in this kernel.
probe()
{
	quietly timeout 60 "$1" "$2"
	status=$?
	if [ $status -eq 77 ]; then
		skip "$1: $2" "this kernel has no userfaultfd"
	else
		verdict $status "$1: $2"
	fi
}

nodes()
{
	set -- /dev/kmt_chardev[0-9]*
	[ -e "$1" ] || set --
	echo $#
}

for bad in minors=0 minors=9 minors=-1 minors=x size=0 size=4095 size=5000 size=8388608 size=; do
	refuse "load with $bad" load kmt_chardev "$bad"
done
check "a number of no device is invalid" sh -c 'modprobe kmt_chardev minors=9 2>&1 | grep -i "invalid argument"'
check "one of more than 32 bits is out of range" sh -c \
	'modprobe kmt_chardev minors=4294967297 2>&1 | grep "out of range"'
is "nothing is left of them" "$(nodes)$(ls /proc/kmt_chardev 2>/dev/null)" 0

load kmt_chardev
log_has "the log tells of it" 'kmt_chardev: 4 devices with 65536 bytes each'
is "four nodes" "$(nodes)" 4
is "for root alone" "$(stat -c '%a %U %F' /dev/kmt_chardev3)" "600 root character special file"
is "the statistics are for root alone" "$(stat -c %a /proc/kmt_chardev)" 400
is "the class names them for udev" "$(find /sys/class/kmt_chardev/ -type l | wc -l)" 4
is "with their numbers" "$(cat /sys/class/kmt_chardev/kmt_chardev2/dev)" \
	"$(printf '%d:%d' "0x$(stat -c %t /dev/kmt_chardev2)" "0x$(stat -c %T /dev/kmt_chardev2)")"
is "and the kernel names their nodes for it" "$(sed -n 's/^DEVNAME=//p' /sys/class/kmt_chardev/kmt_chardev2/uevent)" \
	kmt_chardev2
for program in chardev_probe chardev_wake_probe chardev_ring_probe chardev_held_probe; do
	for case in $($program); do
		probe $program "$case"
	done
done
is "nobody has it open" "$(figure opens)" 0
is "the one open too many was counted" "$(figure opens_refused)" 1
is "nothing is mapped" "$(figure minor0_mapped)" 0
is "the sizes are back" "$(figure size)" 65536

for bad in ' ' 0 4095 4097 5000 8388608 99999999999 -4096 4096k x; do
	kept "$bad" 65536
done

# 5<> opens for reading and writing, which does not wait for anybody.
exec 5<>/dev/kmt_chardev1
refuse "unload while a file is open" unload kmt_chardev
refuse "rmmod says that it is in use" rmmod kmt_chardev
echo "some words" >&5
is "used counts the bytes" "$(figure minor1_used)" 11
opened()
{
	echo "minor $(figure open0_minor) pid $(figure open0_pid) read $(figure open0_read) written $(figure open0_written)"
}
is "the open file is listed" "$(opened)" "minor 1 pid $$ read 0 written 11"
pids='sed -n "s/^open[0-9]*_pid //p" /proc/kmt_chardev'
is "a process counts as the system's /proc counts it, from inside a pid namespace, too" \
	"$(unshare -pf sh -c "$pids")" $$
is "in the /proc of a pid namespace a process outside is 0, one inside has its number there" \
	"$(unshare -pf --mount-proc sh -c "exec 6<>/dev/kmt_chardev2; $pids" | tr '\n' ' ')" "0 1 "
is "every line of the statistics is a key and a value" "$(grep -cvE '^[a-z0-9_]+ [0-9]+$' /proc/kmt_chardev)" 0
sh -c 'echo more >&5'
is "what a child writes counts for the file that it has inherited" "$(opened)" "minor 1 pid $$ read 0 written 16"
read -r words <&5
is "the words come back" "$words" "some words"
is "written counts them" "$(figure minor1_written)" 16
is "the others saw nothing" "$(figure minor2_written)" 0
exec 5<&-
is "closed" "$(figure opens)" 0
unload kmt_chardev
is "the nodes are gone" "$(nodes)" 0
refuse "the statistics are gone" cat /proc/kmt_chardev

load kmt_chardev minors=1 size=4096
is "one node" "$(nodes)" 1
is "a page" "$(figure size)" 4096
unload kmt_chardev

# A parameter is written while the module comes and goes: the file is there before init and after
# exit.
while [ ! -e /tmp/enough ]; do
	for n in 4096 8192; do
		write $size $n
	done
done 2>/dev/null &
rounds=0
while [ $rounds -lt 10 ] && modprobe kmt_chardev minors=8 && rmmod kmt_chardev; do
	rounds=$((rounds + 1))
done
: >/tmp/enough
wait
is "loads and unloads while the parameter is written" $rounds 10
finish
