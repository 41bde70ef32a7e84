#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Which lines of the modules the tests have run, from what make check-debug KIND=gcov left behind:
# a table, the sum over all tests.  Then the lines that no test runs, but for those that LIST names
# with a reason; and what LIST names, but is run.
#
#	tests/debug/coverage.sh BUILDDIR LIST
#
# LIST: a paragraph is a reason and, indented, lines "FILE: CODE" of modules/.  The status is 1 when
# less than 90 percent of the lines have run, or one has not that LIST does not name.

build=$1
list=$2
least=90

fail()
{
	echo "coverage: $*" >&2
	exit 1
}

command -v gcov >/dev/null || fail "gcov is not installed; it comes with gcc"
[ -d "$build/modules" ] || fail "there is no $build/modules; make check-debug KIND=gcov makes it"
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# lines SAVE: what the tests of one machine have run: "FILE NUMBER COUNT CODE" for each line with code
lines()
{
	rm -rf "$tmp/tree"
	mkdir "$tmp/tree"
	tar -C "$tmp/tree" -xf "$1" || fail "$1 is no archive"
	find "$tmp/tree" -name '*.gcda' ! -name '*.mod.gcda' | while read -r data; do
		notes=$build/modules/${data##*/modules/}
		cp "${notes%.gcda}.gcno" "${data%.gcda}.gcno" || fail "$notes: no notes of the compiler"
		gcov -t -o "${data%/*}" "$data" 2>"$tmp/said" || fail "gcov can not read $data"
		! grep -v '^$' "$tmp/said" >&2 || fail "gcov is not content with $data"
	done | awk '
	{
		at = index($0, ":")
		count = substr($0, 1, at - 1)
		gsub(/ /, "", count)
		rest = substr($0, at + 1)
		at = index(rest, ":")
		number = substr(rest, 1, at - 1) + 0
		code = substr(rest, at + 1)
	}
	number == 0 && code ~ /^Source:/ {
		file = code
		ours = file ~ /\/modules\/[a-z]+\/[a-z_]+\.[ch]$/
		sub(/.*\/modules\//, "", file)
		next
	}
	ours && number && count != "-" {
		sub(/\*$/, "", count)
		gsub(/^[ \t]+|[ \t]+$/, "", code)
		printf "%s\t%d\t%d\t%s\n", file, number, count ~ /^[#=]+$/ ? 0 : count, code
	}'
}

saves=0
for save in "$build"/save/*.save; do
	[ -s "$save" ] || continue
	lines "$save" >>"$tmp/lines"
	saves=$((saves + 1))
done
[ -s "$tmp/lines" ] || fail "no test has left counters in $build/save"

awk -F '\t' -v list="$list" -v least=$least -v saves=$saves '
function percent(part, whole)
{
	return sprintf("%.1f", whole ? 100 * part / whole : 100)
}
# One line of the source may be part of several objects: run in one of them is run.
{
	key = $1 "\t" $2
	if (!(key in code)) {
		code[key] = $4
		files[$1]++
		order[++keys] = key
	}
	if ($3 && !(key in ran)) {
		ran[key]
		covered[$1]++
	}
}
END {
	while ((getline line < list) > 0)
		if (line ~ /^\t/)
			known[substr(line, 2)]++
	printf "%-32s %6s %6s %8s\n", "file", "lines", "run", "percent"
	sorting = "LC_ALL=C sort"
	for (file in files) {
		printf "%-32s %6d %6d %8s\n", file, files[file], covered[file], percent(covered[file], files[file]) | sorting
		all += files[file]
		run += covered[file]
	}
	close(sorting)
	printf "%-32s %6d %6d %8s  (by %d tests)\n", "all", all, run, percent(run, all), saves
	for (i = 1; i <= keys; i++) {
		key = order[i]
		split(key, part, "\t")
		name = part[1] ": " code[key]
		if (key in ran)
			continue
		if (known[name] > 0)
			known[name]--
		else
			missing[++misses] = part[1] ":" part[2] ": " code[key]
	}
	if (misses)
		print "\nNot run, and not in the list:"
	for (i = 1; i <= misses; i++)
		print "\t" missing[i]
	for (name in known)
		if (known[name] > 0)
			surplus[++spare] = name
	if (spare)
		print "\nIn the list, but run this time:"
	for (i = 1; i <= spare; i++)
		print "\t" surplus[i]
	exit misses > 0 || run * 100 < all * least
}' "$tmp/lines"
