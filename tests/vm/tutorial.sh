#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# docs/TUTORIAL as it stands, in one boot: its commands print what it says, its keys show what it says, and its
# exercises, solved by docs/exercises/NAME.diff, do what docs/exercises/NAME.sh asks, which the modules as
# they are do not.  So do the commands in the READMEs of the modules.  tutorial-guest.sh is what is played inside.
here=$(dirname "$0")
exercises=$SRCDIR/docs/exercises
solved=$BUILDDIR/tests/exercises

# shellcheck source=tests/vm/host.sh
. "$here/host.sh"

needs_machine
needs bash patch make
needs_module '*'
needs_kernel

# solve NAME: a copy of the sources with the diff applied, and the module that it changes built of it
solve()
{
	topic=$(sed -n 's,^+++ b/modules/\([a-z]*\)/.*,\1,p' "$exercises/$1.diff" | grep -vx include | sort -u)
	mkdir -p "$solved/$1" && cp -RL "$SRCDIR/modules" "$solved/$1/" &&
		cp "$BUILDDIR/modules/kmt_features.h" "$solved/$1/modules/" &&
		patch -d "$solved/$1" -p1 -s --no-backup-if-mismatch <"$exercises/$1.diff" &&
		sed -i "/^obj-/{\\,/\$,{\\,= $topic/\$,!d}}" "$solved/$1/modules/Kbuild" &&
		env -u MAKEFLAGS -u MAKELEVEL make -s -C "$BUILDDIR" exercise DIR="tests/exercises/$1/modules" &&
		mv "$solved/$1/modules/$topic/kmt_$topic.ko" "$solved/$1/"
	result=$?
	rm -rf "$solved/$1/modules"
	return $result
}

rm -rf "$solved"
mkdir -p "$solved/readme"
for readme in "$SRCDIR"/modules/*/README; do
	topic=${readme%/README}
	cp "$readme" "$solved/readme/${topic##*/}"
done
for diff in "$exercises"/*.diff; do
	name=${diff##*/}
	name=${name%.diff}
	solve "$name" >"$BUILDDIR/tests/exercise.log" 2>&1 || {
		echo "1..1"
		echo "not ok 1 - $name: the diff can be applied, and what comes of it be built"
		sed 's/^/# /' "$BUILDDIR/tests/exercise.log"
		exit 1
	}
done
VM_TIMEOUT=${VM_TIMEOUT:-900}
VM_OPTIONS="--add $SRCDIR/docs/TUTORIAL=/kmt/TUTORIAL --add $exercises=/kmt/exercises --add $solved=/kmt/solved --add $solved/readme=/kmt/readme
	--add $(command -v bash)=/bin/bash ${VM_OPTIONS:-}"
export VM_OPTIONS VM_TIMEOUT
sh "$here/run.sh" "$here/tutorial-guest.sh"
