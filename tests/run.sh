#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs one test script for make check.  Those of tests/vm/ load modules and run in the throwaway
# machine, never here; where there is no such machine they are skipped with the reason.
#
#	tests/run.sh FILE.sh

set -u
test=$1
vm=$SRCDIR/tests/vm

skip()
{
	echo "1..0 # SKIP $*"
	exit 77
}

case $test in
*/tests/vm/*) ;;
*) exec /bin/sh "$test" ;;
esac

case $BUILDDIR in
*/_build | */_build/*) skip "no machine is booted inside distcheck" ;;
esac
[ -n "$KMODULES" ] || skip "no kernel tree was configured, so there are no modules"
command -v qemu-system-x86_64 >/dev/null || skip "qemu-system-x86_64 is not installed"
command -v busybox >/dev/null || skip "busybox is not installed"
"$LAB" path --kernel "$KERNEL_RELEASE" >/dev/null 2>&1 ||
	skip "kernel $KERNEL_RELEASE is not in the cache: tui/lab/lab fetch --kernel $KERNEL_RELEASE"

run=$(mktemp -d "${TMPDIR:-/tmp}/kmodtui-vm.XXXXXX") || exit 99
trap 'rm -rf "$run"' EXIT

# The console, the helper programs of tests/vm, and the test itself go in.
set -- --kernel "$KERNEL_RELEASE" --modules "$KMODULES" --log "$run/log" \
	--add "$vm/guest.sh" --add "$test=/kmt/${test##*/}"
for program in "$KMODTUI" "$BUILDDIR"/tests/vm/*_probe; do
	[ ! -x "$program" ] || set -- "$@" --add "$program"
done
# A test may ask for more in a line of its own: "# lab: --timeout 300".
# shellcheck disable=SC2046 # words are wanted
set -- "$@" $(sed -n 's/^# lab: //p' "$test")

{ "$LAB" run "$@" -- sh "/kmt/${test##*/}" </dev/null; echo "$?" >"$run/status"; } |
	sed 's/^1\.\.\([0-9]*\)$/# plan \1/' | tee "$run/tap"

# The plan comes last and counts one case more: the kernel has not complained.
planned=$(sed -n 's/^# plan //p' "$run/tap")
status=$(cat "$run/status")
if [ -z "$planned" ]; then
	echo "Bail out! the test ended without a plan, status $status"
	exit 1
fi
if "$LAB" splats "$run/log" >"$run/splats" 2>&1; then
	echo "ok $((planned + 1)) - the kernel log is clean"
else
	echo "not ok $((planned + 1)) - the kernel log is clean"
	sed 's/^/# /' "$run/splats"
fi
echo "1..$((planned + 1))"
exit "$status"
