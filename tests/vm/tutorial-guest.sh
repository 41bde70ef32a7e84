#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What tutorial.sh plays in the machine: the chapters of docs/TUTORIAL, what the READMEs of the modules have to try,
# then the exercises.
#
# In a chapter or a README a line "# COMMAND" behind a tab is run, as root and by bash; the lines with a tab that
# follow, up to an empty one, are what it prints, where all numbers are equal, as are all blanks, and "..." stands
# for any number of lines.  Lines of the script language (kmodtui(8), SCRIPTS) are played by the console.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0"
. /kmt/guest.sh

LC_ALL=C.UTF-8
export LC_ALL
work=/tmp/tutorial
# said is guest.sh's: the words of the last command.
said=${said:-/tmp/said}

chapter() # N: its text
{
	awk -v n="$1" '/^[0-9]+\. / { on = $1 == n "." } on' /kmt/TUTORIAL
}

# The steps in standard input, a file each: NN.run has a command, NN.out what it prints, NN.keys a script.
steps()
{
	rm -rf $work
	mkdir $work
	awk -v to="$work/" '
	function step(kind) { file = sprintf("%s%02d.%s", to, ++n, kind) }
	function text() { return substr($0, 2) }
	!/^\t/ { kind = ""; next }
	/^\t# / { step("run"); print substr($0, 4) >file; file = sprintf("%s%02d.out", to, n); kind = "out"; next }
	/^\t(key|type|wait|expect|expect-not|resize|click) / {
		if (kind != "keys") {
			step("keys")
			print "wait idle 60000" >file
			kind = "keys"
		}
		print text() >file
		next
	}
	kind == "out" { print text() >file }'
}

# same WANTED GOT: whether the output is the one of the text
same()
{
	awk '
	function plain(line)
	{
		gsub(/[0-9]+/, "0", line)
		gsub(/[[:blank:]]+/, " ", line)
		sub(/^ /, "", line)
		sub(/ $/, "", line)
		sub(/^.*: line 0: /, "bash: ", line)
		return line
	}
	FILENAME == ARGV[1] { wanted[++w] = plain($0); next }
	{
		line = plain($0)
		if (wanted[at + 1] == "..." && (at + 1 == w || line != wanted[at + 2]))
			next
		if (wanted[at + 1] == "...")
			at++
		if (wanted[++at] != line) {
			print "the text says: " wanted[at]
			bad = 1
			exit
		}
	}
	END {
		if (!bad && wanted[at + 1] == "...")
			at++
		if (!bad && at < w)
			print "and not: " wanted[at + 1]
		exit bad || at < w
	}' "$1" "$2"
}

# What a chapter leaves behind is not for the next one.
tidy()
{
	exec 3<&- 4<&-
	cd /root || return
	sed -n 's/^\(kmt_[a-z]*\) .*/\1/p' /proc/modules >/tmp/left
	while read -r module <&9; do
		rmmod "$module"
	done 9</tmp/left
	dmesg -c >/dev/null
}

play_command() # STEP
{
	command=$(cat "$1.run")
	eval "$command" >$work/got 2>&1 </dev/null
	: >>"$1.out"
	same "$1.out" $work/got >"$said"
	result=$?
	sed 's/^/printed: /' $work/got >>"$said"
	verdict $result "$title: # $command"
}

# play TITLE: the steps
play()
{
	title=$1
	for step in "$work"/*.run "$work"/*.keys; do
		echo "$step"
	done | sort >/tmp/steps
	while IFS= read -r step <&9; do
		case $step in
		*'*'*) ;;
		*.run) play_command "${step%.run}" ;;
		*.keys)
			kmodtui --script "$step" >"$said" 2>&1 </dev/null
			verdict $? "$title: the keys"
			;;
		esac
	done 9</tmp/steps
	tidy
}

# play_exercise NAME: the check of an exercise, its cases in /tmp/checked
play_exercise()
{
	sh "/kmt/exercises/$1.sh" >/tmp/checked 2>&1
	tidy 2>/dev/null
	grep -q '^1\.\.[1-9]' /tmp/checked
}

check_exercise() # NAME
{
	solution=$(echo "/kmt/solved/$1"/*.ko)
	module=${solution##*/}
	installed=$(modinfo -n "${module%.ko}")
	cp "$installed" /tmp/as-it-is.ko
	# What does not come soon there is not coming.
	export SOON_TRIES=20
	play_exercise "$1" && grep -q '^not ok' /tmp/checked
	verdict $? "$1 is to be done"
	unset SOON_TRIES
	cp "$solution" "$installed"
	play_exercise "$1"
	verdict $? "$1 is done: its check comes to its end"
	grep -E '^(not )?ok ' /tmp/checked >/tmp/cases
	while IFS= read -r line <&9; do
		case $line in
		ok*) verdict 0 "$1: ${line#* - }" ;;
		*) cp /tmp/checked "$said"; verdict 1 "$1: ${line#* - }" ;;
		esac
	done 9</tmp/cases
	cp /tmp/as-it-is.ko "$installed"
}

chapters=$(grep -cE '^[0-9]+\. ' /kmt/TUTORIAL)
n=0
while [ $n -lt "$chapters" ]; do
	n=$((n + 1))
	chapter $n | steps
	play "$(chapter $n | head -n 1)"
done
for readme in /kmt/readme/*; do
	steps <"$readme"
	play "README of ${readme##*/}"
done
for diff in /kmt/exercises/*.diff; do
	name=${diff##*/}
	check_exercise "${name%.diff}"
done
finish
