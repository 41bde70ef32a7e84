#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The console beside kmon (1.6 measured), both inside the throwaway machine, one after the other in one
# boot.  The machine is emulated and slow; the ratios are what counts.  ICOUNT=yes counts instructions instead
# of time: the same figures on a busy machine as on one at rest, and many times as long a wait for them.
#
#	KMON=/path/of/kmon tests/bench/rivals.sh [SECONDS]
#
# kmon runs lsmod, modinfo, dmesg and a shell; those of this machine are put beside it.  Without kmon our
# own figures are printed.
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

seconds=${1:-60}
KMON=${KMON:-$(command -v kmon)}
machine_needed
[ -f "$BUILDDIR/modules/hello/kmt_hello.ko" ] || skip "the modules are not built"

cat >"$tmp/guest" <<'END'
	PATH=/kmt/bin:$PATH
	export PATH
	echo 1 4 1 7 >/proc/sys/kernel/printk
	echo on >/proc/sys/kernel/printk_devkmsg
	for name in loop tun veth bridge 8021q vxlan bonding nls_utf8 zram brd null_blk ext4 vfat isofs udf nfs fuse; do
		modprobe $name 2>/dev/null
	done
	dummy=$(find /lib/modules -name 'dummy.ko*' | head -n 1)
	hello=$(find /lib/modules -name 'kmt_hello.ko' | head -n 1)
	rmmod dummy 2>/dev/null
	down=$(printf '\033OB')
	echo "modules: $(wc -l </proc/modules)"
	for program in kmodtui kmon; do
		[ -x /kmt/bin/$program ] || continue
		unset REST
		READY=F10 KEYS=$(printf '\\^dummy$\r') text=$(printf '\342\227\217')
		# kmon runs its commands without end.
		export READY KEYS
		if [ $program = kmon ]; then
			READY=Loaded REST=5 text=dummy
			unset KEYS
			export REST
		fi
		for what in "start 80x24 5 $READY" "idle 80x24 $1" "keys 80x24 60 $down" "log 80x24 20" \
			"kernel 80x24 20 $hello kmt_hello who" \
			"module 80x50 5 $dummy dummy $text"; do
			# shellcheck disable=SC2086 # words
			echo "$program ${what%% *}: $(/kmt/bin/stopwatch $what $program 2>&1)"
		done
	done
END
set -- --add "$bench/stopwatch" --add "$KMODTUI=/kmt/bin/kmodtui" --add "$tmp/guest=/kmt/guest" \
	--modules "$BUILDDIR/modules"
if [ -n "$KMON" ]; then
	set -- "$@" --add "$KMON=/kmt/bin/kmon"
	for program in lsmod modinfo modprobe dmesg uname; do
		there=$(command -v $program) && set -- "$@" --add "$there=/kmt/bin/$program"
	done
fi
[ "${ICOUNT:-no}" = no ] || set -- --icount "$@"
lab run --timeout 7200 "$@" -- sh /kmt/guest "$seconds" >"$tmp/said" || skip "the machine failed"
modules=$(sed -n 's/^modules: //p' "$tmp/said")

said() # PROGRAM WHAT FIELD
{
	words=$(sed -n "s/^$1 $2: //p" "$tmp/said")
	case $words in
	stopwatch:*) echo never ;;
	?*) field "$3" "$words" ;;
	esac
}

scaled() # NUMBER DIVISOR
{
	case $1 in
	'' | *[!0-9]*) echo "$1" ;;
	*) awk -v n="$1" -v by="$2" 'BEGIN { printf "%.3g", n / by }' ;;
	esac
}

row() # WHAT FIGURE FIELD DIVISOR UNIT WANTED
{
	ours=$(scaled "$(said kmodtui "$2" "$3")" "$4")
	theirs=$(scaled "$(said kmon "$2" "$3")" "$4")
	line "$1, $modules modules live (emulated)" "$ours" "$5" "$6" ${theirs:+kmon "$theirs"}
}

row "start to the first full screen, median of 5" start 1 1000 ms ''
row "memory" start 3 1024 MB ''
row "idle for $seconds s, CPU" idle 1 $((seconds * 10000)) "% of a core" "under 0.05"
row "idle for $seconds s, CPU of children" idle 5 $((seconds * 10000)) "% of a core" 0
row "idle for $seconds s, wake-ups" idle 4 1 times ''
row "cursor down, median of 60" keys 1 1000 ms ''
row "cursor down, 99th percentile" keys 2 1000 ms ''
row "a record of a program on the screen, median of 20" log 1 1000 ms "under 50"
row "a record of a program on the screen, the longest" log 2 1000 ms "under 50"
row "a record of the kernel on the screen, median of 20" kernel 1 1000 ms "under 50"
row "a record of the kernel on the screen, the longest" kernel 2 1000 ms "under 50"
row "a new module on the screen, median of 5" module 1 1000 ms "under 50"
