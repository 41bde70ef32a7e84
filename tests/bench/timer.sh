#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What an expiry of kmt_timer costs beside one of an hrtimer that does nothing, and its histogram beside that
# of cyclictest (rt-tests) at the same time in the same machine.  cyclictest's threads are woken by a timer,
# so at rest they are later by what that takes.  Then something holds the interrupts off for 300 us again
# and again, and both are to see the same: the expiries are counted in buckets of powers of two, all
# those less than 16 us late in one, and the shares that the two histograms have in common are added up.
#
#	tests/bench/timer.sh [EXPIRIES]
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

[ -f "$bench/hrtimer/kmt_bench_hrtimer.ko" ] || skip "the empty hrtimer is not built"
set -- "${1:-3000}" --add "$bench/spin" --add "$bench/hrtimer/kmt_bench_hrtimer.ko=/kmt/empty.ko"
there=$(command -v cyclictest) && set -- "$@" --add "$there=/kmt/bin/cyclictest"
expiries=$1
shift

guest "$@" >"$tmp/figures" <<END
	spin()
	{
		for i in 1 2 3; do
			echo "\$1 \$(/kmt/bin/spin 200)"
		done
	}
	late()
	{
		modprobe kmt_timer engine=hrtimer period_ms=1 || exit
		/kmt/bin/cyclictest -q -t1 -i 1000 -l $expiries -p 80 -h 1000 |
			sed -n "s/^0*\\([0-9]*[0-9]\\) 0*\\([1-9][0-9]*\\)\$/cyclictest_\$1 \\1 \\2/p"
		sed -n "s/^hrtimer_cpu0_late_[a-z]*_\\([0-9]*\\)_us/kmt_\$1 \\1/p; s/^hrtimer_late_avg_ns/kmt_avg_\$1/p" \\
			/proc/kmt_timer
		rmmod kmt_timer
	}
	spin none
	insmod /kmt/empty.ko && spin empty && rmmod kmt_bench_hrtimer
	modprobe kmt_timer engine=hrtimer period_ms=1 && spin kmt && rmmod kmt_timer
	[ -x /kmt/bin/cyclictest ] || exit 0
	late rest
	insmod /kmt/empty.ko period_us=1237 hold_us=300 && late held
END
[ -s "$tmp/figures" ] || skip "the machine gave no figures"

# One line a row: the cost of an expiry of ours and of the empty one; then the medians and what they share.
awk '
function bucket(us,  b) { for (b = 1; b <= us; b *= 2) ; return b }
function least(a, b) { return a < b ? a : b }
NF == 2 && $1 !~ /_/ { if (!($1 in ns) || $2 < ns[$1]) ns[$1] = $2; next }
$1 ~ /^kmt_avg/ { avg[substr($1, 9)] = $2; next }
$1 ~ /^cyclictest/ { how = substr($1, 12); n[how] += $3; us[how] += $2 * $3; theirs[how, bucket($2) < 16 ? 16 : bucket($2)] += $3 }
$1 ~ /^kmt/ { how = substr($1, 5); k[how] += $3; ours[how, $2 < 16 ? 16 : $2] += $3 }
END {
	printf "cost %.0f %.0f\n", (ns["kmt"] - ns["none"]) / (ns["kmt"] / 1e6), (ns["empty"] - ns["none"]) / (ns["empty"] / 1e6)
	for (how in n) {
		common = 0
		for (b = 16; b <= 512; b *= 2) {
			o = ours[how, b] / k[how]
			t = theirs[how, b] / n[how]
			common += least(o, t)
			printf "bucket_%s %d %.1f %.1f\n", how, b, 100 * o, 100 * t
		}
		printf "%s %.1f %.1f %.1f\n", how, avg[how] / 1000, us[how] / n[how], 100 * common
	}
}' "$tmp/figures" >"$tmp/rows"

row()
{
	sed -n "s/^$1 //p" "$tmp/rows"
}

cost=$(row cost)
against "kmt_timer, an expiry" ns "${cost% *}" "an empty hrtimer" "${cost#* }" "not more than twice"
[ -n "$there" ] || skip "cyclictest is not installed (package rt-tests)"
rest=$(row rest)
held=$(row held)
line "kmt_timer, lateness at rest on average" "$(field 1 "$rest")" us "" "cyclictest with its wake-up" "$(field 2 "$rest")"
line "kmt_timer, lateness with interrupts held off, on average" "$(field 1 "$held")" us "" cyclictest "$(field 2 "$held")"
line "kmt_timer, what its histogram has in common with that of cyclictest" "$(field 3 "$held")" % "at least 95"
row bucket_held | while read -r bound ours theirs; do
	echo "	less than $bound us late: $ours % of the expiries of kmt_timer, $theirs % of those of cyclictest"
done
