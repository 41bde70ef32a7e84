#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# procfs-forget: a command that throws away what was read of a file.
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
check "with nothing to forget it is no error" command forget
check "a file is read" command "read version"
check "and there" grep -q Linux /proc/kmt_file
refuse "forget takes no second word" command "forget version"
check "which changes nothing" grep -q Linux /proc/kmt_file
check "it is forgotten" command forget
is "the file is empty" "$(cat /proc/kmt_file)" ""
is "the statistics say so" "$(figure file_name) $(figure file_bytes)" "none 0"
check "another one can be read" command "read version"
check "and is there" grep -q Linux /proc/kmt_file
unload kmt_procfs
finish
