#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The commands that act on a running kernel: load, set, unload, log, and what they say when
# they can not.
# shellcheck disable=SC2154 # out and err are those of guest.sh
. /kmt/guest.sh


run 0 "a dry run ends well" load kmt_timer period_ms=250 --dry-run
says "the plan names the module and its options" "$out" '^load +kmt_timer period_ms=250$'
refuse "and loads nothing" loaded kmt_timer

run 3 "--readonly forbids a load" --readonly load kmt_timer
run 2 "an unknown parameter is a usage error" load kmt_timer perod_ms=250
says "that names the known ones" "$err" '^kmodtui: kmt_timer: .*perod_ms.*period_ms'
refuse "and nothing was loaded" loaded kmt_timer

run 0 "a load with a parameter" load kmt_timer period_ms=250
says "says what was loaded" "$out" '^kmt_timer: loaded$'
says "and what the kernel wrote meanwhile" "$out" '^    \[ *[0-9]+\.[0-9]{6}\] info +kmt_timer: '
check "the module is there" loaded kmt_timer
is "with its parameter" "$(param kmt_timer period_ms)" 250

run 0 "a second load is done at once" load kmt_timer
says "and says so" "$out" 'It is loaded already'
run 0 "kmt-timer is the same module" load kmt-timer

run 0 "set" set kmt_timer period_ms=500 --ascii
says "shows old and new" "$out" '^period_ms: 250 -> 500$'
is "and the kernel has it" "$(param kmt_timer period_ms)" 500
run 0 "set as JSON" set kmt_timer period_ms=600 --json
says "has the result" "$out" '"results":\[\{"param":"period_ms","old":"500","new":"600","error":null\}\]'
run 2 "a parameter it does not have" set kmt_timer nonsense=1
run 3 "a parameter that is fixed at load time" set kmt_timer cpu=0
says "says how to change it" "$err" 'fixed at load time.*cpu=0'
run 2 "one bad value among good ones" set kmt_timer period_ms=700 nonsense=1
is "writes none of them" "$(param kmt_timer period_ms)" 600
kmodtui set kmt_timer period_ms=0 >"$out" 2>"$err"
is "what the module refuses is not done" "$(param kmt_timer period_ms)" 600
says "and is told" "$err" '^kmodtui: kmt_timer: '

# The machine has an IDE controller, whose module nobody has loaded.
run 0 "which --unbound" which --unbound
says "names a device and its module" "$out" '^pci +[0-9a-f:.]+ +ata_piix +disk +storage controller 8086:[0-9a-f]{4}$'
run 0 "the module is loaded" load ata_piix
kmodtui which --unbound >"$out"
refuse "then the device has a driver" grep ata_piix "$out"

run 0 "params" params kmt_timer
says "shows mode and live value" "$out" '^period_ms +[^ ]+ +0644 +600 '
run 0 "list as lsmod" list
kmodtui list >"$out"
lsmod >"$err" 2>/dev/null
if [ "$(head -n 1 "$err" | cut -c 1-6)" = Module ]; then
	check "is the same, byte for byte" cmp "$out" "$err"
else
	skip "is the same, byte for byte" "no lsmod here"
fi
run 0 "log of one module" log --module kmt_timer --json
says "has its lines" "$out" '"level":"info","facility":"kern","module":"kmt_timer"'

kmodtui log --follow >/tmp/follow.out 2>&1 &
follower=$!
soon "log --follow prints what there is" grep -q kmt_timer /tmp/follow.out
echo 'kmt: a line of this test' >/dev/kmsg
soon "and what comes" grep -q '(user) kmt: a line of this test$' /tmp/follow.out
kill -INT $follower
wait $follower
is "and ends by the signal when interrupted" $? 130

