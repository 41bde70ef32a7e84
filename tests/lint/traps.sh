#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every trap of tests/TRAPS has the test that it names.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

listed=$(grep -c '	' tests/TRAPS)
missing=$(grep '	' tests/TRAPS | while IFS='	' read -r trap file words rest; do
	if [ -z "$words" ] || [ -n "$rest" ]; then
		echo "$trap: the line has three fields"
	elif ! grep -qF -- "$words" "$file" 2>/dev/null; then
		echo "$trap: \"$words\" is not in $file"
	elif ! grep -qF -- "${file#tests/screen/}" tests/local.mk && ! grep -qF -- "${file%.c}" tests/local.mk &&
		[ "${file%.keys}" = "$file" ]; then
		echo "$trap: $file is not run by tests/local.mk"
	fi
done)
law "each trap has its test" "$missing"
law "traps are listed" "$([ "$listed" -gt 20 ] || echo "tests/TRAPS has $listed")"
finish
