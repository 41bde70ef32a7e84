#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A flood in the kernel's log while somebody presses keys, inside the throwaway machine: what is shown
# and what is told as lost has to be what the kernel counted, the keys go on, and memory has an end.
#
#	tests/bench/flood.sh [RECORDS]
#
# An emulated processor: it is slower than a real one.  The kernel's console is kept quiet, and its
# limit on what one may write is off.
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

count=${1:-1000000}
machine_needed

cat >"$tmp/guest" <<-'END'
	echo 1 4 1 7 >/proc/sys/kernel/printk
	echo on >/proc/sys/kernel/printk_devkmsg
	echo "flood: $(/kmt/bin/stopwatch flood 80x24 "$1" /kmt/bin/kmodtui)"
END
lab run --timeout 1800 --add "$bench/stopwatch" --add "$KMODTUI=/kmt/bin/kmodtui" \
	--add "$tmp/guest=/kmt/guest" -- sh /kmt/guest "$count" >"$tmp/said" || skip "the machine failed"
said=$(sed -n 's/^flood: //p' "$tmp/said")
[ -n "$said" ] || skip "the console did not run in the machine"

told=$(field 4 "$said")
lost=$(field 5 "$said")
kernel=$(field 6 "$said")
echo "flood of $count records in $(field 9 "$said") s, emulated: $told read and $lost told as lost; the kernel counted $kernel:" \
	"$([ "$((told + lost))" = "$kernel" ] && echo exact || echo "WRONG by $((kernel - told - lost))")"
line "a key before it" "$(ms "$(field 10 "$said")")" ms ""
line "a key while it lasts, median of $(field 3 "$said")" "$(ms "$(field 1 "$said")")" ms ""
line "a key while it lasts, 99th percentile" "$(ms "$(field 2 "$said")")" ms "under 100"
line "memory before" "$(field 7 "$said")" KiB ""
line "memory after" "$(field 8 "$said")" KiB "under 12 MB"
