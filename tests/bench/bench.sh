# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What the measurements share.  Each script of this directory prints one line a figure and runs
# by hand as well as from make bench; nothing here passes or fails.  On a busy machine most of
# what is measured is waiting for a processor; chrt -f 10 before one of these scripts keeps that out
# (it needs root).  Never before logline.sh: an emulator that runs first leaves nothing to others.
# From the environment:
#	KMODTUI		the console
#	BUILDDIR	where tests/bench/{times,trip,stopwatch} were built
#	LAB		tui/lab/lab
#	KMODULES	the folder of our modules
#
#	lab WORD...		the throwaway machine
#	skip REASON		ends the script with status 77
#	machine_needed		does so unless the throwaway machine can be started
#	line WHAT OURS UNIT WANTED [RIVAL THEIRS]
#				one figure, beside the rival's and with how many times as much that is
#	machine DIR LIVE [REFS]	a machine with so many live modules, for --root and for chroot; the
#				first one has REFS references
#	disk DIR		4023 modules on disk below it: those of the kernel in the machine's cache,
#				else names without files; prints which
#	records DIR N		a kernel log of N records
#	guest OPTION... <SCRIPT	what the script prints in a machine with our modules and one processor whose
#				time counts instructions: the same in every run, however busy this host is
#	against WHAT UNIT OURS RIVAL THEIRS WANTED
#				a figure of a module, its rival's, and the ratio of ours to theirs
#	ms US, field N WORDS	a figure in milliseconds; the Nth word

KMODTUI=${KMODTUI:-kmodtui}
PATH=$PATH:/usr/sbin:/sbin
bench=${BUILDDIR:-.}/tests/bench

skip()
{
	echo "not measured: $*"
	exit 77
}

[ -x "$bench/stopwatch" ] || skip "$bench has no programs; run make bench"
command -v "$KMODTUI" >/dev/null || skip "kmodtui is not there"
# Not every script has work for it.
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
# The program under test is told of a cache of its own; the machine has its kernels in the old one.
bench_cache=${XDG_CACHE_HOME:-$HOME/.cache}
XDG_CACHE_HOME=$tmp/cache
export XDG_CACHE_HOME

lab()
{
	XDG_CACHE_HOME=$bench_cache "${LAB:-lab}" "$@"
}
# Debian's modules, if the machine's kernel is in the cache.
lab_tree=$(lab path 2>/dev/null)

machine_needed()
{
	for program in qemu-system-x86_64 busybox; do
		command -v "$program" >/dev/null || skip "$program is not installed"
	done
	[ -n "$lab_tree" ] || skip "no kernel is in the machine's cache; tui/lab/lab fetch gets one"
	# An emulator with the priority of real time would leave this machine no processor.
	! command -v chrt >/dev/null || chrt -o -p 0 $$ 2>/dev/null || skip "it would run before everything else"
}

line()
{
	awk -v what="$1" -v ours="$2" -v unit="$3" -v wanted="$4" -v rival="${5:-}" -v theirs="${6:-}" 'BEGIN {
		printf "%s: %s %s", what, ours, unit
		if (rival != "" && theirs + 0 > 0)
			printf "; %s: %s %s, %.3g times as much", rival, theirs, unit, (ours > 0 ? theirs / ours : 0)
		else if (rival != "")
			printf "; %s: %s", rival, theirs
		print (wanted != "" ? " (wanted: " wanted ")" : "")
	}'
}

guest()
{
	for program in qemu-system-x86_64 busybox; do
		command -v "$program" >/dev/null || skip "$program is not installed"
	done
	[ -n "$(find "${KMODULES:-/nowhere}" -name '*.ko' 2>/dev/null)" ] || skip "the modules are not built"
	cat >"$tmp/guest"
	lab run --icount --smp 1 --timeout 3600 --modules "$KMODULES" --add "$tmp/guest=/kmt/guest" "$@" -- \
		sh /kmt/guest >"$tmp/said" || skip "the machine failed: $(head -n 5 "$tmp/said")"
	cat "$tmp/said"
}

