#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Everything that can fail while a module is loaded or used is made to fail, one thing at a time: a
# load either works or leaves nothing behind, and after a call that failed the same call works.
# The kernel is started with: slub_debug=A,skbuff_fclone_cache
# PARTS="loads steps workers calls" and MODULES="hello timer ..." choose.
. /kmt/guest.sh
. /kmt/leaks.sh

load_faults()
{
	module=${1##*/}
	check "${module%.ko}: every fault of its load" failnth_probe faults 5000 "$@"
	said_last
}

# call_faults MODULE LOADS CALLS: LOADS are its parameters, CALLS come as lines on standard input
call_faults()
{
	name=$1
	shift
	if ! wanted "$name"; then
		cat >/dev/null
		return
	fi
	load "kmt_$name" "$@"
	while read -r call; do
		# shellcheck disable=SC2086 # words
		check "$name: every fault of $call" failcall_probe $call
		said_last
	done
	unload "kmt_$name"
}

parameters=/sys/module/kmt_
# shellcheck disable=SC2154 # leaks.sh has it
files=$updates

echo 1 >/sys/kernel/rcu_expedited
echo machine >/etc/hostname	# for procfs_command
each_module failnth_probe cycles 1 | sed 's/^/# /'
leaks_mark
loads()
{
	while read -r name options; do
		! wanted "$name" || load_faults "$files/kmt_$name.ko" "$options"
	done <<-END
		hello times=2
		params
		procfs
		chardev minors=2
		timer engine=all period_ms=10
		netsock netns=all
	END
	leaks_none "nothing is lost in loads"
}

# What no fault reaches fails by a parameter for tests.
steps()
{
	wanted timer || return
	for step in 1 2 3; do
		refuse_as "Cannot allocate memory" "timer: no memory for engine $step" \
			load kmt_timer engine=all fail_step=$step
	done
	check "timer: nothing is left of them" failnth_probe cycles 1 "$files/kmt_timer.ko" engine=all
	leaks_none "nothing is lost in these steps"
}

# What the echo server's load has done by a worker of its queue.
workers()
{
	wanted netsock || return
	check "netsock: faults of what its queue does for the load" failnth_probe workers 20000 \
		"$files/kmt_netsock.ko" netns=all
	said_last
	leaks_none "nothing is lost by the queue"
}

calls()
{
	call_faults hello <<-END
		write ${parameters}hello/parameters/who Ada
		read ${parameters}hello/parameters/who
	END
	call_faults params <<-END
		write ${parameters}params/parameters/list 1,2,3
		write ${parameters}params/parameters/level 3
		write ${parameters}params/parameters/secret word
		read ${parameters}params/parameters/list
		read /proc/kmt_params
	END
	call_faults procfs <<-END
		read /proc/kmt_tasks
		read /proc/kmt_self
		read /proc/kmt_procfs
		write /proc/kmt_procfs reset
		procfs_command
		read /proc/kmt_file
	END
	call_faults chardev minors=2 <<-END
		node_open
		node_write
		node_read
		node_requests
		node_fasync
		node_map
		read /proc/kmt_chardev
		write ${parameters}chardev/parameters/size 65536
	END
	call_faults timer engine=all period_ms=1 <<-END
		write ${parameters}timer/parameters/period_ms 2
		write ${parameters}timer/parameters/engine all
		read /proc/kmt_timer
	END
	call_faults netsock netns=all <<-END
		echo
		echo_workers
		datagram_workers
		starved
		read /proc/kmt_netsock
		write ${parameters}netsock/parameters/beacon 127.0.0.1:514
	END
	leaks_none "nothing is lost in calls"
}

for part in loads steps workers calls; do
	! named $part "${PARTS:-}" || $part
done
leaks_planted "a planted leak is found"
finish
