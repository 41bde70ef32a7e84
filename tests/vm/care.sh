#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What one stands on is not unloaded by accident, and what was changed is rolled back unless somebody keeps it.
# shellcheck disable=SC2154 # out and err are those of guest.sh
. /kmt/guest.sh

journal=/var/log/kmodtui/journal
mkdir -p /var/log /run

gone()
{
	! loaded "$1"
}

# waits N: N changes wait to be rolled back
waits()
{
	[ "$(find /run/kmodtui -name 'roll*' | wc -l)" -eq "$1" ]
}

# The way in: a bridge that has the address of an ssh session.
if modprobe bridge && ip link add br7 type bridge && ip addr add 192.0.2.1/24 dev br7; then
	SSH_CONNECTION='192.0.2.9 50000 192.0.2.1 22'
	export SSH_CONNECTION
	run 5 "what carries the ssh session stays" unload bridge
	says "and it is said what that is" "$err" '^kmodtui: bridge: bridge carries the network path of your ssh session, br7\. .*--even-if-carrying'
	check "it is there" loaded bridge
	run 5 "what that needs, with its users, too" unload llc --users
	says "by which way" "$err" 'bridge carries the network path'
	run 5 "reload too" reload bridge
	run 0 "a plan says so" unload bridge --dry-run
	says "in a line" "$out" '^bridge carries the network path of your ssh session, br7\.$'
	run 0 "JSON has it" unload bridge --dry-run --json
	says "as an object" "$out" '"carries":\[\{"module":"bridge","kind":"network","what":"br7","user":null,'
	run 0 "holders tells it" holders bridge
	says "first" "$out" '^carries    network br7$'
	sh -c 'env -u SSH_CONNECTION kmodtui holders bridge; :' >"$out"
	says "a program that has lost the variable, as with sudo, knows it of its parents" "$out" '^carries    network br7$'
	run 0 "it goes when that is asked for" unload bridge --even-if-carrying --rollback 1
	says "with a way back" "$out" '^In 1 seconds this is rolled back'
	soon "and comes back" loaded bridge
	soon "then nothing waits" waits 0
	check "it needs a new interface" ip link add br7 type bridge
	check "with the address" ip addr add 192.0.2.1/24 dev br7
	LC_ALL=C.UTF-8 kmodtui --script /kmt/console-care.keys >"$out" 2>"$err"
	console_status=$?
	cat "$out" "$err" >"$said"
	verdict $console_status "the console asks for the name and offers a way back"
	says "which is one of three" "$out" 'roll it back after 30 seconds, unless I keep it'
	says "and can be taken at once" "$out" 'keep it as it is now'
	unset SSH_CONNECTION
	run 0 "without ssh it is a module like others" unload bridge
else
	skip "the way in" "there is no bridge"
fi

run 0 "a load to be rolled back" load kmt_hello --rollback 600 --json
says "tells the seconds" "$out" '"rollback":600,'
check "one change waits" waits 1
run 0 "is kept" keep
says "and that is said" "$out" '^It stays as it is\.$'
check "it is there" loaded kmt_hello
check "nothing waits any more" waits 0
run 4 "there is nothing to keep" keep
run 4 "and nothing to roll back" rollback
run 0 "another one" unload kmt_hello --rollback 600
run 0 "is rolled back at once" rollback --json
says "and that is said, too" "$out" '^\{"schema":1,"result":"rolled back","changes":1\}$'
check "at the end of the command it is back" loaded kmt_hello
says "the journal has both" $journal '"command":\["rollback","unload","kmt_hello"\],"status":0,"undoes":[0-9]'
run 0 "unload for good" unload kmt_hello

