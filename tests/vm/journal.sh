#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What root did is in the journal and can be taken back: set, load, unload, persist, mask; and reload,
# which is unload and load.
# shellcheck disable=SC2154 # out and err are those of guest.sh
. /kmt/guest.sh

journal=/var/log/kmodtui/journal
conf=/etc/modprobe.d/kmodtui.conf
mkdir -p /var/log /etc/modprobe.d

run 0 "a load" load kmt_timer period_ms=250
run 0 "a set" set kmt_timer period_ms=500
says "is in the journal" $journal '"command":\["set","kmt_timer","period_ms=500"\],"status":0,"undoes":null,"params":\[\{"module":"kmt_timer","param":"period_ms","old":"250","new":"500"\}\]'
run 0 "undo" undo
says "says what is again" "$out" '^kmt_timer: The parameter period_ms is 250 again\.$'
is "and the kernel has it" "$(param kmt_timer period_ms)" 250
run 0 "undo once more takes the one before" undo
refuse "the load" loaded kmt_timer
run 4 "and then there is none left" undo
run 0 "what was taken back can be, too" undo 2
check "the module is there" loaded kmt_timer
is "with its parameter" "$(param kmt_timer period_ms)" 250
run 0 "a parameter changes" set kmt_timer period_ms=333
run 0 "and the module goes" unload kmt_timer
run 0 "taken back by its id" undo --json "@$(sed -n '$s/.*"id":\([0-9]*\).*/\1/p' $journal)"
says "as JSON" "$out" '"result":"loaded","errno":null'
is "it has what it had" "$(param kmt_timer period_ms)" 333

run 0 "reload" reload kmt_timer
says "has a plan" "$out" '^unload  kmt_timer$'
says "with the parameters of now" "$out" '^load    kmt_timer .*period_ms=333'
says "and an end" "$out" '^kmt_timer: reloaded$'
is "they are kept" "$(param kmt_timer period_ms)" 333
run 0 "reload with another" reload kmt_timer period_ms=444
is "has that" "$(param kmt_timer period_ms)" 444
run 0 "reload, planned" reload kmt_timer period_ms=1 --dry-run
is "does nothing" "$(param kmt_timer period_ms)" 444
run 2 "reload with a bad one" reload kmt_timer perod_ms=1
check "leaves it alone" loaded kmt_timer
run 2 "a value that only the module refuses" reload kmt_timer period_ms=0
says "is told with the state it left" "$err" '^kmodtui: kmt_timer: It did not take these values, so it was loaded again with those it had before\.$'
check "which is so" loaded kmt_timer
is "as it was" "$(param kmt_timer period_ms)" 444
run 4 "reload of what is not loaded" reload kmt_hello

run 0 "parameters of all kinds" load kmt_params number=7 'text=two words' fixed=3
run 0 "one that refuses every value is left out" reload kmt_params fixed=4
says "and told" "$out" '^kmt_params: These parameters .*refuse'
is "the one that was fixed has changed" "$(param kmt_params fixed)" 4
is "the others are kept" "$(param kmt_params number) $(param kmt_params text)" '7 two words'
run 0 "set a secret" set kmt_params secret=swordfish
refuse "the journal does not have it" grep swordfish $journal
run 1 "so that it can not be taken back" undo
says "and that is told" "$err" 'secret'
check "the device module" load kmt_chardev
if [ -c /dev/kmt_chardev0 ]; then
	exec 3</dev/kmt_chardev0
	run 5 "reload of what is in use" reload kmt_chardev
	says "leaves all as before" "$err" 'everything is loaded as before'
	exec 3<&-
else
	skip "reload of what is in use" "there is no node for it"
	skip "leaves all as before" "there is no node for it"
fi

# shellcheck disable=SC2046 # names without blanks
set -- $(modprobe --show-depends bridge 2>/dev/null |
	sed -n 's/^insmod .*\/\([^/]*\)\.ko.*/\1/p' | tr - _)
if [ $# -ge 2 ] && ! loaded "$1"; then
	run 0 "a module and what it needs" load bridge
	run 0 "reload of what others need" reload "$1"
	check "brings its users back" loaded bridge
	run 0 "undo of it" undo
	check "has all there too" loaded bridge
	run 0 "and all goes" unload --users "$1"
else
	for name in "a module and what it needs" "reload of what others need" "brings its users back" \
		"undo of it" "has all there too" "and all goes"; do
		skip "$name" "the kernel's own modules are not at hand"
	done
fi

# once NAME REGEX: case: exactly one line of $out matches
once()
{
	is "$1" "$(grep -cE "$2" "$out")" 1
}

# Two that a third one uses: that goes and comes back once.
modprobe 8021q 2>/dev/null
if loaded garp && loaded mrp; then
	run 0 "reload of two, planned" reload garp mrp --dry-run
	once "what uses both goes once" '^unload  8021q$'
	once "and comes back once" '^load    8021q'
	run 0 "reload of two" reload mrp garp mrp
	once "what uses both went once" '^8021q: unloaded$'
	once "the one is reloaded" '^mrp: reloaded$'
	once "the other, too" '^garp: reloaded$'
	check "what uses them is back" loaded 8021q
	run 4 "reload of two, one of which is not loaded" reload garp kmt_nowhere
	check "does nothing" test ! -s "$out"
	run 2 "reload of two with a parameter" reload garp mrp x=1
	says "is told" "$err" '^kmodtui: garp: Parameters are given to one module at a time'
	check "and does nothing" test ! -s "$out"
	modprobe -r 8021q
else
	for name in "reload of two, planned" "what uses both goes once" "and comes back once" "reload of two" \
		"what uses both went once" "the one is reloaded" "the other, too" "what uses them is back" \
		"reload of two, one of which is not loaded" "does nothing" \
		"reload of two with a parameter" "is told" "and does nothing"; do
		skip "$name" "8021q is no module here"
	done
fi

run 0 "persist" persist kmt_hello dyndbg=+p
run 0 "mask" mask kmt_hello
says "both are in the file" $conf '^blacklist kmt_hello$'
refuse "the mask holds" modprobe kmt_hello
run 1 "for load too" load kmt_hello
run 0 "undo of the mask" undo 2
is "leaves the rest" "$(cat $conf)" "options kmt_hello dyndbg=+p"
check "it can be loaded" load kmt_hello
run 0 "undo of persist" undo
refuse "leaves no file" test -e $conf
run 0 "a mask" mask kmt_hello
sed -i '/blacklist/d' $conf
run 1 "changed by hand meanwhile" undo
says "can not be taken back" "$err" 'changed since'
is "and is left" "$(cat $conf)" "install kmt_hello /bin/false
softdep kmt_hello pre:"
run 3 "--readonly forbids undo" --readonly undo
run 0 "a load of what is loaded" load kmt_params
run 0 "the journal of all" journal
says "has what an undo took back" "$out" ' done +undo \(set kmt_timer period_ms=500\)$'
says "tells what was taken back" "$out" ' taken back +set kmt_timer period_ms=500$'
says "and that there was nothing to do" "$out" ' nothing to do +load kmt_params$'
run 0 "journal" journal 3
says "shows the last ones" "$out" '^2 +[^ ]+ +0 +failed \(1\) +undo( \(.*\))?$'
is "only root may read it" "$(stat -c %a $journal)" 600
run 4 "an id the journal does not have" undo @1
run 2 "a word that is no id" undo @one
finish
