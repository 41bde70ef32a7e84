#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The journal as a user without rights: what was refused is in it too.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
make_root r
run 2 "there is none below a --root" --root r journal
run 2 "and nothing to take back" --root r undo
HOME=$tmp/home
XDG_STATE_HOME=$tmp/state
export HOME XDG_STATE_HOME
run 2 "a number that is none" journal zero

# A user who may not change anything on this machine; the tests may be run by root.
plain()
{
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid=65534 --regid=65534 --clear-groups "$KMODTUI" "$@"
	else
		"$KMODTUI" "$@"
	fi >"$out" 2>"$err" </dev/null
}
if [ "$(id -u)" -eq 0 ] && ! setpriv --version >/dev/null 2>&1; then
	skip "the journal of a user" "setpriv is not installed"
	finish
fi
mkdir "$tmp/state"
chmod 777 "$tmp/state"
chmod 755 "$tmp"
# It would be written down, and the journal of root is the machine's own.
(XDG_STATE_HOME=$tmp/none && plain undo 0)
is "nor is 0" "$?" 2
plain journal
is "no journal yet" "$?" 0
is "is no error" "$(wc -l <"$out" | tr -d ' ')" 1
plain undo
is "and nothing can be taken back" "$?" 4
journal=$tmp/state/kmodtui/journal
is "undo has its line all the same" "$(wc -l <"$journal" | tr -d ' ')" 1
plain --root r mask alpha
plain mask --dry-run kmt_nosuch
is "below a root and in a dry run there is none" "$(wc -l <"$journal" | tr -d ' ')" 1
plain mask kmt_nosuch
is "a mask that is refused" "$?" 3
plain persist kmt_nosuch 'wpa_key=top secret' period=1
is "and one that fails" "$?" 4
is "have theirs" "$(wc -l <"$journal" | tr -d ' ')" 3
is "that only the user may read" "$(stat -c %a "$journal")" 600
lacks "without the secret" "$journal" 'top'
says "but with its name" "$journal" '"command":\["persist","kmt_nosuch","wpa_key=\*\*\*","period=1"\],"status":4,'
plain journal 2
says "journal shows them" "$out" '^1 +[0-9T:Z-]+ +[0-9]+ +failed \(4\) +persist kmt_nosuch wpa_key=\*\*\* period=1$'
is "as many as asked" "$(wc -l <"$out" | tr -d ' ')" 3
plain journal 1 --json
says "and as JSON" "$out" '^\{"schema":1,"actions":\[\{"id":[0-9]+,"time":"[0-9T:Z-]+","uid":[0-9]+,.*"undoes":null,"params":\[\],"files":\[\],"did":\[\],"n":1\}\]\}$'
plain undo 1
is "what changed nothing can not be taken back" "$?" 1
plain undo 99
is "nor what there is not" "$?" 4
echo 'no record' >>"$journal"
printf '{"command":7}\n[]\n' >>"$journal"
plain journal
is "lines of others do no harm" "$?" 0
plain set kmt_nosuch a=1 wpa_key=x --json
is "set of what there is not" "$?" 4
says "says so as JSON, too" "$out" '^\{"schema":1,"name":"kmt_nosuch","results":\[\{"param":"a","old":null,"new":null,"error":"There is no such module or file\."\},\{"param":"wpa_key",'

plain persist kmt_nosuch "a=it's two words"
plain journal 1
says "a word is shown as a shell takes it" "$out" " persist kmt_nosuch 'a=it'\\\\''s two words'\$"

rm "$journal"
mkdir "$journal"
plain mask kmt_nosuch
is "a journal that can not be written leaves the status" "$?" 3
says "and is a warning" "$err" '^kmodtui: The journal .*/journal could not be written'
finish
