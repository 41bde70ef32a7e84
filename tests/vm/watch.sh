#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui watch: a file that is built anew is loaded anew, whichever way it came there.
. /kmt/guest.sh

built=$(find "/lib/modules/$(uname -r)/updates" -name kmt_timer.ko)
dir=/tmp/build
# shellcheck disable=SC2154 # guest.sh has it
said_out=$out said_err=$err
file=$dir/kmt_timer.ko
mkdir $dir
cp "$built" $file

# variant FILE N: the same module with a description of its own
variant()
{
	sed "s/side by side/s${2}de by side/" "$built" >"$1"
}

events()
{
	grep -c "\"event\":\"$1\"" "$said_out"
}

# told N EVENT REGEX: the N-th of these events is there and says that
told()
{
	grep "\"event\":\"$2\"" "$said_out" | sed -n "${1}p" | grep -E -- "$3"
}

variant /tmp/1 1
! cmp -s /tmp/1 "$built"
verdict $? "the variants are variants"

run 2 "a word it does not take" watch $file period_ms=many
run 4 "a file that is not there" watch $dir/none.ko
run 2 "below --root" --root / watch $file
run 3 "read-only" --readonly watch $file
refuse "and nothing was loaded" loaded kmt_timer

kmodtui --json watch $file period_ms=250 >"$said_out" 2>"$said_err" &
watch=$!
soon "it is loaded at once" told 1 loaded '"sentence":"loaded in [0-9]+ ms \(period_ms=250\)"'
is "with the parameter" "$(param kmt_timer period_ms)" 250
soon "its log is followed" grep -q '"event":"log","module":"kmt_timer".*"text":"kmt_timer: armed' "$said_out"

kmodtui set kmt_timer histogram=N >/dev/null
mv /tmp/1 $file
soon "renamed over the old one: loaded anew" told 2 loaded 'loaded anew in .*period_ms=250'
is "the parameter given holds" "$(param kmt_timer period_ms)" 250
is "and the one changed meanwhile" "$(param kmt_timer histogram)" N

variant /tmp/2 2
first=$(param kmt_timer period_ms)
dd if=/tmp/2 of=$file bs=64k 2>/dev/null
soon "written in place: loaded anew" told 3 loaded 'loaded anew'
is "the parameter is the old one" "$(param kmt_timer period_ms)" "$first"

# The next one comes in two pieces.
variant /tmp/3 3
size=$(wc -c </tmp/3)
head -c $((size / 2)) /tmp/3 >$file
sleep 0.5
is "half a file is nothing yet" "$(events loaded)" 3
tail -c +$((size / 2 + 1)) /tmp/3 >>$file
soon "until the other half is there" told 4 loaded 'loaded anew'

touch $file
cp $file /tmp/same && cp /tmp/same $file
head -c 5000 /tmp/3 >$file
soon "a broken build is told" told 1 broken 'not a whole module'
is "the same bytes again were none" "$(events loaded)" 4
check "and the old one is still there" loaded kmt_timer

cp /tmp/2 /tmp/next && mv /tmp/next $file
soon "the next whole one is loaded" told 5 loaded 'loaded anew'
echo 250 >/sys/module/kmt_timer/parameters/period_ms

# A whole one that the kernel refuses: what was there comes back, byte for byte, with what it had.
was=$(cat /sys/module/kmt_timer/srcversion 2>/dev/null)
sed 's/ mod_unload / mod_unlosd /' /tmp/2 >/tmp/refused
mv /tmp/refused $file
soon "one that does not load is told" told 1 failed '"sentence"'
soon "and the build before is loaded again" told 1 restored 'the build before is loaded again'
check "it is there" loaded kmt_timer
is "with the parameter it had" "$(param kmt_timer period_ms)" 250
is "and the same source" "$(cat /sys/module/kmt_timer/srcversion 2>/dev/null)" "$was"
rm -r $dir
mkdir $dir
cp /tmp/3 $file
soon "a directory that is made again is followed" told 6 loaded 'loaded anew'

# One that is in use stays.
kill -INT $watch
wait $watch
is "Ctrl-C ends it, by the signal" $? 130
check "and the module stays" loaded kmt_timer
sed 's/^/# /' "$said_err" | head -n 5

built=$(find "/lib/modules/$(uname -r)/updates" -name kmt_chardev.ko)
cp "$built" $dir/kmt_chardev.ko
load kmt_chardev
kmodtui watch $dir/kmt_chardev.ko >"$said_out" 2>"$said_err" &
watch=$!
soon "one that is loaded is left alone" grep -q 'it is loaded already' "$said_out"
sleep 1000 <>/dev/kmt_chardev0 &
sleeper=$!
sed 's/kmodtui authors/kmodtui Authors/' "$built" >/tmp/4 && mv /tmp/4 $dir/kmt_chardev.ko
soon "one in use stays, and who uses it is said" grep -q 'in use by' "$said_err"
kill $sleeper
kill -TERM $watch
wait $watch
is "a signal ends it" $? 143

run 0 "once" --json watch --once $dir/kmt_chardev.ko minors=2
says "says it in a line" "$said_out" '"event":"loaded".*"sentence":"loaded anew in'
is "with the parameter" "$(param kmt_chardev minors)" 2
sed 's/ mod_unload / mod_unlosd /' "$built" >/tmp/5 && mv /tmp/5 $dir/kmt_chardev.ko
run 6 "a build that does not load" --json watch --once $dir/kmt_chardev.ko
says "gives way to the one of the module directory" "$said_out" '"event":"restored".*the one of the module directory is loaded'
check "so there is one" loaded kmt_chardev
run 0 "the journal knows" journal
says "what was done" "$said_out" 'watch'

# The console does the same.
cp /tmp/3 $file
kmodtui --script /kmt/console-build.keys >"$said_out" 2>"$said_err" &
console=$!
tries=300
until grep -qx 300 /sys/module/kmt_timer/parameters/period_ms || [ $tries -eq 0 ]; do
	tries=$((tries - 1))
	sleep 0.1
done 2>/dev/null
check "the console loads the file it watches" grep -qx 300 /sys/module/kmt_timer/parameters/period_ms
head -c 5000 /tmp/3 >$file
wait $console
check "it tells of a broken one, and ends the watch" test $? -eq 0
cat "$said_out" "$said_err" | sed 's/^/# /'
check "the module stays" loaded kmt_timer
finish
