#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs one test.  One that reads /kmt/guest.sh (in a line that starts so) runs inside the throwaway machine; every other
# one runs here.  So the makefile can name this script for all of them:
#
#	SH_LOG_COMPILER = $(SHELL) $(srcdir)/tests/vm/run.sh
#
#	tests/vm/run.sh TEST.sh
#
# From the environment, as tests/local.mk exports it:
#	LAB		tui/lab/lab
#	KMODULES	folder with the built .ko files; empty when they are not built
#	KMODTUI		the console; packed as /usr/bin/kmodtui
#	SRCDIR BUILDDIR	the two trees; programs in BUILDDIR/tests/vm are packed into /kmt/bin,
#			scripts of keys in SRCDIR/tests/vm into /kmt
#	VM_TIMEOUT	seconds for the whole test, 1500 unless given: some times what it takes a busy host
#	VM_OPTIONS	more options for LAB
#	CALLS CYCLES ...	how much the tests under load do: see VM_COUNTS below; passed on when set
#	VM_SAVE		folder for the kernel's log, TEST.log, and what the test writes to /dev/save, TEST.save
#	VM_KIND		of a debug kernel: with kcsan, a race counts when it is in our modules
#
# A test may have a line "# The kernel is started with: OPTION...", for the kernel's command line.
#
# A line "# The machine has the modules of tests/vm/bad." has them built, and packed into /kmt/bad.
#
# The TAP of the guest is passed on, with two cases more: that the kernel's log tells of no bug,
# and that the machine lived to the end.  When QEMU, busybox, the modules or the kernel they were
# built for are not at hand, the test is skipped and says why.  Nothing is downloaded here.

VM_COUNTS='CALLS THREADS PARTS MODULES CYCLES RACES HOLDS NETNS MIB TURNS'
test=$1
if ! grep -q '^\. /kmt/guest\.sh' "$test"; then
	exec /bin/sh "$@"
fi

# shellcheck source=tests/vm/host.sh
. "$(dirname "$0")/host.sh"

needs_machine
needs_module '*'
needs_kernel

tmp=$(mktemp -d) || exit 99
lab=
trap '[ -z "$lab" ] || kill "$lab" 2>/dev/null; wait; rm -rf "$tmp"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

set -- --kernel "$kernel" --modules "$KMODULES" --timeout "${VM_TIMEOUT:-1500}" \
	--log "$tmp/kernel.log" --add "$SRCDIR/tests/vm/guest.sh=/kmt/guest.sh" --add "$test=/kmt/test" \
	--add "$SRCDIR/tests/vm/leaks.sh=/kmt/leaks.sh" --add "$SRCDIR/docs/TASKS=/kmt/TASKS"
for count in $VM_COUNTS; do
	eval "value=\${$count:-}"
	[ -z "$value" ] || set -- "$@" --env "$count=$value"
done
line=$(sed -n 's/^# The kernel is started with: //p' "$test")
[ -z "$line" ] || set -- "$@" --append "$line"
if grep -q '^# The machine has the modules of tests/vm/bad' "$test"; then
	env -u MAKEFLAGS -u MAKELEVEL make -s -C "$BUILDDIR" bad >/dev/null 2>&1 ||
		skip_all "the modules of tests/vm/bad can not be built"
	for module in "$BUILDDIR"/tests/vm/bad/*.ko; do
		set -- "$@" --add "$module=/kmt/bad/${module##*/}"
	done
fi
[ ! -x "${KMODTUI:-}" ] || set -- "$@" --add "$KMODTUI=/usr/bin/kmodtui"
[ -z "${VM_SAVE:-}" ] || set -- "$@" --save "$VM_SAVE/${test##*/}.save"
# Modules are packed by these, and unpacked.
for program in xz zstd; do
	there=$(command -v "$program") && set -- "$@" --add "$there=/usr/bin/$program"
done
for keys in "$SRCDIR"/tests/vm/*.keys; do
	set -- "$@" --add "$keys=/kmt/${keys##*/}"
done
for probe in "$BUILDDIR"/tests/vm/* "$BUILDDIR"/tests/screen/pty; do
	case $probe in *.sh) continue ;; esac
	if [ -x "$probe" ] && [ -f "$probe" ]; then
		set -- "$@" --add "$probe"
	fi
done


# In the background, so that a signal to this script reaches the machine at once.
# shellcheck disable=SC2086 # a list of options
"$LAB" run "$@" ${VM_OPTIONS:-} -- sh /kmt/test >"$tmp/tap" 2>"$tmp/said" &
lab=$!
wait "$lab"
status=$?
lab=

# The guest's lines without its plan; ours follow, then the plan of all.
sed '/^1\.\.[0-9]/d' "$tmp/tap"
sed 's/^/# /' "$tmp/said"
plan=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$tmp/tap")
cases=$(grep -cE '^(not )?ok ' "$tmp/tap")
if [ "$plan" = 0 ]; then
	grep '^1\.\.0' "$tmp/tap"
	exit 0
fi

# ours NAME PROBLEM: a case of this script, failed when PROBLEM is not empty
ours()
{
	cases=$((cases + 1))
	if [ -z "$2" ]; then
		echo "ok $cases - $1"
		return
	fi
	echo "not ok $cases - $1"
	printf '%s\n' "$2" | sed 's/^/# /'
}

[ ! -f "$tmp/kernel.log" ] || [ -z "${VM_SAVE:-}" ] || cp "$tmp/kernel.log" "$VM_SAVE/${test##*/}.log"
if [ -f "$tmp/kernel.log" ] && [ "${VM_KIND:-}" = kcsan ]; then
	awk -f "$SRCDIR/tests/debug/races.awk" "$tmp/kernel.log" >"$tmp/races"
	mv "$tmp/races" "$tmp/kernel.log"
fi
splats='the log of the kernel was not kept'
[ ! -f "$tmp/kernel.log" ] || splats=$("$LAB" splats "$tmp/kernel.log")
# A test that plants bugs looks at the log itself.
! grep -q '^# This test plants bugs' "$test" || [ -z "$splats" ] || splats=
ours "the kernel's log tells of no bug" "$splats"
ending=
if [ "$plan" != $((cases - 1)) ]; then
	ending="status $status from the machine, planned cases: ${plan:-unknown}, seen: $((cases - 1))"
fi
ours "the test came to its end" "$ending"
echo "1..$cases"
