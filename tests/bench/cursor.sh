#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A thousand times the cursor key down, on a terminal: from the key to the last byte of the new
# screen.  A wide screen reads the module's file each time, as modinfo would.
#
#	tests/bench/cursor.sh [KEYS]
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

keys=${1:-1000}
machine "$tmp/a" 1
on_disk=$(disk "$tmp/a") || exit
live_from_disk "$tmp/a" 100
version=$(cat "$tmp/a/proc/sys/kernel/osrelease")

# The other way to learn of the next module: modinfo, which kmon runs at each move.
theirs=
if command -v modinfo >/dev/null; then
	name=$(sed -n '50s/ .*//p' "$tmp/a/proc/modules")
	theirs=$("$bench/times" 51 / modinfo -b "$tmp/a" -k "$version" "$name" 2>/dev/null) &&
		theirs=$(ms "$(field 1 "$theirs")") || theirs=
fi

for size in 80x24 160x50; do
	ours=$("$bench/stopwatch" keys "$size" "$keys" j "$KMODTUI" --root "$tmp/a") || exit 1
	[ "$size" = 80x24 ] && rival='' || rival=$theirs
	line "cursor down at $size, $on_disk, median of $keys" "$(ms "$(field 1 "$ours")")" ms \
		"under 2" ${rival:+"modinfo alone" "$rival"}
	line "cursor down at $size, $on_disk, 99th percentile" "$(ms "$(field 2 "$ours")")" ms ''
	line "cursor down at $size, $on_disk, CPU of one" "$(ms "$(field 3 "$ours")")" ms ''
done
ours=$("$bench/stopwatch" early 80x24 40 j "$KMODTUI" --root "$tmp/a") || exit 1
line "cursor down while descriptions are read in the background, median of 40" \
	"$(ms "$(field 1 "$ours")")" ms "under 2"
line "cursor down while descriptions are read in the background, the longest" \
	"$(ms "$(field 2 "$ours")")" ms ''
