#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tui/lab/lab on this side of the machine: odd names of folders, a full disk, an end by a signal.  No machine is booted: a script
# stands for QEMU, reads its options as QEMU does, and writes what the guest would.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

lab=${LAB:-$SRCDIR/tui/lab/lab}
PATH=$PATH:/usr/sbin:/sbin
for program in busybox kmod dash ldd df; do
	if ! command -v $program >/dev/null; then
		skip "the lab without a machine" "$program is not installed"
		finish
	fi
done

make_cache() # DIR: with a kernel that nobody starts
{
	mkdir -p "$1/kmodtui/lab/kernels/6.1.0-test/lib/modules/6.1.0-test/kernel"
	(
		cd "$1/kmodtui/lab/kernels/6.1.0-test" || exit
		: >vmlinuz
		: >modules.disk
		for index in dep alias symbols builtin order; do
			: >lib/modules/6.1.0-test/modules.$index
		done
		printf 'kernel/virtio_blk.ko:\n' >lib/modules/6.1.0-test/modules.dep
		: >lib/modules/6.1.0-test/kernel/virtio_blk.ko
		echo kernel/virtio_pci.ko >lib/modules/6.1.0-test/modules.builtin
		depmod -b . 6.1.0-test 2>/dev/null
	)
}

mkdir "$tmp/bin" "$tmp/some"
cat >"$tmp/bin/qemu-system-x86_64" <<-'END'
	#!/bin/sh
	# A list's values end at a comma, two of them are one: QEMU's -chardev and -drive.
	value() # LIST NAME
	{
		printf '%s\n' "$1" | sed 's/,,/\x01/g' | tr , '\n' | sed -n "s/^$2=//p" | tr '\001' ,
	}
	here=${0%/*}
	log=
	while [ $# -gt 0 ]; do
		case $1 in
		-serial) [ -n "$log" ] && verdict=${2#file:}; log=${log:-${2#file:}}; shift ;;
		-chardev)
			value "$2" path >>"$here/paths"
			case $2 in *id=out*) output=$(value "$2" path) ;; esac
			shift
			;;
		-drive) value "$2" file >>"$here/paths"; shift ;;
		-initrd) cp "$2" "$here/initrd"; shift ;;
		esac
		shift
	done
	echo "Linux version 6.1.0-test" >"$log"
	printf 'init\ncommand\n' >"$verdict"
	if [ -f "$here/fill" ]; then
		cat /dev/zero >>"$log" 2>/dev/null
	fi
	[ ! -f "$here/stay" ] || { echo started >"$output"; exec sleep 60; }
	cat "$here/verdict" >>"$verdict"
END
chmod +x "$tmp/bin/qemu-system-x86_64"
PATH=$tmp/bin:$PATH
echo 'status 3' >"$tmp/bin/verdict"
echo "a file" >"$tmp/some/file"

lab_run() # STATUS NAME ARGUMENT...
{
	lab_wanted=$1
	lab_name=$2
	shift 2
	rm -f "$tmp/bin/paths"
	"$lab" run --kernel 6.1.0-test "$@" >"$out" 2>"$err" </dev/null
	lab_got=$?
	[ "$lab_got" -eq "$lab_wanted" ]
	verdict $? "$lab_name"
	[ "$lab_got" -eq "$lab_wanted" ] || { echo "# status $lab_got"; show "$err"; }
}

has() # NAME PATH TEXT: case: the initramfs has the file
{
	rm -rf "$tmp/unpacked"
	mkdir "$tmp/unpacked"
	# An archive behind another: what cpio makes of the first ends where the second begins.
	(cd "$tmp/unpacked" && busybox cpio -i -d 2>/dev/null <"$tmp/bin/initrd"
		tail -c +$(($(wc -c <"$(find "$XDG_CACHE_HOME/kmodtui/lab/parts" -name '6.1.0-test-*')") + 1)) "$tmp/bin/initrd" |
			busybox cpio -i -d -u 2>/dev/null)
	is "$1" "$(cat "$tmp/unpacked/$2" 2>&1)" "$3"
}

# Names with everything in them that means something to somebody.
# shellcheck disable=SC2016,SC2089,SC2090 # as they are
for odd in 'a=b' 'c,d' ' two  words' 'a=/b=c,,d "100%s\back$HOME'; do
	rm -rf "$tmp/odd"
	mkdir -p "$tmp/odd/$odd/runs"
	make_cache "$tmp/odd/$odd"
	cp "$tmp/some/file" "$tmp/odd/$odd/x=y"
	XDG_CACHE_HOME=$tmp/odd/$odd TMPDIR=$tmp/odd/$odd/runs
	export XDG_CACHE_HOME TMPDIR
	lab_run 3 "folders called \"$odd\"" --add "$tmp/odd/$odd/x=y=/kmt/put" --add "$tmp/odd/$odd/x=y" -- true
	is "QEMU is told where its files are" "$(sort -u "$tmp/bin/paths" | grep -cF "$tmp/odd/$odd/")" 3
	has "the file is where it was to be" kmt/put "a file"
	has "also the one without another place" "kmt/x=y" "a file"
	has "and so are the modules that reach the host" kmt/early/order virtio_blk.ko
	is "nothing of it is left" "$(ls "$TMPDIR")" ""
done

unset TMPDIR
XDG_CACHE_HOME=$tmp/cache
TMPDIR=$tmp/runs
export TMPDIR
mkdir "$TMPDIR"
make_cache "$XDG_CACHE_HOME"
printf 'status 0\nstatus 1\n' >"$tmp/bin/verdict"
lab_run 0 "of two verdicts the first counts" -- true
echo 'status 3' >"$tmp/bin/verdict"
# libkmod 34 opens what it needs for packed modules by itself, which ldd does not know.
mkdir "$tmp/libs"
for name in libkmod.so.2 liblzma.so.5 libzstd.so.1; do echo "$name" >"$tmp/libs/$name"; done
echo "a program" >"$tmp/some/tool"
cat >"$tmp/bin/ldd" <<-END
	#!/bin/sh
	[ "\$1" = "$tmp/some/tool" ] || exec "$(command -v ldd)" "\$@"
	echo "	libkmod.so.2 => $tmp/libs/libkmod.so.2 (0x00007f0000000000)"
END
chmod +x "$tmp/bin/ldd"
lab_run 3 "a program with libkmod" --add "$tmp/some/tool" -- true
has "has that library" "${tmp#/}/libs/libkmod.so.2" libkmod.so.2
has "and those that it opens by itself" "${tmp#/}/libs/liblzma.so.5" liblzma.so.5
has "each of them" "${tmp#/}/libs/libzstd.so.1" libzstd.so.1
lab_run 125 "a file that is not there" --add "$tmp/none=/x" -- true
says "is said" "$err" '/none is not there'

# A disk that is full, at each of the times when something is written.
in_small() # KIB COMMAND...: with $tmp/small as a disk of its own
{
	small_kib=$1
	shift
	mkdir -p "$tmp/small"
	# shellcheck disable=SC2016 # for the shell below
	unshare -m $map sh -c 'mount -t tmpfs -o "size=${1}k,mode=777" none "$2" || exit 77
		shift 2
		"$@"' sh "$small_kib" "$tmp/small" "$@"
}
map=
[ "$(id -u)" -eq 0 ] || map=-r
# shellcheck disable=SC2016 # for the shells in it
if in_small 100 true 2>/dev/null; then
	dd if=/dev/urandom of="$tmp/some/large" bs=1M count=6 2>/dev/null
	export tmp lab
	for kib in 4 3000 9000 20000; do
		: >"$out"
		in_small $kib sh -c 'TMPDIR=$tmp/small "$lab" run --kernel 6.1.0-test --add "$tmp/some/large" -- true' >"$out" 2>"$err" </dev/null
		is "a disk of $kib KiB is too small" "$?" 125
		says "what, where and how much is said in one line" "$err" \
			'^lab: .*(No space left on device.*About [0-9]+ MiB are needed, and [0-9]+ MiB are free in .*/small \(set TMPDIR|kmodtui-lab|mktemp)'
	done
	: >"$tmp/bin/fill"
	in_small 90000 sh -c 'TMPDIR=$tmp/small "$lab" run --kernel 6.1.0-test -- true' >"$out" 2>"$err" </dev/null
	is "a log that could not be written to its end is no verdict" "$?" 122
	says "and that is said" "$err" '^lab: the disk is full, and what the machine said is not known'
	rm "$tmp/bin/fill"
	in_small 4 sh -c 'head -c 10000 /dev/zero >"$tmp/small/x" 2>/dev/null
		"$lab" run --kernel 6.1.0-test --log "$tmp/small/log" -- true' >"$out" 2>"$err" </dev/null
	is "nor is one that could not be copied" "$?" 122
	in_small 3000 sh -c 'cp -R "$tmp/cache/kmodtui" "$tmp/small"; rm -rf "$tmp/small/kmodtui/lab/parts"
		XDG_CACHE_HOME=$tmp/small "$lab" run --kernel 6.1.0-test -- true' >"$out" 2>"$err" </dev/null
	is "a cache on such a disk" "$?" 125
	says "is said to be it" "$err" '^lab: .*No space left on device.*/small/kmodtui/lab \(set XDG_CACHE_HOME'
else
	skip "a full disk" "a mount of one's own is not allowed"
fi

# Ended by a signal it ends by it, so that a loop it stands in ends, too.
: >"$tmp/bin/stay"
for number in 1 2 15; do
	printf 'wait started\nsignal %d\n' $number |
		"$BUILDDIR/tests/screen/pty" 80x24 "$tmp/stream" "$lab" run --kernel 6.1.0-test -- true >"$out" 2>"$err"
	says "signal $number ends it" "$out" "^signal $number\$"
	is "and what it has made is gone" "$(ls "$TMPDIR")" ""
done
finish
