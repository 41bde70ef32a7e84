#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every policy of a host that forbids something: each refusal names its true reason.  One boot for each
# that stands on the kernel's command line; what can be set while it runs is done in the first one.
# policy-guest.sh is what is played in all of them.
here=$(dirname "$0")
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
cases=0

# boot NAME OPTION...: its cases, numbered on and with NAME in front
boot()
{
	name=$1
	shift
	VM_OPTIONS="$* --env POLICY=$name ${VM_OPTIONS:-}" sh "$here/run.sh" "$here/policy-guest.sh" >"$tmp/tap" 2>&1
	if grep '^1\.\.0' "$tmp/tap"; then
		exit 0
	fi
	awk -v n="$cases" -v name="$name" '
		/^1\.\.[0-9]/ { next }
		/^(not )?ok / { n++; sub(/ok [0-9]+ - /, "ok " n " - " name ": ") }
		{ print }' "$tmp/tap"
	cases=$((cases + $(grep -cE '^(not )?ok ' "$tmp/tap")))
}

setpriv=$(command -v setpriv)
boot stock ${setpriv:+--add "$setpriv=/kmt/bin/setpriv"}
boot sig_enforce --append module.sig_enforce=1
boot integrity --append lockdown=integrity
boot confidentiality --append lockdown=confidentiality
echo "1..$cases"
