#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# All tasks from /proc/kmt_tasks in one read beside the same from /proc/PID/stat and /proc/PID/status.
#
#	tests/bench/procfs.sh [TASKS]
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

guest --memory 1536M --add "$bench/tasks" >"$tmp/figures" <<END
	modprobe kmt_procfs || exit
	/kmt/bin/tasks ${1:-5000}
END
[ -s "$tmp/figures" ] || skip "the machine gave no figures"
read -r count ours theirs <"$tmp/figures"
line "kmt_procfs, all of $count tasks" "$(ms "$ours")" ms "at least 10 times faster" "/proc/PID" "$(ms "$theirs")"
