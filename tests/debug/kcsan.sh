# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# /kmt/kind.sh on the kernel that looks for data races: it starts to look here.

# More often than by default, and longer: two emulated processors meet less often than real ones.
kcsan=/sys/module/kcsan/parameters
echo "${KCSAN_SKIP:-1000}" >$kcsan/skip_watch
echo on >/sys/kernel/debug/kcsan
