# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# /kmt/kind.sh on the kernel that looks for data races: it starts to look here, and tells at the end
# how often it has looked.

# More often than by default, and longer: two emulated processors meet less often than real ones.
kcsan=/sys/module/kcsan/parameters
echo 500 >$kcsan/skip_watch
echo 200 >$kcsan/udelay_task
echo on >/sys/kernel/debug/kcsan

at_end()
{
	note "$(grep -E '^(setup_watchpoints|data_races):' /sys/kernel/debug/kcsan | tr '\n' ' ')"
}
