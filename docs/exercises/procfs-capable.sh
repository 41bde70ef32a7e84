#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# procfs-capable: a command is taken only from a process that may administrate the machine, whoever opened the file.
. /kmt/guest.sh

# The file is opened by root, and given to somebody who is nobody.
handed()
{
	su nobody -s /bin/sh -c "printf '%s' '$1' >&3" 3>/proc/kmt_procfs
}

commands()
{
	sed -n 's/^commands //p' /proc/kmt_procfs
}

load kmt_procfs
check "root may" sh -c "echo read version >/proc/kmt_procfs"
refuse "nobody may not read a file by it" handed "read version"
refuse "nor reset the figures" handed reset
is "one command was run" "$(commands)" 1
check "everybody may still read the figures" su nobody -s /bin/sh -c 'grep -q commands /proc/kmt_procfs'
unload kmt_procfs
finish
