#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Where the throwaway machine gets Debian's kernels and headers, and what make check-vm does with them:
# with an apt of ours, that has one kernel in its own lists and another one in backports.
. "$SRCDIR/tests/cli/tap.sh"

mkdir "$tmp/bin" "$tmp/work"
cat >"$tmp/bin/apt-get" <<'END'
#!/bin/sh
echo "apt-get $*" >>"$SAID"
for word in "$@"; do
	case $word in
	indextargets)
		echo "http://localhost/debian-security/ stable-security main"
		echo "http://localhost/debian/ stable main"
		exit ;;
	update)
		[ -z "${OFFLINE:-}" ] || { echo "E: no way to localhost"; exit 100; }
		cp "$(sed -n 's/^Dir::Etc::SourceList "\(.*\)";/\1/p' "$APT_CONFIG")" "$SAID.sources"
		exit ;;
	linux-*) : >"$word.deb" ;;
	esac
done
END
cat >"$tmp/bin/apt-cache" <<'END'
#!/bin/sh
own='linux-image-amd64 linux-image-6.1.0-7-amd64 linux-source'
case " ${APT_CONFIG:+linux-image-amd64 linux-image-6.12.9+deb12-amd64 linux-headers-6.12.9+deb12-amd64} " in
'  ') case " $own " in *" $2 "*) ;; *) exit 100 ;; esac
	[ "$2" != linux-source ] || { echo 'Depends: linux-source-6.1 (= 6.1.7-1)'; exit; }
	echo 'Depends: linux-image-6.1.0-7-amd64 (= 6.1.7-1)' ;;
*" $2 "*)
	case $2 in
	linux-image-amd64) echo 'Depends: linux-image-6.12.9+deb12-amd64 (= 6.12.9-1)' ;;
	linux-headers-*) echo 'Depends: linux-base, linux-headers-6.12.9+deb12-common (= 6.12.9-1), linux-image-6.12.9+deb12-amd64 | linux-image-x, linux-kbuild-6.12.9+deb12, gcc-12' ;;
	esac ;;
*) exit 100 ;;
esac
END
cat >"$tmp/bin/dpkg" <<'END'
#!/bin/sh
name=${2#./}
case $name in
linux-source-*)
	cd "$3" && mkdir -p usr/src "${name%.deb}/scripts" "${name%.deb}/kernel" && echo '# of Perl' >"${name%.deb}/scripts/checkpatch.pl" &&
		tar -cJf "usr/src/${name%.deb}.tar.xz" "${name%.deb}"
	exit ;;
esac
case $name in
linux-image-*)
	mkdir -p "$3/boot" "$3/lib/modules"
	: >"$3/boot/vmlinuz-6.1.0-7-amd64"
	exit ;;
