#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make of the modules in the build tree, beside plain kbuild over a copy of the same sources: with two jobs,
# from a clean tree, turn about, and never through ccache; medians of RUNS (5) runs.  A processor's
# time tells more than the clock where others are at work.
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

kernel=$(sed -n 's/^KERNEL_DIR = //p' "$BUILDDIR/Makefile")
[ -n "$kernel" ] || skip "no kernel is configured"
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
CCACHE_DISABLE=1
export CCACHE_DISABLE
plain=$tmp/plain
cp -RL "$SRCDIR/modules" "$plain" && cp "$BUILDDIR/modules/kmt_features.h" "$plain/" || exit 99

ours()
{
	make -s -C "$BUILDDIR" modules-clean >/dev/null 2>&1
	"$bench/times" 1 / make -s -C "$BUILDDIR" -j2 modules
}

theirs()
{
	make -s -C "$kernel" M="$plain" clean >/dev/null 2>&1
	"$bench/times" 1 / make -s -C "$kernel" M="$plain" -j2 modules
}

# median NUMBER FILE: of a column
median()
{
	awk -v n="$1" '{ print $n }' "$2" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

run=0
while [ $run -lt "${RUNS:-5}" ]; do
	ours >>"$tmp/ours"
	theirs >>"$tmp/theirs"
	run=$((run + 1))
done
ls "$BUILDDIR"/modules/*/*.ko >/dev/null && ls "$plain"/*/*.ko >/dev/null || exit 1
for column in 1 2; do
	what=$(echo "by the clock,of the processor's time" | cut -d , -f $column)
	line "make -j2 of the modules, $what" "$(ms "$(median $column "$tmp/ours")")" ms \
		"at most 1.2 times plain kbuild" "plain kbuild" "$(ms "$(median $column "$tmp/theirs")")"
done
