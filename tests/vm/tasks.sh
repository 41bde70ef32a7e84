#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# docs/TASKS as it stands: each task's keys are played on a real kernel, its commands run, and its keys
# counted.
. /kmt/guest.sh

LC_ALL=C.UTF-8
export LC_ALL
tasks=/kmt/TASKS
# said is guest.sh's: the words of the last command.
said=${said:-/tmp/said}

task() # N: the text of task N
{
	awk -v n="$1" '/^[0-9]+\. / { on = $1 == n "." } on' "$tasks"
}

# The lines of the script language in standard input.
keys()
{
	sed -n 's/^	\(\(key\|type\|wait\|expect\|expect-not\|resize\) .*\)$/\1/p'
}

# How many keys those are: the words behind "key", and the characters that are typed.
count_keys()
{
	awk '$1 == "key" { n += NF - 1 }
	     $1 == "type" { line = $0; sub(/^type "/, "", line); sub(/"$/, "", line); n += length(line) }
	     END { print n + 0 }'
}

mkdir -p /etc/modprobe.d
n=0
while [ $n -lt 10 ]; do
	n=$((n + 1))
	task $n >/tmp/task
	name=$(sed -n '1s/^[0-9]*\. //p' /tmp/task)
	before=$(sed -n 's/^	before: //p' /tmp/task)
	[ -z "$before" ] || eval "$before" >/dev/null 2>&1
	{ echo "wait idle 60000"; keys </tmp/task; } >/tmp/task.keys
	kmodtui --script /tmp/task.keys >"$said" 2>&1
	verdict $? "task $n: $name"
	wanted=$(sed -n 's/^In kmodtui, \([0-9]*\) keys:$/\1/p; s/^In kmodtui no key.*/0/p' /tmp/task)
	is "it takes as many keys as it says" "$(count_keys </tmp/task.keys)" "$wanted"
	sed -n 's/^	\$ //p' /tmp/task >/tmp/commands
	while IFS= read -r command; do
		# Who follows the log has to be stopped, and ends by that; of two kinds of timeout one says so, the other 124.
		case $command in
		*--follow*)
			eval "timeout -s INT 2 $command" >"$said" 2>&1
			followed=$?
			[ $followed -eq 130 ] || [ $followed -eq 124 ]
			;;
		*) eval "$command" >"$said" 2>&1 ;;
		esac
		verdict $? "$command"
	done </tmp/commands
done
finish
