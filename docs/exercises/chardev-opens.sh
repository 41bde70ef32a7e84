#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# chardev-opens: the statistics tell how often each device has been opened.
. /kmt/guest.sh

opens()
{
	sed -n "s/^minor$1_opens //p" /proc/kmt_chardev
}

load kmt_chardev minors=2
# A process that looks for new devices might open them; none does in this machine.
is "never at first" "$(opens 0) $(opens 1)" "0 0"
cat /dev/null 3</dev/kmt_chardev1 4</dev/kmt_chardev1 5</dev/kmt_chardev1
is "three times the second one" "$(opens 0) $(opens 1)" "0 3"
exec 3<>/dev/kmt_chardev0
# A descriptor that is inherited is no new one.
sh -c 'echo hello >&3'
is "once the first one" "$(opens 0) $(opens 1)" "1 3"
exec 3<&-
is "to close is not to open" "$(opens 0) $(opens 1)" "1 3"
unload kmt_chardev
load kmt_chardev minors=1
is "and anew after a load" "$(opens 0)" 0
unload kmt_chardev
finish
