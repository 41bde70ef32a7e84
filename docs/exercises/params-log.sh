#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# params-log: a change of level is a record of the log, and a thousand changes are not a thousand records.
. /kmt/guest.sh

put()
{
	printf '%s' "$1" >/sys/module/kmt_params/parameters/level
}

often()
{
	seq 1 1000 | while read -r number; do
		put $((number % 10)) || return
	done
}

log_mark
load kmt_params
check "level is written" put 7
log_has "the log tells" 'kmt_params: level is 7 now$'
refuse "a bad value is refused" put 10
log_lacks "and not told" 'level is 10 now'
check "the record is a notice" sh -c "kmodtui log --level notice | grep 'level is 7 now'"
refuse "and no warning" sh -c "kmodtui log --level warn | grep 'level is 7 now'"
check "level is written a thousand times" often
is "it is the last value" "$(param kmt_params level)" 0
told=$(log_since | grep -c 'kmt_params: level is')
check "the log has few records of that" test "$told" -ge 5 -a "$told" -le 300
unload kmt_params
finish
