#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# timer-limit: an engine rests after so many expiries.
. /kmt/guest.sh

dir=/sys/module/kmt_timer/parameters

figure()
{
	sed -n "s/^$1 //p" /proc/kmt_timer
}

reached() # N: all three have expired so often
{
	[ "$(figure timer_expiries) $(figure hrtimer_expiries) $(figure work_expiries)" = "$1 $1 $1" ]
}

load kmt_timer engine=all period_ms=20 limit=5
soon "each engine expires five times" reached 5
sleep 1
check "and no more" reached 5
check "a new period" sh -c "echo 30 >$dir/period_ms"
soon "is five expiries more" reached 10
sleep 1
check "and no more" reached 10
refuse "the limit is fixed while it is loaded" sh -c "echo 7 >$dir/limit"
unload kmt_timer
load kmt_timer engine=timer period_ms=10
more()
{
	[ "$(figure timer_expiries)" -gt 20 ]
}
soon "without a limit there is none" more
unload kmt_timer
finish
