#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A change makes again what it concerns and nothing else: objects and modules are counted.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

build=${BUILDDIR:-.}
farm=lint/rebuild
if ! grep -q '^modules:.*kmt_features' "$build/Makefile" 2>/dev/null; then
	echo "1..0 # SKIP the build tree has no kernel configured"
	exit 0
fi
cd "$build" || exit 99

make_modules()
{
	env -u MAKEFLAGS -u MAKELEVEL make -s lint-kbuild FARM=$farm >lint/rebuild.log 2>&1 || sed 's/^/# /' lint/rebuild.log
}

# made_again: what the last make_modules has made, by name
made_again()
{
	find $farm/modules \( -name '*.o' -o -name '*.ko' \) -newer lint/rebuild.before | sed 's,.*/,,' |
		LC_ALL=C sort | tr '\n' ' '
}

# change NAME FILE WANTED: case: a change of the file makes these again
change()
{
	# A file in place of the link, so that the sources stay as they are.
	cp "$farm/modules/$2" lint/rebuild.copy && mv lint/rebuild.copy "$farm/modules/$2"
	: >lint/rebuild.before
	touch "$farm/modules/$2"
	make_modules
	got=$(made_again)
	law "$1" "$([ "$got" = "$3 " ] || echo "made: ${got:-nothing}; wanted: $3")"
}

rm -rf $farm
mkdir -p lint
make_modules
law "all modules are there" "$(sed -n 's/^KMT_TOPICS_YES = //p' Makefile | tr ' ' '\n' | grep . | while read -r topic; do
	[ -f "$farm/modules/$topic/kmt_$topic.ko" ] || echo "no kmt_$topic.ko"
done)"
: >lint/rebuild.before
make_modules
law "nothing has changed, nothing is made" "$(made_again)"
change "a file of a module makes that module" hello/kmt_hello.c "kmt_hello.ko kmt_hello.o"
change "one of several makes the module, and not the others" chardev/map.c "kmt_chardev.ko kmt_chardev.o map.o"
change "a header makes what reads it" timer/lateness.h "kmt_timer.ko kmt_timer.o"
finish
