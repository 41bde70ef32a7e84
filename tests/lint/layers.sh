#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Laws L1, L2 and L3: who may include whom, and who may open what.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

# shellcheck disable=SC2046 # file names of this tree have no blanks
set -- $(tracked 'tui/*.c' 'tui/*.h')
sources=$(code_strings "$@")
plain=$(code "$@")

# A room and those it may include from.
law "L1: includes follow the arrows between the rooms" "$(printf '%s\n' "$sources" | awk -F: '
BEGIN {
	may["base"] = " base "
	may["model"] = " model base "
	may["kernel"] = " kernel model base "
	may["cli"] = " cli kernel model base "
	may["view"] = " view model base "
	may["app"] = " app cli view kernel model base "
	may["main.c"] = may["app"]
}
$3 ~ /^[ \t]*#[ \t]*include[ \t]*"/ {
	split($1, path, "/")
	room = path[2]
	split($3, quoted, "\"")
	if (quoted[2] == "config.h")
		next
	n = split(quoted[2], target, "/")
	if (n < 2)
		print $1 ":" $2 ": \"" quoted[2] "\" does not name its room"
	else if (!index(may[room], " " target[1] " "))
		print $1 ":" $2 ": " room " may not include \"" quoted[2] "\""
}')"

only()
{
	printf '%s\n' "$sources" | grep -E "^[^:]*:[0-9]+:[[:space:]]*#[[:space:]]*include[[:space:]]*<($1)>" |
		grep -vE "^($2):"
}
law "L2: only view/ includes curses" "$(only 'n?curses[a-z]*/?[a-z]*\.h|term\.h|panel\.h' 'tui/view/[^:]*')"
law "L2: only kernel/kmod_* includes libkmod" "$(only 'libkmod\.h' 'tui/kernel/kmod_[^:]*')"
law "L2: only kernel/uevent.c includes libudev" "$(only 'libudev\.h' 'tui/kernel/uevent\.c')"

# A call that takes a path, and in its statement a path of the kernel's: as a literal, or as a
# macro or array of the same file that holds one.
law "L3: the kernel's files are opened through kernel/root.c alone" "$(printf '%s\n' "$sources" | awk '
BEGIN {
	literal = "\"/(proc|sys|dev|etc|lib/modules|usr/lib/modules)[/\"]"
	call = "(^|[^a-zA-Z0-9_])(open|open64|openat|openat2|fopen|freopen|opendir|scandir|stat|lstat|" \
	       "fstatat|statx|access|faccessat|readlink|readlinkat|realpath|creat|mkdir|mknod|unlink|" \
	       "rename|symlink|truncate|chdir|chmod|chown|mount|inotify_add_watch)[ \t]*[(]"
}
{
	match($0, /^[^:]*:[0-9]+:/)
	where = substr($0, 1, RLENGTH - 1)
	text = substr($0, RLENGTH + 1)
	file = where
	sub(/:.*/, "", file)
	if (file != last) {
		statement = ""
		for (name in holds)
			delete holds[name]
		last = file
	}
	if (file == "tui/kernel/root.c")
		next
	gsub(/"\/dev\/(null|tty)"/, "\"\"", text)
	if (text ~ literal && (text ~ /#[ \t]*define/ || text ~ /char[^(]*=/)) {
		name = text
		if (name ~ /define/)
			sub(/^[ \t]*#[ \t]*define[ \t]+/, "", name)
		else
			sub(/^.*char[ \t*]*(const[ \t]+)?/, "", name)
		sub(/[^a-zA-Z0-9_].*/, "", name)
		if (name != "")
			holds[name] = 1
	}
	statement = statement " " text
	if (text !~ /[;{}]/)
		next
	if (statement ~ call) {
		guilty = statement ~ literal
		for (name in holds)
			if (statement ~ ("[^a-zA-Z0-9_]" name "[^a-zA-Z0-9_]"))
				guilty = 1
		if (guilty)
			print where ":" statement
	}
	statement = ""
}')"

# Whether a module is built in is read from the module directory, by the one call of kmod_named.c.
law "L3: libkmod is not asked for live state" "$(printf '%s\n' "$plain" |
	grep -vE '^tui/kernel/kmod_named\.c:[0-9]*:.*kmod_module_get_initstate\(module\) == KMOD_MODULE_BUILTIN;' |
	grep -E 'kmod_module_(new_from_loaded|get_initstate|get_refcnt|get_size|get_holders|get_sections)')"
finish
