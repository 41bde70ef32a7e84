#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What may stand where a word is typed: the command the shells ask, and the shells asking it.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

completions=$SRCDIR/docs/completions
make_root "$tmp/r"
cd "$tmp" || exit 99
ln -s "$KMODTUI" kmodtui
PATH=$tmp:$PATH:/usr/sbin:/sbin
make_module r/lib/modules/6.1.0-test/kernel/alpha.ko "license=GPL" "name=alpha" \
	"parmtype=period_ms:uint" "parm=period_ms:time between two events" "parmtype=on:bool"

words() # NAME WORDS WORD...: case: these candidates are offered
{
	words_name=$1
	words_wanted=$2
	shift 2
	is "$words_name" "$("$KMODTUI" complete -- "$@" | cut -f1 | tr '\n' ' ')" "$words_wanted"
}

words "a command" "load log " lo
words "an option of all" "--readonly --record --replay " --re
words "an option of the command" "--dry-run " load --d
words "none of another" "" list --dr
words "after -- there is none" "" list -- --
words "a module or a file" "alpha :files " --root r info al
words "on disk, too" "delta :files " --root r load de
words "only live ones can be unloaded" "" --root r unload de
words "and those can" "alpha " --root r unload al
words "each further name, too" "beta " --root r unload alpha be
words "but not where one is taken" "" --root r tree alpha be
words "a state" "disk " list --state d
words "a level" "warn " log --level w
words "a column" "size " list -o si
words "a live module after --module" "alpha " --root r log --module al
words "the value in the word of its option" "--state=disk " list --state=d
words "behind its letter, too" "-osize " list -osi
words "what no option takes" "" list --safe=d
words "a directory in the same word counts" "alpha :files " --root=r info al
words "but not one that is another's value" "" --root=r log --module --root unload de
words "nor one behind --" "alpha " --root r -- unload --root=none al
words "a kernel in the same word counts" "alpha :files " --root=r --kernel=6.1.0-test info al
words "a file as the value in the word" ":files " --root=r
if depmod -b r 6.1.0-test 2>"$err"; then
	words "a parameter" "period_ms= " --root r load alpha per
	words "the words of a bool" "on=Y on=N " --root r load alpha on=
else
	skip "a parameter" "depmod is not installed"
	skip "the words of a bool" "depmod is not installed"
fi
printf 'ev\033[2Jil 4096 0 - Live 0x0\n' >>r/proc/modules
words "no name with control characters" "" --root r unload ev
is "each command of the help is offered" \
	"$("$KMODTUI" complete -- '' | cut -f1 | sort | tr '\n' ' ')" \
	"$("$KMODTUI" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\).*/\1/p' | sort | tr '\n' ' ')"
run 0 "the command itself is not in the help" --help
lacks "for it is for programs" "$out" '^  complete'

# asked SHELL: what the script on standard input prints
asked()
{
	"$@" >"$out" 2>"$err"
	cut -f1 "$out" | tr '\n' ' '
}

if command -v bash >/dev/null; then
	bash_asks() # WORD...: as if Tab was pressed behind them
	{
		# shellcheck disable=SC2016 # for bash
		asked bash -c '
			. "$0"
			COMP_WORDS=(kmodtui "$@")
			COMP_CWORD=$#
			_kmodtui kmodtui "${@: -1}"
			printf "%s\n" "${COMPREPLY[@]}"' "$completions/kmodtui.bash" "$@"
	}
	is "bash: a command" "$(bash_asks lo)" "load log "
	is "bash: a module and files" "$(bash_asks --root r load k)" "kmodtui "
	is "bash: nothing" "$(bash_asks --root r unload zz)" " "
	is "bash: a word it has broken at =" "$(bash_asks --root = r load de)" "delta "
	is "bash: the value alone behind =" "$(bash_asks list --state = d)" "disk "
	is "bash: files behind =" "$(bash_asks --root = r/l)" "r/lib "
else
	for name in "a command" "a module and files" nothing "a word it has broken at =" "the value alone behind =" \
			"files behind ="; do
		skip "bash: $name" "bash is not installed"
	done
fi

if command -v zsh >/dev/null; then
	zsh_asks()
	{
		# shellcheck disable=SC2016 # for zsh
		asked zsh -f -c '
			_describe() { local list=$4; [[ $1 == -t ]] && print -l -- ${${(P)list}%%:*} }
			_files() { print files }
			words=(kmodtui "$@")
			CURRENT=$(($# + 1))
			. $0' "$completions/_kmodtui" "$@"
	}
	is "zsh: a command" "$(zsh_asks lo)" "load log "
	is "zsh: a module and files" "$(zsh_asks --root r load de)" "delta files "
	is "zsh: nothing" "$(zsh_asks --root r unload zz)" ""
else
	for name in "a command" "a module and files" nothing; do
		skip "zsh: $name" "zsh is not installed"
	done
fi

if command -v fish >/dev/null; then
	fish_asks()
	{
		# shellcheck disable=SC2016 # for fish
		asked env HOME="$tmp" fish --no-config -c 'source $argv[1]; complete -C "$argv[2]"' \
			"$completions/kmodtui.fish" "kmodtui $*"
	}
	is "fish: a command" "$(fish_asks lo)" "load log "
	is "fish: a module" "$(fish_asks --root r load de)" "delta "
	is "fish: nothing" "$(fish_asks --root r unload zz)" ""
else
	for name in "a command" "a module" nothing; do
		skip "fish: $name" "fish is not installed"
	done
fi
finish
