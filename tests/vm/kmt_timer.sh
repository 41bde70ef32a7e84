#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmt_timer: three engines that expire with a period that changes live, and stop at unload.
. /kmt/guest.sh

inval="Invalid argument"
range="Numerical result out of range"
dir=/sys/module/kmt_timer/parameters

write()
{
	put "$dir/$1" "$2"
}

# kept NAME VALUE OLD [WORDS]
kept()
{
	refuse_as "${4:-$inval}" "$1 refuses '$2'" write "$1" "$2"
	is "$1 is unchanged" "$(cat "$dir/$1")" "$3"
}

figure()
{
	sed -n "s/^$1 //p" /proc/kmt_timer
}

more_than()
{
	[ "$(figure "$1")" -gt "$2" ]
}

# grows KEY: a case: the counter goes up.
grows()
{
	soon "$1 grows" more_than "$1" "$(figure "$1")"
}

# rests KEY: a case: the counter does not move for half a second.
rests()
{
	rest=$(figure "$1")
	sleep 0.5
	is "$1 rests" "$(figure "$1")" "$rest"
}

# Without parameters.
log_mark
load kmt_timer
log_has "says so" 'kmt_timer: armed: timer, period 1000 ms$'
is "the engine is the timer" "$(figure engine)" timer
is "the period is a second" "$(figure period_ms)" 1000
is "the CPU is any" "$(figure cpu)" -1
is "the file is for everyone to read and for nobody to write" \
	"$(stat -c %A /proc/kmt_timer)" "-r--r--r--"
is "every line is a key and a value" "$(grep -cvE '^[a-z0-9_]+ [a-z0-9-]+$' /proc/kmt_timer)" 0
grows timer_expiries
is "no other engine runs" "$(figure hrtimer_expiries) $(figure work_expiries)" "0 0"

# The period, live. A long one makes the point that the new one counts at once.
check "a period of a minute" write period_ms 60000
rests timer_expiries
check "a period of 50 ms" write period_ms 50
log_has "the log tells" 'kmt_timer: re-armed: period 50 ms$'
grows timer_expiries
kept period_ms 0 50
kept period_ms 60001 50
kept period_ms -5 50
kept period_ms 99999999999 50 "$range"
kept period_ms 5ms 50
kept period_ms " " 50

# The rate: twenty in a second, however long it takes a slow machine to wait for two.  A machine whose processor
# is somebody else's for long misses some: there is a better moment.
uptime_ms()
{
	awk '{ printf "%d\n", $1 * 1000 }' /proc/uptime
}
count_some()
{
	start=$(uptime_ms)
	before=$(figure timer_expiries)
	sleep 2
	count=$(($(figure timer_expiries) - before))
	took=$(($(uptime_ms) - start))
	note "$count expiries in $took ms at 50 ms"
	[ $count -le $((took / 50 + 2)) ] || too_many=$count
}
too_many=
enough()
{
	count_some
	[ $count -ge 20 ]
}
soon "not many fewer than there should be" enough
is "nor more" "$too_many" ""

# The engines, live.
for engine in hrtimer work timer; do
	check "engine $engine" write engine $engine
	log_has "the log tells" "kmt_timer: re-armed: $engine, period 50 ms$"
	grows ${engine}_expiries
done
rests hrtimer_expiries
rests work_expiries
check "all engines" write engine all
grows timer_expiries
grows hrtimer_expiries
grows work_expiries
kept engine none all
kept engine " " all
kept engine timerr all
check "expiries are not logged" test "$(log_since | grep -c kmt_timer:)" -lt 20

# The lateness.
sum()
{
	sed -n "s/^$1 //p" /proc/kmt_timer | awk '{ total += $1 } END { print total + 0 }'
}
check "engine timer alone" write engine timer
rests hrtimer_expiries
is "the CPUs add up" "$(sum 'hrtimer_cpu[0-9]*_expiries')" "$(figure hrtimer_expiries)"
is "so do the buckets" "$(sum 'hrtimer_cpu[0-9]*_late_[a-z]*_[0-9]*_us')" "$(figure hrtimer_expiries)"
is "an hrtimer is never early" "$(figure hrtimer_early)" 0
check "the average is below the maximum" \
	test "$(figure hrtimer_late_avg_ns)" -le "$(figure hrtimer_late_max_ns)"
