#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# From a record written to the kernel's log to the terminal that shows it, beside dmesg -w, inside
# the throwaway machine: an emulated processor, so both are slower than on a real one.
#
#	tests/bench/logline.sh [RECORDS]
#
# The kernel's console is kept quiet: it would print each record to the serial port first.  And the
# kernel is told to take every record: else it drops what comes faster than ten in five seconds.
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

count=${1:-100}
machine_needed

cat >"$tmp/guest" <<-'END'
	echo 1 4 1 7 >/proc/sys/kernel/printk
	echo on >/proc/sys/kernel/printk_devkmsg
	for program in "$2 -w" "$3"; do
		[ -x "${program%% *}" ] || continue
		# shellcheck disable=SC2086 # a command and its options
		echo "${program##*/}: $(/kmt/bin/stopwatch log 80x24 "$1" $program)"
	done
END
set -- --add "$bench/stopwatch" --add "$KMODTUI=/kmt/bin/kmodtui" --add "$tmp/guest=/kmt/guest"
# Busybox's dmesg can not follow the log.
dmesg=$(command -v dmesg) && ! readlink "$dmesg" | grep -q busybox && set -- "$@" --add "$dmesg=/kmt/bin/dmesg"
lab run --timeout 900 "$@" -- sh /kmt/guest "$count" /kmt/bin/dmesg /kmt/bin/kmodtui >"$tmp/said" ||
	skip "the machine failed"

ours=$(sed -n 's/^kmodtui: //p' "$tmp/said")
theirs=$(sed -n 's/^dmesg -w: //p' "$tmp/said")
[ -n "$ours" ] || skip "the console did not run in the machine"
[ -n "$theirs" ] || echo "dmesg -w is not measured: this machine has no dmesg that follows"
line "a record of the kernel's log on the screen (emulated), median of $count" "$(ms "$(field 1 "$ours")")" \
	ms "under 50" ${theirs:+"dmesg -w" "$(ms "$(field 1 "$theirs")")"}
line "a record of the kernel's log on the screen (emulated), the longest" "$(ms "$(field 2 "$ours")")" ms \
	"under 50" ${theirs:+"dmesg -w" "$(ms "$(field 2 "$theirs")")"}
