#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmt_procfs: its four files, what they tell, who may use them, and the commands.
. /kmt/guest.sh

inval="Invalid argument"
range="Numerical result out of range"
dir=/sys/module/kmt_procfs/parameters
control=/proc/kmt_procfs

figure()
{
	sed -n "s/^$1 //p" $control
}

command()
{
	put $control "$1"
}

log_mark
load kmt_procfs
log_has "says so" 'kmt_procfs: ready: '
is "the modes" "$(stat -c %a /proc/kmt_tasks /proc/kmt_self /proc/kmt_file $control | tr '\n' ' ')" \
	"400 444 400 644 "
is "every line of its file is a key and a value" \
	"$(grep -cvE '^[a-z_]+ [0-9a-z-]+$' $control)" 0

# The snapshot.
is "12 fields in every line" "$(awk 'NF != 12' /proc/kmt_tasks | wc -l)" 0
set -- /proc/[0-9]*
cat /proc/kmt_tasks >/tmp/tasks
missing=
for process in "$@"; do
	pid=${process#/proc/}
	grep -q "^$pid $pid " /tmp/tasks || [ ! -e "$process" ] || missing="$missing $pid"
done
is "every process of /proc is there" "$missing" ""
is "pid 1 is there once" "$(awk '$1 == 1' /proc/kmt_tasks | wc -l)" 1
is "kernel threads have no memory" "$(awk '$3 == 2 && $12 != 0' /proc/kmt_tasks | wc -l)" 0
for name in same_as_stat memory threads times names zombie crowd cuts_and_seeks bad_pointers not_root namespace; do
	check "probe: $name" procfs_probe $name
done
check "it had to try again for the crowd" test "$(figure snapshot_retries)" -gt 0
check "limit of two" put $dir/max_open 2
check "probe: open_limit" procfs_probe open_limit
check "limit of five tasks" put $dir/max_tasks 5
check "probe: task_limit" procfs_probe task_limit
is "both were counted" "$(figure snapshots_refused)" 2
is "nothing is open any more" "$(figure snapshots_open)" 0
for bad in 0 1048577 -1 x; do
	refuse_as "$inval" "max_tasks refuses $bad" put $dir/max_tasks $bad
done
refuse_as "$range" "max_tasks refuses more than 32 bits" put $dir/max_tasks 4294967297
is "and is unchanged" "$(param kmt_procfs max_tasks)" 5
for bad in 0 257 -1 x; do
	refuse_as "$inval" "max_open refuses $bad" put $dir/max_open $bad
done
refuse_as "$range" "max_open refuses more than 32 bits" put $dir/max_open 4294967297
is "and is unchanged" "$(param kmt_procfs max_open)" 2
check "back to what it was" put $dir/max_tasks 65536

# The reader itself.
is "the reader's name" "$(sh -c 'exec cat /proc/kmt_self' | sed -n 's/^name //p')" cat
is "the number is that of the process" \
	"$(sh -c 'echo $$; exec cat /proc/kmt_self' | sed -n -e 1p -e 's/^pid //p' | uniq | wc -l)" 1
cat /proc/kmt_self >/tmp/self
is "the parent is this shell" "$(sed -n 's/^ppid //p' /tmp/self)" $$
is "in a pid namespace it is the first one" "$(unshare -pf cat /proc/kmt_self | sed -n 's/^pid //p')" 1
# A user namespace without a map knows no user of ours.
is "in a user namespace it is nobody" "$(unshare -U cat /proc/kmt_self | sed -n 's/^[eg]*uid //p' | tr '\n' ' ')" \
	"65534 65534 "
is "and so is everybody else" "$(unshare -U cat /proc/kmt_tasks | awk '$4 != 65534' | wc -l)" 0

# A file, read by the kernel.
is "nothing read yet" "$(cat /proc/kmt_file)" ""
echo machine >/etc/hostname
check "read hostname" command "read hostname"
is "it is the file" "$(cat /proc/kmt_file)" machine
is "the statistics name it" "$(figure file_name) $(figure file_bytes)" "hostname 8"
log_has "the log tells" 'kmt_procfs: read 8 bytes of /etc/hostname for pid [0-9]+$'
check "read version, with a newline" sh -c "echo read version >$control"
is "it is the file in /proc" "$(cat /proc/kmt_file)" "$(cat /proc/version)"
yes long | head -c 10000 >/etc/hostname
check "read a long file" command "read hostname"
is "only its beginning" "$(figure file_bytes)" 4096
mkdir -p /tmp/elsewhere/etc
echo there >/tmp/elsewhere/etc/hostname
chmod 600 /etc/hostname
check "probe: writer" procfs_probe writer
is "it was the writer's file" "$(cat /proc/kmt_file)" there
check "read the long one again" command "read hostname"
rm -f /etc/hostname
refuse_as "No such file" "a file that is not there" command "read hostname"
mkfifo /etc/hostname
refuse_as "$inval" "a pipe, and it does not hang" command "read hostname"
rm -f /etc/hostname
mkdir /etc/hostname
refuse_as "$inval" "a directory" command "read hostname"
rmdir /etc/hostname
is "the last good one is still shown" "$(figure file_bytes)" 4096

# Commands that are none.
refused=$(figure commands_refused)
for bad in "" " " read "read " "read shadow" "read /etc/passwd" "read ../etc/passwd" \
	"read hostname x" "read  hostname" "reset now" "reset " Reset rese resets \
	"read $(printf '%027d' 0)" "$(head -c 100 /dev/zero | tr '\0' x)"; do
	refuse_as "$inval" "command '$bad'" command "$bad
"
done
is "all are counted" "$(figure commands_refused)" $((refused + 16))
check "reset" command reset
is "the counters are zero" "$(figure commands_refused) $(figure snapshots)" "0 0"

# Unload with each file held open. What was open finds nothing to call.
for file in kmt_tasks kmt_self kmt_file kmt_procfs; do
	loaded kmt_procfs || load kmt_procfs
	exec 3</proc/$file
	check "unloads with $file open" unload kmt_procfs
	refuse_as "Input/output error" "reading it finds nothing to call" cat <&3
	exec 3<&-
done
log_has "says goodbye" 'kmt_procfs: gone$'
check "nothing is left" test ! -e /proc/kmt_tasks -a ! -e /proc/kmt_self -a ! -e /proc/kmt_file \
	-a ! -e $control
refuse_as "$inval" "no snapshot at all" load kmt_procfs max_open=0
refuse_as "$inval" "too many tasks" load kmt_procfs max_tasks=1048577

cycle()
{
	cycles=10
	while [ $cycles -gt 0 ]; do
		load kmt_procfs && unload kmt_procfs || return
		cycles=$((cycles - 1))
	done
}
check "ten times load and unload" cycle

# Readers race with load and unload.
race()
{
	while [ ! -e /tmp/race.stop ]; do
		cat /proc/kmt_tasks /proc/kmt_self $control >/dev/null
		echo read version >$control
	done 2>/dev/null
}
race &
race &
check "ten times more, with two readers" cycle
touch /tmp/race.stop
wait
finish
