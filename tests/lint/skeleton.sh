#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every module has the parts of kmt_hello in the order of kmt_hello, and its papers; every file
# says its licence.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

# The file of a topic that has init and exit; kmt_TOPIC.c unless the module is made of several.
main_file()
{
	grep -l '^module_init(' "modules/$1"/*.c 2>/dev/null | head -n 1
}

topics=$(sed -n 's,^obj-.*+= *\([a-z]*\)/$,\1,p' modules/Kbuild)

# The first line of each part; a part may be missing where hello-like modules can do without it.
order()
{
	awk -v file="$1" '
	function part(name, wanted, line)
	{
		if (!line) {
			if (wanted)
				print file ": has no " name
			return
		}
		if (line < reached)
			print file ":" line ": " name " stands before " before
		reached = line
		before = name
	}
	FNR == 1 && /^\/\/ SPDX-License-Identifier: GPL-2.0-or-later$/ { spdx = 1 }
	FNR == 2 && /^\/\*/ { comment = 2 }
	/^ \* What it shows:/ && !shows { shows = FNR }
	/^ \* Try it:/ && !try { try = FNR }
	/^ \* Where the kernel does the same:/ && !same { same = FNR }
	/^#define pr_fmt/ && !fmt { fmt = FNR }
	/^#include/ && !include { include = FNR }
	/^\/\*?.*Parameters/ && !params { params = FNR }
	/^\/\* State/ && !state { state = FNR }
	/^\/\* Operations/ && !operations { operations = FNR }
	/^\/\* Tables?/ && !tables { tables = FNR }
	/__init [a-z_]+_init\(void\)/ { init = FNR }
	/__exit [a-z_]+_exit\(void\)/ { exits = FNR }
	/^module_init\(/ { minit = FNR }
	/^module_exit\(/ { mexit = FNR }
	/^MODULE_DESCRIPTION\(/ { description = FNR }
	/^MODULE_AUTHOR\(/ { author = FNR }
	/^MODULE_LICENSE\("GPL"\)/ { license = FNR }
	END {
		part("SPDX line", 1, spdx)
		part("header comment", 1, comment)
		part("\"What it shows:\"", 1, shows)
		part("\"Try it:\"", 1, try)
		part("\"Where the kernel does the same:\"", 1, same)
		part("pr_fmt", 1, fmt)
		part("#include", 1, include)
		part("parameters", 1, params)
		part("state", 0, state)
		part("operations", 0, operations)
		part("tables", 0, tables)
		part("init function", 1, init)
		part("exit function", 1, exits)
		part("module_init()", 1, minit)
		part("module_exit()", 1, mexit)
		part("MODULE_DESCRIPTION()", 1, description)
		part("MODULE_AUTHOR()", 1, author)
		part("MODULE_LICENSE()", 1, license)
	}' "$1"
}

law "the parts stand in the order of kmt_hello" "$(for topic in $topics; do
	file=$(main_file "$topic")
	if [ -n "$file" ]; then
		order "$file"
	else
		echo "modules/$topic: no file has module_init()"
	fi
done)"

law "every parameter has a description" "$(for topic in $topics; do
	sed -n 's/^module_param[a-z_]*(\([a-z_0-9]*\),.*/\1/p' "modules/$topic"/*.c |
		while IFS= read -r name; do
			grep -q "^MODULE_PARM_DESC($name," "modules/$topic"/*.c ||
				echo "modules/$topic: $name has no MODULE_PARM_DESC()"
		done
done)"

law "every parameter is in the man page" "$(for topic in $topics; do
	sed -n 's/^module_param[a-z_]*(\([a-z_0-9]*\),.*/\1/p' "modules/$topic"/*.c |
		while IFS= read -r name; do
			grep -qE "^[.](BI|B|IR|I|BR) $name(=|$| )" "docs/kmt_$topic.4" ||
				echo "docs/kmt_$topic.4: $name is not there"
		done
done)"

# "%p" itself prints a hash, but is of no use to anybody either.
law "no module prints an address" "$(grep -nE '%[0-9]*p($|[^A-Za-z]|[xK])' modules/*/*.[ch])"

# A program has nothing but the file and what the kernel gives to programs.
compiler=$(command -v "${CC##* }" || command -v cc || command -v gcc)
name="headers for programs stand alone"
if [ -n "$compiler" ]; then
	law "$name" "$(for header in modules/include/kmt/*.h; do
		echo "#include \"$top/$header\"" |
			"$compiler" -std=c99 -pedantic -Wall -Wextra -Werror -fsyntax-only -x c - 2>&1
	done)"
else
	skip "$name" "there is no C compiler"
fi

# As they are installed, and as programs built once rely on them: with the numbers and places of
# tests/vm/NAME_layout.h, for 64 bits and, where the compiler can, for 32: the kernel's headers are the same.
name="installed headers have the layout that programs rely on"
if [ -n "$compiler" ] && [ -f "${BUILDDIR:-.}/Makefile" ]; then
	tmp=$(mktemp -d) || exit 99
	law "$name" "$({
		env -u MAKEFLAGS -u MAKELEVEL make -s -C "${BUILDDIR:-.}" install-kmtincludeHEADERS DESTDIR="$tmp" >"$tmp/log" 2>&1 ||
			cat "$tmp/log"
		for header in modules/include/kmt/*.h; do
			topic=$(basename "$header" .h)
			installed=$(find "$tmp" -path "*/include/kmt/$topic.h")
			set -- -I "${installed%/kmt/*}" -std=c11 -pedantic -Wall -Wextra -Werror -fsyntax-only -x c -
			layout=$(printf '#include <%s>\n' "kmt/$topic.h" "$top/tests/vm/${topic}_layout.h")
			echo "$layout" | "$compiler" "$@"
			set -- -m32 -idirafter "/usr/include/$("$compiler" -print-multiarch)" "$@"
			if echo '#include <linux/types.h>' | "$compiler" "$@" 2>/dev/null; then
				echo "$layout" | "$compiler" "$@"
			fi
		done
	} 2>&1)"
	rm -rf "$tmp"
