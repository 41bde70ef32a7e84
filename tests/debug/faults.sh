#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Everything that can fail while a module is loaded is made to fail, one thing at a time: the load
# either works or leaves nothing behind.
. /kmt/guest.sh
. /kmt/leaks.sh

faults()
{
	module=${1##*/}
	check "${module%.ko}: every fault" failnth_probe faults 3000 "$@"
	said_last
}

each_module failnth_probe cycles 1 | sed 's/^/# /'
leaks_mark
each_module faults
leaks_none "nothing is lost"
leaks_planted "a planted leak is found"
finish
