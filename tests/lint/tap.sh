# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What the scripts of this directory share.  One script is one law of the house (docs/HACKING);
# it speaks TAP and also runs by hand:  tests/lint/length.sh
#
#	tracked PATTERN...	the project's files that match one of the shell patterns
#	code FILE...		C without comments and without the insides of strings, as file:line:text
#	code_strings FILE...	the same with the strings
#	law NAME OFFENCES	one case: fails when OFFENCES (lines) is not empty, and shows them
#	skip NAME REASON	one case, skipped
#	finish			the plan; exit status 1 when a case failed

lint=$(cd "$(dirname "$0")" && pwd)
top=${SRCDIR:-$lint/../..}
cd "$top" || exit 99
top=$(pwd)
cases=0
failures=0

# In a clone git knows the files; in a tarball the build has listed what came with it.
all_files()
{
	if [ -e .git ] && git ls-files 2>/dev/null; then
		return
	fi
	if [ -f "${BUILDDIR:-.}/tests/dist.list" ]; then
		cat "${BUILDDIR:-.}/tests/dist.list"
	else
		find . -type f ! -path './.*' | sed 's,^\./,,' | sort
	fi | grep -vE '(^|/)Makefile(\.in)?$|^(configure|aclocal\.m4|config\..*|stamp-h1|autom4te.*)$|^build-aux/'
}

tracked()
{
	all_files | while IFS= read -r file; do
		[ -f "$file" ] || continue
		for pattern in "$@"; do
			# shellcheck disable=SC2254 # a pattern is what is wanted
			case $file in
			$pattern) printf '%s\n' "$file"; break ;;
			esac
		done
	done
}

code()
{
	[ $# -eq 0 ] || awk -f "$lint/code.awk" "$@"
}

code_strings()
{
	[ $# -eq 0 ] || awk -v strings=1 -f "$lint/code.awk" "$@"
}

law()
{
	cases=$((cases + 1))
	if [ -z "$2" ]; then
		printf 'ok %d - %s\n' "$cases" "$1"
		return
	fi
	failures=$((failures + 1))
	printf 'not ok %d - %s\n' "$cases" "$1"
	printf '%s\n' "$2" | sed 's/^/# /'
}

# shellcheck disable=SC2317 # for the scripts that read this file
skip()
{
	cases=$((cases + 1))
	printf 'ok %d - %s # SKIP %s\n' "$cases" "$1" "$2"
}

finish()
{
	printf '1..%d\n' "$cases"
	[ "$failures" -eq 0 ]
	exit
}
