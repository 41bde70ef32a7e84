#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What hangs in the kernel: time-outs of the command line, and giving up in the console.  A writer of
# kmt_params' slow sleeps and can be killed; meanwhile every other writer, and the unload, wait where
# no signal reaches them.  What is to hang does so until the test has seen it, however slow the host is.
. /kmt/guest.sh

LC_ALL=C.UTF-8
export LC_ALL
# These are guest.sh's.
out=${out:-} err=${err:-} said=${said:-}
params=/sys/module/kmt_params/parameters
# For the journal.
mkdir -p /var/log

# hold: somebody sleeps in a write of slow, and sixty others wait to be the next: together for ten minutes,
# or until let_go.  All of them are in the kernel then, or have been there: an unload waits for them.
hold()
{
	holders=
	for _ in $(seq 60); do
		sh -c "echo 10 >$params/slow" &
		holders="$holders $!"
	done
	for holder in $holders; do
		until grep -qs '^[0-9]* ([^)]*) D' "/proc/$holder/stat" || [ ! -e "/proc/$holder" ]; do sleep 0.1; done
	done
}

let_go()
{
	# shellcheck disable=SC2086 # a list
	kill -9 $holders
}

# A time-out that is long enough changes nothing.
run 0 "load in time" load --timeout 600 kmt_params number=7
is "it has its parameters" "$(param kmt_params number)" 7
run 0 "set in time" --timeout 600 set kmt_params number=8
is "it was set" "$(param kmt_params number)" 8
run 2 "set in time, refused by the module" --timeout 600 --json set kmt_params level=77
run 0 "unload in time" unload kmt_params --timeout 600
refuse "it is gone" loaded kmt_params
run 4 "what is not there is not waited for" load --timeout 600 kmt_nowhere

# What can be stopped is.  The time-outs leave a slow host time to look at the module first.
run 5 "a load that takes too long" load --timeout 4 kmt_params slow=10
says "it was stopped" "$err" '^kmodtui: kmt_params: It was not done in the time given and was stopped'
refuse "nothing was loaded" loaded kmt_params
modprobe kmt_params
run 5 "a write that takes too long" --json --timeout 4 set kmt_params slow=10
says "it was stopped" "$out" '"error":"It was not done in the time given and was stopped'
is "it was killed in its sleep" "$(sed -n 's/^slow_killed //p' /proc/kmt_params)" 1

echo 2 >$params/slow
run 0 "a write that is quick" set kmt_params slow=0
run 5 "undone by one that takes too long" --timeout 1 undo
says "it was stopped" "$err" '^kmodtui: kmt_params: It was not done in the time given and was stopped'
is "it was killed, too" "$(sed -n 's/^slow_killed //p' /proc/kmt_params)" 2
run 0 "another write" set kmt_params number=5

# What can not be stopped is left to itself.
hold
run 5 "a write behind one that hangs" --timeout 1 set kmt_params number=9
says "it is told" "$err" '^kmodtui: kmt_params: Its parameters could not be looked at in the time given'
run 5 "an undo behind one that hangs" undo --timeout 1
says "that is told" "$err" '^kmodtui: kmt_params: Its parameters could not be looked at in the time given'
run 5 "an unload behind one that hangs" --json --timeout 1 unload kmt_params
says "that is told, too" "$out" '"result":"failed".*"sentence":"Its parameters could not be looked at'
let_go
wait
is "nothing was changed" "$(param kmt_params number)" 5
rmmod kmt_params

# The console: the same, the screen alive meanwhile.
modprobe kmt_params
modprobe kmt_hello
hold
end_writers()
{
	until grep -q '^--- enough' "$said"; do sleep 0.1; done
	let_go
}
: >"$said"
end_writers &
watcher=$!
# By then it has given up reading the parameters, and is where nothing can be killed.
kmodtui --timeout 15 --script /kmt/console-hangs.keys >"$said" 2>&1
verdict $? "an unload that hangs is given up"
kill "$watcher" 2>/dev/null
wait
refuse "kmt_hello was unloaded meanwhile" loaded kmt_hello

# A roll-back is due when it was said to be, though what was given up still hangs.
still_hangs()
{
	grep -q '^slow_sleeping 1$' /proc/kmt_params
}
modprobe -a kmt_params kmt_hello
writers=
for _ in 1 2 3 4 5 6 7 8 9; do
	sh -c "echo 10 >$params/slow" &
	writers="$writers $!"
done
until still_hangs; do sleep 0.1; done
run 5 "one goes, the other hangs" --timeout 1 unload --rollback 1 kmt_hello kmt_params
soon "the one comes back when the time is over" loaded kmt_hello
check "the other still hangs" still_hangs
run 5 "once more, with much time" --timeout 1 unload --rollback 900 kmt_hello kmt_params
refuse "the one is gone" loaded kmt_hello
run 0 "rolled back at once" rollback
check "it is there again" loaded kmt_hello
check "and the other still hangs" still_hangs
run 5 "and once more" --timeout 1 unload --rollback 900 kmt_hello kmt_params
run 0 "kept" keep
check "while the other hangs" still_hangs
refuse "the one stays away" loaded kmt_hello
# shellcheck disable=SC2086 # a list
kill -9 $writers
wait
finish
