#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Traps that broke other tools and are not the subject of another test; tests/TRAPS lists all of them.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

root=$tmp/r
make_root "$root"
kernel=$root/lib/modules/6.1.0-test/kernel

# Text typed into a shell.
# shellcheck disable=SC2016 # these are no expansions of ours
for word in 'x;touch${IFS}shell' '$(touch shell)' '`touch shell`' '|touch shell' '&touch shell'; do
	(cd "$tmp" && "$KMODTUI" --root "$root" info -- "$word") >"$out" 2>"$err"
	is "the name $word is no command" "$?$(ls "$tmp/shell" 2>/dev/null)" 4
	(cd "$tmp" && "$KMODTUI" --root "$root" search -- "$word") >"$out" 2>"$err"
	is "nor is it one to a search" "$(ls "$tmp/shell" 2>/dev/null)" ""
done

# A dash is an underscore in the name of a module, wherever it is typed or stored.
make_module "$kernel/two-words.ko" "license=GPL" "name=two_words" "description=dashed"
printf 'kernel/two-words.ko:\n' >>"$root/lib/modules/6.1.0-test/modules.dep"
for name in two-words two_words; do
	run 0 "$name is masked" --root "$root" mask $name
	run 0 "in the list" --root "$root" list --all --state masked
	says "by its name" "$out" '^disk +two_words '
	run 0 "and unmasked" --root "$root" unmask $name
done
run 0 "the name of one is not the beginning of another" --root "$root" mask two
run 0 "whose mask" --root "$root" list --all --state masked
lacks "does not hold it" "$out" 'two_words'
run 2 "nor is it a pattern" --root "$root" mask 'two.words'

# Compressed modules are modules.
pack()
{
	case $1 in
	xz) xz --check=crc32 -c "$kernel/delta.ko" ;;
	zst) zstd -qc "$kernel/delta.ko" ;;
	gz) gzip -c "$kernel/delta.ko" ;;
	esac
}
"$KMODTUI" --root "$root" info "$kernel/delta.ko" | sed 1d >"$tmp/plain"
# libkmod may be built without one of them; the file is unpacked all the same.
for kind in xz zst gz; do
	if ! pack "$kind" >"$tmp/delta.ko.$kind" 2>/dev/null; then
		skip ".ko.$kind" "no program here packs it"
		continue
	fi
	run 0 ".ko.$kind" info "$tmp/delta.ko.$kind"
	sed 1d "$out" >"$tmp/fields"
	is "has the same fields" "$(cmp "$tmp/plain" "$tmp/fields" 2>&1)" ""
done

# A module that went between two reads: the list has it, sysfs no more.
rm -r "$root/sys/module/beta"
run 0 "a module that vanished meanwhile" --root "$root" list --json
says "has the size the kernel gave, and no other" "$out" '"name":"beta",[^}]*"size":1146880'
lacks "and no number stands for unknown" "$out" ':-[0-9]'
run 0 "it has no parameters" --root "$root" params beta
run 0 "and one that goes" --root "$root" list -o name,refs
says "has no references, not -1 of them" "$out" '^gamma +-$'

# A container without /sys/module, a kernel that can not unload, one without a list.
rm -r "$root/sys/module"
run 0 "without /sys/module the list is there" --root "$root" list
says "and whole" "$out" '^alpha +16384 +0'
run 0 "nothing has a live value" --root "$root" params alpha --json
lacks "and none is made up" "$out" '"value":"'
run 0 "and holders are those of the list" --root "$root" holders beta
printf 'alpha 16384 - - Live 0x0\n' >"$root/proc/modules"
run 0 "without CONFIG_MODULE_UNLOAD" --root "$root" list --json
says "references are unknown" "$out" '"name":"alpha",[^}]*"refs":null'
printf 'alpha 16384 0 - Live 0x0\n\000\000\033[2J 4096 zero - Dead 0x0\n' >"$root/proc/modules"
run 0 "garbage in the list" --root "$root" list --safe
is "is left out" "$(cut -d' ' -f1 "$out" | tr '\n' ' ')" "Module alpha "
rm "$root/proc/modules"
run 1 "without /proc/modules" --root "$root" list
says "a sentence says so" "$err" '^kmodtui: list: '
finish
