#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# docs/TUTORIAL quotes what stands in the sources, and every exercise has its solution and its check.
#
# A quotation is a line with the name of a file and a colon, and then, behind a tab and "| ", lines of that file;
# those that stand below one another there as here, unless "..." is between them.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

law "what is quoted stands in the source" "$(awk '
	function load(name)
	{
		count = 0
		while ((getline line < name) > 0)
			source[++count] = line
		close(name)
		if (!count)
			print FILENAME ":" FNR ": there is no file " name
		at = 0
	}
	# Where the text stands, from a line on, and no further than another one.
	function find(text, from, to)
	{
		while (from <= to && source[from] != text)
			from++
		return from <= to ? from : 0
	}
	/^(modules|tui|tests)\/[A-Za-z0-9_.\/-]+:$/ { name = substr($0, 1, length($0) - 1); load(name); gap = 1; next }
	/^\t\|/ {
		quoted++
		text = $0
		sub(/^\t\| ?/, "", text)
		if (text == "...") {
			gap = 1
			next
		}
		place = find(text, at + 1, gap ? count : at + 1)
		if (!place)
			print FILENAME ":" FNR ": not in " name (gap ? "" : ", or not below the line before") ": " text
		else
			at = place
		gap = 0
		next
	}
	END { if (quoted < 2) print FILENAME ": there are no quotations" }' docs/TUTORIAL)"

law "every chapter has keys for the console and an exercise" "$(awk '
	function chapter_end()
	{
		if (chapter && !keys)
			print FILENAME ": no keys in \"" chapter "\""
		if (chapter && !exercise)
			print FILENAME ": no exercise in \"" chapter "\""
		keys = exercise = 0
	}
	/^[0-9]+\. / { chapter_end(); chapter = $0; chapters++ }
	/^\t(key|wait|expect) / { keys = 1 }
	/^Exercise: / { exercise = 1 }
	END { chapter_end(); if (chapters < 20) print FILENAME ": " chapters + 0 " chapters" }' docs/TUTORIAL)"

law "every exercise has a text, a solution and a check" "$({
	sed -n 's/^Exercise: //p' docs/TUTORIAL
	for file in docs/exercises/*; do
		name=${file##*/}
		echo "${name%.*}"
	done
} | sort -u | while IFS= read -r name; do
	[ -f "docs/exercises/$name.diff" ] || echo "docs/exercises/$name.diff is missing"
	[ -f "docs/exercises/$name.sh" ] || echo "docs/exercises/$name.sh is missing"
	grep -qx "Exercise: $name" docs/TUTORIAL || echo "docs/TUTORIAL: there is no line \"Exercise: $name\""
done)"

law "solutions are small" "$(for diff in docs/exercises/*.diff; do
	[ "$(grep -c '^[-+]' "$diff")" -le 60 ] || echo "$diff: more than 60 lines"
done)"

if command -v patch >/dev/null; then
	law "every solution can be applied" "$(for diff in docs/exercises/*.diff; do
		patch --dry-run -p1 -s -f -r - <"$diff" 2>&1 | sed "s,^,$diff: ,"
	done)"
else
	skip "every solution can be applied" "patch is not installed"
fi
finish
