#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The console on a real kernel: the demo's script, then what only a real kernel can show.
. /kmt/guest.sh

LC_ALL=C.UTF-8
export LC_ALL

# said is guest.sh's: the words of the last command.
said=${said:-/tmp/said}

# play NAME FILE: case: the script ends well; what it dumped stays in $said
play()
{
	kmodtui --script "/kmt/$2" >"$said" 2>&1
	verdict $? "$1"
}

# shown NAME TEXT: case: TEXT stands in what the last script dumped
shown()
{
	grep -qF -- "$2" "$said"
	verdict $? "$1"
}

mkdir -p /tmp/fresh
cp "$(modinfo -n kmt_timer)" /tmp/fresh
play "the file of a module, in a kernel that has no marks" console-fresh.keys
play "the demo: find, load, change, refuse, undo, unload" console.keys
shown "the plan was shown" "Load kmt_timer?"
shown "the value was read back" "period_ms 1000 → 250"
refuse "the module is gone in truth" loaded kmt_timer

# A module that somebody else loads is shown without a key.
load_when_watched()
{
	until grep -q '^--- watching' "$said"; do sleep 0.1; done
	modprobe kmt_hello
}
: >"$said"
load_when_watched &
play "a module loaded elsewhere appears" console-watch.keys
wait
modprobe -r kmt_hello

# Users, slow and refusing parameters, load options, a device that is held open.
modprobe sch_fq_pie
modprobe kmt_chardev
# shellcheck disable=SC2217 # it is held open, not read
sleep 1000 </dev/kmt_chardev0 &
holder=$!
play "users, slow parameters, options, refusals" console-more.keys
kill "$holder"
refuse "users went with what they use" loaded sch_pie
refuse "so did sch_fq_pie" loaded sch_fq_pie
check "what was in use is still there" loaded kmt_chardev
rmmod kmt_chardev kmt_params 2>/dev/null

# What is to last, and reload.
play "masks, loading at boot, parameters for ever, reload" console-persist.keys
is "the parameter is kept" "$(cat /etc/modprobe.d/kmodtui.conf)" "options kmt_timer period_ms=1234"
is "so is loading at boot" "$(cat /etc/modules-load.d/kmodtui.conf)" kmt_timer
is "what is fixed at load was changed" "$(param kmt_timer cpu)" 0
is "and the rest is as it was" "$(param kmt_timer period_ms)" 1000
rmmod kmt_timer 2>/dev/null
rm -f /etc/modprobe.d/kmodtui.conf

# A user without privilege sees the list, not the log, and is told why.
echo 1 >/proc/sys/kernel/dmesg_restrict
su -s /bin/sh nobody -c 'kmodtui --script /kmt/console-user.keys' >"$said" 2>&1
verdict $? "a user without privilege"
check "the user changed nothing" test ! -e /sys/module/kmt_hello

finish