run 0 "a value with blanks" load kmt_params 'text=two words'
is "reaches the module whole" "$(param kmt_params text)" 'two words'
run 0 "a parameter that can not be read" set kmt_params secret=x --json
says "is null before and after" "$out" '"param":"secret","old":null,"new":null,"error":null'
run 2 "a value out of range" set kmt_params number=99999999999
run 2 "a value of the wrong type" set kmt_params flag=perhaps
run 2 "a value the module refuses" set kmt_params refuse=1
run 0 "and it goes" unload kmt_params

run 0 "load of what other modules come with" load bridge --dry-run
sed -n 's/^load *\([^ ]*\).*/\1/p' "$out" >/tmp/plan.ours
modprobe --show-depends bridge 2>/dev/null |
	sed -n 's/^insmod .*\/\([^/]*\)\.ko.*/\1/p' | tr - _ >/tmp/plan.modprobe
if [ -s /tmp/plan.modprobe ]; then
	check "is planned as modprobe does it" cmp /tmp/plan.ours /tmp/plan.modprobe
else
	skip "is planned as modprobe does it" "modprobe does not tell here"
fi

# f2fs has a soft dependency on crc32, which is built in.
mkdir -p /etc/modprobe.d
echo 'install crc32 /bin/true; /bin/false' >/etc/modprobe.d/builtin.conf
run 0 "an install line of what is built in" load f2fs --dry-run --run-install
lacks "is not run" "$out" '^install '
rm /etc/modprobe.d/builtin.conf

run 0 "unload" unload kmt_timer
says "says what it did" "$out" '^kmt_timer: unloaded$'
refuse "the module is gone" loaded kmt_timer
run 0 "a second unload is done at once" unload kmt_timer
run 4 "a name that no module has" unload kmt_nosuch
run 4 "one good and one bad name: the highest status" unload kmt_timer kmt_nosuch
run 4 "a load of what there is not" load kmt_nosuch
run 4 "a file that there is not" load ./kmt_nosuch.ko

mkdir -p /etc/modprobe.d
printf '# ours\ninstall kmt_hello /bin/false\n' >/etc/modprobe.d/kmt.conf
run 1 "an install line is refused" load kmt_hello
says "with file, line and command" "$err" '/etc/modprobe.d/kmt.conf, line 2,.*"/bin/false".*--run-install'
refuse "and not run" loaded kmt_hello
rm /etc/modprobe.d/kmt.conf
run 0 "a mask" mask kmt_hello
run 1 "is refused as well" load kmt_hello
says "with the way to take it away" "$err" '^kmodtui: kmt_hello: kmt_hello is masked .*kmodtui unmask kmt_hello'
run 0 "which does" unmask kmt_hello
printf 'install kmt_hello echo ran here; false\n' >/etc/modprobe.d/kmt.conf
run 1 "modprobe runs it when told to" load --run-install kmt_hello
says "what it prints is seen" "$err" '^ran here$'
says "and that it failed" "$err" '^kmodtui: kmt_hello: modprobe ran the line and ended with status'
# shellcheck disable=SC2016 # the word is modprobe's
printf 'install kmt_hello modprobe --ignore-install kmt_hello $CMDLINE_OPTS\n' >/etc/modprobe.d/kmt.conf
run 2 "options that mean something to a shell are refused" load --run-install kmt_hello 'who=a;touch /tmp/shell'
refuse "and no shell has seen them" test -e /tmp/shell
run 0 "others are given" load --run-install kmt_hello who=Ada --json
says "the module is loaded then" "$out" '"result":"loaded"'
is "with them" "$(param kmt_hello who)" Ada
run 0 "it can be unloaded" unload kmt_hello
rm /etc/modprobe.d/kmt.conf

file=$(find /lib/modules -name 'kmt_hello.ko*' | head -n 1)
cp "$file" /tmp/kmt_hello.ko
run 0 "a file is loaded" load /tmp/kmt_hello.ko
check "and is there" loaded kmt_hello
modprobe kmt_chardev
# shellcheck disable=SC2217 # the node is held, not read
sleep 1000 </dev/kmt_chardev0 &
sleeper=$!
run 0 "holders" holders kmt_chardev
says "names the process and the node it has open" "$out" "^process    sleep $sleeper /dev/kmt_chardev0\$"
run 5 "unload of what is in use" unload kmt_chardev
says "names who has it open" "$err" "^kmodtui: kmt_chardev: .*sleep \(process $sleeper\)"
kill $sleeper
wait $sleeper 2>/dev/null
run 0 "and goes when that has ended" unload kmt_chardev

