#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The throwaway machine itself: what its runs give back, how they fail, and that nothing is left.
# Runs on the host; the kernel must be in the cache.

# shellcheck source=tests/vm/host.sh
. "$(dirname "$0")/host.sh"

run=$(dirname "$0")/run.sh
lab=$LAB
needs_machine
find_module '*'
needs_kernel

tmp=$(mktemp -d) || exit 99
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$tmp"' EXIT
trap 'exit 143' INT TERM HUP
mkdir "$tmp/runs"
mark=kmt.mark=$$.$(date +%s)
cases=0
failed=0

# verdict STATUS NAME: one case; $tmp/out and $tmp/err tell more when it failed
verdict()
{
	cases=$((cases + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $cases - $2"
		return
	fi
	failed=$((failed + 1))
	echo "not ok $cases - $2"
	tail -n 20 "$tmp/out" "$tmp/err" 2>/dev/null | sed 's/^/# /'
}

is()
{
	[ "$2" = "$3" ]
	verdict $? "$1 (got: $2)"
}

says()
{
	grep -qE -- "$3" "$2"
	verdict $? "$1"
}

# machine OPTION... -- COMMAND: a run with our mark on its kernel's command line
machine()
{
	TMPDIR=$tmp/runs "$lab" run --kernel "$kernel" --timeout 600 --append "$mark" "$@"
}

# leftovers: the numbers of the QEMU processes that carry our mark
leftovers()
{
	for process in /proc/[0-9]*; do
		if tr '\0' ' ' 2>/dev/null <"$process/cmdline" | grep -F "$mark" | grep -q '^qemu'; then
			echo "${process#/proc/}"
		fi
	done 2>/dev/null
}

# no_leftovers NAME: a case: they are gone, within a minute on a busy host
no_leftovers()
{
	tries=600
	while [ -n "$(leftovers)" ] && [ $tries -gt 0 ]; do
		tries=$((tries - 1))
		sleep 0.1
	done
	is "$1" "$(leftovers)" ""
}

# The longest waits go on in the background, beside all others.
machine --timeout 60 -- sh -c 'echo started; sleep 1000' >"$tmp/verdict.out" 2>"$tmp/verdict.err" &
waiter=$!
machine --timeout 60 --append 'rdinit=/bin/sleep -- 1000' -- true >"$tmp/init.out" 2>"$tmp/init.err" &
silent=$!

# ---- what a run gives back ----
machine -- sh -c 'echo "a  b"; echo "it'\''s" >&2; uname -r; exit 7' >"$tmp/out" 2>"$tmp/err"
is "the status of the command is that of the run" $? 7
is "its output comes through" "$(head -n 1 "$tmp/out")" "a  b"
is "so does what it says on standard error, apart" "$(cat "$tmp/err")" "it's"
is "the kernel is the one asked for" "$(tail -n 1 "$tmp/out")" "$kernel"

# The second $ of the names below is for the guest.
# shellcheck disable=SC2016
machine --add "$0=/kmt/some/file" --env 'WORDS=two words' -- sh -c '
	cmp /kmt/some/file /kmt/some/file && echo "$WORDS"
	find /lib/modules/ -name "*.ko" | wc -l
	modprobe dummy && grep -c ^dummy /proc/modules
	hostname; id -u; dmesg | grep -c "Linux version"; cat /sys/class/net/lo/operstate' \
	>"$tmp/out" 2>"$tmp/err"
is "files, variables, all modules, name, root, log, network" "$(tr '\n' ' ' <"$tmp/out")" \
	"two words $(find "$dir/lib" -name '*.ko' | wc -l) 1 lab 0 1 unknown "

for i in 1 2; do
	machine -- sh -c "sleep 2; echo run $i" >"$tmp/par$i" 2>"$tmp/err$i" &
	eval "par$i=\$!"
done
# shellcheck disable=SC2154 # set by eval
wait "$par1" && wait "$par2"
verdict $? "two runs at the same time both succeed"
is "and each has its own output" "$(cat "$tmp/par1" "$tmp/par2" | tr '\n' ' ')" "run 1 run 2 "

# ---- how it fails ----
"$lab" run --no-such-option 1 >"$tmp/out" 2>"$tmp/err"
is "an unknown option is a usage error" $? 2
"$lab" run --kernel 0.99 -- true >"$tmp/out" 2>"$tmp/err"
is "a kernel that is not in the cache is a failure" $? 125
says "which says what to do" "$tmp/err" 'fetch'

machine --timeout 0 -- true >"$tmp/out" 2>"$tmp/err"
is "no time at all: time-out" $? 124
says "it waited for the kernel" "$tmp/err" 'waited 0 s for the kernel to print its first line'

machine --log "$tmp/log" -- sh -c 'echo c >/proc/sysrq-trigger' >"$tmp/out" 2>"$tmp/err"
is "a kernel that panics gives no verdict, which is a failure" $? 125
says "and is named" "$tmp/err" 'Kernel panic - not syncing'
"$lab" splats "$tmp/log" >"$tmp/out"
is "the kept log is found to tell of it" $? 1

# A test whose cases all pass, with a complaint of the kernel planted between them.
cat >"$tmp/planted.sh" <<-'END'
	. /kmt/guest.sh
	dd if=/dev/zero of=/dev/null bs=150M count=100000 2>/dev/null &
	until [ "$(sed -n 's/^VmRSS:[[:space:]]*\([0-9]*\).*/\1/p' /proc/$!/status)" -gt 150000 ]; do sleep 0.1; done
	check "the kernel kills a process for its memory" sh -c 'echo f >/proc/sysrq-trigger'
	log_has "and says so" 'Killed process'
	finish
	END
if [ -n "$first" ]; then
	VM_OPTIONS="--append $mark" TMPDIR=$tmp/runs sh "$run" "$tmp/planted.sh" >"$tmp/out" 2>"$tmp/err"
	is "a planted complaint of the kernel is the only failure of a test" \
		"$(grep '^not ok' "$tmp/out")" "not ok 3 - the kernel's log tells of no bug"
	printf '. /kmt/guest.sh\ncheck one true\nexit 0\n' >"$tmp/short.sh"
	VM_OPTIONS="--append $mark" TMPDIR=$tmp/runs sh "$run" "$tmp/short.sh" >"$tmp/out" 2>"$tmp/err"
	is "a test without a plan has not come to its end" \
		"$(grep '^not ok' "$tmp/out")" "not ok 3 - the test came to its end"
	XDG_CACHE_HOME=$tmp/empty sh "$run" "$tmp/short.sh" >"$tmp/out" 2>"$tmp/err"
	says "without the kernel a test is skipped, with the reason" "$tmp/out" '^1\.\.0 # SKIP kernel '
fi

# ---- nothing is left ----
# waited NAME WHAT YES: a case: NAME.err says that it waited for that, if this host had the time to get there
waited()
{
	if [ -n "$3" ]; then
		says "it waited for $2" "$tmp/$1.err" "waited 60 s for $2"
	else
		cases=$((cases + 1))
		echo "ok $cases - it waited for $2 # SKIP this host is too busy to boot in 60 s"
	fi
}

wait "$waiter"
is "a command that does not end: time-out" $? 124
waited verdict "the verdict" "$(cat "$tmp/verdict.out")"
wait "$silent"
is "an init that says nothing: time-out" $? 124
waited init init "$(grep -v 'first line' "$tmp/init.err")"
no_leftovers "no QEMU is left by all of these"
is "nor a folder" "$(ls "$tmp/runs")" ""

# ---- a boot that the emulator breaks ----
# A QEMU whose first $tmp/broken boots die of the fault that versions before 8.1 have; the others are real.
mkdir "$tmp/fake"
cat >"$tmp/fake/qemu-system-x86_64" <<-END
	#!/bin/sh
	left=\$(cat "$tmp/broken")
	[ "\$left" -gt 0 ] || exec "$(command -v qemu-system-x86_64)" "\$@"
	echo \$((left - 1)) >"$tmp/broken"
	for word in "\$@"; do
		case \$word in
		file:*/console.log) echo '[    2.993302] Oops: int3: 0000 [#1] PREEMPT SMP NOPTI' >"\${word#file:}" ;;
		file,id=*,path=*) : >"\${word##*=}" ;;
		esac
	done
