# SPDX-License-Identifier: GPL-2.0-or-later
# The log of a kernel with KCSAN without the reports of races that none of our modules is part of: the
# kernel has races of its own that its people know.  A report stands between two lines of "=".

/==============================/ {
	if (inside && ours)
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
