#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The three kinds of kmod that tests preload (kinds.c): each does with install lines and soft dependencies
# what its name says, and the first does what the libkmod of this machine does.
# shellcheck source=tests/cli/tap.sh
. "$SRCDIR/tests/cli/tap.sh"

PATH=$PATH:/usr/sbin:/sbin
version=6.1.0-test
tree=$tmp/root/lib/modules/$version
conf=$tmp/conf

if ! command -v depmod >/dev/null; then
	skip "three kinds of kmod" "depmod is not installed"
	finish
fi

mkdir -p "$tree/kernel" "$conf"
for name in srv helper later; do
	make_module "$tree/kernel/$name.ko" license=GPL "name=$name"
done
: >"$tree/modules.order"
: >"$tree/modules.builtin"
depmod -b "$tmp/root" "$version" 2>"$err"
verdict $? "a tree of three modules has an index"

# would KIND: what a load of srv does, a word each
would()
{
	case $1 in
	plain) "$BUILDDIR/tests/diff/probe" "$tree" "$conf" srv ;;
	*)
		# The sanitizers of the probe do not like a library before theirs.
		ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD="$BUILDDIR/tests/diff/kinds.so" KMT_KMOD_KIND=$1 \
			"$BUILDDIR/tests/diff/probe" "$tree" "$conf" srv
		;;
	esac | sed 's,^insmod .*/\([^/]*\)\.ko *$,\1,; s,^install .*,command,' | tr '\n' ' '
}

# expect NAME FIRST MERGED INSTALL: what each kind does
expect()
{
	is "$1: kmod as it is" "$(would plain)" "$2"
	is "$1: the first line counts" "$(would first)" "$2"
	is "$1: the same by our walk" "$(would again)" "$2"
	is "$1: lines are merged" "$(would merged)" "$3"
	is "$1: install lines are honoured" "$(would install)" "$4"
}

cat >"$conf/x.conf" <<'END'
install srv /bin/false
END
expect "an install line" "command " "command " "command "
cat >"$conf/x.conf" <<'END'
install srv /bin/false
softdep srv pre: helper
softdep srv post: later
END
expect "and soft dependencies" "helper srv " "helper srv later " "helper command "
echo 'softdep srv pre:' >"$conf/a.conf"
expect "and an empty line before them" "command " "helper srv later " "command "

# What kmodtui makes of each: a mask that holds, and one that cannot.
kmodtui_of() # KIND ARGUMENT...: its status; its words stay in $out and $err
{
	kind=$1
	shift
	ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD="$BUILDDIR/tests/diff/kinds.so" KMT_KMOD_KIND=$kind \
		"$KMODTUI" --root "$tmp/root" "$@" >"$out" 2>"$err" </dev/null
	echo $?
}

command_of() # KIND: whether audit says that modprobe srv loads it
{
	kmodtui_of "$1" audit srv >/dev/null
	awk '$1 == "command" { print $2 }' "$out"
}

masked_of() # KIND: how often the list has it as masked
{
	kmodtui_of "$1" list --all --state masked -o name >/dev/null
	grep -c '^srv$' "$out"
}

mkdir -p "$tmp/root/etc/modprobe.d" "$tmp/root/proc/sys/kernel"
echo "$version" >"$tmp/root/proc/sys/kernel/osrelease"
: >"$tmp/root/proc/modules"
ours=$tmp/root/etc/modprobe.d/kmodtui.conf
for each in first install merged; do
	rm -f "$tmp/root/etc/modprobe.d"/*
	printf 'install srv /bin/false\nsoftdep srv pre: helper\n' >"$tmp/root/etc/modprobe.d/z.conf"
	case $each in
	install) wanted="closed 1" ;;
	*) wanted="open 0" ;;
	esac
	is "$each: an install line of somebody else" "$(command_of $each) $(masked_of $each)" "$wanted"
	status=$(kmodtui_of $each mask srv)
	case $each in
	merged)
		is "$each: a mask that cannot hold is not called one" "$status $(command_of $each) $(masked_of $each)" "1 open 0"
		[ ! -e "$ours" ]
		verdict $? "$each: and is not written"
		;;
	*)
		is "$each: a mask holds" "$status $(command_of $each) $(masked_of $each)" "0 closed 1"
		is "$each: and goes" "$(kmodtui_of $each unmask srv) $(command_of $each) $(masked_of $each)" "0 $wanted"
		;;
	esac
done
finish
