#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Builds a kernel that looks for bugs, from Debian's source, and puts it where tui/lab/lab finds
# kernels.  The options are the fragments of kconfig/: base, debug-common, kasan, and small, which
# takes out again what no module of ours needs.
#
#	tests/debug/kernel.sh build	builds what is missing, and prints the kernel's release
#	tests/debug/kernel.sh release	prints it when the kernel is there; else status 1
#	tests/debug/kernel.sh tree	prints the tree to build modules against; else status 1
#
# All of it lies in the cache, below debug/ of the lab's.  The release carries a checksum of the
# fragments, so other options make another kernel.  A build that was ended goes on where it was.
# From the environment: JOBS, two unless given; NICE, 19 unless given.

set -u

SERIES=6.1
FRAGMENTS='base debug-common kasan small'
NEEDED='KASAN PROVE_LOCKING DEBUG_ATOMIC_SLEEP DEBUG_KMEMLEAK DEBUG_OBJECTS_TIMERS DEBUG_OBJECTS_WORK
	FAILSLAB FAIL_PAGE_ALLOC FAULT_INJECTION_USERCOPY VIRTIO_BLK VIRTIO_CONSOLE EXT2_FS MODULE_UNLOAD'
HERE=$(dirname "$(readlink -f "$0")")
LAB=$(readlink -f "$HERE/../../tui/lab")/lab
CACHE=${XDG_CACHE_HOME:-${HOME:?neither XDG_CACHE_HOME nor HOME says where the cache is}/.cache}/kmodtui/lab
WORK=$CACHE/debug

fail()
{
	echo "kernel.sh: $*" >&2
	exit 1
}

quiet()
{
	nice -n "${NICE:-19}" "$@"
}

need()
{
	command -v "$1" >/dev/null 2>&1 ||
		fail "$1 is not installed. On Debian: apt-get install --no-install-recommends $2"
}

# The release is kernel version, kind and checksum: 6.1.192-k1-0123abcd.
fragments_sum()
{
	for fragment in $FRAGMENTS; do
		cat "$HERE/kconfig/$fragment.config" || exit 1
	done | sha256sum | cut -c 1-8
}

# built: the release of the newest such kernel in the cache
built()
{
	sum=$(fragments_sum)
	for disk in "$CACHE/kernels"/*-k1-"$sum"/modules.disk; do
		[ ! -f "$disk" ] || basename "$(dirname "$disk")"
	done | sort -V | tail -n 1 | grep .
}

# ---- the source ------------------------------------------------------------------------------

# Files that no option of ours can reach; without them unpacking takes half the time.
EXCLUDE='Documentation/*/* drivers/gpu/*.[ch] drivers/media/*.[ch] drivers/net/ethernet/*.[ch]
	drivers/net/wireless/*.[ch] drivers/staging/*.[ch] sound/*.[ch] tools/perf/* tools/testing/*'

unpack_source()
{
	(
		cd "$1" || exit 1
		apt-get -qq -o APT::Sandbox::User="$(id -un)" download "linux-source-$SERIES" || exit 1
		dpkg -x ./*.deb deb && rm ./*.deb && mkdir tree || exit 1
		set -f
		for pattern in $EXCLUDE; do
			set -- "$@" "--exclude=*/$pattern"
		done
		shift
		set +f
		quiet tar -C tree --strip-components=1 "$@" -xf "deb/usr/src/linux-source-$SERIES.tar.xz"
	)
}

source_get()
{
	need apt-get apt
	need dpkg dpkg
	need xz xz-utils
	package=$(apt-cache show "linux-source-$SERIES" 2>/dev/null | sed -n 's/^Version: //p' | sort -V | tail -n 1)
	[ -n "$package" ] || fail "apt knows no linux-source-$SERIES. Run apt-get update first."
	SOURCE=$WORK/linux-source-${SERIES}_$package
	[ ! -d "$SOURCE" ] || return 0
	echo "unpacking linux-source-$SERIES $package" >&2
	NEW=$(mktemp -d "$WORK/.new.XXXXXX") || exit 1
	trap 'rm -rf "$NEW"' EXIT
	trap 'exit 1' HUP INT TERM
	unpack_source "$NEW" >&2 || fail "linux-source-$SERIES can not be had"
	mv -T "$NEW/tree" "$SOURCE" 2>/dev/null || [ -d "$SOURCE" ] || fail "$SOURCE can not be made"
	rm -rf "$NEW"
	trap - EXIT HUP INT TERM
}

