#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Makes a build tree for the modules of another kernel than the one configured here; make check-vm
# KERNEL=... builds and tests in it.
#
#	tests/vm/another.sh SRCDIR KERNEL PROGRAM...
#
# KERNEL is a release or the start of one, like 6.12; the tree is vm-KERNEL.  The programs, which
# are built here, are linked into it.  Its file .ready tells that all is there.  When the kernel and
# its headers are neither in the cache nor to be had, that is said, and counts as a skipped test.

source=$1
kernel=$2
tree=vm-$2
shift 2
here=$(pwd)

case $kernel in
'' | *[!A-Za-z0-9.+_-]*) echo "KERNEL=$kernel is no release of a kernel." >&2; exit 2 ;;
esac
# skip REASON: as a test of that tree would do it
skip()
{
	mkdir -p "$tree/tests/vm" || exit 1
	echo "SKIP: tests/vm/another.sh - kernel $kernel: $1" | tee "$tree/tests/vm/another.log"
	echo ":test-result: SKIP" >"$tree/tests/vm/another.trs"
	exit 0
}

rm -f "$tree/.ready"
find "$tree/tests" -name '*.trs' -exec rm -f {} + 2>/dev/null
said=$(mktemp) || exit 1
trap 'rm -f "$said"' EXIT
if ! headers=$("$source/tui/lab/lab" tree --kernel "$kernel" 2>"$said"); then
	cat "$said" >&2
	skip "$(tail -n 1 "$said")"
fi
if [ "$(cat "$tree/.headers" 2>/dev/null)" != "$headers" ]; then
	rm -rf "$tree"
	mkdir "$tree" || exit 1
	echo "configuring $tree for $headers"
	(cd "$tree" && "$source/configure" -q --with-kernel="$headers") || exit 1
	echo "$headers" >"$tree/.headers"
fi
for program in "$@"; do
	mkdir -p "$tree/$(dirname "$program")" && ln -sf "$here/$program" "$tree/$program" || exit 1
done
: >"$tree/.ready"
