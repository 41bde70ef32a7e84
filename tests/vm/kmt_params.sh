#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmt_params: every parameter takes what it should, and what it refuses changes nothing.
. /kmt/guest.sh

inval="Invalid argument"
range="Numerical result out of range"
space="No space left on device"
dir=/sys/module/kmt_params/parameters

write()
{
	put "$dir/$1" "$2"
}

# takes NAME VALUE READ: two cases: the value is taken and reads back as that.
takes()
{
	check "$1 takes '$2'" write "$1" "$2"
	is "$1 reads back" "$(cat "$dir/$1")" "$3"
}

# kept NAME VALUE [WORDS]: two cases: the value is refused and the old one stays.
kept()
{
	old=$(cat "$dir/$1")
	refuse_as "${3:-$inval}" "$1 refuses '$2'" write "$1" "$2"
	is "$1 is unchanged" "$(cat "$dir/$1")" "$old"
}

figure()
{
	sed -n "s/^$1 //p" /proc/kmt_params
}

mode()
{
	stat -c %a "$dir/$1"
}

# What it has without parameters.
log_mark
load kmt_params
log_has "says so" 'kmt_params: ready: number 0, count 1, level 0, 0 in the list$'
is "the modes" "$(for p in flag number count big text list level slow refuse fixed secret
	do mode $p; done | tr '\n' ' ')" "644 644 644 644 644 644 644 644 644 444 200 "
is "every line of its file is a key and a value" \
	"$(grep -cvE '^[a-z_]+ [0-9]+$' /proc/kmt_params)" 0

takes flag y Y
takes flag 0 N
kept flag maybe
takes number -7 -7
takes number 0x10 16
kept number 2147483648 "$range"
kept number seven
kept number "1 2"
takes count 4294967295 4294967295
kept count -1
kept count 4294967296 "$range"
takes big 18446744073709551615 18446744073709551615
kept big 18446744073709551616 "$range"
kept big -1
takes text "$(printf '%063d' 0)" "$(printf '%063d' 0)"
kept text "$(printf '%064d' 0)" "$space"
takes text "two words" "two words"
takes list 1,-2,3 1,-2,3
takes list 1,2,3,4,5,6,7,8 1,2,3,4,5,6,7,8
kept list 1,2,3,4,5,6,7,8,9
kept list 9,9,x
kept list 9,,9
kept list ,
takes list 5 5
takes level 9 9
kept level 10
kept level -1
kept level 4294967296 "$range"
kept level x
kept refuse 0
kept refuse 1
kept slow 11
kept slow -1
kept slow 4294967296 "$range"
denied="Permission denied"
refuse_as "$denied" "fixed can not be written" write fixed 1
refuse_as "$denied" "nor can fixed_list" write fixed_list 1
check "secret can be written" write secret "$(printf '%01024d' 0)"
refuse_as "$space" "secret refuses a byte more" write secret "$(printf '%01025d' 0)"
# Not even by root: the file has no mode bit for it.
refuse_as "$denied" "secret can not be read" cat $dir/secret

# slow takes the time it says, and can be killed.
before=$(date +%s)
takes slow 2 2
took=$(($(date +%s) - before))
check "that took two seconds" test "$took" -ge 2 -a "$took" -le 6
sh -c "echo 10 >$dir/slow" &
writer=$!
soon "a writer sleeps" grep -q '^slow_sleeping 1$' /proc/kmt_params
kill -9 $writer
soon "it can be killed" grep -q '^slow_killed 1$' /proc/kmt_params
wait
is "and has changed nothing" "$(param kmt_params slow)" 2
is "nobody sleeps" "$(figure slow_sleeping)" 0

# The tallies.
is "level: accepted" "$(figure level_accepted)" 1
is "level: refused" "$(figure level_refused)" 4
is "refuse: refused" "$(figure refuse_refused)" 2
is "list: accepted" "$(figure list_accepted)" 3
is "list: refused" "$(figure list_refused)" 4
is "slow: refused" "$(figure slow_refused)" 4
is "list: one number is left in it" "$(figure list_count)" 1
is "every line is a key and a value" "$(grep -cvE '^[a-z_]+ [0-9]+$' /proc/kmt_params)" 0

unload kmt_params
log_has "says goodbye" 'kmt_params: gone$'

# At load.
load kmt_params flag number=-1 count=2 big=3 text=words list=4,5 fixed=6 fixed_list=7,8 \
	secret=x level=9 slow=0
is "they arrived" "$(for p in flag number count big text list fixed fixed_list level
	do param kmt_params $p; done | tr '\n' ' ')" "Y -1 2 3 words 4,5 6 7,8 9 "
unload kmt_params
for bad in number=x count=-1 list=1,2,x list=1,2,3,4,5,6,7,8,9 fixed_list=1,x level=10 refuse=0 \
	slow=11 level; do
	refuse_as "$inval" "load refuses $bad" load kmt_params "$bad"
done
for bad in number=2147483648 count=4294967296 big=18446744073709551616 fixed=-2147483649; do
	refuse_as "$range" "load refuses $bad" load kmt_params "$bad"
done
for bad in text="$(printf '%064d' 0)" secret="$(printf '%01025d' 0)"; do
	refuse_as "$space" "load refuses ${bad%%=*} when it is too long" load kmt_params "$bad"
done
check "nothing is left of them" test ! -e /proc/kmt_params -a ! -e /sys/module/kmt_params
# Whoever is killed does not see what the call says; the module is not loaded, and not after the time either.
modprobe kmt_params slow=10 &
loader=$!
soon "a load takes its time" loaded kmt_params
kill -9 $loader
gone()
{
	! loaded kmt_params
}
soon "it can be killed" gone
wait
check "nothing is left of it" test ! -e /proc/kmt_params -a ! -e /sys/module/kmt_params
before=$(date +%s)
load kmt_params slow=1
check "slow at load takes its time" test $(($(date +%s) - before)) -ge 1

# Unload while a writer sleeps: it waits for him and then goes.
sh -c "echo 2 >$dir/slow" &
soon "a writer sleeps again" grep -q '^slow_sleeping 1$' /proc/kmt_params
unload kmt_params
wait

# Unload with the file held open.
load kmt_params
exec 3</proc/kmt_params
check "unloads with its file open" unload kmt_params
refuse_as "Input/output error" "reading it finds nothing to call" cat <&3
exec 3<&-

cycles=10
cycle()
{
	while [ $cycles -gt 0 ]; do
		load kmt_params list=1,2 && unload kmt_params || return
		cycles=$((cycles - 1))
	done
}
check "ten times load and unload" cycle

# Writers and readers race with load and unload; a list is never half of one and half of another.
race()
{
	while [ ! -e /tmp/race.stop ]; do
		echo 1,1,1,1,1,1,1,1 >$dir/list
		echo 7,7 >$dir/list
		cat $dir/list 2>/dev/null >>/tmp/race.lists
		cat /proc/kmt_params
	done >/dev/null 2>&1
}
race &
race &
cycles=10
check "ten times more, with two writers" cycle
load kmt_params
soon "they go on" grep -q '^[17]' /tmp/race.lists
: >/tmp/race.stop
wait
is "every list is one that was written" \
	"$(grep -vxE '1,1,1,1,1,1,1,1|7,7|1,2|' /tmp/race.lists | sort -u | head -n 3)" ""
unload kmt_params
finish
