#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Counts the cases of the tests that ran in a build tree, names what failed, with what the test said of it,
# and what was skipped and why, and closes with one line.  Exit status 1 when a case failed or nothing ran.
#
#	tests/summary.sh [BUILDDIR [TREE...]]
#
# TREE is a build tree below BUILDDIR whose tests are counted too.

cd "${1:-.}" || exit 2
[ $# -eq 0 ] || shift
logs=$(for tree in . "$@"; do find "$tree/tests" -name '*.trs' 2>/dev/null; done | sed 's,^\./,,' | sort)
if [ -z "$logs" ]; then
	echo "No test has run here; make check does it." >&2
	exit 1
fi
# The results are counted in the .trs files; the names stand in the logs, on the lines the driver
# wrote there.
# shellcheck disable=SC2086 # a list of names without blanks
awk '
function tell(test,	log_name, tree, line, head, left)
{
	log_name = test ".log"
	tree = match(test, /.*\/tests\//) ? substr(test, 1, RLENGTH - 7) ": " : ""
	sub(/.*\/tests\//, "tests/", test)
	while ((getline line < log_name) > 0) {
		# The remarks of a test stand behind its result.
		if (left-- > 0 && line ~ /^#/)
			print "  " line
		else
			left = 0
		head = line
		sub(/:.*/, "", head)
		if (head !~ /^(FAIL|ERROR|XPASS|SKIP)$/ || index(line, head ": " test) != 1)
			continue
		sub(/^[A-Z]+: /, "", line)
		if (head != "SKIP") {
			print "failed: " tree line
			left = 60
		} else if (!(skips[line]++))
			print "skipped: " tree line
	}
	close(log_name)
}
/^:test-result: / {
	if ($2 == "PASS" || $2 == "XFAIL") {
		passed++
		next
	}
	test = FILENAME
	sub(/[.]trs$/, "", test)
	if (!told[test]++)
		tell(test)
	# A program whose exit status repeats what its cases told is one failure, not two.
	if ($2 == "SKIP")
		skipped++
	else if ($2 != "ERROR" || !fails[test]++)
		failed++
	if ($2 == "FAIL")
		fails[test]++
}
END {
	printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
	exit failed > 0
}' $logs
