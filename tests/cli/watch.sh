#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui watch: what is no file is refused at once, before anything is read of it or loaded.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
mkfifo pipe.ko
mkdir dir.ko
for file in pipe.ko dir.ko /dev/null; do
	# One that waits is ended, with status 124.
	timeout 60 "$KMODTUI" watch "$file" >"$out" 2>"$err" </dev/null
	is "$file is refused" $? 6
	says "and it is said why" "$err" ': This is not a regular file; watch takes the file of a module'
	timeout 60 "$KMODTUI" watch --once "$file" >"$out" 2>"$err" </dev/null
	is "$file with --once, too" $? 6
done
run 4 "a file that is not there" watch none.ko
finish
