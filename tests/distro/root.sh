#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A machine with nothing on it, and what a newcomer types there: a bare root of a Debian release, made
# once by debootstrap and kept in the cache, in a copy of which the commands run one after the other.
#
#	tests/distro/root.sh RELEASE [COMMAND...]
#
#	tests/distro/root.sh testing './bootstrap demo' './bootstrap check fast'
#
# A command is a line for the shell, run as root in a clone of this tree, what is committed of it.  The
# copy has proc, sys and the usual devices, the network of this machine, and nothing else of it; with the
# last command it is gone.  Printed are, for each command, lines of a word and what it says:
#
#	command, seconds, status
#	last		the last line it printed
#	failed		of its tests, a line each
#	named		the packages that were named before they were installed
#	asked		those that apt was asked for: installed, and not for the sake of others
#	installed	all that are new
#	boot		what is not as before in /boot and /lib/modules, a line each
#
# and then a row: the release, and of each command status, seconds and last line.  Without a command the
# root is made, if it is not there, and its folder printed.  Statuses: that of the first command that failed;
# 77 when there can be no such root here.
#
# From the environment: DISTRO_LOG, a folder where the commands' whole output is kept, as RELEASE.1 ...
# The packages that apt has downloaded are kept beside the root, for the next run.

set -u

top=$(cd "$(dirname "$0")/../.." && pwd)
# Where the clone lies in the root.
place=/opt
roots=${XDG_CACHE_HOME:-${HOME:?neither XDG_CACHE_HOME nor HOME says where the cache is}/.cache}/kmodtui/roots

no_root()
{
	echo "distro: $*" >&2
	exit 77
}

# ---- the root --------------------------------------------------------------------------------

# sources RELEASE: lines for its sources.list, from the mirrors that this machine's Debian comes from
sources()
{
	# shellcheck disable=SC2016 # apt's own words
	apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' \
		'Created-By: Packages' 'Origin: Debian' 2>/dev/null |
		awk -v release="$1" '$3 == "main" {
			suffix = match($2, /-.*/) ? substr($2, RSTART) : ""
			if (suffix == "" || (suffix ~ /^-(updates|security)$/ && release != "testing"))
				print "deb", $1, release suffix, "main"
		}' | sort -u
}

mirror()
{
	sources "$1" | awk -v release="$1" '$3 == release { print $2; exit }'
}

# make_root RELEASE: in its place only when it is whole
make_root()
{
	[ ! -d "$roots/$1" ] || return 0
	command -v debootstrap >/dev/null || no_root "debootstrap is not installed"
	mirror=$(mirror "$1")
	[ -n "$mirror" ] || no_root "apt's sources name no mirror of Debian"
	mkdir -p "$roots/debs/$1" || no_root "there is no place for a root: $roots"
	work=$(mktemp -d "$roots/.new.XXXXXX") || exit 99
	debootstrap --variant=minbase --cache-dir="$roots/debs/$1" "$1" "$work/root" "$mirror" >"$work/log" 2>&1 || {
		tail -n 5 "$work/log" >&2
		no_root "debootstrap can not make a root of $1"
	}
	sources "$1" >"$work/root/etc/apt/sources.list"
	mv -T "$work/root" "$roots/$1" 2>/dev/null || [ -d "$roots/$1" ] || no_root "$roots/$1 can not be made"
	rm -rf "$work"
	work=
}

# How this machine reaches the mirror, which may lie behind a proxy or be a copy of some other day.
take_network()
{
	cp -L /etc/resolv.conf /etc/hosts "$1/etc/"
	apt-config dump Acquire::http Acquire::https Acquire::Check-Valid-Until Acquire::Check-Date \
		>"$1/etc/apt/apt.conf.d/99network"
}

# copy_root RELEASE: $work/root, with a clone of this tree
copy_root()
{
	work=$(mktemp -d "$roots/.run.XXXXXX") || exit 99
	cp -a --reflink=auto "$roots/$1" "$work/root" || exit 99
	take_network "$work/root"
	# It is gone soon: nothing of it need be safe on the disk.
	echo force-unsafe-io >"$work/root/etc/dpkg/dpkg.cfg.d/unsafe-io"
	git clone -q --no-hardlinks "$top" "$work/root$place/kmodtui" || no_root "$top is no clone that git can read"
	find "$roots/debs/$1" -name '*.deb' -ctime +60 -delete
}

