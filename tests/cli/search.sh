#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui search
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
make_root r
v=r/lib/modules/6.1.0-test
make_module "$v/kernel/alpha.ko" "license=GPL" "description=A Plain Widget" "author=Somebody <s@b>" \
	"alias=pci:v00001234d*" "parm=speed_limit:how fast" "firmware=alpha/fw.bin" "depends=delta" \
	"vermagic=widget"
make_module "$v/kernel/delta.ko" "license=GPL" "description=Widgets side by side"
printf 'kernel/alpha.ko: kernel/delta.ko\nkernel/delta.ko:\nkernel/gone.ko:\n' >"$v/modules.dep"
printf 'inside.description=Built-in widget\000inside.license=GPL\000other.author=Somebody\000' \
	>"$v/modules.builtin.modinfo"

run 0 "search for a word" --root r search widget
same "shows name, field and the line that matched" "$out" <<-END
	alpha: description: A Plain Widget
	delta: description: Widgets side by side
	inside: description: Built-in widget
END
says "and counts what could not be read" "$err" '^kmodtui: 1 files of modules could not be read\.$'
rm "$v/modules.dep"
printf 'kernel/alpha.ko: kernel/delta.ko\nkernel/delta.ko:\n' >"$v/modules.dep"
run 0 "search tells upper from lower case when there is any" --root r search Widget
is "so there are fewer" "$(wc -l <"$out" | tr -d ' ')" 2
run 0 "search for an expression" --root r search 'side by|^Built'
same "matches it" "$out" <<-END
	delta: description: Widgets side by side
	inside: description: Built-in widget
END
run 0 "search for several words" --root r search somebody fast delta alpha/fw v00001234
same "wants all, wherever they stand" "$out" <<-END
	alpha: alias: pci:v00001234d*
	alpha: author: Somebody <s@b>
	alpha: depends: delta
	alpha: firmware: alpha/fw.bin
	alpha: parm: speed_limit:how fast
END
run 0 "search for a live name" --root r search gamma
says "finds modules without a file" "$out" '^gamma: name: gamma$'
run 0 "search for a built-in module of no fields" --root r search "^inside$"
rm "$v/modules.builtin.modinfo"
run 0 "search for one without that file" --root r search inside
same "finds it once" "$out" <<-END
	inside: name: inside
END
printf "inside.description=Built-in widget\\000" >"$v/modules.builtin.modinfo"
run 0 "search with a hyphen" --root r search speed-limit
says "is one with an underscore" "$out" '^alpha: parm: '
run 0 "search --json" --root r --json search built-in
same "has hits" "$out" <<-END
	{"schema":1,"hits":[{"name":"inside","field":"description","value":"Built-in widget"}],"unread":0}
END
run 4 "search for what no module says" --root r search nothing-like-it
says "is told" "$err" '^kmodtui: nothing-like-it: No module says that\.$'
run 4 "search looks at no other fields" --root r search '^GPL$'
run 2 "search for nothing" --root r search

# Files that are no modules, whole or in part.  Depmod has to tell of a change, as after a build.
depmod_ran()
{
	printf '%s\n' "$(cat "$v/modules.dep")" >"$tmp/dep" && mv "$tmp/dep" "$v/modules.dep"
}
run 0 "search before the damage" --root r search plain
head -c 300 "$v/kernel/delta.ko" >"$tmp/cut" && cp "$tmp/cut" "$v/kernel/delta.ko"
depmod_ran
run 0 "search through a cut file" --root r search plain
: >"$v/kernel/delta.ko"
depmod_ran
run 0 "search through an empty file" --root r search plain
printf '\177ELF\002\001\001\377\377\377\377\377\377\377\377\377%0512d' 7 >"$v/kernel/delta.ko"
depmod_ran
run 0 "search through rubbish" --root r search plain
says "finds the others" "$out" '^alpha: description: A Plain Widget$'
make_module "$v/kernel/delta.ko" "license=GPL" "description=\033[31mplain"
depmod_ran
run 0 "search --safe" --root r search --safe plain
says "makes control characters visible" "$out" '^delta: description: \\x1b\[31mplain$'
finish