check "no buckets" write histogram 0
is "none is shown" "$(grep -c _us /proc/kmt_timer)" 0
kept histogram maybe N
unload kmt_timer
log_has "says goodbye" 'kmt_timer: stopped after [0-9]+ expiries$'
check "nothing is left" test ! -e /proc/kmt_timer

# On one CPU.
log_mark
load kmt_timer engine=all cpu=1 period_ms=20
log_has "says which" 'kmt_timer: armed: all on CPU 1, period 20 ms$'
for engine in timer hrtimer work; do
	soon "$engine runs on CPU 1" more_than ${engine}_cpu1_expiries 10
done
check "re-armed there" write period_ms 30
for engine in timer hrtimer work; do
	soon "$engine still does" more_than ${engine}_cpu1_expiries $(($(figure ${engine}_cpu1_expiries) + 10))
done
check "slow enough to compare figures" write period_ms 60000
for engine in timer hrtimer work; do
	is "and nowhere else" "$(figure ${engine}_cpu1_expiries)" "$(figure ${engine}_expiries)"
done
refuse_as "Permission denied" "the CPU is not to be changed" write cpu 0

# That CPU goes away and comes back.
check "quick again" write period_ms 30
cpu1=/sys/devices/system/cpu/cpu1/online
check "CPU 1 goes offline" sh -c "echo 0 >$cpu1"
for engine in timer hrtimer work; do
	grows ${engine}_expiries
done
check "the period changes without it" write period_ms 20
for engine in timer hrtimer work; do
	grows ${engine}_expiries
done
unload kmt_timer
refuse_as "$inval" "an offline CPU" load kmt_timer cpu=1
check "CPU 1 comes back" sh -c "echo 1 >$cpu1"

# Bad values at load.
refuse_as "$inval" "a period of zero" load kmt_timer period_ms=0
refuse_as "$inval" "a period of more than a minute" load kmt_timer period_ms=60001
refuse_as "$range" "a period of more than 32 bits" load kmt_timer period_ms=4294967296
refuse_as "$inval" "an unknown engine" load kmt_timer engine=clock
refuse_as "$inval" "a CPU that is not there" load kmt_timer cpu=4096
refuse_as "$inval" "a CPU below any" load kmt_timer cpu=-2
refuse_as "$range" "a CPU of more than 32 bits" load kmt_timer cpu=4294967296

# No memory for one of the engines: what the load has got of it before is given back, which the kernel's
# trace tells, where per-CPU memory has a line for each.
trace=/sys/kernel/tracing
all_given_back()
{
	awk '{ found = match($0, /ptr=[0-9a-f]+/); memory = substr($0, RSTART, RLENGTH) }
		found && /modprobe-.*percpu_alloc_percpu:/ { got++; line[memory] = $0 }
		found && /percpu_free_percpu:/ { delete line[memory] }
		END { for (memory in line) { print line[memory]; lost++ }; print got; exit lost || got < 6 }' $trace/trace
}
events=$trace/events/percpu/enable
mount -t tracefs tracefs $trace 2>/dev/null
[ ! -e $events ] || put $events 1
for step in 1 2 3; do
	refuse_as "Cannot allocate memory" "no memory for engine $step" load kmt_timer fail_step=$step
done
if [ -e $events ]; then
	soon "all memory of these loads is given back" all_given_back
	put $events 0
else
	skip "all memory of these loads is given back" "this kernel traces no per-CPU memory"
fi
check "nothing is left of them" test ! -e /proc/kmt_timer -a ! -e /sys/module/kmt_timer

# Unload while the file is held open, and in the middle of expiries.
load kmt_timer engine=all period_ms=1
exec 3</proc/kmt_timer
soon "unloads with its file open" unload kmt_timer
refuse_as "Input/output error" "reading it finds nothing to call" cat <&3
exec 3<&-

cycle()
{
	cycles=10
	while [ $cycles -gt 0 ]; do
		load kmt_timer engine=all period_ms=1 && unload kmt_timer || return
		cycles=$((cycles - 1))
	done
}
check "ten times load and unload" cycle

# Writers of the period and the engine race with load and unload.
race()
{
	while [ ! -e /tmp/race.stop ]; do
		echo 1 >$dir/period_ms
		echo all >$dir/engine
		cat /proc/kmt_timer
	done >"/tmp/race.$1" 2>&1
}
race 1 &
race 2 &
check "ten times more, with two writers" cycle
touch /tmp/race.stop
wait
finish
