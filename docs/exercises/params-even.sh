#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# params-even: a parameter that takes the even numbers from 0 to 100 and no others.
. /kmt/guest.sh

file=/sys/module/kmt_params/parameters/even

put()
{
	printf '%s' "$1" >$file
}

value()
{
	cat $file 2>/dev/null
}

load kmt_params
is "it is 0 at first" "$(value)" 0
is "root writes it, everybody reads it" "$(stat -c %a $file 2>/dev/null)" 644
for good in 0 2 100 0x10; do
	check "it takes $good" put $good
done
is "and keeps it" "$(value)" 16
for bad in 1 99 101 102 -2 2x 4294967298; do
	refuse "it refuses $bad" put $bad
done
is "which changes nothing" "$(value)" 16
unload kmt_params
check "it can be given at load" load kmt_params even=42
is "and is that" "$(value)" 42
unload kmt_params
refuse "an odd one stops the load" load kmt_params even=7
check "and nothing is left" test ! -e /sys/module/kmt_params
finish
