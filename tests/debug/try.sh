#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui try --debug: a module built for the debug kernel from its source is clean there, and the planted use
# after free, which no other kernel sees, is found and named.  Runs on the host; it boots two machines.

# shellcheck source=tests/vm/host.sh
. "$(dirname "$0")/../vm/host.sh"

needs_machine
needs make gcc
needs_module kmt_timer
good=$first
bad=$BUILDDIR/tests/debug/planted/kmt_planted_free.ko
"$LAB" debug-kernel tree >/dev/null ||
	skip_all "the debug kernel is not in the cache; tui/lab/lab debug-kernel build makes it"
env -u MAKEFLAGS -u MAKELEVEL make -s -C "$BUILDDIR" planted >/dev/null 2>&1 ||
	skip_all "the modules of tests/debug/planted can not be built"

tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 143' INT TERM HUP
mkdir "$tmp/runs"
cases=0
failed=0

# check NAME FILE COMMAND...: a case; FILE is shown when it fails
check()
{
	cases=$((cases + 1))
	check_name=$1
	check_file=$2
	shift 2
	if "$@"; then
		echo "ok $cases - $check_name"
		return
	fi
	failed=$((failed + 1))
	echo "not ok $cases - $check_name"
	head -c 2000 "$check_file" "$check_file.err" | sed 's/^/# /'
}

# trial NAME STATUS ARGUMENT...: a case; its JSON is in a file of that name
trial()
{
	trial_name=$1
	trial_status=$2
	shift 2
	TMPDIR=$tmp/runs "$KMODTUI" --json try --debug "$@" >"$tmp/$trial_name" 2>"$tmp/$trial_name.err"
	check "$trial_name: status $trial_status" "$tmp/$trial_name" [ $? -eq "$trial_status" ]
}

# says NAME REGEX: a case
says()
{
	check "$1: $2" "$tmp/$1" grep -qE "$2" "$tmp/$1"
}

trial good 0 --source "$SRCDIR/modules/timer" "$good" --cycles 2
says good '"debug":true,.*"cycles":2,"done":2,.*"verdict":"clean"'
says good '"kernel":"[^"]*-k1-'
says good "\"file\":\"$good\""
trial free 1 --source "$SRCDIR/tests/debug/planted" "$bad" --cycles 1
says free '"verdict":"(dirty|crashed)"'
says free '"findings":\[.*KASAN: [a-z-]*use-after-free in free_init[^"]*\[kmt_planted_free\]"'
says free '"kernel_log":.*Freed by task'
check "nothing is left on the disk" "$tmp/free" [ -z "$(ls "$tmp/runs")" ]

echo "1..$cases"
[ $failed -eq 0 ]