run 0 "a parameter to be rolled back" load kmt_timer period_ms=250
run 0 "is set" set kmt_timer period_ms=500 --rollback=1
is "at first" "$(param kmt_timer period_ms)" 500
soon "and then is as it was" grep -qx 250 /sys/module/kmt_timer/parameters/period_ms
run 0 "reload to be rolled back" reload kmt_timer period_ms=700 --rollback=600
run 0 "and rolled back" rollback
is "has the parameters of before" "$(param kmt_timer period_ms)" 250
run 2 "no number" set kmt_timer period_ms=500 --rollback=soon
run 2 "no time at all" set kmt_timer period_ms=500 --rollback=0
is "changes nothing" "$(param kmt_timer period_ms)" 250
check "a load of kmt_params" load kmt_params
run 1 "a value that can not be read" set kmt_params secret=swordfish --rollback=600
says "can not be rolled back" "$err" 'could not be rolled back; nothing was written'
soon "nothing waits for what failed" waits 0

# The command's terminal and the shell around it are gone long before the time is over.
kmodtui unload kmt_timer --rollback 2 >/dev/null &
pid=$!
wait "$pid"
soon "the module goes" gone kmt_timer
for guard in $(pidof kmodtui); do
	kill -HUP "$guard"
	kill -INT "$guard"
done
soon "and comes back when the terminal is gone" loaded kmt_timer
is "with its parameter" "$(param kmt_timer period_ms)" 250
run 0 "a long wait" unload kmt_timer --rollback 600
for guard in $(pidof kmodtui); do
	kill -TERM "$guard"
done
soon "that is ended by SIGTERM rolls back at once" loaded kmt_timer
soon "and is over" waits 0

# A parameter that somebody else writes sleeps in the kernel, and with it all who read one of its module.
sleeper()
{
	echo 10 >/sys/module/kmt_params/parameters/slow &
	first=$!
	echo 10 >/sys/module/kmt_params/parameters/slow &
	writer=$!
	soon "somebody else writes and sleeps" grep -qx 'slow_sleeping 1' /proc/kmt_params
}
load kmt_timer 2>/dev/null || check "kmt_timer is there" loaded kmt_timer
sleeper
run 0 "params does not sleep with them" params kmt_params --json
check "which still do" kill -0 "$writer"
says "what is not known is null" "$out" '"name":"slow",[^}]*"value":null'
says "and told" "$out" '"remarks":\["The module did not answer within 2 seconds; these values are not known: '
run 0 "nor does a reload that is planned" reload kmt_params --dry-run
check "while they still do" kill -0 "$writer"
says "it tells what it can not keep" "$out" '^kmt_params: These values did not come within 2 seconds and are not kept: .*kmt_params\.slow'
wait "$first" "$writer"
run 0 "afterwards all is known" params kmt_params --json
says "and nothing is told" "$out" '"name":"slow",[^}]*"value":"10".*"remarks":\[\]'
# A write waits for the one before it; its read-back would wait for the one behind.
echo 10 >/sys/module/kmt_params/parameters/slow &
first=$!
soon "somebody writes before us" grep -qx 'slow_sleeping 1' /proc/kmt_params
kmodtui set kmt_params number=7 >"$out" 2>"$err" &
setter=$!
soon "set waits for its turn" grep -q param "/proc/$setter/wchan"
echo 10 >/sys/module/kmt_params/parameters/slow &
writer=$!
wait "$setter"
is "set ends" $? 0
check "before the next one does" kill -0 "$writer"
says "and tells that it does not know what came of it" "$err" '^kmodtui: kmt_params: number was written, but could not be read back within 2 seconds'
wait "$first" "$writer"
is "it was written" "$(param kmt_params number)" 7
sleeper
{
	until grep -q '^--- awake' "$out"; do
		sleep 0.2
	done
	echo 10 >/sys/module/kmt_params/parameters/slow
} &
LC_ALL=C.UTF-8 kmodtui --script /kmt/console-slow.keys >"$out" 2>"$err"
console_status=$?
cat "$out" "$err" >"$said"
verdict $console_status "the console does not, either, and offers what it knows"
wait

# Whoever can not prepare it changes nothing.
mv /run/kmodtui /run/kmodtui.away
touch /run/kmodtui
run 1 "no place for it" unload kmt_timer --rollback 5
says "is said" "$err" 'Nothing was changed'
check "and nothing was" loaded kmt_timer
rm -f /run/kmodtui
finish
