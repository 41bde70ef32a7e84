#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A bare Debian 12 is enough: bootstrap names and installs all that is needed, nothing but tools, and the tests
# that need no machine pass there.  What lies about on this machine helps nobody.  Takes root, debootstrap, and the
# mirror of Debian that apt knows.

HERE=$(dirname "$0")
# shellcheck source=tests/vm/host.sh
. "$HERE/../vm/host.sh"

tmp=$(mktemp -d) || exit 99
runner=
trap '[ -z "$runner" ] || kill $runner 2>/dev/null; wait; rm -rf "$tmp"' EXIT
trap 'exit 143' INT TERM HUP
cases=0
failed=0

# verdict STATUS NAME [WORDS]: a case; the words tell more when it failed
verdict()
{
	cases=$((cases + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $cases - $2"
		return
	fi
	failed=$((failed + 1))
	echo "not ok $cases - $2"
	printf '%s\n' "${3:-}" | tail -n 60 | sed 's/^/# /'
}

# none NAME WORDS: a case: there are none
none()
{
	[ -z "$2" ]
	verdict $? "$1" "$2"
}

# of COMMAND WORD: what the lines of that word say for the first or second command
of()
{
	awk -v n="$1" -v word="$2" '$1 == "command" { at++ }
		at == n && $1 == word { print substr($0, length(word) + 2) }' "$tmp/said"
}

# among LIST NAME...: those of the names that are words of the list
among()
{
	list=$1
	shift
	for name in "$@"; do
		case " $list " in *" $name "*) echo "$name" ;; esac
	done
}

# In the background, so that a signal ends it at once.
DISTRO_LOG=$tmp sh "$HERE/root.sh" bookworm './bootstrap demo' './bootstrap check fast' >"$tmp/said" 2>"$tmp/err" &
runner=$!
wait $runner
status=$?
runner=
[ $status -ne 77 ] || skip_all "$(tail -n 1 "$tmp/err")"
sed 's/^/# /' "$tmp/said"

is_done=$(of 1 status)
[ "$is_done" = 0 ]
verdict $? "the demo plays on a bare Debian" "$(tail -n 40 "$tmp/bookworm.1"; cat "$tmp/err")"
none "and brings no tool that only tests want" \
	"$(among "$(of 1 installed)" coccinelle fish git shellcheck sparse strace zsh libcmocka-dev python3-jsonschema)"
is_done=$(of 2 status)
[ "$is_done" = 0 ]
verdict $? "the tests pass there" "$(tail -n 80 "$tmp/bookworm.2")"
of 2 last | grep -qE '^[0-9]{4,} passed, 0 failed'
verdict $? "all of them" "$(of 2 last)"
none "those too whose library came after the demo" "$(grep '^skipped: tests/unit/none' "$tmp/bookworm.2")"
# What is asked for later may have come before, with something else.
none "nothing was asked of apt that had not been named" "$(for name in $(of 2 asked); do
	[ -n "$(among "$(of 1 named) $(of 2 named)" "$name")" ] || echo "$name"
done)"
none "no kernel and nothing of one was installed" \
	"$(of 2 installed | tr ' ' '\n' | grep -E '^(linux-(image|headers|binary|modules|base|kbuild)|initramfs|dracut)')"
none "/boot and /lib/modules are as before" "$(of 2 boot)"

echo "1..$cases"
[ $failed -eq 0 ]
