#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui info and params
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
make_root r
make_module one.ko "license=GPL v2" "a_key_longer_than_most=x" "parm=b:second (int)" \
	"parmtype=a:uint" "parm=a:first" "parmtype=c:bool" "description=two\nlines"

# Until kmod 33 modinfo padded a long key by as much as it is too long.
blanks=
! grep -q '^#define MODINFO_PADS_LONG 1' "$BUILDDIR/config.h" || blanks='       '
run 0 "info of a file" info ./one.ko
same "has modinfo's form" "$out" <<-END
	filename:       $tmp/./one.ko
	license:        GPL v2
	a_key_longer_than_most:${blanks}x
	description:    two
	lines
	parm:           c:bool
	parm:           a:first (uint)
	parm:           b:second (int)
END
if PATH=$PATH:/usr/sbin:/sbin modinfo ./one.ko >"$tmp/modinfo.out" 2>"$err"; then
	same "and modinfo's bytes" "$out" <"$tmp/modinfo.out"
else
	skip "and modinfo's bytes" "modinfo is not installed"
fi
run 0 "info --safe" info --safe ./one.ko
says "indents what follows the first line" "$out" '^                lines$'
run 0 "info of a file by its plain name" info one.ko
run 0 "info --json" info --json ./one.ko
same "has fields in their order" "$out" <<-END
	{"schema":1,"modules":[{"name":"one","path":"$tmp/./one.ko","fields":[["license","GPL v2"],["a_key_longer_than_most","x"],["parm","b:second (int)"],["parmtype","a:uint"],["parm","a:first"],["parmtype","c:bool"],["description","two\\\\x0alines"]]}]}
END

run 4 "an unknown name" --root r info nosuch
says "is told" "$err" '^kmodtui: nosuch: There is no such module or file'
run 4 "good and bad names together" --root r info ./one.ko nosuch ./one.ko
is "show the good ones" "$(grep -c '^filename' "$out")" 2
is "and one line for the bad one" "$(wc -l <"$err" | tr -d ' ')" 1
echo text >bad.ko
run 6 "a file that is no module" info ./bad.ko
: >empty.ko
run 6 "an empty file" info ./empty.ko
run 4 "a directory" info ./r
is "and libkmod prints nothing by itself" "$(grep -c libkmod "$err")" 0

make_module evil.ko "license=\033]0;title\007" "description=\342\200\256olleh \233 \303\244"
run 0 "info --safe of hostile fields" info --safe ./evil.ko
says "makes control characters visible" "$out" '^license: +\\x1b\]0;title\\x07$'
says "and bidi and stray bytes, but not letters" "$out" '^description: +\\u\{202E\}olleh \\x9b ä$'
run 0 "info --raw of them" info --raw ./evil.ko
is "leaves them" "$(grep -c "$(printf '\033')" "$out")" 1
run 0 "--ascii" --ascii info --safe ./evil.ko
says "escapes the letters too" "$out" '^description: +\\xe2\\x80\\xaeolleh \\x9b \\xc3\\xa4$'
LC_ALL=C
run 0 "JSON in the C locale" info --json ./evil.ko
LC_ALL=C.UTF-8
says "is UTF-8 all the same" "$out" 'ä"'

run 0 "params" --root r params alpha
says "has a line of titles" "$out" '^NAME +TYPE +MODE +LIVE +AT-LOAD +DESCRIPTION$'
says "shows the live value" "$out" '^period_ms +- +0644 +1000 +- +-$'
says "and not what can not be read" "$out" '^key +- +0200 +- '
echo 'options alpha period_ms=7' >r/etc/modprobe.d/a.conf
echo 'quiet alpha.period_ms=8' >r/proc/cmdline
run 0 "params --json" --root r params --json alpha
says "has what the configuration gives" "$out" '\{"name":"period_ms","type":null,"mode":"0644","value":"1000","configured":"7","cmdline":"8","description":null\}'
says "null for what is unreadable" "$out" '\{"name":"key","type":null,"mode":"0200","value":null,'
run 4 "params of an unknown module" --root r params nosuch
if PATH=$PATH:/usr/sbin:/sbin depmod -b r 6.1.0-test 2>"$err"; then
	run 0 "params of a module on disk" --root r params alpha
	says "has type and description" "$out" '^period_ms +uint +0644 +1000 +8 +time between two events$'
	run 0 "info by name" --root r info alpha
	says "finds the file below the root" "$out" "^filename: +/.*/r/lib/modules/6.1.0-test/kernel/alpha.ko$"
else
	for name in "params of a module on disk" "has type and description" "info by name" \
		"finds the file below the root"; do
		skip "$name" "depmod is not installed"
	done
fi
finish
