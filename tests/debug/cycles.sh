#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Each module is loaded and unloaded again and again: nothing is lost, nothing stays behind.
# CYCLES says how often, 100 unless given.
. /kmt/guest.sh
. /kmt/leaks.sh

figure()
{
	sed -n "s/^$1: *\([0-9]*\) kB/\1/p" /proc/meminfo
}

cycles()
{
	module=${1##*/}
	before=$(figure SUnreclaim)
	check "${module%.ko}: ${CYCLES:-100} times" failnth_probe cycles "${CYCLES:-100}" "$@"
	said_last
	note "memory of the kernel that stays: $before kB before, $(figure SUnreclaim) kB after"
}

# Once before the mark: what a first load makes for good is no leak.
each_module failnth_probe cycles 1 | sed 's/^/# /'
leaks_mark
each_module cycles
leaks_none "nothing is lost"
leaks_planted "a planted leak is found"
finish
