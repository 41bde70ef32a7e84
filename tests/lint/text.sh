#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Clean text: no blanks at the end of a line, no carriage returns, nothing that is true on one
# machine only.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

# What is compared byte by byte, unpacked or drawn is left as it is.
list=$(tracked '*' | grep -vE '^COPYING$|\.(tar|png|screen)$|^tests/fuzz/corpus/|^tests/unit/data/')
find_text() # GREP-ARGUMENTS...
{
	# shellcheck disable=SC2086 # file names of this tree have no blanks
	grep -nIE "$@" -- $list
}

law "no blanks at the end of a line" "$(find_text '[[:blank:]]$' | cut -c 1-120)"
law "no carriage returns" "$(find_text "$(printf '\r')\$" | cut -c 1-120)"
law "the last line has an end" "$(for file in $list; do
	[ ! -s "$file" ] || [ -z "$(tail -c 1 "$file")" ] || echo "$file"
done)"
law "no marks of unfinished work" "$(find_text '(^|[^A-Za-z0-9_])(TODO|FIXME|XXX|HACK)([^A-Za-z0-9_]|$)' |
	grep -v '^tests/lint/text\.sh:')"

# Where this tree lies, unless that is a place every machine has.
here=$top
case ${top%/*} in
"" | /usr | /usr/src | /tmp | /opt | /srv | /home | /root | /var/tmp | /mnt) ;;
*) here="$here|${top%/*}/" ;;
esac
[ -z "${BUILDDIR:-}" ] || here="$here|$BUILDDIR"
law "no path of this machine" "$(find_text "(^|[^A-Za-z0-9_.])($(printf '%s' "$here" | sed 's/[].[+*?(){}^$]/\\&/g'))|/home/[a-z]" |
	grep -v '^tests/lint/text\.sh:')"

# Addresses of documents may stand in the tree; package mirrors and registries differ from machine to machine.
hosts=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -v '^#' |
	grep -oE '[a-z+]+://[A-Za-z0-9.-]+' | sed 's,.*://,,' | sort -u | sed 's/\./[.]/g' | tr '\n' '|')
law "no package mirror" "$(find_text "(^|[^A-Za-z0-9_.])(${hosts}(deb|ftp|security|archive|snapshot|mirrors?|packages)[.][a-z0-9.-]*[.](org|com|net))" |
	grep -v '^tests/lint/text\.sh:')"
law "addresses are those of documents" "$(find_text -o '(https?|ftp)://[A-Za-z0-9.-]+' |
	grep -vE '://(www[.]gnu[.]org|(docs|www|git)[.]kernel[.]org|man7[.]org|json-schema[.]org|no-color[.]org|spdx[.]org|localhost|127[.]0[.]0[.]1)$' |
	grep -v '^tests/lint/text\.sh:')"
finish
