#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmt_hello: greets when it is loaded and unloaded, and refuses a name it can not print.
. /kmt/guest.sh

inval="Invalid argument"
range="Numerical result out of range"
dir=/sys/module/kmt_hello/parameters

# kept NAME VALUE WANTED [WORDS]: a bad write is refused and the old value stays.
kept()
{
	refuse_as "${4:-$inval}" "$1 refuses '$2'" write "$1" "$2"
	is "$1 is unchanged" "$(cat "$dir/$1")" "$3"
}

write()
{
	put "$dir/$1" "$2"
}

# Without parameters.
log_mark
load kmt_hello
log_has "greets the world" 'kmt_hello: Hello, world! \(1 of 1\)$'
is "who is the world" "$(param kmt_hello who)" world
is "times is 1" "$(param kmt_hello times)" 1
unload kmt_hello
log_has "says goodbye" 'kmt_hello: Goodbye, world!$'

# With both.
log_mark
load kmt_hello who=Ada times=10
log_has "greets ten times" 'kmt_hello: Hello, Ada! \(10 of 10\)$'
is "and no more" "$(log_since | grep -c 'Hello, Ada!')" 10
kept times 0 10
kept times 11 10
kept times -1 10
kept times 4294967297 10 "$range"
kept times 1x 10
check "times takes hexadecimal" write times 0xa
kept who "$(printf 'a\033[31m')" Ada
kept who "$(printf 'a\nb')" Ada
kept who "$(printf 'a\177')" Ada
kept who "$(printf 'a\302\233')" Ada
kept who "$(printf '%064d' 0)" Ada
check "who takes 63 characters" write who "$(printf '%063d' 0)"
echo "Grace Hopper" >$dir/who
is "a newline at the end does not count" "$(param kmt_hello who)" "Grace Hopper"
unload kmt_hello
log_has "says goodbye to the one it has greeted" 'kmt_hello: Goodbye, Ada!$'

# Bad values at load.
refuse_as "$inval" "eleven times" load kmt_hello times=11
refuse_as "$inval" "no time" load kmt_hello times=0
refuse_as "$range" "more times than 32 bits" load kmt_hello times=4294967297
refuse_as "$inval" "nobody" load kmt_hello who=
refuse_as "$inval" "no value" load kmt_hello who
refuse_as "$inval" "a name too long" load kmt_hello who="$(printf '%064d' 0)"
check "nothing is left of them" test ! -e /sys/module/kmt_hello

# Again, and in a row.
cycle()
{
	for i in 1 2 3 4 5 6 7 8 9 10; do
		load kmt_hello who="cycle$i" && unload kmt_hello || return
	done
}
check "ten times load and unload" cycle

# The parameter files are there before init and until exit has run: somebody writes to them all the time.
race()
{
	while [ ! -e /tmp/race.stop ]; do
		echo "writer" >$dir/who
		echo 2 >$dir/times
		cat $dir/who
	done >/dev/null 2>&1
}
log_mark
race &
race &
check "ten times more, with two writers" cycle
: >/tmp/race.stop
wait
# Whoever it greeted, it says goodbye to the same one.
goodbyes()
{
	log_since | sed -n 's/.*kmt_hello: //p' | awk '
		/^Hello/ { sub(/^Hello, /, ""); sub(/! .*/, ""); who = $0 }
		/^Goodbye/ { sub(/^Goodbye, /, ""); sub(/!$/, ""); n++; if ($0 != who) bad = 1 }
		END { exit bad || n != 10 }'
}
check "each goodbye is for the one that was greeted" goodbyes
finish
