#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the console does with many modules, with files, and with what was done before, on a real kernel.
. /kmt/guest.sh

LC_ALL=C.UTF-8
export LC_ALL

# said is guest.sh's: the words of the last command.
said=${said:-/tmp/said}

# play NAME FILE: case: the script ends well; what it dumped stays in $said
play()
{
	kmodtui --script "/kmt/$2" >"$said" 2>&1
	played=$?
	# Of a failure the last screen tells, and the line of the script.
	[ "$played" -eq 0 ] || { tail -n 30 "$said" >/tmp/end && mv /tmp/end "$said"; }
	verdict "$played" "$1"
}

# before NAME FIRST SECOND: case: FIRST stands above SECOND in what the last script dumped as NAME
before()
{
	sed -n "/^--- $1\$/,/^--- /p" "$said" >/tmp/dump
	first=$(grep -nF -- "$2" /tmp/dump | head -n 1 | cut -d: -f1)
	second=$(grep -nF -- "$3" /tmp/dump | head -n 1 | cut -d: -f1)
	[ -n "$first" ] && [ -n "$second" ] && [ "$first" -lt "$second" ]
	verdict $? "$1: $2 before $3"
}

modprobe kmt_chardev
# It uses garp and mrp.
modprobe 8021q
# shellcheck disable=SC2217 # it is held open, not read
sleep 1000 </dev/kmt_chardev0 &
holder=$!
play "tagged modules: load, reload, masks, boot, unload" console-tags.keys
kill "$holder"
before plan-load "load     sch_pie" "load     sch_fq_pie"
before plan-reload "unload   sch_fq_pie" "unload   sch_pie"
before plan-reload "load     sch_pie" "load     sch_fq_pie"
shared=$(grep -c "unload   8021q" "$said")
before plan-shared "unload   8021q" "load     8021q"
before plan-unload "unload   sch_fq_pie" "unload   sch_pie"
is "what uses two of them goes once" "$shared" 1
refuse "sch_fq_pie is gone in truth" loaded sch_fq_pie
refuse "so is sch_pie, its need" loaded sch_pie
refuse "so is kmt_timer" loaded kmt_timer
check "what was held is there" loaded kmt_chardev
check "no mask is left" test ! -s /etc/modprobe.d/kmodtui.conf
check "nothing is loaded at boot" test ! -s /etc/modules-load.d/kmodtui.conf
rmmod kmt_chardev

# The journal, and taking back; while one is asked about, somebody else does something.
rm -f /var/log/kmodtui/journal
run 4 "a load that fails" load kmt_nosuch
run 0 "a load" load kmt_timer period_ms=250
run 0 "a parameter" set kmt_timer period_ms=500
run 0 "a mask" mask kmt_hello
load_when_asked()
{
	until grep -q '^--- asked' "$said"; do sleep 0.1; done
	kmodtui load kmt_procfs >/dev/null 2>&1
}
: >"$said"
load_when_asked &
play "the journal, and taking back" console-journal.keys
wait
refuse "the load was taken back" loaded kmt_timer
check "the mask, too" test ! -s /etc/modprobe.d/kmodtui.conf
check "what came between was not" loaded kmt_procfs
rmmod kmt_procfs

# Files, and what was typed before.
mkdir -p /tmp/files/deeper
cp "$(modinfo -n kmt_timer)" "$(modinfo -n kmt_hello)" /tmp/files
echo "no module" >/tmp/files/readme
play "a module by its path, completion, earlier inputs" console-path.keys
is "the file was loaded with its parameters" "$(param kmt_timer period_ms) $(param kmt_timer engine)" "123 hrtimer"
history=/var/log/kmodtui/history
is "what was typed is root's alone" "$(stat -c %a $history)" 600
check "what was typed is kept" grep -q 'kmt_params.flag=Y' $history
refuse "but no secret" grep -q hush $history
rmmod kmt_timer kmt_hello

# What holds up an unload is not always what was asked for.
modprobe ppp_generic
# shellcheck disable=SC2217 # it is held open, not read
sleep 1000 </dev/ppp &
holder=$!
play "the one that is in use is named" console-held.keys
kill "$holder"
modprobe -r ppp_generic

finish
