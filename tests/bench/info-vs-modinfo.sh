#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui info beside modinfo: every module of a kernel, on disk and built in, must come out
# byte for byte the same; then the time of both.
#
#	tests/bench/info-vs-modinfo.sh [KERNEL [ROOT]]
#
# ROOT is a directory above lib/modules (with depmod's files).  Without arguments it is the running
# kernel, or, where that has no modules, the one in the cache of the throwaway machine.  Prints the number of modules compared and how many differ; status 1 if any does, 77 if
# there is nothing to compare.  KMODTUI names the program, LAB the machine's script.

set -u
KMODTUI=${KMODTUI:-kmodtui}
PATH=$PATH:/usr/sbin:/sbin
version=${1:-$(uname -r)}
root=${2:-}
if [ $# -eq 0 ] && [ ! -r "/lib/modules/$version/modules.dep.bin" ] && [ -n "${LAB:-}" ]; then
	root=$(lab path 2>/dev/null)
	version=${root##*/}
fi
modules=$root/lib/modules/$version

skip()
{
	echo "nothing compared: $*"
	exit 77
}

command -v modinfo >/dev/null || skip "modinfo is not installed"
command -v "$KMODTUI" >/dev/null || skip "kmodtui is not there"
[ -r "$modules/modules.dep.bin" ] || skip "$modules has no modules.dep.bin"

tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT

theirs()
{
	if [ -n "$root" ]; then
		modinfo -b "$root" -k "$version" "$@"
	else
		modinfo -k "$version" "$@"
	fi
}

ours()
{
	if [ -n "$root" ]; then
		"$KMODTUI" --root "$root" --kernel "$version" info "$@"
	else
		"$KMODTUI" --kernel "$version" info "$@"
	fi
}

# Seconds of CPU a command takes, the second time it runs.
seconds()
{
	"$@" >/dev/null 2>&1
	("$@" >/dev/null 2>&1; times >"$tmp/times")
	awk 'NR == 2 { split($1 "m" $2, t, /[ms]+/); printf "%.2f s of CPU", t[1] * 60 + t[2] + t[3] * 60 + t[4] }' "$tmp/times"
}

# The names as they stand in the index: that is what a user types.
cat "$modules/modules.dep" "$modules/modules.builtin" 2>/dev/null |
	sed 's/:.*//; s,.*/,,; s/\.ko.*//' | sort -u >"$tmp/names"

# shellcheck disable=SC2046 # names without blanks
set -- $(cat "$tmp/names")
[ $# -gt 0 ] || skip "no module in the index of $version"
theirs "$@" >"$tmp/theirs" 2>"$tmp/theirs.err"
theirs_status=$?
ours "$@" >"$tmp/ours" 2>"$tmp/ours.err"
ours_status=$?

different=0
if ! cmp -s "$tmp/theirs" "$tmp/ours"; then
	# Which ones: one by one, slowly.
	for name in "$@"; do
		theirs "$name" >"$tmp/one.theirs" 2>/dev/null
		ours "$name" >"$tmp/one.ours" 2>/dev/null
		cmp -s "$tmp/one.theirs" "$tmp/one.ours" && continue
		different=$((different + 1))
		[ "$different" -gt 10 ] || diff "$tmp/one.theirs" "$tmp/one.ours" | head -n 5
	done
	[ "$different" -gt 0 ] || different=all
fi
if [ "$theirs_status" -eq 0 ] && [ "$ours_status" -ne 0 ]; then
	sed 's/^/kmodtui said: /' "$tmp/ours.err" | head -n 5
	[ "$different" != 0 ] || different=some
fi
echo "compared $# modules of $version, $(wc -l <"$tmp/theirs" | tr -d ' ') lines: $different differ"
echo "modinfo:      $(seconds theirs "$@")"
echo "kmodtui info: $(seconds ours "$@")"
[ "$different" = 0 ]
