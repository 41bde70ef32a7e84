#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A console that was told to change nothing can not: it holds no capability, and gets none.
. "$SRCDIR/tests/cli/tap.sh"

make_root "$tmp/root"
printf 'wait idle\ndump ready\nwait text "never shown" 20000\n' >"$tmp/keys"

# field NAME: what the kernel says of the console that runs
field()
{
	sed -n "s/^$1:[[:space:]]*//p" "/proc/$console/status"
}

: >"$tmp/screen"
"$KMODTUI" --root "$tmp/root" --readonly --script "$tmp/keys" >"$tmp/screen" 2>/dev/null &
console=$!
tries=0
until grep -q '^--- ready' "$tmp/screen" || [ $tries -gt 100 ]; do
	tries=$((tries + 1))
	sleep 0.1
done
if "$KMODTUI" --version | grep -q '+libcap-ng'; then
	is "no effective capability" "$(field CapEff)" 0000000000000000
	is "no permitted capability" "$(field CapPrm)" 0000000000000000
else
	skip "no effective capability" "built without libcap-ng"
	skip "no permitted capability" "built without libcap-ng"
fi
is "no new privilege by exec" "$(field NoNewPrivs)" 1
kill "$console"
wait "$console" 2>/dev/null
is "it ended by the signal" $? 143

run 3 "a command that changes refuses" --readonly set alpha period_ms=1
says "and says why" "$err" '--readonly forbids'
finish