else
	skip "$name" "there is no C compiler, or no build tree"
fi

law "every module has a README, a man page and a test" "$(for topic in $topics; do
	for file in "modules/$topic/README" "docs/kmt_$topic.4" "tests/vm/kmt_$topic.sh"; do
		[ -f "$file" ] || echo "$file is missing"
	done
done)"

law "every probe of m4/kmt_features.m4 has a shim in modules/compat.h, and no shim is without" "$({
	sed -n 's/^KMT_PROBE(\[\([A-Z_]*\)\].*/\1/p' m4/kmt_features.m4 | sort -u
	sed -n 's/.*KMT_HAVE_\([A-Z_]*\).*/\1/p' modules/compat.h | sort -u
} | sort | uniq -u)"

law "no module asks for a version of the kernel" "$(tracked 'modules/*.[ch]' |
	xargs grep -nE 'LINUX_VERSION_CODE|KERNEL_VERSION|linux/version\.h')"

law "the licence stands on top of every source file" "$(tracked '*.[chSs]' '*.sh' '*.awk' '*.mk' '*.ac' \
	'*.am' '*.m4' '*Kbuild' | while IFS= read -r file; do
	case $file in
	modules/*.c) wanted='// SPDX-License-Identifier: GPL-2.0-or-later' ;;
	*.[chSs]) wanted='/\* SPDX-License-Identifier: GPL-2.0-or-later \*/' ;;
	*) wanted='.*SPDX-License-Identifier: GPL-2.0-or-later' ;;
	esac
	head -n 2 "$file" | grep -qx "$wanted" || echo "$file:1: no SPDX-License-Identifier"
done)"
finish
