#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# procfs-ladder: each step of init can be made to fail, and none that fails leaves anything behind.
. /kmt/guest.sh

files='kmt_tasks kmt_self kmt_file kmt_procfs'

left()
{
	for file in $files; do
		[ ! -e "/proc/$file" ] || echo "$file"
	done
}

no_memory() # STEP
{
	modprobe kmt_procfs fail="$1" 2>&1 | grep "Cannot allocate memory"
}

for step in 4 3 2 1; do
	check "step $step fails, for want of memory" no_memory $step
	is "and leaves nothing behind" "$(left)" ""
done
load kmt_procfs
is "all files are there when none fails" "$(left | tr '\n' ' ')" "$files "
refuse "the parameter has no file" test -e /sys/module/kmt_procfs/parameters/fail
unload kmt_procfs
is "and none is left" "$(left)" ""
finish
