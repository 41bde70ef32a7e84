#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# By hand: kmodtui try on each module of tests/vm/bad, with the verdict and the words it has to get, and on modules
# that are right, several times each, which have to be clean.  It takes an hour and a half; try.sh has a part.
#
#	make check-try [NAMES="leak page dummy"] [RUNS=1]
#
# RUNS says how often each of those that are right is tried, 5 unless given.

build=${BUILDDIR:?the build tree}
lab=${LAB:-$(dirname "$0")/../../tui/lab/lab}
kernel=$("$lab" path --kernel "${KERNEL:-6.1}") || exit 77

# MODULE VERDICT CYCLES PARAMETER(-: none) WORDS(a regular expression for the JSON; _ stands for a blank)
planted='
atomic dirty 1 - scheduling_while_atomic
beyond dirty 1 - written_to_beyond
cache dirty 2 - "kind":"(left|leak|splat|refused)"
console crashed 1 - NULL_pointer_dereference
crash crashed 2 when=load load_1
crash crashed 2 when=unload unload_1
free dirty 1 - written_to_after_it_was_given_back
hang hung 1 - Load_1
hang hung 1 when=unload Unload_1
large dirty 5 - "kind":"(leak|memory)"
leak dirty 3 - 2_times_kmalloc-256
left dirty 2 - proc_/proc/kmt.bad.left
mask crashed 1 - NULL_pointer_dereference
noexit dirty 1 - Unload_1_was_refused
page dirty 20 - Pages_were_not_given_back
places dirty 3 - from_2_more_places
panic crashed 2 - kmt.bad.panic_was_here
refs dirty 1 - Unload_1_was_refused
refused refused 2 - found_no_device_of_its_kind
screen clean 2 - "findings":\[\]
second dirty 2 - number_231_kmt.bad.second
socket dirty 3 - 2_times_UDP
start refused 3 - proc_/proc/kmt.bad.start
thread crashed 2 - page_fault
timer crashed 2 - page_fault
twice dirty 1 - given_back_twice
virtual dirty 3 - 2_times_vmalloc
words clean 1 - "findings":\[\]
work crashed 2 - page_fault
'

# Modules of this suite and of the kernel.
clean='
chardev/kmt_chardev hello/kmt_hello netsock/kmt_netsock params/kmt_params procfs/kmt_procfs timer/kmt_timer
dummy loop veth 8021q
'

n=0
failed=0
tmp=$(mktemp) || exit 1
trap 'rm -f "$tmp"' EXIT

verdict() # STATUS NAME
{
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
		return
	fi
	failed=$((failed + 1))
	echo "not ok $n - $2"
	head -c 1500 "$tmp" | sed 's/^/# /'
	echo
}

# ask FILE VERDICT WORDS ARGUMENT...
ask()
{
	file=$1
	wanted=$2
	words=$3
	shift 3
	"$KMODTUI" --json try "$file" --timeout 3000 "$@" >"$tmp" 2>&1 </dev/null
	grep -q "\"verdict\":\"$wanted\"" "$tmp" && grep -qE "$words" "$tmp"
	verdict $? "$file $*: $wanted"
}

chosen()
{
	[ -z "$names" ] && return 0
	case " $names " in *" $1 "*) return 0 ;; esac
	return 1
}

names=$*
while read -r module wanted cycles parameter words; do
	[ -n "$module" ] || continue
	chosen "$module" || continue
	[ "$parameter" != - ] || parameter=
	ask "$build/tests/vm/bad/kmt_bad_$module.ko" "$wanted" "$(echo "$words" | tr _ ' ')" --cycles "$cycles" \
		${parameter:+"$parameter"}
done <<END
$planted
END
for module in $clean; do
	chosen "${module##*/}" || continue
	case $module in
	*/*) file=$build/modules/$module.ko ;;
	*) file=$(find "$kernel/lib" -name "$module.ko*" | head -n 1) ;;
	esac
	run=0
	while [ $run -lt "${RUNS:-5}" ]; do
		run=$((run + 1))
		ask "$file" clean . --cycles 20
	done
done
echo "1..$n"
[ $failed -eq 0 ]