# ---- the kernel ------------------------------------------------------------------------------

configure()
{
	[ ! -f "$TREE/.config.done" ] || return 0
	set --
	for fragment in $FRAGMENTS; do
		set -- "$@" "$HERE/kconfig/$fragment.config"
	done
	mkdir -p "$TREE"
	make -s -C "$SOURCE" O="$TREE" allnoconfig || return
	(cd "$TREE" && sh "$SOURCE/scripts/kconfig/merge_config.sh" -m -O . .config "$@") >"$TREE/merge.log" || return
	echo "CONFIG_LOCALVERSION=\"-k1-$SUM\"" >>"$TREE/.config"
	make -s -C "$TREE" olddefconfig || return
	for option in $NEEDED; do
		grep -q "^CONFIG_$option=y" "$TREE/.config" || fail "the configuration has no $option"
	done
	: >"$TREE/.config.done"
}

compile()
{
	echo "building $RELEASE; its log is $TREE/build.log" >&2
	quiet make -C "$TREE" -j"${JOBS:-2}" bzImage modules >"$TREE/build.log" 2>&1 ||
		{ tail -n 15 "$TREE/build.log" >&2; fail "the build failed"; }
	[ "$(cat "$TREE/include/config/kernel.release")" = "$RELEASE" ] || fail "this is not $RELEASE"
}

# publish: what lab expects of a kernel: vmlinuz, config, its modules, and these as a disk.  There
# is no unpacked kernel: with KASAN it dies where QEMU would start it.
publish()
{
	NEW=$(mktemp -d "$CACHE/kernels/.new.XXXXXX") || exit 1
	cp "$TREE/arch/x86/boot/bzImage" "$NEW/vmlinuz" && cp "$TREE/.config" "$NEW/config" || exit 1
	make -s -C "$TREE" INSTALL_MOD_PATH="$NEW" modules_install >>"$TREE/build.log" 2>&1 || exit 1
	modules=$NEW/lib/modules/$RELEASE
	rm -f "$modules/build" "$modules/source"
	mkdir -p "$modules/kernel"
	size=$(du -sk --apparent-size "$modules/kernel" | cut -f 1)
	mke2fs -q -t ext2 -b 4096 -m 0 -L modules -d "$modules/kernel" "$NEW/modules.disk" $((size + size / 16 + 24576))k &&
		depmod -b "$NEW" "$RELEASE" && chmod 755 "$NEW" || exit 1
	mv -T "$NEW" "$CACHE/kernels/$RELEASE" 2>/dev/null || rm -rf "$NEW"
}

build()
{
	for tool in gcc:gcc make:make flex:flex bison:bison bc:bc depmod:kmod mke2fs:e2fsprogs; do
		need "${tool%:*}" "${tool#*:}"
	done
	mkdir -p "$WORK" "$CACHE/kernels" || exit 1
	SUM=$(fragments_sum)
	source_get
	RELEASE=$(make -s -C "$SOURCE" kernelversion)-k1-$SUM
	TREE=$WORK/$RELEASE
	if [ ! -f "$CACHE/kernels/$RELEASE/modules.disk" ]; then
		configure || fail "the kernel can not be configured"
		compile
		publish
	fi
	"$LAB" path --kernel "$RELEASE" >/dev/null || exit 1
	echo "$RELEASE"
}

case ${1:-} in
build) build ;;
release) built ;;
tree)
	release=$(built) && [ -f "$WORK/$release/Module.symvers" ] || exit 1
	echo "$WORK/$release"
	;;
*)
	echo "Usage: kernel.sh build | release | tree" >&2
	exit 2
	;;
esac
