#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# undo, reload, rollback and watch bring a module back whatever its parameters read as, from the file it came
# from; and say what could not be given back.
# The machine has the modules of tests/vm/bad.
# shellcheck disable=SC2154 # out and err are those of guest.sh
. /kmt/guest.sh

mkdir -p /var/log /tmp/build
file=/tmp/build/kmt_bad_hidden.ko
cp /kmt/bad/kmt_bad_hidden.ko $file

# back NAME REGEX: case: it is there again, and was loaded with that
back()
{
	check "it is there" loaded kmt_bad_hidden
	log_has "$1" "kmt_bad_hidden: $2"
	log_mark
}

log_mark
run 0 "a load of a file" load $file devices=3 'label=my cam' wpa_key=swordfish empty=
back "has what was given" '3 devices, label my cam, key swordfish, probe 0, empty \.'
refuse "the secret is not in the journal" grep -r swordfish /var/log/kmodtui

run 0 "unload" unload kmt_bad_hidden
run 0 "undo" undo
says "has a plan" "$out" '^load    kmt_bad_hidden .*devices=3'
says "says what is not known" "$out" '^kmt_bad_hidden: The kernel does not show wpa_key: it has the value of a fresh load\.$'
says "and what was refused" "$out" '^kmt_bad_hidden: These parameters .*: odd\.$'
back "the rest is as it was" '3 devices, label my cam, key none, probe 0, empty \.'

run 0 "unload" unload kmt_bad_hidden
run 0 "undo as JSON" undo --json
says "tells what was refused" "$out" '"lost":\["odd"\]'
log_mark
run 0 "reload of a file" reload kmt_bad_hidden --json
says "tells what was refused" "$out" '"lost":\["odd"\]'
refuse "but nothing that is as in the load before" grep wpa_key "$out"
back "all is as it was" '3 devices, label my cam, key none, probe 0, empty \.'

run 0 "an array that is set" reload kmt_bad_hidden probe=7,8
run 0 "is carried over" reload kmt_bad_hidden
is "as it is" "$(param kmt_bad_hidden probe)" 7,8
run 0 "another parameter of that kind" reload kmt_bad_hidden devices=4
log_has "has the new value" 'kmt_bad_hidden: 4 devices, label my cam, key none, probe 2'

run 0 "a roll-back that is answered" unload kmt_bad_hidden --rollback 900
log_mark
run 0 "at once" rollback
back "the rest is as it was" '4 devices, label my cam, key none, probe 2, empty \.'

# Who loaded it is not known, nor with what.
rmmod kmt_bad_hidden
run 0 "a journal of another load" journal
cp $file "/lib/modules/$(uname -r)/updates/"
depmod
insmod $file devices=5
run 0 "a roll-back of what somebody else loaded" unload kmt_bad_hidden --rollback 900
says "says what it could not do" "$out" '^kmt_bad_hidden: The kernel does not show these parameters; '
run 0 "kept" keep
insmod $file devices=5
log_mark
run 0 "reload of what somebody else loaded, planned" reload kmt_bad_hidden --dry-run
says "tells the plan" "$out" '^load    kmt_bad_hidden'
says "and what will not be as it was" "$out" '^kmt_bad_hidden: The kernel does not show devices, label and wpa_key: they have the value of a fresh load\.$'
run 0 "reload of what somebody else loaded" reload kmt_bad_hidden
says "tells it, too" "$out" '^kmt_bad_hidden: The kernel does not show devices, label and wpa_key: '
back "it has the values of a fresh load" '1 devices, label none, key none, probe 0, empty full'
run 0 "and goes" unload kmt_bad_hidden

# A file that was built anew in between.
run 0 "a load of the file" load $file devices=6
run 0 "unloaded again" unload kmt_bad_hidden
sed 's/srcversion=[0-9A-F]\{4\}/srcversion=0000/' $file >/tmp/next && mv /tmp/next $file
run 0 "undo, but the file is another one" undo
says "is told" "$out" '^kmt_bad_hidden: It is another build than the one that was unloaded: /tmp/build/kmt_bad_hidden\.ko '
back "it has what it had" '6 devices'
run 0 "unloaded once more" unload kmt_bad_hidden
rm $file
run 0 "undo without the file" undo
says "takes the one of the module directory, and says so" "$out" '^kmt_bad_hidden: It is another build .* the module directory '
back "with what it had" '6 devices'
run 0 "gone again" unload kmt_bad_hidden

# watch
cp /kmt/bad/kmt_bad_hidden.ko $file
insmod $file
run 0 "watch" watch --once $file
says "loads it anew" "$out" '^kmt_bad_hidden: loaded anew in .*\. These parameters .*: odd\.$'
check "it is there" loaded kmt_bad_hidden
finish