run 0 "unload as JSON" unload kmt_hello --json
says "has plan and result" "$out" '^\{"schema":1,"plan":\[\{"action":"unload","name":"kmt_hello","detail":null\}\],"result":"unloaded","errno":null,"sentence":null,'
printf 'no module' >/tmp/bad.ko
run 6 "a file that is no module is refused" load /tmp/bad.ko

printf 'options kmt_timer period_ms=333\n' >/etc/modprobe.d/kmt.conf
run 0 "options of modprobe.d are used" load kmt_timer
is "for the module" "$(param kmt_timer period_ms)" 333
run 0 "and it goes again" unload kmt_timer
rm /etc/modprobe.d/kmt.conf

run 2 "a value that only the module can judge" load kmt_timer period_ms=0
says "is told with what the kernel log says" "$err" '^kmodtui: kmt_timer: .*kmt_timer: '
refuse "and nothing stays" loaded kmt_timer
cp "$file" /tmp/other_name.ko
run 0 "a file by another name" load /tmp/other_name.ko
says "is told by the module's own" "$out" '^kmt_hello: loaded$'
run 0 "and found by it" load /tmp/other_name.ko
says "the second time" "$out" 'It is loaded already'
run 0 "and unloaded by it" unload kmt_hello
for kind in gz:gzip xz:xz zst:zstd; do
	if ${kind#*:} -c "$file" >"/tmp/packed.ko.${kind%:*}" 2>/dev/null; then
		run 0 "a file packed by ${kind#*:}" load "/tmp/packed.ko.${kind%:*}"
		check "is loaded" loaded kmt_hello
		run 0 "and goes" unload kmt_hello
	else
		skip "a file packed by ${kind#*:}" "no tool here packs it"
		skip "is loaded" "no tool here packs it"
		skip "and goes" "no tool here packs it"
	fi
done
sed 's/ mod_unload / mod_unloxd /' "$file" >/tmp/kmt_hello.ko
if [ "$(wc -c <"$file")" -eq "$(wc -c </tmp/kmt_hello.ko)" ] && ! cmp -s "$file" /tmp/kmt_hello.ko; then
	run 6 "a module for another kernel" load /tmp/kmt_hello.ko
	says "is refused with both versions" "$err" 'mod_unloxd.*mod_unload '
else
	skip "a module for another kernel" "no tool here changes a byte"
	skip "is refused with both versions" "no tool here changes a byte"
fi

# shellcheck disable=SC2046 # names without blanks
set -- $(modprobe --show-depends bridge 2>/dev/null |
	sed -n 's/^insmod .*\/\([^/]*\)\.ko.*/\1/p' | tr - _)
if [ $# -ge 2 ] && ! loaded "$1"; then
	run 0 "a module and what it needs" load bridge
	check "are both there" loaded "$1"
	run 5 "what is in use stays" unload "$1"
	says "and its user is named" "$err" "^kmodtui: $1: .*bridge"
	run 0 "with its users it goes" unload --users "$1"
	refuse "all of it" loaded bridge
	refuse "and itself" loaded "$1"
else
	skip "a module and what it needs" "the kernel's own modules are not at hand"
fi

# From here on nothing can be loaded until the machine ends.
echo 1 >/proc/sys/kernel/modules_disabled
run 6 "modules_disabled forbids a load" load kmt_hello
says "and is named" "$err" 'modules_disabled'
run 6 "as JSON" load kmt_hello --json
says "with its errno" "$out" '"result":"failed","errno":1,"sentence":"'
run 0 "status" status
says "knows it too" "$out" '^modules_disabled: yes$'
finish
