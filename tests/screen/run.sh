#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Keys in, screen out: each <case>.keys is played on a root, and what it dumps must be
# <case>.screen.  The first lines of a case may say, as comments,
#
#	# root: NAME		the fixture NAME (default: debian-6.1)
#	# options: OPTION...	more options of kmodtui
#	# status: N		how it ends (default: 0)
#	# locale: NAME		instead of C.UTF-8
#	# config: LINE		a line of the file of settings; may stand more than once
#
# With UPDATE=1 the screens are written instead of compared; look at the difference before you
# commit it.
: "${KMODTUI:?is the program under test}" "${FIXTURES:?is the folder of unpacked fixtures}"
here=$(dirname "$0")
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
# The index of the modules of one case may serve the next one.
XDG_CACHE_HOME=$tmp/cache
export XDG_CACHE_HOME
# Nobody's own settings.
XDG_CONFIG_HOME=$tmp
export XDG_CONFIG_HOME
mkdir "$tmp/kmodtui"
cases=0
failures=0

word() # NAME FILE DEFAULT: what the comment "# NAME:" says
{
	value=$(sed -n "s/^# $1: //p" "$2" | head -n 1)
	echo "${value:-$3}"
}

play() # KEYS
{
	root=$FIXTURES/$(word root "$1" debian-6.1)
	LC_ALL=$(word locale "$1" C.UTF-8)
	# The time of the day is that of no place in particular.
	TZ=UTC0
	export LC_ALL TZ
	sed -n 's/^# config: //p' "$1" >"$tmp/kmodtui/config"
	# shellcheck disable=SC2046 # options are words
	"$KMODTUI" --root "$root" $(word options "$1" '') --script "$1" \
		>"$tmp/out" 2>"$tmp/err" </dev/null
}

for keys in "$here"/*.keys; do
	name=$(basename "$keys" .keys)
	screen=${keys%.keys}.screen
	cases=$((cases + 1))
	play "$keys"
	status=$?
	cat "$tmp/err" >>"$tmp/out"
	sed "s|$here|tests/screen|g" "$tmp/out" >"$tmp/screen"
	[ -z "${UPDATE:-}" ] || cp "$tmp/screen" "$screen"
	if [ "$status" -eq "$(word status "$keys" 0)" ] && cmp -s "$screen" "$tmp/screen"; then
		echo "ok $cases - $name"
		continue
	fi
	failures=$((failures + 1))
	echo "not ok $cases - $name"
	echo "# status $status"
	diff "$screen" "$tmp/screen" | sed 's/^/# /'
done
echo "1..$cases"
[ "$failures" -eq 0 ]
