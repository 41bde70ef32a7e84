#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui's answers beside modprobe's, on a made-up machine: the modules of a Debian kernel, or some sixty
# made here, under configurations drawn by chance.  Both see the same files as the machine's own: in a
# namespace of mounts, with a root directory of ours.  Asked are the kmod that is installed, and that of
# Debian 13 when tests/diff/kmod-of.sh fetch trixie has put it into the cache.
#
#	SEED=17 CONFIGS=1000 BOTH=1 make check TESTS=tests/diff/diff.sh
#
# SEED is the first one, each configuration has the next; a difference tells its seed, and SEED=... CONFIGS=1
# asks again.  The two kmods share the configurations; with BOTH=1 both are asked about all.  STOCK=1 also asks for every
# module on the configuration that Debian comes with.  KEEP names a folder for what differs.
real_cache=${XDG_CACHE_HOME:-$HOME/.cache}
# shellcheck source=tests/cli/tap.sh
. "$SRCDIR/tests/cli/tap.sh"

SEED=${SEED:-1}
# The sanitizers take five times as long.
if grep -q __asan_init "$BUILDDIR/tests/diff/diff"; then
	CONFIGS=${CONFIGS:-20}
fi
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
	echo /sbin/modprobe >"$root/proc/sys/kernel/modprobe"
	echo quiet >"$root/proc/cmdline"
	: >"$root/proc/modules"
	: >"$root/dev/null"
	cp /lib/modprobe.d/*.conf "$root/lib/modprobe.d/" 2>/dev/null
	cp "$driver" "$BUILDDIR/tests/diff/kinds.so" "$root/bin/" && cp "$(command -v modprobe)" "$root/bin/modprobe" || exit 99
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

# drive LABEL WORD...: the driver in that machine; $linker and $modprobe say with which kmod
drive()
{
	# Leaks are looked for by other tests: here many questions are answered by one process.
	# shellcheck disable=SC2086 # words
	ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0 MODPROBE=$modprobe \
		inside $linker /bin/diff "$@" >"$tmp/cases" 2>"$err"
}

# ask LABEL WORD...: the driver's cases become ours
ask()
{
	drive "$@"
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

use_own()
{
	linker=$own_linker
	modprobe=/bin/modprobe
	label=kmod-$(modprobe --version | sed -n 's/^kmod version //p')
}

# Its own libraries first, then ours that are linked with older ones of the same names.
use_other()
{
	folder=$(cd "$other" && dirname usr/lib/*/libkmod.so.2)
	linker="/other/$folder/$(cd "$other/$folder" && echo ld-linux*.so.*) --library-path /other/$folder:$places"
	modprobe="$linker /other/usr/sbin/modprobe"
	label=kmod-of-trixie
}

# differences WORD...: how many loads differ
differences()
{
	drive "$@"
	sed -n 's/.*load --dry-run as .* questions, \([0-9]*\) differences$/\1/p' "$tmp/cases"
}

# The test finds a kmodtui that knows no soft dependencies.
plant()
{
	use_own
	before=$(differences planted /tmp "$SEED" 1 4 "$NAMES")
	linker="$own_linker --preload /bin/kinds.so"
	KMT_KMOD_KIND=without
	export KMT_KMOD_KIND
	after=$(differences planted /tmp "$SEED" 1 4 "$NAMES")
	unset KMT_KMOD_KIND
	[ "${after:-0}" -gt "${before:-0}" ]
	verdict $? "a kmodtui without soft dependencies is found out"
	echo "# ${before:-no} differences before, ${after:-no} after"
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
own_linker=$(libraries "$driver" | grep '/ld[-a-z0-9_]*\.so')
other=$(XDG_CACHE_HOME=$real_cache sh "$SRCDIR/tests/diff/kmod-of.sh" path trixie) || other=
[ "$CONFIGS" -eq 1 ] || plant

# Every other configuration is for the other kmod; both are asked when it is about one, or for all.
step=1
count=$CONFIGS
second=$SEED
if [ -n "$other" ] && [ -z "${BOTH:-}" ] && [ "$CONFIGS" -gt 1 ]; then
	step=2
	count=$((CONFIGS / 2))
	second=$((SEED + 1))
fi
use_own
[ -z "${STOCK:-}" ] || ask "$label" /keep stock
ask "$label" /keep "$SEED" $step "$count" "$NAMES"
if [ -n "$other" ]; then
	use_other
	[ -z "${STOCK:-}" ] || ask "$label" /keep stock
	ask "$label" /keep "$second" $step "$count" "$NAMES"
else
	skip "kmodtui answers as the modprobe of Debian 13" "tests/diff/kmod-of.sh fetch trixie has not been run"
fi
finish
