# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What a test needs of this host that boots machines itself; each call ends the test as skipped, with the reason,
# when it is not there.  Nothing is downloaded here.  From the environment: LAB, KMODULES, BUILDDIR.
#
#	skip_all REASON		so does this
#	needs_machine		what boots one
#	needs PROGRAM...	these programs
#	find_module PATTERN	no need: the first of ours of such a name is $first; empty: there is none
#	needs_module PATTERN	one like that
#	needs_kernel		the kernel it was built for, or without one any 6.1, in the cache: its version is
#				$kernel, its folder $dir

LAB=${LAB:-$(dirname "$0")/../../tui/lab/lab}

skip_all()
{
	echo "1..0 # SKIP $*"
	exit 0
}

needs()
{
	for program in "$@"; do
		command -v "$program" >/dev/null || skip_all "$program is not installed"
	done
}

needs_machine()
{
	case ${BUILDDIR:-} in
	*/_build | */_build/*) skip_all "no machine is booted inside distcheck" ;;
	esac
	needs qemu-system-x86_64 busybox modinfo depmod
}

find_module()
{
	first=$(find "${KMODULES:-/nowhere}" -name "$1.ko" -type f 2>/dev/null | head -n 1)
}

needs_module()
{
	find_module "$1"
	[ -n "$first" ] || skip_all "the modules are not built"
}

needs_kernel()
{
	kernel=6.1
	[ -z "$first" ] || kernel=$(modinfo -F vermagic "$first" | cut -d ' ' -f 1)
	dir=$("$LAB" path --kernel "$kernel" 2>/dev/null) ||
		skip_all "kernel $kernel is not in the cache; tui/lab/lab fetch gets it"
	kernel=${dir##*/}
}
