#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the kernel's own tools say of the modules: nothing.
#
# W=1 and sparse, with a build of their own; gcc -fanalyzer; checkpatch --strict; coccinelle with all
# the checks that come with the kernel.  A tool that is not there is skipped.  make lint-modules
# runs this, and make check.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

build=${BUILDDIR:-.}
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 143' INT TERM HUP

# kbuild VARIABLE=VALUE...: what a build of all the modules complains of
kbuild()
{
	rm -rf "$build/lint/modules"
	if env -u MAKEFLAGS -u MAKELEVEL LC_ALL=C make -s -C "$build" lint-kbuild "$@" >"$tmp/log" 2>&1; then
		grep -E '(^|[ /])modules/.*(warning|error):|^WARNING' "$tmp/log"
	else
		cat "$tmp/log"
	fi
}

# ---- the compiler and sparse -------------------------------------------------------------------

compiler_laws()
{
	sparse=
	! command -v sparse >/dev/null || sparse='C=1 CHECK=sparse'
	# shellcheck disable=SC2086 # words
	law "the compiler with W=1${sparse:+, and sparse,} has no warning" "$(kbuild W=1 $sparse)"
	[ -n "$sparse" ] || skip "sparse has no warning" "sparse is not installed"

	# All of its warnings count: it follows the values of one file, and neither the kernel's locks nor its
	# ways to free memory are known to it (only functions that say so with attribute malloc are),
	# so what it finds in a module are NULL pointers, values never set, and loops without end.
	if grep -q '^CONFIG_CC_IS_GCC=y' "$config" 2>/dev/null; then
		law "gcc -fanalyzer has no warning" "$(kbuild KCFLAGS=-fanalyzer)"
	else
		skip "gcc -fanalyzer has no warning" "the kernel is not built with gcc"
	fi
}

# ---- checkpatch --------------------------------------------------------------------------------

# kernel_script NAME: a file or folder of the kernel's scripts/; headers do not have all of them
kernel_script()
{
	cached=$("$top/tui/lab/lab" scripts 2>/dev/null)
	for folder in "$kernel/scripts" "$kernel/source/scripts" /usr/src/linux-source*/scripts "${cached:-/nowhere}"; do
		[ -e "$folder/$1" ] || continue
		echo "$folder/$1"
		return
	done
	return 1
}

nowhere='it is not in the kernel tree; tui/lab/lab scripts fetch gets it'

checkpatch_law()
{
	name="checkpatch --strict has no complaint"
	script=$(kernel_script checkpatch.pl) || { skip "$name" "$nowhere"; return; }
	# shellcheck disable=SC2086 # a list of names
	law "$name" "$(perl "$script" --no-tree --strict --terse --quiet --no-summary --max-line-length=100 -f $files 2>&1)"
}

# ---- coccinelle --------------------------------------------------------------------------------

# what_counts: of the reports on standard input; "return ret < 0 ? ret : 0" is how the kernel writes it, and
# later versions of the check for min() leave it alone.
what_counts()
{
	while IFS= read -r report; do
		case $report in
		*'opportunity for min()'*)
			line=${report#*:}
			! sed -n "${line%%:*}p" "${report%%:*}" | grep -qE 'return ([a-z_]+) < 0 \? \1 : 0;' || continue ;;
		esac
		printf '%s\n' "$report"
	done
}

# cocci_check FILE: its reports.  Those few that are written in OCaml need more of OCaml than spatch does.
cocci_check()
{
	options=$(sed -n 's,^// Options: ,,p' "$1")
	# shellcheck disable=SC2086 # words
	spatch -D report --very-quiet --no-show-diff --cocci-file "$1" $options --include-headers \
		-I modules -I modules/include --dir modules >"$tmp/reports" 2>"$tmp/err" || {
		grep -q 'No OCaml compiler' "$tmp/err" && return
		echo "$1: spatch ended with status $?"
		cat "$tmp/err"
	}
	what_counts <"$tmp/reports"
}

coccinelle_law()
{
	name="coccinelle's checks find nothing"
	command -v spatch >/dev/null || { skip "$name" "coccinelle is not installed"; return; }
	folder=$(kernel_script coccinelle) || { skip "$name" "$nowhere"; return; }
	law "$name" "$(find "$folder" -name '*.cocci' | LC_ALL=C sort | while read -r check; do
		! grep -qE '^virtual .*report' "$check" || cocci_check "$check"
	done)"
}

if ! grep -q '^modules:.*kmt_features' "$build/Makefile" 2>/dev/null; then
	echo "1..0 # SKIP the build tree has no kernel configured"
	exit 0
fi
kernel=$(sed -n 's/^KERNEL_DIR = //p' "$build/Makefile")
config=$kernel/include/config/auto.conf
files=$(env -u MAKEFLAGS -u MAKELEVEL make -s -C "$build" lint-files)
compiler_laws
checkpatch_law
coccinelle_law
finish
