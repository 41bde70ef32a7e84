#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Sizes: a function of more than 40 lines is named, one of more than 60 fails; at most five
# parameters; files of at most 400 lines.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

# shellcheck disable=SC2046 # file names of this tree have no blanks
set -- $(tracked 'tui/*.c' 'tui/*.h' 'modules/*.c' 'modules/*.h')
# shellcheck disable=SC2046
functions=$(code $(tracked 'tui/*.c' 'tui/*.h' 'modules/*.c' 'modules/*.h') | awk -f "$lint/functions.awk" | sort -n)

over() # COLUMN LIMIT UNIT
{
	printf '%s\n' "$functions" | awk -v column="$1" -v limit="$2" -v unit="$3" \
		'$column > limit { print $4 ": " $3 "() has " $column " " unit }'
}

printf '%s\n' "$functions" | awk 'NF { n++; lines[n] = $1; last = $3 }
	END {
		if (!n)
			exit
		printf "# %d functions: median %d lines, 95th percentile %d, longest %d (%s)\n", n,
			lines[int((n + 1) / 2)], lines[int(n * 0.95 + 0.999)], lines[n], last
	}'
over 1 40 lines | sed 's/^/# long: /'

law "no function of more than 60 lines" "$(over 1 60 lines)"
# The form of libkmod's log function is libkmod's.
law "no function of more than 5 parameters" "$(over 2 5 parameters | grep -v 'kmod_lib.c:[0-9]*: log_keep()')"
law "no file of more than 400 lines" "$(wc -l "$@" | awk '$2 != "total" && $1 > 400 { print $2 ": " $1 " lines" }')"
finish
