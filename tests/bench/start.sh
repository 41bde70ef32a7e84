#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# From the command to the first full screen, on a terminal; what is read in the background after
# that; and the memory all of it takes, with a kernel log of 10,000 records.  100 modules are live,
# 4023 on disk when the cache of the throwaway machine has Debian's kernel.
#
#	tests/bench/start.sh
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

machine "$tmp/a" 1
on_disk=$(disk "$tmp/a") || exit
live_from_disk "$tmp/a" 100
what="start, 100 live and $on_disk"

for size in 80x24 160x50; do
	ours=$("$bench/stopwatch" start "$size" 11 F10 "$KMODTUI" --root "$tmp/a") || exit 1
	line "$what, to the first full screen at $size, median of 11" "$(ms "$(field 1 "$ours")")" ms "under 30"
	line "$what, to the first full screen at $size, quickest" "$(ms "$(field 4 "$ours")")" ms "under 30"
done
line "$what, CPU until all descriptions are read" "$(ms "$(field 2 "$ours")")" ms "under 700"
line "$what, memory" "$(awk -v k="$(field 3 "$ours")" 'BEGIN { printf "%.3g", k / 1024 }')" MB ''

# Without a terminal, whose bytes other processes of the kernel carry.
echo quit >"$tmp/quit.keys"
ours=$("$bench/times" 51 / "$KMODTUI" --root "$tmp/a" --script "$tmp/quit.keys") || exit 1
line "$what, a script that quits after the first screen, median of 51" "$(ms "$(field 1 "$ours")")" ms "under 30"
line "$what, a script that quits after the first screen, CPU" "$(ms "$(field 2 "$ours")")" ms ''

records "$tmp/a" 10000
ours=$("$bench/stopwatch" start 80x24 5 F10 "$KMODTUI" --root "$tmp/a") || exit 1
line "$what, 10,000 log records, to the first full screen" "$(ms "$(field 1 "$ours")")" ms ''
line "$what, 10,000 log records, memory" \
	"$(awk -v k="$(field 3 "$ours")" 'BEGIN { printf "%.3g", k / 1024 }')" MB "under 12"

# What a terminal, libkmod and nothing else would cost: the console of an empty machine.
mkdir "$tmp/empty"
ours=$("$bench/stopwatch" start 80x24 11 F10 "$KMODTUI" --root "$tmp/empty") || exit 1
line "start, an empty machine, to the first full screen" "$(ms "$(field 1 "$ours")")" ms ''
line "start, an empty machine, memory" \
	"$(awk -v k="$(field 3 "$ours")" 'BEGIN { printf "%.3g", k / 1024 }')" MB ''
