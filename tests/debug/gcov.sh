# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# /kmt/kind.sh on the kernel that counts lines: at the end of a test the counters of our modules go
# out, for tests/debug/coverage.sh.  Files in debugfs have no size, so tar gets copies.
at_end()
{
	mkdir /tmp/gcov
	(cd /sys/kernel/debug/gcov && find . -path '*/modules/*.gcda') | while read -r file; do
		mkdir -p "/tmp/gcov/${file%/*}"
		cat "/sys/kernel/debug/gcov/$file" >"/tmp/gcov/$file"
	done
	tar -C /tmp/gcov -cf - . >/dev/save
}
