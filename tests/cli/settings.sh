#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The file of settings belongs to the console: commands, which may have privilege, never look at it.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
make_root r
mkdir -p config/kmodtui
echo 'sort = name' >config/kmodtui/config
echo quit >quit.keys
# Leaks can not be looked for in a program that is traced already.
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS

opens() # ARGUMENT...: the files it looks at are in the file trace
{
	strace -f -qq -o trace -e trace=file "$KMODTUI" --root r "$@" >"$out" 2>"$err" </dev/null
}

if strace -o /dev/null true 2>/dev/null; then
	opens --script quit.keys
	says "the console reads its settings" trace 'kmodtui/config'
	for command in list "info alpha" "params alpha" "mask alpha" "unmask alpha" status "load --dry-run alpha"; do
		# shellcheck disable=SC2086 # words
		opens $command
		lacks "the command $command does not" trace 'kmodtui/config'
	done
else
	skip "who reads the settings" "strace can not trace here"
fi

run 2 "--theme with a word that is none" --root r --theme dark --script quit.keys
says "names the themes" "$err" '^kmodtui: The option --theme can not be "dark"; it is one of default, light, colorblind\.$'
is "nothing is drawn" "$(cat "$out")" ""
run 2 "--colors 7" --root r --colors 7 --script quit.keys
says "names the numbers" "$err" '^kmodtui: The option --colors can not be "7"; it is one of auto, 8, 16, 256, none\.$'
run 2 "--theme is not for commands" --root r --theme light list
run 0 "--theme light" --root r --theme light --colors none --no-mouse --script quit.keys

# The same text in every theme, with every number of colours.
printf 'wait idle\nkey Down\ndump one\nkey F1\ndump two\n' >dump.keys
run 0 "a script" --root r --script dump.keys
cp "$out" plain
for theme in default light colorblind; do
	for colors in none 8 16 256; do
		run 0 "a script, theme $theme, colours $colors" --root r --theme $theme --colors $colors --script dump.keys
		cmp -s plain "$out"
		verdict $? "theme $theme, colours $colors: the text is the same"
	done
done

# What keeps a file from being read keeps nobody from working.
rm config/kmodtui/config
mkfifo config/kmodtui/config
printf 'wait idle\nexpect "The settings in "\nkey M\nexpect "it is no file."\n' >fifo.keys
run 0 "a pipe in place of the settings" --root r --script fifo.keys
finish
