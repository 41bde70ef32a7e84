#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui's answers beside modprobe's, on a made-up machine: the modules of a Debian kernel, or some sixty
# made here, under configurations drawn by chance.  Both see the same files as the machine's own: in a
# namespace of mounts, with a root directory of ours.  Asked are the kmod that is installed, and that of
# Debian 13 when tests/diff/kmod-of.sh fetch trixie has put it into the cache.
#
#	make check TESTS=tests/diff/diff.sh SEED=17 CONFIGS=1000 NAMES=20
#
# SEED is the first one, each configuration has the next; a difference tells its seed.  STOCK=1 also
# asks for every module on the configuration that Debian comes with.  KEEP names a folder for what differs.
real_cache=${XDG_CACHE_HOME:-$HOME/.cache}
# shellcheck source=tests/cli/tap.sh
. "$SRCDIR/tests/cli/tap.sh"

SEED=${SEED:-1}
CONFIGS=${CONFIGS:-200}
NAMES=${NAMES:-20}
KEEP=${KEEP:-$BUILDDIR/tests/diff/differences}
PATH=$PATH:/usr/sbin:/sbin
driver=$BUILDDIR/tests/diff/diff
root=$tmp/root
release=$(uname -r)

give_up() # REASON
{
	skip "kmodtui answers as modprobe does" "$1"
	finish
}

# libraries PROGRAM...: the files they are linked with, the dynamic linker among them
libraries()
{
	ldd "$@" | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// && $1 !~ /:$/ { print $1 }' | sort -u
}

# The folders of both kinds of machine: those of /usr with links, whatever this one has.
make_machine()
{
	mkdir -p "$root/usr/lib/modules/$release" "$root/usr/lib/modprobe.d" "$root/usr/local/lib/modprobe.d" \
		"$root/usr/bin" "$root/usr/sbin" "$root/usr/lib64" "$root/etc/modprobe.d" "$root/run/modprobe.d" \
		"$root/proc/sys/kernel" "$root/realproc" "$root/sys/module" "$root/dev" "$root/tmp" "$root/keep" \
		"$root/other" || exit 99
	for name in lib lib64 bin sbin; do
		ln -s "usr/$name" "$root/$name" || exit 99
	done
	for name in self thread-self mounts filesystems; do
		ln -s "../realproc/$name" "$root/proc/$name" || exit 99
	done
	echo "$release" >"$root/proc/sys/kernel/osrelease"
	echo 0 >"$root/proc/sys/kernel/modules_disabled"
	echo quiet >"$root/proc/cmdline"
	: >"$root/proc/modules"
	: >"$root/dev/null"
	cp /lib/modprobe.d/*.conf "$root/lib/modprobe.d/" 2>/dev/null
	cp "$driver" "$root/bin/diff" && cp "$(command -v modprobe)" "$root/bin/modprobe" || exit 99
	for file in $(libraries "$driver" "$(command -v modprobe)"); do
		mkdir -p "$root${file%/*}" && cp "$file" "$root$file" || exit 99
	done
}

# inside COMMAND...: with the mounts, as root of a namespace
inside()
{
	# shellcheck disable=SC2016,SC2086 # the inner shell's own words; the options of unshare
	unshare $namespace sh -c '
		root=$1 tree=$2 keep=$3 other=$4 release=$5
		shift 5
		mount --bind "$tree" "$root/usr/lib/modules/$release" && mount --bind "$keep" "$root/keep" &&
		mount --rbind /proc "$root/realproc" && mount --bind /dev/null "$root/dev/null" || exit 98
		[ -z "$other" ] || mount --bind "$other" "$root/other" || exit 98
		exec chroot "$root" "$@"' sh "$root" "$tree" "$KEEP" "$other" "$release" "$@"
}

# ask LABEL WORD...: the driver's cases become ours; $linker and $modprobe say with which kmod
ask()
{
	# Leaks are looked for by other tests: here each question is a process of its own.
	# shellcheck disable=SC2086 # words
	ASAN_OPTIONS=detect_leaks=0 MODPROBE=$modprobe inside $linker /bin/diff "$@" >"$tmp/cases" 2>"$err"
	status=$?
	grep -a '^#' "$tmp/cases"
	while IFS= read -r line; do
		case $line in
		'ok - '*) verdict 0 "${line#ok - }" ;;
		'not ok - '*) verdict 1 "${line#not ok - }" ;;
		esac
	done <"$tmp/cases"
	if [ "$status" -ne 0 ] || ! grep -qa '^[a-z ]*ok' "$tmp/cases"; then
		verdict 1 "$1 could be asked"
		show "$err"
	fi
}

# ask_both WORD...: with each kmod
ask_both()
{
	linker=
	modprobe=/bin/modprobe
	other=
	ask "kmod-$(modprobe --version | sed -n 's/^kmod version //p')" "$@"
	other=$(XDG_CACHE_HOME=$real_cache sh "$SRCDIR/tests/diff/kmod-of.sh" path trixie) || {
		skip "kmodtui answers as the modprobe of Debian 13" "tests/diff/kmod-of.sh fetch trixie has not been run"
		return
	}
	folder=$(cd "$other" && dirname usr/lib/*/libkmod.so.2)
	# Its own libraries first, then ours that are linked with older ones of the same names.
	linker="/other/$folder/$(cd "$other/$folder" && echo ld-linux*.so.*) --library-path /other/$folder:$places"
	modprobe="$linker /other/usr/sbin/modprobe"
	ask kmod-of-trixie "$@"
}

command -v unshare >/dev/null || give_up "unshare is not installed"
command -v modprobe >/dev/null || give_up "modprobe is not installed"
case $(id -u) in
0) namespace='-m' ;;
*) namespace='-Urm' ;;
esac
# shellcheck disable=SC2086 # options
unshare $namespace true 2>/dev/null || give_up "no namespace of mounts can be made here"
kernel=$(XDG_CACHE_HOME=$real_cache sh "$LAB" path --kernel "${KERNEL:-6.1}" 2>/dev/null)
tree=$(echo "$kernel"/lib/modules/*)
[ -f "$tree/modules.dep" ] || give_up "no kernel is in the cache: tui/lab/lab fetch --kernel 6.1"
mkdir -p "$KEEP" || exit 99
make_machine
places=$(libraries "$driver" "$(command -v modprobe)" | sed 's,/[^/]*$,,' | sort -u | tr '\n' ':')
[ -z "${STOCK:-}" ] || ask_both /keep stock
ask_both /keep "$SEED" "$CONFIGS" "$NAMES"
finish
