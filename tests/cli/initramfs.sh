#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What audit, persist and mask know of the image a kernel starts from.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
make_root r
rm r/etc/modprobe.d/x.conf
echo kernel/drivers/delta-one.ko.xz: >>r/lib/modules/6.1.0-test/modules.dep
mkdir r/boot
image=r/boot/initrd.img-6.1.0-test
dir=usr/lib/modules/6.1.0-test/kernel

# pad SIZE: as many zeros as make it a multiple of four
pad()
{
	pad_left=$(((4 - $1 % 4) % 4))
	while [ "$pad_left" -gt 0 ]; do
		printf '@'
		pad_left=$((pad_left - 1))
	done
}

# entry NAME TEXT: one of an archive; an at-sign stands for a zero byte
entry()
{
	printf '070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X' \
		1 33188 0 0 1 0 "${#2}" 0 0 0 0 $((${#1} + 1)) 0
	printf '%s@' "$1"
	pad $((110 + ${#1} + 1))
	printf '%s' "$2"
	pad "${#2}"
}

# archive NAME TEXT...: with its end
archive()
{
	while [ $# -gt 0 ]; do
		entry "$1" "$2"
		shift 2
	done | tr @ '\000'
	entry 'TRAILER!!!' '' | tr @ '\000'
}

zeros() # BYTES
{
	head -c "$1" /dev/zero
}

road() # NAME MODULE REGEX: case: that is what audit says of it
{
	"$KMODTUI" --root r audit "$2" >"$out" 2>"$err"
	says "$1" "$out" "^initramfs +$3\$"
}

image_re='/boot/initrd\.img-6\.1\.0-test'
archive kernel/x86/microcode/GenuineIntel.bin 'not to be run' >early
archive bin/sh '#' "$dir/drivers/delta-one.ko.xz" 'ELF' "$dir/alpha.ko" 'ELF.' \
	usr/lib/modules/6.1.0-other/kernel/beta.ko 'ELF' etc/modprobe.d/b.conf 'options gamma a=1
' >main
cat early main >"$image"
road "a module in an archive that is not packed" alpha "open +$image_re holds kernel/alpha\.ko"
road "- is _" delta_one "open +$image_re holds kernel/drivers/delta-one\.ko\.xz"
road "a name is the whole name" delta "closed +$image_re does not hold it"
road "one of another kernel is none" beta "closed +$image_re does not hold it"

pack() # NAME COMMAND...
{
	pack_name=$1
	shift
	if ! "$1" --version >/dev/null 2>&1 </dev/null; then
		skip "an image packed by $pack_name" "$1 is not installed"
		return 0
	fi
	{
		cat early
		zeros 1024
		"$@" <main
	} >"$image"
	road "an image packed by $pack_name" alpha "open +$image_re holds kernel/alpha\.ko"
	road "and what is not in it" delta "closed +$image_re does not hold it"
	size=$(wc -c <"$image")
	"$@" <main >main.packed
	head -c $(($(wc -c <main.packed) / 2)) main.packed >"$image"
	road "and half of it" delta "unknown +$image_re is damaged, or .*"
	[ "$size" -gt 1024 ] || verdict 1 "$pack_name packed nothing"
}
pack gzip gzip -c
pack xz xz -c --check=crc32
pack lzma xz -c --format=lzma
pack zstd zstd -qc
pack lz4 lz4 -lqc
pack bzip2 bzip2 -c

# Its own configuration.
archive "$dir/alpha.ko" 'ELF' etc/modprobe.d/a.conf 'options alpha x=1
' >"$image"
road "its own settings are named" alpha "open +$image_re holds kernel/alpha\.ko, and its own /etc/modprobe\.d/a\.conf:1 names it"
archive "$dir/alpha.ko" 'ELF' etc/modprobe.d/m.conf '#
install alpha /bin/false
' usr/lib/modprobe.d/m.conf 'options alpha x=1
' >"$image"
road "its own mask closes it" alpha "closed +$image_re holds kernel/alpha\.ko, but its own /etc/modprobe\.d/m\.conf:2 runs \"/bin/false\" instead"
run 1 "audit as JSON" --root r --json audit alpha
says "has the road" "$out" '\{"road":"initramfs","gate":false,"loads":true,"open":false,"by":"/boot/initrd.img-6.1.0-test holds'
mkdir r/etc/initramfs-tools
echo delta >r/etc/initramfs-tools/modules
road "what the next one will hold" delta "closed +$image_re does not hold it; by /etc/initramfs-tools/modules:1 the next one will"
rm r/etc/initramfs-tools/modules

# Settings are written.
run 0 "persist of a module in the image" --root r persist alpha period_ms=5
says "is told what to do" "$err" '^kmodtui: alpha: /boot/initrd.img-6.1.0-test, .* holds kernel/alpha.ko, .* "update-initramfs -u -k 6.1.0-test" makes it anew'
run 0 "nothing new is nothing to tell" --root r persist alpha period_ms=5
lacks "of the image" "$err" initrd
run 0 "mask of two, one in the image" --root r mask alpha delta
says "tells of the one" "$err" '^kmodtui: alpha: /boot/initrd.img'
lacks "and not of the other" "$err" '^kmodtui: delta: /boot/initrd.img'
run 0 "unmask of the one that is not" --root r unmask delta
lacks "tells nothing" "$err" initrd
archive etc/modprobe.d/kmodtui.conf 'options beta x=1
options delta x=1
' >"$image"
run 0 "mask of a module only its settings name" --root r mask delta
says "tells of those" "$err" '^kmodtui: delta: /boot/initrd.img-6.1.0-test, .* its own copy of /etc/modprobe.d/kmodtui.conf, which names it in line 2; '
mv "$image" r/boot/initramfs-6.1.0-test.img
run 0 "where dracut makes the image" --root r unmask delta
says "it is told that way" "$err" '"dracut --force --kver 6.1.0-test" makes it anew'
rm r/boot/initramfs-6.1.0-test.img

# What is no image, or too much of one: each is said, and none takes the command down.
: >"$image"
road "an empty file" delta "unknown +$image_re is empty"
run 0 "persist beside that" --root r persist alpha --boot
says "says so" "$err" 'is not known: /boot/initrd\.img-6\.1\.0-test is empty\. "update-initramfs'
head -c 100 main >"$image"
road "a header that ends" delta "unknown +$image_re is damaged, or .*"
head -c 300 main >"$image"
road "an archive without its end" delta "unknown +$image_re is damaged, or .*"
{
	cat main
	printf 'no such magic'
} >"$image"
road "something else behind it" delta "unknown +$image_re is packed in a way that is not known here"
road "what was found before that counts" alpha "open +$image_re holds kernel/alpha\.ko"
sed 's/00000001000081A4/0000000x000081A4/;s/070701/07070z/' early >"$image"
road "garbage in a header" delta "unknown +$image_re is damaged, or .*"
{
	printf '070701%088d' 0
	printf 'FFFFFFFF00000000x'
} >"$image"
road "a name of four gigabytes" delta "unknown +$image_re is damaged, or .*"
rm "$image"
mkdir "$image"
road "a directory" delta "unknown +$image_re is not a file"
rmdir "$image"
mkfifo "$image"
road "a pipe" delta "unknown +$image_re is not a file"
rm "$image"
if lzop --version >/dev/null 2>&1; then
	skip "a program that is missing" "lzop is installed"
else
	printf '\211LZO\000\015\012' >"$image"
	road "a program that is missing" delta "unknown +$image_re needs the program lzop, which is not installed"
fi

# files COUNT: an archive of so many empty ones
files()
{
	awk -v n="$1" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "07070100000001000081A4%040d%032d0000000800000000f%06d@@@", 0, 0, i
	}' | tr @ '\000'
	archive "$dir/delta.ko" ELF
}
files 100000 >"$image"
road "100,000 files" delta "open +$image_re holds kernel/delta\.ko"
files 200000 >"$image"
road "more than that are not read" delta "unknown +$image_re has far more files than an initramfs has"
zeros 16777216 | gzip -c >zeros.gz
cat zeros.gz zeros.gz zeros.gz zeros.gz >four.gz
{
	gzip -c <main
	cat four.gz four.gz four.gz four.gz four.gz four.gz four.gz four.gz
	gzip -c <main
} >"$image"
road "more than 512 MiB in half a one" delta "unknown +$image_re has more than 512 MiB, and the rest was not read"
road "what was before them counts" alpha "open +$image_re holds kernel/alpha\.ko"
{
	gzip -c <main
	cat four.gz
} >"$image"
cat >keys <<-'END'
	wait idle
	key F3
	type "alpha"
	key Enter a
	expect "Working on alpha"
	key Down
	expect "2 of "
	wait idle 60000
	expect "Can alpha be loaded?"
	expect "initramfs           open     /boot/initrd.img-6.1.0-test holds"
END
run 0 "the console lives on while a child looks into it" --root r --script keys

# A user with hundreds of tasks, as on any desktop, and root when nobody has them: programs that unpack start threads.
crowd_prefix=
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	crowd_prefix='setpriv --reuid=65534 --regid=65534 --clear-groups'
fi
# shellcheck disable=SC2086,SC2016 # a list of words; expanded by that shell
crowd=$($crowd_prefix sh -c 'for i in $(seq 150); do
	sleep 120 >/dev/null &
	echo $!
done')
packed=$tmp/delta.ko.zst
chmod 755 "$tmp"
if zstd --version >/dev/null 2>&1; then
	{
		cat early
		zstd -qc <main
	} >"$image"
	zstd -qc r/lib/modules/6.1.0-test/kernel/delta.ko >"$packed"
	road "a packed image among many tasks" alpha "open +$image_re holds kernel/alpha\.ko"
	run 0 "a packed module among many tasks" info "$packed"
	says "is read" "$out" '^name: +delta'
	# shellcheck disable=SC2086 # a list of words
	$crowd_prefix "$KMODTUI" --root r audit alpha >"$out" 2>"$err"
	says "also by the user who has them" "$out" "^initramfs +open +$image_re holds kernel/alpha\.ko"
else
	skip "packed files among many tasks" "zstd is not installed"
fi
# shellcheck disable=SC2086 # a list of numbers
kill $crowd
finish
