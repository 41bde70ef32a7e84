#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a console costs that nobody touches, on a terminal, with 300 live modules: CPU, children,
# and how often it wakes up.  kmon beside it where that is installed (on this machine's modules).
#
#	tests/bench/idle.sh [SECONDS]
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

seconds=${1:-60}

# percent US: of one core during $seconds
percent()
{
	awk -v us="$1" -v s="$seconds" 'BEGIN { printf "%.3g", us / s / 10000 }'
}

machine "$tmp/a" 300
if command -v kmon >/dev/null && [ -r /proc/modules ]; then
	theirs=$("$bench/stopwatch" idle 80x24 "$seconds" kmon) || theirs=
fi
for size in 80x24 160x50; do
	ours=$("$bench/stopwatch" idle "$size" "$seconds" "$KMODTUI" --root "$tmp/a") || exit 1
	line "idle for $seconds s at $size, 300 modules, CPU" "$(percent "$(field 1 "$ours")")" "% of a core" \
		"under 0.05" ${theirs:+kmon "$(percent "$(field 1 "$theirs")")"}
	line "idle for $seconds s at $size, children" "$(field 3 "$ours")" children 0 \
		${theirs:+kmon "$(field 3 "$theirs")"}
	line "idle for $seconds s at $size, wake-ups" "$(field 4 "$ours")" times '' \
		${theirs:+kmon "$(field 4 "$theirs")"}
done

# What people do without a console: watch -n 1 lsmod.  Counted without watch's own share.
if [ "$(id -u)" -eq 0 ] && command -v lsmod >/dev/null && add_lsmod "$tmp/a" &&
	once=$("$bench/times" 101 "$tmp/a" /sbin/lsmod); then
	line "lsmod once a second instead, CPU" \
		"$(awk -v us="$(field 2 "$once")" 'BEGIN { printf "%.3g", us / 10000 }')" "% of a core" ''
fi
