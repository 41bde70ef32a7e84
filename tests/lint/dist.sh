#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The release tarball has every file that git has.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

# The build writes the list before the tests; there is one makefile, so it knows all of it.
list=${BUILDDIR:-.}/tests/dist.list
name="every file of git is in the tarball"
if [ ! -e .git ] || ! git ls-files >/dev/null 2>&1; then
	skip "$name" "this is not a clone"
elif [ ! -f "$list" ]; then
	skip "$name" "it needs a build tree: make check"
else
	law "$name" "$(tracked '*' | while IFS= read -r file; do
		grep -qxF "$file" "$list" || echo "$file is in no list of a local.mk"
	done)"
fi
finish
