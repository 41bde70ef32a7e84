# SPDX-License-Identifier: GPL-2.0-or-later
# The log of a kernel with KCSAN without the reports of races that none of our modules is part of: the
# kernel has races of its own that its people know.  A report stands between two lines of "=".
# Nor does one count that is in KNOWN: there the kernel races with itself, whoever has called it.

BEGIN {
	# The seconds of the clock are read without its lock, and that is meant (kernel/time/timekeeping.c).
	KNOWN = "data-race in ktime_get_seconds / timekeeping_advance"
}

/==============================/ {
	if (inside && ours && !index(report, KNOWN))
		printf "%s", report
	inside = !inside
	report = ""
	ours = 0
	next
}
inside {
	report = report $0 "\n"
	if (/\[kmt_/)
		ours = 1
	next
}
{ print }
# One that was cut off counts.
END { printf "%s", report }
