#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The full-text index: kept between two runs, never trusted, never missed.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
make_root r
v=r/lib/modules/6.1.0-test
make_module "$v/kernel/alpha.ko" "license=GPL" "description=A plain widget" "alias=pci:v00001234d*"
make_module "$v/kernel/delta.ko" "license=GPL" "description=Widgets side by side"
printf 'kernel/alpha.ko: kernel/delta.ko\nkernel/delta.ko:\n' >"$v/modules.dep"
cache=$tmp/cache/kmodtui

# depmod_ran: another modules.dep of the same length
depmod_ran()
{
	cp "$v/modules.dep" "$tmp/dep" && mv "$tmp/dep" "$v/modules.dep"
}

index()
{
	ls "$cache"/index-* 2>/dev/null
}

# reads: whether the next search opens the files of modules
reads()
{
	traced -e trace=openat,openat2 "$KMODTUI" --root r search widget
	grep -q 'alpha\.ko' "$tmp/trace" && echo files || echo cache
}

# two_widgets NAME: case: the last search found both
two_widgets()
{
	same "$1" "$out" <<-END
		alpha: description: A plain widget
		delta: description: Widgets side by side
	END
}

run 0 "--readonly search" --root r --readonly search widget
two_widgets "finds them"
is "and leaves nothing behind" "$(index)" ""
run 0 "the first search" --root r search widget
two_widgets "reads the files"
is "and keeps an index" "$(index | wc -l | tr -d ' ')" 1
is "for this user alone" "$(stat -c %a "$cache" "$(index)" | tr '\n' ' ')" "700 600 "
run 0 "the second search" --root r search widget
two_widgets "says the same"
# A leak can not be looked for in a program that is traced.
traced()
{
	ASAN_OPTIONS=detect_leaks=0 strace -f -o "$tmp/trace" "$@" >"$out" 2>"$err"
}

if command -v strace >/dev/null && strace -o "$tmp/trace" true 2>/dev/null; then
	is "and opens no module" "$(reads)" cache
	two_widgets "whoever watches"
	depmod_ran
	is "when depmod ran the files are read again" "$(reads)" files
	is "once" "$(reads)" cache
	# What looks like an index and is none, or belongs to others.
	head -c 100 "$(index)" >"$tmp/cut" && cat "$tmp/cut" >"$(index)"
	is "an index cut short is not used" "$(reads)" files
	two_widgets "and missed by nobody"
	chmod 666 "$(index)"
	is "one that others may write is not used" "$(reads)" files
	rm "$(index)" && ln -s /dev/zero "$cache/index-6.1.0-test" && mv "$cache" "$tmp/other" && ln -s ../other "$cache"
	is "a directory that is a link is not used" "$(reads)" files
	two_widgets "nor needed"
	rm "$cache" && rm -r "$tmp/other"
	# close_range(2) is the child's alone.
	killed="-e trace=close_range -e inject=close_range:signal=KILL"
	childless="-e trace=clone,clone3,fork,vfork -e inject=clone,clone3,fork,vfork:error=EAGAIN"
	# shellcheck disable=SC2086 # options are words
	traced $killed "$KMODTUI" --root r search 'alpha|beta'
	is "a search whose child is killed fails" $? 1
	says "in words" "$err" '^kmodtui: search: The modules on disk could not be read: '
	says "and tells what it has" "$out" '^beta: name: beta$'
	printf 'wait idle\ndump start\nkey F4\ntype "alph"\nkey Enter\nwait idle\nexpect "1 of 2"\nexpect "alpha"\nkey F4 C-u Enter\nwait idle\nkey F3\ntype "delt"\nkey Enter\nwait idle\nexpect "n goes to the next match"\n' >"$tmp/killed.keys"
	# shellcheck disable=SC2086
	traced $killed "$KMODTUI" --root r --script "$tmp/killed.keys"
	is "a console whose child is killed searches the list" $? 0
	says "and says why" "$out" 'could not be indexed'
	# shellcheck disable=SC2086
	traced $childless "$KMODTUI" --root r search widget
	is "a search that can have no child reads no file of a strange tree by itself" $? 4
	says "and says so" "$err" 'files? of modules could not be read'
	rm -f "$(index)"
	# shellcheck disable=SC2086
	traced $childless "$KMODTUI" --root r --script "$tmp/killed.keys"
	is "a console that can have no child searches the list" $? 0
	says "and says why as well" "$out" 'could not be indexed'
else
	skip "what is read" "strace does not work here"
fi

# Places where nothing can be kept.  (That this root has no binary index is told each time.)
told()
{
	grep -v '^kmodtui: modules.dep.bin, ' "$err"
}
rm -rf "$tmp/cache"
: >"$tmp/file"
(unset HOME XDG_CACHE_HOME; "$KMODTUI" --root r search widget) >"$out" 2>"$err"
is "without a home" "$? $(told)" "0 "
two_widgets "they are found"
(HOME=$tmp/file; unset XDG_CACHE_HOME; export HOME; "$KMODTUI" --root r search widget) >"$out" 2>"$err"
is "with a home that is no directory" "$? $(told)" "0 "
two_widgets "they are found, too"
mkdir "$tmp/home"
(HOME=$tmp/home; unset XDG_CACHE_HOME; export HOME; "$KMODTUI" --root r search widget) >"$out" 2>"$err"
is "the home has the index" "$(find "$tmp/home/.cache/kmodtui" -type f | wc -l | tr -d ' ')" 1
mkdir -m 500 "$tmp/shut"
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	chmod 711 "$tmp"
	chown 65534 "$tmp/shut"
	XDG_CACHE_HOME=$tmp/shut setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$KMODTUI" --root r search widget >"$out" 2>"$err"
else
	XDG_CACHE_HOME=$tmp/shut "$KMODTUI" --root r search widget >"$out" 2>"$err"
fi
is "with a directory that takes nothing" "$? $(told)" "0 "
two_widgets "they are found as well"

# The root is only read.
find r -newer "$tmp/file" -type f >"$out"
same "nothing was written below the root" "$out" </dev/null

# The console makes the same index.
rm -rf "$tmp/cache"
printf 'wait idle\nkey F4\ntype "00001234"\nkey Enter\nwait idle\nexpect "alias: pci:v00001234d"\nexpect "1 of 1"\n' >"$tmp/keys"
run 0 "the console finds by alias" --root r --script "$tmp/keys"
is "and keeps the index" "$(index | wc -l | tr -d ' ')" 1
run 0 "and so it does with that" --root r --script "$tmp/keys"
rm -rf "$tmp/cache"
printf 'key F3\ntype "00001234"\nkey Enter\nwait idle\nexpect "Found in alias: pci:v00001234d"\n' >"$tmp/found"
run 0 "a search waits for the index" --root r --script "$tmp/found"
rm -rf "$tmp/cache"
run 0 "a read-only one finds, too" --root r --readonly --script "$tmp/keys"
is "and keeps nothing" "$(index)" ""

# Expressions that are none, or would take for ever.
run 4 "search for what is no expression" --root r search 'wid['
says "says so" "$err" '^kmodtui: wid\[: This is no regular expression and is taken as plain text: '
run 4 "a back reference is none" --root r search '(w)\1'
says "and is named" "$err" 'back references are not taken'
run 4 "nor is what repeats without end" --root r search '(w{1,255}){1,255}'
says "and that is named" "$err" 'it repeats too much'
finish
