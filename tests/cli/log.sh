#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui log and status
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

make_root "$tmp/r"

run 0 "log" --root "$tmp/r" log --safe
same "has one record a line" "$out" <<-'END'
	[    1.000000] info   alpha: started
	[    2.500000] warn   beta: slow
	[    3.000000] info   (user) alpha: this is not the kernel
	7 messages lost
	[   12.345678] err    alpha: failed\x1b[2J
END
run 0 "log --raw" --root "$tmp/r" log --raw
is "prints bytes" "$(grep -c "$(printf '\033')" "$out")" 1
run 0 "log --level" --root "$tmp/r" log --level warn --safe
same "keeps that and worse, and the lost marks" "$out" <<-'END'
	[    2.500000] warn   beta: slow
	7 messages lost
	[   12.345678] err    alpha: failed\x1b[2J
END
run 0 "a level by number" --root "$tmp/r" log --level 3 --safe
lacks "is the same" "$out" 'beta'
run 0 "log --module" --root "$tmp/r" log --module alpha --safe
same "keeps what the kernel wrote of it" "$out" <<-'END'
	[    1.000000] info   alpha: started
	7 messages lost
	[   12.345678] err    alpha: failed\x1b[2J
END

# dev_err() and its like begin with the driver, which most modules have named after themselves.
cp "$tmp/r/kmsg.records" "$tmp/kept"
cat >"$tmp/r/kmsg.records" <<-'END'
	6,30,1000000,-;gadget-net: version 2
	3,31,2000000,-;gadget_net 0000:41:00.0 eth7: hang
	 SUBSYSTEM=pci
	 DEVICE=+pci:0000:41:00.0
	4,32,3000000,-;gadget_net 0000:41:00.0 eth7 (unregistering): down
	6,33,4000000,-;pane_bus 3-0041: ready
	6,34,5000000,-;pane failed to find gadget_net: no
	3,35,6000000,-;pane_led: failed, disabled
	3,36,7000000,-;a led: failed
	14,37,8000000,-;gadget_net 0000:41:00.0: of a user
END
run 0 "log --module of a driver" --root "$tmp/r" log --module gadget-net
same "has what it said of its devices" "$out" <<-'END'
	[    1.000000] info   gadget-net: version 2
	[    2.000000] err    gadget_net 0000:41:00.0 eth7: hang
	[    3.000000] warn   gadget_net 0000:41:00.0 eth7 (unregistering): down
END
run 0 "log --module of a part of other words" --root "$tmp/r" log --module led
is "has none" "$(wc -l <"$out" | tr -d ' ')" 0
mkdir -p "$tmp/r/sys/module/pane/drivers"
run 0 "a driver called otherwise" --root "$tmp/r" log --module pane
is "is not known" "$(wc -l <"$out" | tr -d ' ')" 0
ln -s ../../../bus/i2c/drivers/pane-bus "$tmp/r/sys/module/pane/drivers/i2c:pane-bus"
run 0 "a driver called otherwise, of a live module" --root "$tmp/r" log --module pane
same "is known by /sys" "$out" <<-'END'
	[    4.000000] info   pane_bus 3-0041: ready
END
run 0 "log --module --json" --root "$tmp/r" log --module pane --json
says "names the driver" "$out" '"module":"pane_bus","text":"pane_bus 3-0041: ready"'
cp "$tmp/kept" "$tmp/r/kmsg.records"

run 0 "log --json" --root "$tmp/r" log --json
same "has one object a line" "$out" <<-'END'
	{"schema":1,"seq":10,"usec":1000000,"level":"info","facility":"kern","module":"alpha","text":"alpha: started","splat":null}
	{"schema":1,"seq":11,"usec":2500000,"level":"warn","facility":"kern","module":"beta","text":"beta: slow","splat":null}
	{"schema":1,"seq":12,"usec":3000000,"level":"info","facility":"user","module":null,"text":"alpha: this is not the kernel","splat":null}
	{"schema":1,"lost":7}
	{"schema":1,"seq":20,"usec":12345678,"level":"err","facility":"kern","module":"alpha","text":"alpha: failed\\x1b[2J","splat":null}
END
run 0 "log --follow of a file ends with it" --root "$tmp/r" log --follow
run 2 "wall-clock time of another machine without proc/stat is not known" --root "$tmp/r" log --wall
says "and that is said" "$err" 'proc/stat below --root has no btime'
printf 'cpu 1 2 3\nbtime 1795391940\n' >"$tmp/r/proc/stat"
export TZ=UTC0
run 0 "log --wall" --root "$tmp/r" log --wall --safe
says "counts from btime" "$out" '^2026-11-22T23:59:12.345678 err    alpha: failed'
run 0 "log --wall --json" --root "$tmp/r" log --wall --json
says "has the same" "$out" '"time":"2026-11-22T23:59:12.345678"'
run 2 "a module name that is none" --root "$tmp/r" log --module 'a b'

# What the kernel reports is marked, its records and no others.
cp "$SRCDIR/tests/fuzz/corpus/splat/stock-bug" "$tmp/r/kmsg.records"
run 0 "log --json of a report" --root "$tmp/r" log --json
is "marks its records" "$(grep -c '"splat":1}' "$out")" 58
is "and no others" "$(grep -c '"splat":null}' "$out")" 2
rm "$tmp/r/kmsg.records"
run 4 "no log" --root "$tmp/r" log
says "is told" "$err" '^kmodtui: log: There is no kernel log here'

run 0 "status" --root "$tmp/r" status
says "names the kernel" "$out" '^kernel: 6.1.0-test$'
says "has taint in words" "$out" '^taint: none$'
says "tells unknown as -" "$out" '^lockdown: -$'
says "tells the switches" "$out" '^dmesg_restrict: yes$'
says "and why nothing can be changed" "$out" '^obstacle: .*not the running kernel'
echo 12288 >"$tmp/r/proc/sys/kernel/tainted"
run 0 "status of a tainted kernel" --root "$tmp/r" status
says "has the letters" "$out" '^taint: OE$'
says "and the words" "$out" '^    O: .*outside'
echo $(((1 << 19) | (1 << 40))) >"$tmp/r/proc/sys/kernel/tainted"
run 0 "status of a kernel with a mark nobody knows" --root "$tmp/r" status
says "has its number beside the letters" "$out" '^taint: J\?40$'
says "the words of the one that is known" "$out" '^    J: .*firmware'
says "and the number of the other" "$out" '^    \?: .* 40,'
echo 12288 >"$tmp/r/proc/sys/kernel/tainted"
run 0 "status --json" --root "$tmp/r" status --json
says "has the same" "$out" '^\{"schema":1,"kernel":"6.1.0-test","running":false,"taint":"OE","taint_words":\["[^]]*"\],"lockdown":null,"modules":true,'
finish
