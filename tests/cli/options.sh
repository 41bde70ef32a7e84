#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The command line itself: where options may stand, what is a usage error, what help says.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

# usage NAME REGEX ARGUMENT...: status 2, one line on stderr that matches, nothing on stdout
usage()
{
	usage_name=$1
	usage_regex=$2
	shift 2
	run 2 "$usage_name" "$@"
	is "  in one line" "$(wc -l <"$err" | tr -d ' ')$(wc -c <"$out" | tr -d ' ')" 10
	says "  that tells it" "$err" "^kmodtui: $usage_regex"
}

make_root "$tmp/r"

run 0 "options before the command" --root "$tmp/r" --json list
says "are taken" "$out" '^\{"schema":1,"kernel":"6.1.0-test"'
cp "$out" "$tmp/first"
run 0 "options behind it" list --json --root "$tmp/r"
same "mean the same" "$out" <"$tmp/first"
run 0 "a value glued to its option" list --json "--root=$tmp/r"
same "means the same" "$out" <"$tmp/first"
run 0 "a letter with its value" list -oname --root "$tmp/r"
same "means the same as apart" "$out" <<-END
	NAME
	alpha
	beta
	gamma
END
run 4 "behind -- everything is an argument" --root "$tmp/r" info -- --json
says "even what looks like an option" "$err" '^kmodtui: --json: There is no such module'
run 4 "an empty name" --root "$tmp/r" info ""
says "can be seen" "$err" '^kmodtui: "": There is no such module'

usage "an unknown option" "There is no option --frobnicate" --frobnicate
usage "an unknown letter" "There is no option -x" list -x
usage "an unknown command" "There is no command frobnicate" frobnicate
usage "an option without its value" "The option --root needs a value: DIR" list --root
usage "a flag with a value" "The option --all takes no value" list --all=yes
usage "an option of another command" "The option --users does not go with the command list" list --users
usage "-o without list" "The option --columns does not go with the command info" info -o name x
usage "an option of the console" "The option --script does not go with the command list" list --script x
usage "an option of commands without one" "The option --json goes with a command only" --json
usage "too few arguments" "The command info needs more: kmodtui info NAME\|FILE\.\.\.$" info
usage "a set without an assignment" "The command set needs more" set alpha
usage "too many arguments" "The command params takes only: NAME" params a b
usage "arguments where none belong" "The command list takes no arguments" list alpha
usage "contradicting options" "The options --safe and --raw exclude each other" list --safe --raw
usage "an empty word as a command" "There is no command " ""
usage "an unknown column" "list: There is no column x; the columns are: state, name, size" --root "$tmp/r" list -o x
usage "an unknown state" "list: There is no state x; the states are: live" --root "$tmp/r" list --state x
usage "an unknown log level" "log: There is no level x; the levels are: emerg" --root "$tmp/r" log --level x
usage "a version that is a path" "a/b: This is not the name of a kernel version" --kernel a/b list
for command in set load unload; do
	usage "$command refuses --root" "$command: .*--root" --root "$tmp/r" $command alpha a=1
	run 3 "$command refuses --readonly" --readonly $command alpha a=1
done
# What was begun for the journal is given back, which the runs with sanitizers see.
usage "no time for a roll-back" "0: This is no number of seconds from 1 to 86400" set alpha x=1 --rollback=0
usage "control characters of an argument are shown, not sent" 'There is no command a\\x1bb' "$(printf 'a\033b')"

run 4 "a root that is not there" --root "$tmp/none" list
says "is named" "$err" '^kmodtui: /.*none: '
run 0 "--help" --help
for command in list info params set load unload log status; do
	says "names $command" "$out" "^  $command "
done
run 0 "--help of a command" list --help
says "shows its options" "$out" '^ +--state STATE'
lacks "and not those of others" "$out" '--follow'
run 0 "--help needs no arguments" load --help
run 0 "--version" --version
says "says name and version" "$out" '^kmodtui [0-9]'
finish
