#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Many threads in all modules at the same time; the kernel says what it thinks of that.  CALLS and
# THREADS say how much: 20,000 system calls by 16 threads unless given.
. /kmt/guest.sh
. /kmt/leaks.sh

load_one()
{
	# shellcheck disable=SC2086 # words
	insmod "$1" $2
}

# A period of a millisecond would leave an emulated processor no time for anything else.
load_all()
{
	each_module load_one && echo 100 >/sys/module/kmt_timer/parameters/period_ms
}

unload_all()
{
	rmmod kmt_netsock kmt_timer kmt_chardev kmt_procfs kmt_params kmt_hello
}

echo machine >/etc/hostname
leaks_mark
check "all modules at once" load_all
check "everything is hit, and nothing breaks" hammer_probe "${THREADS:-16}" "${CALLS:-20000}"
# shellcheck disable=SC2154 # guest.sh has it
sed 's/^/# /' "$said"
check "and they go" unload_all
leaks_none "nothing is lost"
finish
