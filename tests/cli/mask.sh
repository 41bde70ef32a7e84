#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A mask holds: modprobe ignores the install line of a module that has soft dependencies, and of several lines of one
# kind takes the first by the names of the files.  What modprobe itself would do stands beside what kmodtui says.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

PATH=$PATH:/usr/sbin:/sbin
cd "$tmp" || exit 99
for program in depmod modprobe; do
	if ! command -v $program >/dev/null; then
		skip "masks" "$program is not installed"
		finish
	fi
done

make_root r
dir=r/lib/modules/6.1.0-test
conf=r/etc/modprobe.d/kmodtui.conf
rm "$dir"/kernel/*.ko r/etc/modprobe.d/*
: >r/proc/modules
make_module $dir/kernel/helper.ko license=GPL name=helper
make_module $dir/kernel/srv.ko license=GPL name=srv "softdep=pre: helper"
make_module $dir/kernel/late.ko license=GPL name=late "softdep=post: platform:helper64"
make_module $dir/kernel/plain.ko license=GPL name=plain
make_module $dir/kernel/other.ko license=GPL name=other alias=platform:helper64
depmod -b r 6.1.0-test 2>"$err" || exit 99

# would NAME: what modprobe does, "load" or the command it runs instead
would()
{
	modprobe -d r -S 6.1.0-test -C r/etc/modprobe.d -n -v "$1" 2>&1 | sed -n \
		-e "s#^insmod .*/$1\\.ko.*#load#p" -e 's/^install \(.*[^ ]\) *$/\1/p'
}

# What is masked is so to modprobe, to list and to audit; and an unmasked one is not.
for name in srv late plain; do
	run 0 "$name is masked" --root r mask $name
	is "to modprobe" "$(would $name)" /bin/false
	run 0 "to the list" --root r list --all --state masked -o name
	says "as well" "$out" "^$name\$"
	run 0 "to audit, but for insmod" --root r audit --ignore file $name
	says "by that line" "$out" '^command +closed +/etc/modprobe\.d/kmodtui\.conf:[0-9]+ runs "/bin/false" instead$'
	run 0 "and no more" --root r unmask $name
	is "to modprobe" "$(would $name)" load
	[ ! -e $conf ]
	verdict $? "with nothing left behind"
done

# An install line that modprobe ignores masks nothing.
echo 'install srv /bin/false' >r/etc/modprobe.d/disable.conf
is "modprobe ignores the line" "$(would srv)" load
run 0 "the list does, too" --root r list --all --state masked -o name
lacks "and so does not show it" "$out" srv
run 7 "so does audit" --root r audit --ignore file srv
says "which says why" "$out" '^command +open +modprobe srv; its soft dependencies switch /etc/modprobe\.d/disable\.conf:1 off$'
run 0 "mask makes the line hold" --root r mask srv
is "to modprobe" "$(would srv)" /bin/false
run 0 "unmask leaves the line" --root r unmask srv
is "which is ignored again" "$(would srv)" load
# A line whose soft dependencies lead nowhere is none.
echo 'softdep plain pre: nosuch' >r/etc/modprobe.d/none.conf
echo 'install plain /bin/false' >>r/etc/modprobe.d/disable.conf
is "modprobe honours an install line beside it" "$(would plain)" /bin/false
run 0 "and the list" --root r list --all --state masked -o name
says "as well" "$out" '^plain$'
rm r/etc/modprobe.d/*

# What comes before our file wins; a mask that does not hold is refused, and leaves the file as it was.
echo 'softdep srv pre: helper' >r/etc/modprobe.d/a.conf
run 0 "a mask of another module" --root r mask plain
cp $conf before
run 1 "a mask that an earlier softdep line defeats" --root r mask srv
says "is refused with that line" "$err" '^kmodtui: srv cannot be masked: /etc/modprobe\.d/a\.conf, line 1, gives it soft dependencies'
same "nothing is changed" $conf <before
run 1 "of two of which one cannot be masked" --root r mask other srv
same "neither is" $conf <before
run 1 "a plan says so, too" --root r mask --dry-run srv
mv r/etc/modprobe.d/a.conf r/etc/modprobe.d/z.conf
run 0 "a later line does not defeat it" --root r mask srv
is "to modprobe" "$(would srv)" /bin/false
rm r/etc/modprobe.d/*
echo 'softdep sr* pre: helper' >r/etc/modprobe.d/a.conf
run 1 "nor a pattern before it" --root r mask srv
rm r/etc/modprobe.d/*

# A file that only root may read counts as well.
echo 'install plain /bin/false' >r/etc/modprobe.d/own.conf
chmod 600 r/etc/modprobe.d/own.conf
run 0 "audit of a mask in a file of root's own" --root r audit --ignore file plain
run 0 "the list" --root r list --all --state masked -o name
says "has it" "$out" '^plain$'
: >$conf
chmod 640 $conf
run 0 "and our own file may be such a one" --root r mask other
is "to modprobe" "$(would other)" /bin/false
rm r/etc/modprobe.d/*

# What a module recommends is brought in even by an install line that modprobe ignores.
echo 'install srv /bin/true' >r/etc/modprobe.d/cis.conf
run 7 "audit of what it recommends" --root r audit --ignore file,command helper
says "the soft dependency leads to it" "$out" '^softdep +open +srv$'
printf 'softdep srv pre:\n' >>r/etc/modprobe.d/cis.conf
run 0 "but not by one that holds" --root r audit --ignore file,command helper
says "the soft dependency is gone" "$out" '^softdep +closed '
says "which is told" "$out" '^No road that counts leads to helper\.$'
finish
