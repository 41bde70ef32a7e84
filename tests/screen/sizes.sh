#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Any size of the window, from 1x1 to 500x500, with keys between: the console draws, and goes on.
# RESIZES from the environment, 2000 unless given; the same ones in every run.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"
LC_ALL=C.UTF-8
export LC_ALL

# sizes SEED: a script of resizes; every tenth is one of the two ends, most are near what people use
sizes()
{
	awk -v n="${RESIZES:-2000}" -v seed="$1" '
	function any(most) { return 1 + int(rand() * most) }
	BEGIN {
		srand(seed)
		n_keys = split("Up Down PgUp PgDn Home End Left Right Tab BackTab Enter Esc + - m Z F1 F9 t p w s H f n Space", key, " ")
		print "wait idle"
		for (i = 0; i < n; i++) {
			kind = i % 10
			if (kind == 0)
				print "resize 1x1"
			else if (kind == 1 && i % 100 == 1)
				print "resize 500x500"
			else if (kind < 4)
				print "resize " any(500) "x" any(60)
			else if (kind < 6)
				print "resize " any(12) "x" any(500)
			else
				print "resize " any(200) "x" any(60)
			print "key " key[any(n_keys)]
		}
		# What is open now closes, and the screen is whole again.
		print "resize 80x24"
		print "key Esc Esc Esc Esc"
		print "key End"
		print "wait idle"
		print "expect \"Modules\""
		print "expect \"F1\""
	}'
}

# resized NAME ROOT SEED
resized()
{
	sizes "$3" >"$tmp/keys"
	# Keys at random choose actions at random: read-only, and with a home of its own.
	HOME=$tmp run 0 "$1" --root "$FIXTURES/$2" --readonly --script "$tmp/keys"
	is "$1: nothing else was said" "$(cat "$err")" ""
}

resized "sizes of the window with reports in the log" reports 7
RESIZES=$((${RESIZES:-2000} / 4))
resized "sizes of the window of a whole machine" debian-6.1 8
resized "sizes of the window with hostile texts" hostile 9
finish
