#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# All modules under load.  What it does, and how much of it, comes from the environment:
#
#	PARTS="cycles races ..."	only these parts
#	MODULES="hello timer ..."	only these modules, in the parts that are about each of them
#	CYCLES=20			loads and unloads of each module
#	RACES=10			unloads against each way to hold a module
#	HOLDS="fd map ..."		only these ways: fd map sleep full param proc timer socket netns
#	NETNS=20			network namespaces, served and deleted
#	MIB=4				mebibytes through kmt_chardev while signals come
#	TURNS=5				how often a processor goes and comes back
#
# The same on a debug kernel, where kmemleak looks on: make check-debug TESTS=tests/vm/stress.sh
. /kmt/guest.sh
. /kmt/leaks.sh
# shellcheck disable=SC2154 # leaks.sh has it
files=$updates


cycles_run()
{
	module=${2##*/}
	check "${module%.ko}: $1 times" failnth_probe cycles "$@"
	said_last
}

# What the first loads make for good is no leak, nor is what a debug kernel keeps of them.
part_cycles()
{
	each_module cycles_run $((${CYCLES:=20} / 4 + 2))
	leaks_mark
	memory_mark
	each_module cycles_run "$CYCLES"
	# A byte a load is told from noise only after many loads.
	memory_same "the kernel's memory is as before" $((CYCLES >= 1000 ? 32 : 512))
	leaks_none "nothing is lost"
}

# Each way to hold each module: MODULE HOLD PARAMETERS
part_races()
{
	while read -r module hold parameters; do
		wanted "$module" || continue
		named "$hold" "${HOLDS:-}" || continue
		check "$module is unloaded, $hold" race_probe "$hold" "${RACES:=10}" \
			"$files/kmt_$module.ko" "$parameters"
		said_last
	done <<-END
	chardev fd minors=1
	timer timer engine=all period_ms=1
	netsock socket
	chardev map minors=1
	chardev param minors=2
	timer param engine=all period_ms=1
	chardev sleep minors=1
	chardev full minors=1
	chardev proc minors=2
	netsock netns netns=all
	netsock param
	netsock proc
	procfs proc
	procfs param
	params proc
	params param
	hello param
	END
	leaks_none "nothing is lost in all that"
}

figure()
{
	sed -n "s/^$2 //p" "/proc/kmt_$1"
}

figure_is()
{
	[ "$(figure "$1" "$2")" = "$3" ]
}

# Clients that never stop.
storm_start()
{
	netsock_ns_probe storm 2>/dev/null &
	storm=$!
}

storm_end()
{
	kill "$storm"
	wait "$storm"
}

# Namespaces that the kernel has memory for, and a few that a processor keeps in stock: the slab
# counts those, too.
namespaces()
{
	awk '$1 == "net_namespace" { print $2 }' /proc/slabinfo
}

namespaces_are()
{
	memory_settle
	echo "$(namespaces) namespaces"
	[ "$(namespaces)" -le "$1" ]
}

# Namespaces come, are served and go, while the first one has all it can do.
part_netns()
{
	wanted netsock || return
	load kmt_netsock netns=all
	NETNS=2 netsock_ns_probe netns_churn
	memory_settle
	before=$(namespaces)
	storm_start
	export NETNS="${NETNS:-20}"
	check "$NETNS namespaces are made, served and deleted" netsock_ns_probe netns_churn
	quietly storm_end
	soon "the module has one left" figure_is netsock namespaces 1
	soon "no connection is left" figure_is netsock connections_all 0
	soon "the kernel has no more of them than before, but for its stock" namespaces_are $((before + 16))
	unload kmt_netsock
	leaks_none "no namespace is lost"
}

part_bytes()
{
	wanted chardev || return
	load kmt_chardev minors=1
	export MIB="${MIB:-4}"
	check "$MIB MiB, a signal every millisecond, no byte lost or doubled" chardev_probe stream
	said_last
	unload kmt_chardev
}

all_load()
{
	load kmt_hello
	load kmt_params
	load kmt_procfs
	load kmt_chardev
	load kmt_timer engine=all period_ms=1
	load kmt_netsock netns=all
}

all_unload()
{
	for module in hello params procfs chardev timer netsock; do
		soon "unload kmt_$module" unload kmt_$module
	done
}

# Everything that the modules can do, until the file is there.
all_busy()
{
	until [ -e /tmp/enough ]; do
		MIB=1 chardev_probe stream
		cat /proc/kmt_*
		echo "read version" >/proc/kmt_procfs
		for n in 1 2; do
			echo $n >/sys/module/kmt_timer/parameters/period_ms
			echo $((n * 32768)) >/sys/module/kmt_chardev/parameters/size
			echo 127.0.0.1:514 >/sys/module/kmt_netsock/parameters/beacon
		done
	done >/dev/null 2>&1
}

cpu_turn()
{
	echo "$2" >"/sys/devices/system/cpu/cpu$1/online"
}

more_than()
{
	[ "$(figure "$1" "$2")" -gt "$3" ]
}

grows()
{
	soon "$1 goes on: $2" more_than "$1" "$2" "$(figure "$1" "$2")"
}

part_cpus()
{
	rm -f /tmp/enough
	all_load
	storm_start
	all_busy &
	busy=$!
	turn=0
	while [ $turn -lt "${TURNS:=5}" ]; do
		if ! cpu_turn 1 0 || ! cpu_turn 1 1; then
			break
		fi
		turn=$((turn + 1))
	done
	is "a processor has gone and come back" $turn "$TURNS"
	cpu_turn 1 0
	for engine in timer hrtimer work; do
		grows timer ${engine}_expiries
	done
	grows netsock tcp_bytes_out
	grows chardev minor0_read
	cpu_turn 1 1
	: >/tmp/enough
	wait $busy
	quietly storm_end
	all_unload
	leaks_none "nothing is lost"
}

# Ten times more than is allowed.
part_overload()
{
	all_load
	memory_mark
	for case in $(overload_probe); do
		check "ten times more: $case" overload_probe "$case"
	done
	memory_same "the kernel's memory is as before" 512
	all_unload
	leaks_none "nothing is lost"
}

part_hostile()
{
	all_load
	for file in /dev/kmt_chardev0 /proc/kmt_* /sys/module/kmt_*/parameters/*; do
		check "bad pointers and sizes: $file" hostile_probe "$file"
		said_last
	done
	all_unload
}

# Unloading waits for RCU most of the time, so it waits less; and of the many lines of the log the
# slow serial console gets only those that warn.
dmesg -n 5
echo 1 >/sys/kernel/rcu_expedited
leaks_mark
for each_part in cycles races netns bytes cpus overload hostile; do
	! named $each_part "${PARTS:-}" || part_$each_part
done
leaks_planted "a planted leak is found"
finish
