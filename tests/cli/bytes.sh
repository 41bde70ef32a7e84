#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A machine whose every text has all 256 bytes in it: whatever the command line prints of it, made
# safe, is text and ends of lines; nothing that could control a terminal, and nothing that hides.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"
LC_ALL=C.UTF-8
export LC_ALL

root=$FIXTURES/hostile
stream=$BUILDDIR/tests/screen/stream
pty=$BUILDDIR/tests/screen/pty
file=$root/lib/modules/6.1.0-evil/kernel/evil/alpha.ko
# For arguments: no NUL can be in one.
all=$(awk 'BEGIN { for (i = 1; i < 256; i++) printf "\\%03o", i }' | xargs -0 printf)

# only_text NAME FILE: it holds no control byte but ends of lines, and nothing that hides
only_text()
{
	{
		"$stream" <"$2" | grep '^foreign'
		LC_ALL=C tr -cd '\000-\011\013-\037\177' <"$2" | od -An -c
	} >"$tmp/foreign"
	is "$1" "$(cat "$tmp/foreign")" ""
}

# prints WHAT ARGUMENT...: what the command says in both its streams, and as JSON, is text
prints()
{
	prints_what=$1
	shift
	"$KMODTUI" --root "$root" "$@" --safe >"$out" 2>&1
	is "$prints_what says something" "$([ -s "$out" ] && echo yes)" yes
	only_text "$prints_what: only text" "$out"
	"$KMODTUI" --root "$root" "$@" --json >"$out" 2>&1
	only_text "$prints_what as JSON: only text" "$out"
}

# The ruler itself: bytes as they are do not pass.
"$KMODTUI" --root "$root" log --raw >"$out" 2>&1
"$stream" <"$out" >"$tmp/foreign"
says "raw bytes would be seen" "$tmp/foreign" '^foreign'

prints "list" list --all
prints "list with all columns" list --all -o state,name,size,refs,users,taint,path,description
prints "info" info alpha
prints "info of a file" info "$file"
prints "params" params alpha
prints "tree" tree alpha --users
prints "holders" holders alpha
prints "which" which "a$all"
prints "audit" audit alpha
prints "search" search x
prints "log" log
prints "status" status
prints "mask" mask on_disk --dry-run
prints "persist" persist alpha "text=$all" --dry-run

# What a person gives comes back in the messages.
prints "an unknown command" "$all"
prints "an unknown option" "--$all"
prints "an unknown module" info "$all"
prints "an unknown file" info "/$all.ko"
prints "an unknown column" list -o "$all"
prints "an unknown level" log --level "$all"
prints "an unknown module of the log" log --module "$all"
prints "an unknown state" list --state "$all"
"$KMODTUI" --root "/$all" list --safe >"$out" 2>&1
only_text "an unknown root: only text" "$out"
"$KMODTUI" --kernel "$all" list --safe >"$out" 2>&1
only_text "an unknown kernel: only text" "$out"
"$KMODTUI" --script "/$all" >"$out" 2>&1
only_text "an unknown script: only text" "$out"
printf '%s\n' "$all" >"$tmp/keys"
"$KMODTUI" --root "$root" --script "$tmp/keys" >"$out" 2>&1
only_text "a script of all bytes: only text" "$out"
# shellcheck disable=SC1003 # the three that end a word of a script
printf 'expect "%s"\n' "$(printf %s "$all" | tr -d '\n"\\')" >"$tmp/keys"
"$KMODTUI" --root "$root" --script "$tmp/keys" >"$out" 2>&1
only_text "a script that fails with all bytes: only text" "$out"

# The journal, with names and values as somebody else may have written them.
mkdir -p "$tmp/state/kmodtui"
printf '%s\n{"when":1,"who":"%s","what":["%s"]}\n' "$all" "$all" "$all" >"$tmp/state/kmodtui/journal"
HOME=$tmp XDG_STATE_HOME=$tmp/state "$KMODTUI" journal --safe >"$out" 2>&1
only_text "journal: only text" "$out"

# The environment.
for name in LANG LC_ALL TERM HOME NO_COLOR XDG_CONFIG_HOME XDG_STATE_HOME; do
	env "$name=$all" "$KMODTUI" --root "$root" status >"$out" 2>&1
	env "$name=$all" "$KMODTUI" --root "$root" log --safe >>"$out" 2>&1
	env "$name=$all" "$KMODTUI" --root "$root" >>"$out" 2>&1 </dev/null
	LC_ALL=C tr -cd '\000-\011\013-\037\177' <"$out" >"$tmp/controls"
	is "$name of all bytes: no control byte" "$(od -An -c "$tmp/controls")" ""
done

# To a terminal nothing has to be asked for.
"$pty" 200x50 "$tmp/stream" "$KMODTUI" --root "$root" log </dev/null >/dev/null 2>&1
tr -d '\r' <"$tmp/stream" >"$out"
says "log to a terminal says something" "$out" 'alpha: escaped .*x01'
only_text "log to a terminal: only text" "$out"
"$pty" 200x50 "$tmp/stream" "$KMODTUI" --root "$root" info alpha </dev/null >/dev/null 2>&1
tr -d '\r' <"$tmp/stream" >"$out"
says "info to a terminal says something" "$out" '^description: '
only_text "info to a terminal: only text" "$out"
finish