esac
mkdir -p "$3/usr/src/${name%.deb}"
echo 'include /usr/src/linux-headers-6.12.9+deb12-common/Makefile' >"$3/usr/src/${name%.deb}/Makefile"
END
chmod +x "$tmp"/bin/*
SAID=$tmp/said
export SAID

# debian STATUS NAME ARGUMENT...: case: tui/lab/debian ends so
debian()
{
	debian_wanted=$1
	debian_name=$2
	shift 2
	: >"$SAID"
	(unset APT_CONFIG; cd "$tmp/work" && PATH=$tmp/bin:$PATH && "${LAB%/*}/debian" "$@") >"$out" 2>"$err"
	is "$debian_name" "$?" "$debian_wanted"
}

debian 0 "the newest of apt's own lists" release
is "it is told" "$(cat "$out")" 6.1.0-7-amd64
lacks "nothing is asked of the network" "$SAID" update
debian 0 "the start of a release" release 6.1
is "that is it, too" "$(cat "$out")" 6.1.0-7-amd64
debian 0 "one that only backports have" release 6.12
is "it is found there" "$(cat "$out")" 6.12.9+deb12-amd64
says "on the same mirror" "$SAID.sources" '^deb .*http://localhost/debian/ stable-backports main$'
debian 1 "one that nobody has" release 6.2
says "that is said" "$err" '^lab: apt knows no kernel 6\.2\.'
OFFLINE=yes
export OFFLINE
debian 1 "backports can not be reached" release 6.12
says "apt's reason is told" "$err" '^lab: backports of Debian can not be had: E: no way to localhost'
unset OFFLINE

mkdir "$tmp/tree"
debian 0 "headers" headers 6.12.9+deb12-amd64 "$tmp/tree"
is "with what they include" "$(ls "$tmp/tree/usr/src")" "linux-headers-6.12.9+deb12-amd64
linux-headers-6.12.9+deb12-common
linux-kbuild-6.12.9+deb12"
# shellcheck disable=SC2016 # the makefile's own words
echo 'all: ; @echo found by $(MAKEFILE_LIST)' >"$tmp/tree/usr/src/linux-headers-6.12.9+deb12-common/Makefile"
mv "$tmp/tree" "$tmp/elsewhere"
make -s -C "$tmp/elsewhere/usr/src/linux-headers-6.12.9+deb12-amd64" >"$out" 2>&1
says "they work wherever they lie" "$out" '^found by'
is "the tools they need are named" "$(cat "$tmp/elsewhere/tools")" gcc-12
debian 0 "a kernel" image 6.1.0-7-amd64 "$tmp/elsewhere"
is "it is there" "$(ls "$tmp/elsewhere/boot")" vmlinuz-6.1.0-7-amd64
lacks "of apt's own lists" "$SAID" update
debian 1 "a kernel that is gone" image 6.1.0-6-amd64 "$tmp/elsewhere"
says "its name is told" "$err" '^lab: apt knows no linux-image-6\.1\.0-6-amd64'

# A Debian whose kernel is several packages: linux-image has only their names.
mkdir "$tmp/bin14"
cp "$tmp/bin/apt-get" "$tmp/bin14/"
cat >"$tmp/bin14/apt-cache" <<'END'
#!/bin/sh
all='linux-base-7.2.1+deb14-amd64 (= 7.2.1-1)'
case $2 in
linux-image-amd64) echo "Depends: linux-base-amd64 (= 7.2.1-1), linux-image-7.2.1+deb14-amd64 (= 7.2.1-1)" ;;
linux-image-7.2.1+deb14-amd64)
	echo "Pre-Depends: linux-base (>= 4.17~)"
	echo "Depends: dracut | linux-initramfs-tool, $all, linux-binary-7.2.1+deb14-amd64 (= 7.2.1-1), linux-modules-7.2.1+deb14-amd64 (= 7.2.1-1)" ;;
linux-headers-7.2.1+deb14-amd64)
	echo "Depends: gcc-16-for-host, linux-base (>= 4.12~), $all, linux-headers-7.2.1+deb14-common (= 7.2.1-1), linux-kbuild-7.2.1+deb14" ;;
linux-kbuild-*) echo "Depends: pahole, libc6 (>= 2.38), libelf1t64 (>= 0.144)" ;;
linux-headers-*) ;;
*) exit 100 ;;
esac
END
cat >"$tmp/bin14/dpkg" <<'END'
#!/bin/sh
release=7.2.1+deb14-amd64 modules=$3/usr/lib/modules/7.2.1+deb14-amd64 sources=$3/usr/src
mkdir -p "$modules" "$sources"
case ${2#./} in
linux-base-$release.deb) echo config >"$modules/config" ;;
linux-binary-$release.deb) echo image >"$modules/vmlinuz" ;;
linux-modules-$release.deb) mkdir "$modules/kernel" && echo module >"$modules/kernel/a.ko" ;;
linux-headers-$release.deb)
	ln -s /usr/src/linux-headers-$release "$modules/build"
	mkdir -p "$sources/linux-headers-$release"
	printf '%s\n' "KBUILD_OUTPUT=/usr/src/linux-headers-$release" 'include /usr/src/linux-headers-7.2.1+deb14-common/Makefile' \
		>"$sources/linux-headers-$release/Makefile" ;;
linux-headers-*)
	mkdir -p "$sources/linux-headers-7.2.1+deb14-common"
	printf '%s\n' 'include two.mk' 'all: ; @test -f $(KBUILD_OUTPUT)/Makefile && echo found in $(notdir $(KBUILD_OUTPUT))' \
		>"$sources/linux-headers-7.2.1+deb14-common/Makefile"
	: >"$sources/linux-headers-7.2.1+deb14-common/two.mk" ;;
esac
END
chmod +x "$tmp"/bin14/*

# debian14: as debian, there
debian14()
{
	cp "$tmp"/bin14/* "$tmp/bin/"
	debian "$@"
}

cp -R "$tmp/bin" "$tmp/bin12"
debian14 0 "the newest of a kernel in parts" release
is "it is told, too" "$(cat "$out")" 7.2.1+deb14-amd64
mkdir "$tmp/parts" "$tmp/headers"
debian14 0 "a kernel in parts" image 7.2.1+deb14-amd64 "$tmp/parts"
is "has the folders of one that is whole" "$(cd "$tmp/parts" && find . -type f | sort | tr '\n' ' ')" \
	"./boot/config-7.2.1+deb14-amd64 ./boot/vmlinuz-7.2.1+deb14-amd64 ./lib/modules/7.2.1+deb14-amd64/kernel/a.ko "
lacks "nothing else is got" "$SAID" 'initramfs|dracut| linux-base '
debian14 0 "its headers" headers 7.2.1+deb14-amd64 "$tmp/headers"
mv "$tmp/headers" "$tmp/moved"
(cd "$tmp" && env -u MAKEFLAGS -u MAKELEVEL make -s --no-print-directory -C "moved/usr/src/linux-headers-7.2.1+deb14-amd64" -I "$tmp/moved/usr/src/linux-headers-7.2.1+deb14-common") >"$out" 2>&1
is "find themselves wherever they lie" "$(cat "$out")" "found in linux-headers-7.2.1+deb14-amd64"
[ "$(readlink -f "$tmp/moved/usr/lib/modules/7.2.1+deb14-amd64/build")" = "$(readlink -f "$tmp/moved")/usr/src/linux-headers-7.2.1+deb14-amd64" ]
verdict $? "and so do their links"
is "they name what kbuild needs" "$(tr '\n' ' ' <"$tmp/moved/tools")" "gcc-16-for-host libc6 libelf1t64 pahole "
cp "$tmp"/bin12/* "$tmp/bin/"

if command -v xz >/dev/null; then
	mkdir "$tmp/scripts"
	debian 0 "the scripts of the kernel's source" scripts "$tmp/scripts"
	is "and nothing else of it" "$(cd "$tmp/scripts" && find . -type f)" ./scripts/checkpatch.pl
else
	skip "the scripts of the kernel's source" "xz is not installed"
	skip "and nothing else of it" "xz is not installed"
fi

# The tree for another kernel, with a lab that has it, has another one, or has none.
mkdir -p "$tmp/source/tui/lab" "$tmp/build/tests/vm"
cat >"$tmp/source/tui/lab/lab" <<'END'
#!/bin/sh
[ -n "$HEADERS" ] || { echo "lab: no network" >&2; exit 125; }
echo "$HEADERS"
END
echo 'echo "$*" >configured' >"$tmp/source/configure"
chmod +x "$tmp/source/tui/lab/lab" "$tmp/source/configure"
: >"$tmp/build/kmodtui"
: >"$tmp/build/tests/vm/probe"

# another STATUS NAME HEADERS: case: the tree for kernel 6.12 is made so
another()
{
	(cd "$tmp/build" && HEADERS=$3 sh "$SRCDIR/tests/vm/another.sh" "$tmp/source" "${4:-6.12}" kmodtui tests/vm/probe) >"$out" 2>"$err"
	is "$2" "$?" "$1"
}

another 0 "a tree for 6.12" /some/headers
is "is configured for it" "$(cat "$tmp/build/vm-6.12/configured")" "-q --with-kernel=/some/headers"
is "and ready" "$(cd "$tmp/build/vm-6.12" && ls -d .ready kmodtui tests/vm/probe)" ".ready
kmodtui
tests/vm/probe"
echo kept >"$tmp/build/vm-6.12/configured"
another 0 "once more" /some/headers
is "it is kept" "$(cat "$tmp/build/vm-6.12/configured")" kept
another 0 "with newer headers" /newer/headers
is "it is configured anew" "$(cat "$tmp/build/vm-6.12/configured")" "-q --with-kernel=/newer/headers"
another 0 "without any" ""
says "the reason is told" "$out" '^SKIP: .*kernel 6\.12: lab: no network'
[ ! -e "$tmp/build/vm-6.12/.ready" ]
verdict $? "nothing is ready"
sh "$SRCDIR/tests/summary.sh" "$tmp/build" vm-6.12 >"$out"
says "the summary names it" "$out" '^skipped: vm-6\.12: tests/vm/another.sh - kernel 6\.12: lab: no network'
says "and counts it" "$out" '^0 passed, 0 failed, 1 skipped$'
another 2 "a kernel that is no name" /some/headers '../6.12'
says "is refused" "$err" '^KERNEL=\.\./6\.12 is no release'
finish
