#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# By hand: kmodtui try on modules of Debian, with the verdict each one is known to get.  It takes some
# ten minutes; what a module leaves behind is its own affair and no failure of ours.
#
#	KMODTUI=build/kmodtui tests/vm/try-debian.sh [NAME...]

lab=${LAB:-$(dirname "$0")/../../tui/lab/lab}
dir=$("$lab" path --kernel "${KERNEL:-6.1}") || exit 77

# NAME VERDICT PARAMETERS.  sctp is used by a socket of its own and can not be unloaded; null_blk does not give
# back the request queue of any load (loaded ten times it has lost ten), but for queue_mode=0.
table='
loop clean max_loop=4
dummy clean
veth clean
tun clean
bridge clean
8021q clean
vxlan clean
ext4 clean
btrfs clean
nls_utf8 clean
zram clean
brd clean
null_blk dirty nr_devices=1
null_blk clean nr_devices=1 queue_mode=0
crc32c-intel clean
sctp dirty
nf_conntrack clean
ip_tables clean
pcspkr clean
softdog clean
crc7 clean
bonding clean
ifb clean
overlay clean
'
n=0
failed=0
judge() # NAME VERDICT PARAMETER...
{
	name=$1
	wanted=$2
	shift 2
	file=$(find "$dir/lib" -name "$name.ko*" | head -n 1)
	[ -n "$file" ] || return
	n=$((n + 1))
	start=$(date +%s)
	out=$("${KMODTUI:-kmodtui}" --json try "$file" "$@" --cycles 4 2>&1)
	got=$(printf '%s\n' "$out" | sed -n 's/.*"verdict":"\([a-z]*\)".*/\1/p')
	[ "$got" = "$wanted" ] || { failed=$((failed + 1)); printf 'not '; }
	echo "ok $n - $name${*:+ $*}: ${got:-none}, $(($(date +%s) - start)) s"
	printf '%s\n' "$out" | grep -o '"findings":\[[^]]*\]' | sed 's/^/# /'
}

printf '%s\n' "$table" >"${TMPDIR:-/tmp}/kmodtui-table.$$"
while read -r name wanted words; do
	[ -n "$name" ] || continue
	case " ${*:-$name} " in *" $name "*) ;; *) continue ;; esac
	# shellcheck disable=SC2086 # words
	judge "$name" "$wanted" $words </dev/null
done <"${TMPDIR:-/tmp}/kmodtui-table.$$"
rm -f "${TMPDIR:-/tmp}/kmodtui-table.$$"
echo "1..$n"
[ $failed -eq 0 ]