# ---- inside ----------------------------------------------------------------------------------

# mount_devices ROOT: those that a program may expect, and no other of this machine
mount_devices()
{
	mount -t tmpfs -o mode=755 tmpfs "$1/dev" || return
	for name in null zero full random urandom tty; do
		: >"$1/dev/$name" && mount --bind "/dev/$name" "$1/dev/$name" || return
	done
	mkdir "$1/dev/pts" "$1/dev/shm" && mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$1/dev/pts" &&
		mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm" || return
	ln -s pts/ptmx "$1/dev/ptmx"
	ln -s /proc/self/fd "$1/dev/fd"
	for name in 0:stdin 1:stdout 2:stderr; do
		ln -s "/proc/self/fd/${name%:*}" "$1/dev/${name#*:}"
	done
}

# inside ROOT DEBS LINE: the first process of namespaces of its own, in which all ends with it
inside()
{
	mount -t proc proc "$1/proc" && mount -t sysfs -o ro sysfs "$1/sys" && mount_devices "$1" &&
		mount --bind "$2" "$1/var/cache/apt/archives" || exit 99
	exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
		chroot "$1" /bin/sh -c "cd $place/kmodtui && $3" </dev/null
}

# The lists that are compared before and after:
# shellcheck disable=SC2317,SC2016 # called by their names; dpkg's own words
packages()
{
	chroot "$work/root" dpkg-query -W -f '${Package}\n' | LC_ALL=C sort
}

# shellcheck disable=SC2317 # the same
asked()
{
	chroot "$work/root" apt-mark showmanual | sed 's/:.*//' | LC_ALL=C sort
}

# boot_files: all that a kernel's package would put, or change, there
boot_files()
{
	for folder in boot lib/modules usr/lib/modules; do
		(cd "$work/root" && find "$folder" -printf '%p %s %T@ %l\n' 2>/dev/null)
	done | LC_ALL=C sort
}

# new NAME: what the list of that name has more than before
new()
{
	"$1" | LC_ALL=C comm -13 "$work/$1" - | tr '\n' ' '
}

# run_one NUMBER LINE
run_one()
{
	begin=$(date +%s)
	said=${DISTRO_LOG:-$work}/$release.$1
	env -u MAKEFLAGS -u MAKELEVEL unshare --mount --pid --fork --kill-child \
		sh "$0" --inside "$work/root" "$roots/debs/$release" "$2" >"$said" 2>&1 &
	child=$!
	wait $child
	one_status=$?
	child=
	seconds=$(($(date +%s) - begin))
	last=$(tail -n 1 "$said" | LC_ALL=C tr -cd '[:print:]')
	printf '%s\n' "command $2" "seconds $seconds" "status $one_status" "last $last"
	sed -n 's/^failed: /failed /p' "$said"
	echo "named $(sed -n 's/^\[ *[0-9]* s\] installing: //p' "$said" | tr '\n' ' ')"
	echo "asked $(new asked)"
	echo "installed $(new packages)"
	boot_files | LC_ALL=C comm -3 "$work/boot_files" - | sed 's/^\t*/boot /'
	row="$row | $2: $one_status, $seconds s, $last"
	[ "$status" -ne 0 ] || status=$one_status
}

if [ "${1:-}" = --inside ]; then
	shift
	inside "$@"
fi
release=${1:-}
case $release in
'' | *[!a-z]*) sed -n '3,31s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
shift
[ "$(id -u)" -eq 0 ] || no_root "only root can make a bare root and change into it"
work=
child=
trap '[ -z "$child" ] || { kill -9 $child; wait; } 2>/dev/null; [ -z "$work" ] || rm -rf --one-file-system "$work"' EXIT
trap 'exit 143' HUP INT TERM
make_root "$release"
[ $# -gt 0 ] || { echo "$roots/$release"; exit; }
unshare --mount true 2>/dev/null || no_root "a namespace for mounts can not be had here"
copy_root "$release"
for list in packages asked boot_files; do
	$list >"$work/$list"
done
row=$release status=0 number=0
for line in "$@"; do
	number=$((number + 1))
	run_one $number "$line"
done
echo "$row"
exit "$status"
