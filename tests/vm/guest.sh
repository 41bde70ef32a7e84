# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What a module's test has at hand inside the throwaway machine.  A test starts with
#
#	. /kmt/guest.sh
#
# and runs as root under the guest's small shell.  Every call below marked "case" prints one
# line of TAP; what a failed command said follows as comment lines.
#
#	check NAME COMMAND...	case: the command succeeds
#	refuse NAME COMMAND...	case: the command fails (and is not killed by a signal)
#	refuse_as WORDS NAME COMMAND...
#				case: it fails, and says these words: those of the errno.  The shell's own
#				printf and echo do not say them; put does, and load
#	soon NAME COMMAND...	case: the command succeeds within a minute or two, tried again and again: time that only
#				a busy host needs
#	is NAME GOT WANTED	case: the two strings are the same
#	log_has NAME REGEX	case: the kernel log since the last log_mark holds a line that matches
#				(extended regular expression), at once or soon
#	log_lacks NAME REGEX	case: it holds none at this moment
#	log_mark		the kernel log starts here, for the two calls above
#	load MODULE [P=V]...	case: modprobe succeeds and /proc/modules names the module
#	unload MODULE		case: rmmod succeeds and /proc/modules does not name it any more
#	put FILE VALUE		no case: writes it with one write(2)
#	loaded MODULE		no case: whether /proc/modules names it
#	param MODULE NAME	no case: prints the parameter's value
#	skip NAME REASON	case: counted as skipped
#	note TEXT		a comment line
#	run STATUS NAME ARG...	case: kmodtui ends with that status; its words stay in $out and $err
#	says NAME FILE REGEX	case: a line of the file matches (extended regular expression)
#	finish			prints the plan and ends the test; status 1 when a case failed
#
# load and unload may be arguments of check, refuse and soon: then they are not a case of their
# own.  `refuse "a period of zero" load kmt_timer period_ms=0` is the way to test bad values.
# A debug kernel of another kind than kasan brings /kmt/kind.sh, which is read here and may have an
# at_end() of its own.
# The test's own programs and the probes of tests/vm/ lie in /kmt/bin, which is in PATH.

cases=0
failed=0
nested=
mark=0
said=/tmp/said.$$
out=/tmp/kmodtui.out
err=/tmp/kmodtui.err
PATH=/kmt/bin:$PATH
export PATH

note()
{
	printf '%s\n' "$*" | sed 's/^/# /'
}

# verdict STATUS NAME: one line of TAP; the words of the failed command come after it.
verdict()
{
	cases=$((cases + 1))
	verdict_name=$(printf '%s' "$2" | LC_ALL=C tr -c ' -~' '?')
	if [ "$1" -eq 0 ]; then
		echo "ok $cases - $verdict_name"
		return 0
	fi
	failed=$((failed + 1))
	echo "not ok $cases - $verdict_name"
	[ ! -s "$said" ] || head -n 40 "$said" | sed 's/^/# /'
	return 1
}

# quietly COMMAND...: runs it with its output kept in $said.
quietly()
{
	nested=1
	"$@" >"$said" 2>&1
	quiet_status=$?
	nested=
	return $quiet_status
}

check()
{
	check_name=$1
	shift
	quietly "$@"
	check_status=$?
	[ $check_status -eq 0 ] || echo "status $check_status from: $*" >>"$said"
	verdict $check_status "$check_name"
}

# refused WORDS COMMAND...: whether it fails by itself, and says them
refused()
{
	refused_words=$1
	shift
	quietly "$@"
	refused_status=$?
	if [ $refused_status -eq 0 ]; then
		echo "succeeded, but should have been refused: $*" >>"$said"
	elif [ $refused_status -ge 126 ]; then
		echo "status $refused_status (not found, or killed) from: $*" >>"$said"
	elif [ -n "$refused_words" ] && ! grep -qF -- "$refused_words" "$said"; then
		echo "refused, but not with \"$refused_words\": $*" >>"$said"
	else
		return 0
	fi
	return 1
}

refuse_as()
{
	refuse_words=$1
	refuse_name=$2
	shift 2
	refused "$refuse_words" "$@"
	verdict $? "$refuse_name"
}

refuse()
{
	refuse_as "" "$@"
}

soon()
{
	soon_name=$1
	shift
	soon_tries=${SOON_TRIES:-600}
	until quietly "$@"; do
		soon_tries=$((soon_tries - 1))
		[ "$soon_tries" -gt 0 ] || break
		sleep 0.1
	done
	[ "$soon_tries" -gt 0 ] || echo "not in time: $*" >>"$said"
	[ "$soon_tries" -gt 0 ]
	verdict $? "$soon_name"
}

is()
{
	: >"$said"
	[ "$2" = "$3" ] || printf 'got:    %s\nwanted: %s\n' "$2" "$3" >"$said"
	[ "$2" = "$3" ]
	verdict $? "$1"
}

skip()
{
	cases=$((cases + 1))
	echo "ok $cases - $1 # SKIP $2"
}

# The number of the newest record of the kernel log would need a reader of its own; the number
# of lines serves as long as the log does not wrap, and no test writes that much.
log_mark()
{
	mark=$(dmesg | wc -l)
}

log_since()
{
	dmesg | tail -n +$((mark + 1))
}

log_grep()
{
	log_since >/tmp/log.$$
	grep -qE -- "$1" /tmp/log.$$ && return 0
	echo "no line matches: $1"
	tail -n 15 /tmp/log.$$
	return 1
}

log_has()
{
	soon "$1" log_grep "$2"
}

log_lacks()
{
	log_since | grep -E -- "$2" >"$said"
	[ ! -s "$said" ]
	verdict $? "$1"
}

put()
{
	busybox echo -n "$2" >"$1"
}

loaded()
{
	grep -q "^$1 " /proc/modules
}

param()
{
	cat "/sys/module/$1/parameters/$2"
}

do_load()
{
	modprobe "$@" || return
	loaded "$1" || { echo "modprobe succeeded, but /proc/modules does not name $1"; return 1; }
}

do_unload()
{
	rmmod "$1" || return
	! loaded "$1" || { echo "rmmod succeeded, but /proc/modules still names $1"; return 1; }
}

load()
{
	if [ -n "$nested" ]; then
		do_load "$@"
	else
		check "load $*" do_load "$@"
	fi
}

unload()
{
	if [ -n "$nested" ]; then
		do_unload "$@"
	else
		check "unload $*" do_unload "$@"
	fi
}

run()
{
	run_wanted=$1
	run_name=$2
	shift 2
	kmodtui "$@" >"$out" 2>"$err"
	run_got=$?
	cat "$out" "$err" >"$said"
	echo "status $run_got from: kmodtui $*" >>"$said"
	[ $run_got -eq "$run_wanted" ]
	verdict $? "$run_name"
}

says()
{
	cat "$2" >"$said"
	grep -qE -- "$3" "$2"
	verdict $? "$1"
}

at_end()
{
	:
}

finish()
{
	at_end
	echo "1..$cases"
	rm -f "$said" /tmp/log.$$
	[ $failed -eq 0 ] && [ $cases -gt 0 ]
	exit
}

if [ -f /kmt/kind.sh ]; then
	# shellcheck disable=SC1091 # tests/debug/kcsan.sh or gcov.sh
	. /kmt/kind.sh
fi
