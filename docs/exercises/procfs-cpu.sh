#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# procfs-cpu: the last field of a line of /proc/kmt_tasks is the processor on which the task was last.
. /kmt/guest.sh

# The line of the reader himself, who runs at this moment on a processor of our choice.
mine() # CPU
{
	taskset $((1 << $1)) sh -c 'echo $$; exec cat /proc/kmt_tasks' | awk 'NR == 1 { pid = $1; next } $1 == pid { print $NF }'
}

load kmt_procfs
is "13 fields in every line" "$(awk 'NF != 13' /proc/kmt_tasks | grep -c .)" 0
is "which end in a number" "$(awk '$NF !~ /^[0-9]+$/' /proc/kmt_tasks | grep -c .)" 0
is "on the first processor" "$(mine 0)" 0
is "on the second processor" "$(mine 1)" 1
unload kmt_procfs
finish