END
chmod 755 "$tmp/fake/qemu-system-x86_64"

# broken TIMES: the status of a machine whose boot breaks so often
broken()
{
	echo "$1" >"$tmp/broken"
	(
		PATH=$tmp/fake:$PATH
		machine -- echo here
	) >"$tmp/out" 2>"$tmp/err"
	echo $?
}

is "a boot that QEMU broke is done again" "$(broken 1)" 0
is "with nothing lost or doubled" "$(cat "$tmp/out")" here
says "and that is said" "$tmp/err" 'int3.*booting again'
is "not for ever" "$(broken 3)" 125
is "three boots, no more" "$(cat "$tmp/broken") $(grep -c 'booting again' "$tmp/err")" '0 2'

machine --timeout 60 --memory nonsense -- true >"$tmp/out" 2>"$tmp/err"
is "a QEMU that does not start is a failure" $? 125
refused=$(grep -c console.log "$tmp/err")
is "and its own words are all that is said of it" "$refused" 0

for signal in TERM KILL; do
	TMPDIR=$tmp/runs "$lab" run --kernel "$kernel" --append "$mark" -- sleep 1000 \
		>"$tmp/out" 2>"$tmp/err" &
	victim=$!
	until check=$(leftovers) && [ -n "$check" ] || ! kill -0 $victim; do sleep 0.1; done
	[ -n "$check" ]
	verdict $? "a machine runs"
	kill -$signal $victim
	wait $victim 2>/dev/null
	no_leftovers "none does after SIG$signal"
done

# A terminal is as it was, even when QEMU is killed in the middle.
# terminal COMMAND...: a console with the settings of its terminal before and after
terminal()
{
	cat >"$tmp/terminal.sh" <<-END
	stty -g >"$tmp/before"
	tty >"$tmp/tty"
	"$lab" console --kernel "$kernel" --append "$mark" -- $*
	echo \$? >"$tmp/status"
	stty -g >"$tmp/after"
	END
	TMPDIR=$tmp/runs script -qc "sh $tmp/terminal.sh" /dev/null >"$tmp/out" 2>"$tmp/err" </dev/null
}

if command -v script >/dev/null; then
	terminal sh -c "'stty size; stty -a; exit 3'"
	is "the console ends with the status of its command" "$(cat "$tmp/status")" 3
	says "the guest's terminal has a size" "$tmp/out" '24 80'
	cmp -s "$tmp/before" "$tmp/after"
	verdict $? "the terminal has its settings again"

	rm "$tmp/tty"
	terminal sleep 1000 &
	# Until QEMU has changed the terminal.
	until stty -a <"$(cat "$tmp/tty" 2>/dev/null || echo /dev/null)" 2>/dev/null | grep -q -e '-icanon' ||
		! kill -0 $!; do
		sleep 0.1
	done
	kill -9 "$(leftovers)"
	wait $!
	is "a QEMU that is killed is a failure" "$(cat "$tmp/status")" 125
	cmp -s "$tmp/before" "$tmp/after"
	verdict $? "the terminal has its settings again after that too"
fi
no_leftovers "nothing is left of these"

echo "1..$cases"
[ $failed -eq 0 ]
