#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# procfs-lines: the statistics tell how many lines were read of a file.
. /kmt/guest.sh

command()
{
	printf '%s' "$1" >/proc/kmt_procfs
}

figure()
{
	sed -n "s/^$1 //p" /proc/kmt_procfs
}

load kmt_procfs
is "none is read at first" "$(figure file_lines)" 0
check "a file of one line" command "read version"
is "has one" "$(figure file_lines)" 1
seq 1 300 >/etc/hostname
check "a file of 300 lines" command "read hostname"
is "has 300" "$(figure file_lines)" 300
yes "a line of twenty-four by" | head -n 400 >/etc/hostname
check "a file longer than what is kept" command "read hostname"
is "has those that are kept" "$(figure file_lines)" "$(tr -cd '\n' </proc/kmt_file | wc -c)"
printf 'no end' >/etc/hostname
check "a file whose line has no end" command "read hostname"
is "has none" "$(figure file_lines)" 0
rm -f /etc/hostname
unload kmt_procfs
finish
