#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui try: what it refuses, and what it makes of what the machine says.  No machine is booted:
# a script stands for it, where a program in its build tree finds it.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
make_root r
make_module good.ko "license=GPL" "name=good" "vermagic=6.1.0-test SMP" "parm=count:how many" "parmtype=count:int"
make_module plain.ko "license=GPL" "name=plain"
echo "no module" >text.ko
mkdir -p build/tui/lab runs
TMPDIR=$tmp/runs
export TMPDIR
cp "$KMODTUI" build/kmodtui && KMODTUI=$tmp/build/kmodtui
cat >build/tui/lab/lab <<-'END'
	#!/bin/sh
	# Says what the file "says" beside it tells, and notes what it was asked.
	here=${0%/*}
	printf '%s\n' "$*" >>"$here/asked"
	case $1 in
	path) exit "$(cat "$here/path.status" 2>/dev/null || echo 0)" ;;
	fetch) echo "lab: the network is away" >&2; exit 125 ;;
	debug-kernel) echo 6.1.0-k1; exit ;;
	esac
	while [ "$1" != -- ]; do
		case $1 in
		--log) [ ! -f "$here/console" ] || cp "$here/console" "$2" ;;
		--save) [ ! -f "$here/saved" ] || cp "$here/saved" "$2" ;;
		esac
		shift
	done
	cat "$here/says"
	[ ! -f "$here/stay" ] || exec sleep 60
	echo "lab: what went wrong" >&2
	exit "$(cat "$here/status" 2>/dev/null || echo 0)"
END
chmod +x build/tui/lab/lab
lab=build/tui/lab

run 2 "a file is needed" try
run 4 "one that is there" try none.ko
says "it says what try takes" "$err" 'takes the file of a module'
run 4 "a directory is no module" try r
run 6 "nor is any file" try text.ko
run 6 "a module that does not say its kernel" try plain.ko
run 2 "--root does not go with it" --root r try good.ko
says "and why" "$err" 'boots a machine of its own'
for cycles in 0 -1 x 10001 1.5; do
	run 2 "--cycles $cycles" try good.ko "--cycles=$cycles"
done
run 2 "a parameter it does not have" try good.ko size=1
run 2 "a value it does not take" try good.ko count=x
run 2 "--source without --debug" try good.ko --source .
run 4 "--source that is not there" try good.ko --debug --source none
run 2 "--debug with a module for another kernel" try good.ko --debug
says "says what to do" "$err" 'does not load into another.*--source DIR'

cat >$lab/says <<-'END'
	kernel 6.1.0-test
	taint 0
	cycle 1
	appeared device /dev/good
	cycle 2
	taint 4096
	end
END
printf 'early\n[ 1.0] kmodtui-try: begin\n[ 1.1] good: \033[2Jhello\n[ 1.2] kmodtui-try: end\nlate\n' >$lab/console
run 0 "a clean one" --safe try good.ko count=3 --cycles 2
says "the verdict in words" "$out" '^good is clean: .* Cycles: 2, kernel: 6\.1\.0-test\.$'
says "what appeared" "$out" '^    device      /dev/good$'
says "what the kernel said, made safe" "$out" '^    \[ 1\.1\] good: .*\[2Jhello$'
lacks "but not what it said before and after" "$out" 'early|late'
make_module short.ko "license=GPL" "name=short" "vermagic=6.1 SMP"
run 0 "one that names a kernel by its beginning" try short.ko
says "which kernel it was is told" "$out" '^It was tried on 6\.1\.0-test; its file says that it was built for 6\.1\.$'
run 0 "a clean one again" --safe try good.ko count=3 --cycles 2
says "that another kernel runs here" "$out" '^It was tried on 6\.1\.0-test, for which it was built;'
says "the machine was asked for that kernel" $lab/asked '^run --kernel 6\.1\.0-test '
says "and for the module, the cycles and the parameters" $lab/asked \
	'good\.ko=/kmt/tried/good\.ko -- /kmt/try 2 [0-9]+ good /kmt/tried/good\.ko count=3$'
mkdir -p set/more
make_module set/needs.ko "license=GPL" "name=needs" "vermagic=6.1.0-test SMP" "depends=first-one,usbcore"
make_module set/first-one.ko "license=GPL" "name=first_one" "vermagic=6.1.0-test SMP" "depends=second"
make_module set/first_one.ko.xz "license=GPL" "name=first_one" "vermagic=6.1.0-test SMP"
make_module set/second.ko.zst "license=GPL" "name=other"
make_module set/second.ko "license=GPL" "name=second" "vermagic=6.1.0-test SMP" "depends=needs"
make_module set/more/given.ko "license=GPL" "name=given" "vermagic=6.1.0-test SMP" "depends="
: >$lab/asked
run 0 "one that needs others of its directory" --json try set/needs.ko
says "they are found beside it, whatever the hyphen" "$out" '"with":\["[^"]*/set/first-one\.ko","[^"]*/set/second\.ko"\]'
says "and the machine is asked to load them first" $lab/asked '^run .*--modules [^ ]*/with --env KMT_WITH=first_one second -- '
run 0 "one with a module of another place" --json try set/needs.ko --with set/more/given.ko --with set/second.ko
says "what was given comes first" "$out" '"with":\["[^"]*/given\.ko","[^"]*/second\.ko","[^"]*/first-one\.ko"\]'
run 0 "the same in words" try set/needs.ko --with set/more/given.ko
says "names them" "$out" '^    [^ ]*/set/more/given\.ko$'
run 4 "--with what is not there" try good.ko --with none.ko
run 4 "--with what is no module" try good.ko --with text.ko.txt
run 6 "--with what only has the name" try good.ko --with text.ko
many=$(seq 33 | sed 's/.*/--with good.ko/')
# shellcheck disable=SC2086 # words
run 2 "--with given too often" try good.ko $many
run 0 "the same as JSON" --json try good.ko
says "has all of it" "$out" '"module":"good".*"debug":false,"parameters":\[\],"with":\[\],"cycles":5,"done":2,.*"verdict":"clean",.*"errno":null,"accepted":false,"findings":\[\],"appeared":\[\{"kind":"device","text":"/dev/good"\}\],"taint_before":"","taint_after":"O"'

printf '[ 1.0] kmodtui-try: begin\n[ 1.1] Oops: 0002 [#1]\n[ 1.2] kmodtui-try: end\n' >$lab/saved
run 0 "a log that came twice" try good.ko
says "is that of the console" "$out" '^    \[ 1\.1\] good: '
sed -i '/try: end/d' $lab/console
run 1 "but when the console stood still" try good.ko
says "what the machine read itself" "$out" '^    crash       Oops: 0002'
rm $lab/saved
run 0 "when there is nothing else, what the console said" try good.ko
says "before it stood still" "$out" '^    \[ 1\.1\] good: '

run 0 "one that tells the console how far it is" --started try good.ko --cycles 2
says "says what it boots" "$err" '^booting 6\.1\.0-test \.\.\.$'
says "and each cycle" "$err" '^cycle 2 of 2 \.\.\.$'
run 0 "one that does not" try good.ko --cycles 2
lacks "says nothing" "$err" .
: >$lab/stay
sed -i /^end/d $lab/says
cat >keys <<-'END'
	key T
	key C-u
	type "good.ko --cycles 3"
	key Enter
	wait text "Working on good.ko for"
	wait text "cycle 2 of 3"
	key x
	wait text "was ended by a signal"
END
run 0 "the console says how far it is, and x ends it" --root r --script keys

# A person's Ctrl-C ends the command by the signal, for a shell must know that its loop is to end.
if [ -x "$BUILDDIR/tests/screen/pty" ]; then
	printf 'wait cycle 2 of\nkeys \\x03\n' |
		"$BUILDDIR/tests/screen/pty" 80x24 stream "$KMODTUI" try good.ko --cycles 3 >"$out" 2>"$err"
	says "Ctrl-C ends it by the signal" "$out" '^signal 2$'
	is "and it has cleaned up before" "$(ls runs)" ""
	printf 'wait cycle 2 of\nsignal 15\n' |
		"$BUILDDIR/tests/screen/pty" 80x24 stream "$KMODTUI" try good.ko --cycles 3 >"$out" 2>"$err"
	says "so does a request to end" "$out" '^signal 15$'
else
	skip "Ctrl-C ends it by the signal" "the program that types it is not built"
	skip "and it has cleaned up before" "the same"
	skip "so does a request to end" "the same"
fi
if [ -x "$BUILDDIR/tests/screen/pty" ] && command -v bash >/dev/null; then
	# shellcheck disable=SC2016 # for bash
	printf 'wait cycle 2 of\nkeys \\x03\n' |
		"$BUILDDIR/tests/screen/pty" 80x24 stream bash -c 'for i in 1 2; do "$0" try good.ko --cycles 3; echo "went on"; done' \
			"$KMODTUI" >"$out" 2>"$err"
	lacks "a loop of bash ends with it" stream 'went on'
else
	skip "a loop of bash ends with it" "bash is not installed"
fi
rm $lab/stay

# What comes from the file is made safe on a terminal, also on the way.
make_module evil.ko "license=GPL" "name=evil" "vermagic=6.1.0-\\033[2Jx SMP"
if [ -x "$BUILDDIR/tests/screen/pty" ]; then
	echo 'wait booting' | "$BUILDDIR/tests/screen/pty" 80x24 stream "$KMODTUI" try evil.ko >"$out" 2>"$err"
	says "the name of a kernel that is none" stream 'booting 6\.1\.0-\\x1b\[2Jx'
	lacks "does nothing to the terminal" stream "$(printf '\033\\[2J')"
else
	skip "the name of a kernel that is none" "the program that types is not built"
	skip "does nothing to the terminal" "the same"
fi

printf 'kernel 6.1.0-test\ncycle 1\nleft proc /proc/\033]0;x\nend\n' >$lab/says
run 1 "a dirty one" --safe try good.ko
says "names what is left" "$out" '^    left        This stayed behind .*: proc /proc/'
lacks "and lets nothing reach the terminal" "$out" "$(printf '\033')"
printf 'kernel 6.1.0-test\ncycle 1\nrefused 1 19 No device.\nend\n' >$lab/says
run 1 "a refusal" --json try good.ko
says "has its errno" "$out" '"verdict":"refused",.*"errno":19,"accepted":false'
printf 'kernel 6.1.0-test\ncycle 1\nlacking first_one 19 No device.\nend\n' >$lab/says
run 1 "a refusal of what it needs" --json try good.ko --accept ENODEV
says "says of what, and why" "$out" '"errno":null,"accepted":false,"findings":\[\{"kind":"refused","text":"The module was not tried itself: it needs first_one, which could not be loaded\.  Of first_one was said: No device\."'
printf 'kernel 6.1.0-test\ncycle 1\nrefused 1 19 No device.\nend\n' >$lab/says
run 0 "one that was to be expected" --json try good.ko --accept EINVAL,ENODEV
says "is still one" "$out" '"verdict":"refused",.*"errno":19,"accepted":true'
run 0 "in words" try good.ko --accept 19
says "why that is no failure" "$out" '^The refusal is one that --accept names'
run 1 "another refusal" try good.ko --accept EINVAL
sed -i 's/^end/left proc \/proc\/x\n&/' $lab/says
run 1 "one that left something" --json try good.ko --accept ENODEV
says "is none that was to be expected" "$out" '"accepted":false,.*"This stayed behind after the load that was refused'
for list in ENOTHING '' 'ENODEV,' 0 4096 enodev; do
	run 2 "--accept '$list'" try good.ko --accept "$list"
done
printf 'kernel 6.1.0-test\ncycle 3\n' >$lab/says
echo 123 >$lab/status
run 1 "a machine that stands still" --json try good.ko
says "hung" "$out" '"verdict":"hung","sentence":"good hung: '
echo 124 >$lab/status
run 5 "one that is still at work when the host's time is over" --json try good.ko
says "is no verdict on the module" "$out" '"verdict":null,"sentence":"good was not judged: .*--timeout SECONDS.*--cycles'
run 5 "the same in words" try good.ko --timeout 77 --cycles 3
says "says what to do" "$out" '^good was not judged: .* as this host is slow or busy'
says "the bounds are those that were given" $lab/asked '^run .*--timeout 77 --silent [0-9]+ '
lacks "what is not known to hang is not called so" "$out" 'hung'
echo 125 >$lab/status
run 1 "a machine that dies" --json try good.ko
says "crashed" "$out" '"verdict":"crashed"'
: >$lab/says
echo 124 >$lab/status
run 5 "a machine too slow to begin" try good.ko
says "is told so" "$err" 'good\.ko: The machine did not start in time, as this host is slow or busy\.'
echo 125 >$lab/status
run 1 "a machine that never began" --json try good.ko
says "is no verdict, but an error in its words" "$err" 'good\.ko: what went wrong'
lacks "on standard output there is nothing" "$out" .
dd if=/dev/zero bs=1M count=8 2>/dev/null | tr '\0' x >$lab/says
run 1 "eight megabytes of nonsense" --json try good.ko
lacks "are no verdict either" "$out" .
echo 125 >$lab/path.status
run 1 "a kernel that can not be had" try good.ko
says "in the words of the machine" "$err" '6\.1\.0-test: the network is away'

echo 0 >$lab/path.status
printf 'kernel 6.1.0-test\ncycle 5\nend\n' >$lab/says
echo 122 >$lab/status
run 1 "a machine whose words could not all be kept" try good.ko
says "is no verdict, but what the machine's host lacked" "$err" 'good\.ko: what went wrong'
TMPDIR=$tmp/none run 1 "no directory for temporary files" try good.ko
says "is told by its name, with what to do" "$err" '/none: A directory for temporary files can not be made here: .*TMPDIR'

rm $lab/lab
run 1 "no machine" try good.ko
says "is said" "$err" 'throwaway machine is not installed'
is "no temporary directory is left" "$(ls runs)" ""
finish
