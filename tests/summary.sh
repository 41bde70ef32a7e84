#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Counts the cases of the tests that ran in a build tree, names what failed and what was skipped
# and why, and closes with one line.  Exit status 1 when a case failed or nothing ran.
#
#	tests/summary.sh [BUILDDIR]

cd "${1:-.}" || exit 2
logs=$(find tests -name '*.trs' 2>/dev/null | sort)
if [ -z "$logs" ]; then
	echo "No test has run here; make check does it." >&2
	exit 1
fi
# shellcheck disable=SC2086 # a list of names without blanks
awk '
FNR == 1 { fails[FILENAME] += 0 }
/^:test-result: / {
	result = $2
	text = $0
	sub(/^:test-result: [A-Z]+ ?/, "", text)
	test = FILENAME
	sub(/[.]trs$/, "", test)
	if (result == "PASS" || result == "XFAIL") {
		passed++
	} else if (result == "SKIP") {
		skipped++
		reason = text
		sub(/^[^#]*# *[Ss][Kk][Ii][Pp] */, "", reason)
		if (!(test SUBSEP reason in why))
			order[++n] = test SUBSEP reason
		why[test, reason]++
	} else if (result == "ERROR" && text ~ /exited with status/ && fails[FILENAME]) {
		# A program that tells of its failed cases by its status too: they are counted.
	} else {
		failed++
		fails[FILENAME]++
		print "failed: " test ": " text
	}
}
END {
	for (i = 1; i <= n; i++) {
		split(order[i], part, SUBSEP)
		count = why[order[i]]
		print "skipped: " part[1] (count > 1 ? " (" count " cases)" : "") ": " part[2]
	}
	printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
	exit failed > 0
}' $logs
