#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The debug kernel sees what is wrong: one planted bug of each kind.  Without this a kernel that
# looks for nothing would pass every other test.
# This test plants bugs: the kernel's log is its own affair.
. /kmt/guest.sh
. /kmt/leaks.sh

# found WHAT MODULE REGEX: the load provokes a report
found()
{
	log_mark
	insmod "/kmt/planted/$2.ko"
	log_has "$1" "$3"
	rmmod "$2"
}

# A kernel that looks for data races looks for nothing else.
if [ -e /sys/kernel/debug/kcsan ]; then
	insmod /kmt/planted/kmt_planted_race.ko
	sleep 5
	log_has "a data race" 'KCSAN: data-race in race_run \[kmt_planted_race\]'
	rmmod kmt_planted_race
	finish
fi

# The deadlock is first: after a report of anything, lockdep looks no further.
found "a deadlock" kmt_planted_deadlock 'possible circular locking dependency'
found "a use after free" kmt_planted_free 'KASAN: .*use-after-free.* free_init'
found "an overflow" kmt_planted_overflow 'KASAN: .*out-of-bounds.* overflow_init'
found "a sleep under a spinlock" kmt_planted_sleep 'BUG: sleeping function called from invalid context'
found "an armed timer that is freed" kmt_planted_timer 'ODEBUG: free active .*timer_list'
leaks_planted "a leak"
finish
