#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Names: what a file offers starts with the file's name, or with the name of a struct that a header
# of its room defines.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

# shellcheck disable=SC2046 # file names of this tree have no blanks
set -- $(tracked 'tui/*.c' 'modules/*.c')
sources=$(code "$@")

# "FILE.c PREFIX" a line: the prefixes a file may use.
prefixes=$(for file in "$@"; do
	stem=${file##*/}
	stem=${stem%.c}
	echo "$file $stem"
	case $file in
	tui/base/xalloc.c) echo "$file x" ;;
	# A table that fills a slot of its room: view_log in view/log.c.
	tui/view/*) echo "$file view_$stem" ;;
	# What the keys do is act_... in action.c as in the files act_....c.
	tui/app/action.c) echo "$file act" ;;
	esac
	# shellcheck disable=SC2046 # a room may have no header
	sed -n 's/^struct \([a-z0-9_]*\) {.*/\1/p' $(ls "${file%/*}"/*.h 2>/dev/null) /dev/null | sed "s,^,$file ,"
done)

# Reads "NAME FILE:LINE" and names those that do not fit.
misnamed()
{
	{ printf '%s\n' "$prefixes"; echo .; cat; } | awk '
	$0 == "." { names = 1; next }
	!names { may[$1] = may[$1] " " $2; next }
	{
		file = $2
		sub(/:.*/, "", file)
		n = split(may[file], prefix, " ")
		good = $1 == "main" && file == "tui/main.c"
		for (i = 1; i <= n; i++)
			if ($1 == prefix[i] || index($1, prefix[i] "_") == 1 ||
			    prefix[i] == "x" && index($1, "x") == 1)
				good = 1
		if (!good)
			print $2 ": " $1 " is not" may[file] "_..."
	}'
}

law "functions start with the name of their file" "$(printf '%s\n' "$sources" |
	awk -f "$lint/functions.awk" | awk '$5 == "global" { print $3, $4 }' | misnamed)"
law "tables and variables start with the name of their file" "$(printf '%s\n' "$sources" | awk '
{
	match($0, /^[^:]*:[0-9]+:/)
	where = substr($0, 1, RLENGTH - 1)
	text = substr($0, RLENGTH + 1)
}
text ~ /^[a-z_].*[a-zA-Z0-9_]+([[][^]]*[]])*[ \t]*=/ && text !~ /^(static|extern|typedef|return)[ \t]/ && text !~ /[(]/ {
	sub(/([[][^]]*[]])*[ \t]*=.*/, "", text)
	sub(/.*[^a-zA-Z0-9_]/, "", text)
	print text, where
}' | misnamed)"
# shellcheck disable=SC2046
law "no typedef of a struct" "$(code $(tracked 'tui/*.[ch]' 'modules/*.[ch]') |
	grep -E ':[[:space:]]*typedef[[:space:]]+(struct|union|enum)')"
finish
