# SPDX-License-Identifier: GPL-2.0-or-later
# Reads what code.awk prints and names every function that is defined there, one a line:
#	LINES PARAMETERS NAME FILE:LINE static|global
# LINES goes from the first line of the head to the closing brace.  Kernel style is taken for
# granted: the head starts in the first column and the braces of the body stand there alone.

function parameters(head,	depth, i, c, n)
{
	sub(/^[^(]*[(]/, "", head)
	if (head ~ /^[ \t]*(void)?[ \t]*[)]/)
		return 0
	n = 1
	depth = 1
	for (i = 1; i <= length(head) && depth; i++) {
		c = substr(head, i, 1)
		if (c == "(")
			depth++
		else if (c == ")")
			depth--
		else if (c == "," && depth == 1)
			n++
	}
	return n
}

function tell(end,	name)
{
	name = head
	# __attribute__((...)) may stand in front of the name.
	gsub(/__attribute__[ \t]*[(][(][^()]*([(][^()]*[)])?[^()]*[)][)]/, "", name)
	head = name
	sub(/[ \t]*[(].*/, "", name)
	sub(/.*[^a-zA-Z0-9_]/, "", name)
	if (name != "")
		print end - first + 1, parameters(head), name, file ":" first, \
			(head ~ /(^|[ \t])static[ \t]/ ? "static" : "global")
}

{
	match($0, /^[^:]*:[0-9]+:/)
	where = substr($0, 1, RLENGTH - 1)
	text = substr($0, RLENGTH + 1)
	line = where
	sub(/.*:/, "", line)
	line += 0
	if (substr(where, 1, length(where) - length(line) - 1) != file) {
		file = substr(where, 1, length(where) - length(line) - 1)
		head = ""
		body = 0
	}
}

body {
	if (text ~ /^}/) {
		tell(line)
		body = 0
		head = ""
	}
	next
}

/^[^:]*:[0-9]+:#/ { next }

text ~ /^{/ && head ~ /[)][^=]*$/ { body = 1; next }

# static inline int one(void) { return 1; }
text ~ /^[a-zA-Z_].*[)][ \t]*{.*}$/ && text !~ /=/ { head = text; first = line; tell(line); head = ""; next }

text ~ /^[a-zA-Z_]/ && head !~ /[(][^)]*$/ { head = text; first = line }
text ~ /^[ \t]/ && head != "" { head = head " " text }
text ~ /[;}]$/ || (text ~ /{$/ && text !~ /^{/) { head = "" }
