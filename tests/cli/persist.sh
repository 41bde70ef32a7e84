#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui persist, mask and unmask, below a root of their own.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
make_root r
conf=r/etc/modprobe.d/kmodtui.conf
boot=r/etc/modules-load.d/kmodtui.conf

run 0 "a mask, planned" --root r mask --dry-run snd
same "is shown as a difference" "$out" <<-END
	/etc/modprobe.d/kmodtui.conf
	+install snd /bin/false
	+softdep snd pre:
	+blacklist snd
	Nothing was written: this was only the plan.
END
[ ! -e $conf ]
verdict $? "and not written"
run 3 "--readonly forbids it" --root r --readonly mask snd
run 0 "a mask" --root r mask snd
same "is an install line, which stops a load by name, and what it takes to hold" $conf <<-END
	install snd /bin/false
	softdep snd pre:
	blacklist snd
END
says "a name no module has is told" "$err" '^kmodtui: snd: No module of this kernel'
run 0 "masked twice" --root r mask snd
is "is said to be nothing" "$(cat "$out")" "Nothing is to be changed."
run 0 "snd is not snd_pcm" --root r mask snd-pcm
run 0 "when one goes" --root r unmask snd
same "the other stays" $conf <<-END
	install snd_pcm /bin/false
	softdep snd_pcm pre:
	blacklist snd_pcm
END
run 2 "a pattern is no name" --root r mask gamma 'snd*'
is "and nothing is masked then" "$(grep -c gamma $conf)" 0
run 2 "nor is a line of its own" --root r mask "x
install y /bin/sh"
run 0 "a loaded module can be masked" --root r mask alpha
says "and is told to be loaded" "$err" '^kmodtui: alpha: It is loaded'
run 0 "list knows the mask" --root r list --json
says "of the module" "$out" '"name":"alpha","state":"live","masked":true'
run 0 "a mask of somebody else" --root r unmask delta
says "is named" "$err" '^kmodtui: delta: It is still masked, by /etc/modprobe.d/x.conf, line 1,'
echo 'install beta /sbin/begin' >r/etc/modprobe.d/a.conf
cp $conf before
run 1 "a mask that another line defeats is refused" --root r mask beta
says "by the name of the line" "$err" 'beta cannot be masked: /etc/modprobe.d/a.conf, line 1, comes first and wins: .*"/sbin/begin"'
same "and nothing is changed" $conf <before
run 1 "in a plan, too" --root r mask --dry-run beta
run 0 "and all go" --root r unmask snd_pcm alpha beta
[ ! -e $conf ]
verdict $? "with the file"

run 0 "a parameter" --root r persist alpha period_ms=5
is "has its line" "$(cat $conf)" "options alpha period_ms=5"
run 0 "params shows it" --root r params alpha
says "as configured" "$out" '^period_ms .* 5 '
run 0 "two, one with blanks" --root r persist alpha period_ms=6 'key=a b\c'
same "replace and add" $conf <<-'END'
	options alpha period_ms=6 key="a b\\c"
END
run 0 "they are read back" --root r params --json alpha
says "as they were given" "$out" '"configured":"a b\\\\c"'
run 2 "a tab" --root r persist alpha "key=$(printf 'a\tb')"
says "which modprobe would turn into a blank, is refused" "$err" 'alpha: The value of key has a tab in it'
says "and nothing is written" $conf '^options alpha period_ms=6 key="a b..c"$'
run 2 "an unknown parameter" --root r persist alpha nonsense=1
says "is told with the known ones" "$err" 'nonsense.*period_ms'
run 2 "a value with a line end" --root r persist alpha "key=1
install alpha /bin/sh"
run 2 "a value with a double quote" --root r persist alpha 'key=a" b'
is "none of them is written" "$(wc -l <$conf | tr -d ' ')" 1
run 4 "a module that there is not" --root r persist nosuch a=1
run 2 "nothing to keep" --root r persist alpha
echo 'options alpha period_ms=9' >r/etc/modprobe.d/z.conf
run 0 "where another file is read later" --root r persist alpha period_ms=7
says "it is named as the winner" "$err" 'alpha: /etc/modprobe.d/z.conf, line 1, is read later'
rm r/etc/modprobe.d/z.conf
mkdir r/boot
: >r/boot/initrd.img-6.1.0-test
run 0 "at boot" --root r persist alpha --boot
is "has its line in the other file" "$(cat $boot)" alpha
says "with an initial image it is told how to renew it" "$err" 'update-initramfs -u -k 6.1.0-test'
mv r/boot/initrd.img-6.1.0-test r/boot/initramfs-linux.img
run 0 "persist where mkinitcpio makes the image" --root r persist alpha period_ms=77
says "is told that way" "$err" '"mkinitcpio -P" makes it anew'
mv r/boot/initramfs-linux.img r/boot/initrd.img-6.1.0-test
run 0 "one parameter out" --root r persist alpha --remove key
is "leaves the other" "$(cat $conf)" "options alpha period_ms=77"
run 0 "all out, as JSON" --root r persist alpha --remove --json
says "tells file, before and after" "$out" '^\{"schema":1,"file":"etc/modprobe.d/kmodtui.conf","before":"options alpha period_ms=77\\n","after":null,"changes":\[.*\],"result":"written","errno":null,"sentence":null,'
says "of both files" "$out" '\{"file":"etc/modules-load.d/kmodtui.conf","before":"alpha\\n","after":null\}\]'
[ ! -e $conf ] && [ ! -e $boot ]
verdict $? "and both are gone"

ln -s elsewhere.conf $conf
run 1 "a link is not followed" --root r mask alpha
says "and told" "$err" 'is a link'
[ ! -e r/etc/modprobe.d/elsewhere.conf ]
verdict $? "nothing lies behind it"
rm $conf
rm -r r/etc
run 4 "no /etc at all" --root r mask alpha
says "is told" "$err" 'no directory for /etc/modprobe.d/kmodtui.conf'
if [ "$(id -u)" -eq 0 ] && setpriv --version >/dev/null 2>&1; then
	mkdir -p r/etc/modprobe.d
	chmod 755 . r
	setpriv --reuid=65534 --regid=65534 --clear-groups "$KMODTUI" --root r mask alpha >"$out" 2>"$err"
	is "somebody else may not" $? 3
	says "and is told" "$err" 'You may not write /etc/modprobe.d/kmodtui.conf'
else
	skip "somebody else may not" "not root, or without setpriv"
	skip "and is told" "not root, or without setpriv"
fi
finish
