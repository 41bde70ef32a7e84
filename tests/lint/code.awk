# SPDX-License-Identifier: GPL-2.0-or-later
# C source as file:line:text, comments blanked.  Strings keep their quotes; their insides go too
# unless strings=1.

FNR == 1 { inside = 0 }

{
	out = ""
	n = length($0)
	for (i = 1; i <= n; i++) {
		c = substr($0, i, 1)
		two = substr($0, i, 2)
		if (inside) {
			if (two == "*/") {
				inside = 0
				i++
			}
		} else if (two == "/*") {
			inside = 1
			i++
		} else if (two == "//") {
			break
		} else if (c == "\"" || c == "'") {
			start = i
			for (i++; i <= n && substr($0, i, 1) != c; i++)
				if (substr($0, i, 1) == "\\")
					i++
			out = out (strings ? substr($0, start, i - start + 1) : c c)
		} else {
			out = out c
		}
	}
	sub(/[ \t]+$/, "", out)
	if (out != "")
		print FILENAME ":" FNR ":" out
}