against()
{
	awk -v what="$1" -v unit="$2" -v ours="$3" -v rival="$4" -v theirs="$5" -v wanted="$6" 'BEGIN {
		printf "%s: %s %s; %s: %s %s; %.3g times as much (wanted: %s)\n", what, ours, unit, rival, theirs,
			unit, (theirs > 0 ? ours / theirs : 0), wanted
	}'
}

ms()
{
	awk -v us="$1" 'BEGIN { printf "%.3g", us / 1000 }'
}

field()
{
	n=$1
	shift
	echo "$*" | cut -d ' ' -f "$n"
}

machine()
{
	mkdir -p "$1/proc/sys/kernel" "$1/sys/module"
	echo 6.1.0-bench >"$1/proc/sys/kernel/osrelease"
	echo 0 >"$1/proc/sys/kernel/tainted"
	awk -v n="$2" -v refs="${3:-0}" 'BEGIN {
		for (i = 0; i < n; i++) {
			used = i % 3 == 2 ? "module_" i - 1 "," : "-"
			count = i ? (used != "-") : refs
			printf "module_%d %d %d %s Live 0x0000000000000000\n", i, 16384 + 4096 * (i % 20), count, used
		}
	}' >"$1/proc/modules"
	while read -r name size refs users _; do
		mkdir -p "$1/sys/module/$name/holders"
		echo "$refs" >"$1/sys/module/$name/refcnt"
		echo "$size" >"$1/sys/module/$name/coresize"
		echo live >"$1/sys/module/$name/initstate"
		[ "$users" = - ] || : >"$1/sys/module/$name/holders/${users%,}"
	done <"$1/proc/modules"
}

# lsmod and its libraries, to run inside a machine of files
add_lsmod()
{
	kmod=$(readlink -f "$(command -v lsmod)")
	mkdir -p "$1/sbin"
	cp "$kmod" "$1/sbin/lsmod"
	ldd "$kmod" | sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^[[:space:]]*\(\/[^ ]*\) (.*/\1/p' |
		while read -r library; do
			mkdir -p "$1${library%/*}" && cp -L "$library" "$1$library"
		done
}

disk()
{
	if [ -n "$lab_tree" ]; then
		mkdir -p "$1/lib/modules"
		cp -al "$lab_tree/lib/modules/${lab_tree##*/}" "$1/lib/modules/" 2>/dev/null ||
			cp -a "$lab_tree/lib/modules/${lab_tree##*/}" "$1/lib/modules/" || exit 99
		echo "${lab_tree##*/}" >"$1/proc/sys/kernel/osrelease"
		echo "$(wc -l <"$1/lib/modules/${lab_tree##*/}/modules.dep") on disk"
		return
	fi
	mkdir -p "$1/lib/modules/6.1.0-bench"
	awk 'BEGIN { for (i = 0; i < 4023; i++) print "kernel/drivers/module_" i ".ko:" }' \
		>"$1/lib/modules/6.1.0-bench/modules.dep"
	depmod -b "$1" 6.1.0-bench 2>/dev/null
	awk 'BEGIN { for (i = 0; i < 4023; i++) print "kernel/drivers/module_" i ".ko:" }' \
		>"$1/lib/modules/6.1.0-bench/modules.dep"
	echo "4023 on disk by name only"
}

# live_from_disk DIR N: the first N modules of the disk are the live ones
live_from_disk()
{
	dep=$(echo "$1"/lib/modules/*/modules.dep)
	sed 's/:.*//; s,.*/,,; s/\.ko.*//; s/-/_/g' "$dep" | head -n "$2" |
		awk '{ print $1, 16384, 0, "-", "Live", "0x0000000000000000" }' >"$1/proc/modules"
}

records()
{
	awk -v n="$2" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "6,%d,%d,-;module_%d: record %d of a machine that has much to tell its readers\n",
				i, i * 1000, i % 100, i
	}' >"$1/kmsg.records"
}
