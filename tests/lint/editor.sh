#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make compile_commands.json tells an editor how each source of the modules is compiled.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

name="every source of a module is in compile_commands.json"
if [ -z "${KMODULES:-}" ] || ! ls "$KMODULES"/*/*.ko >/dev/null 2>&1; then
	skip "$name" "the modules are not built"
	finish
fi
# -o: what is built is not built again while other tests use it.
said=$(env -u MAKEFLAGS -u MAKELEVEL make -s -C "$BUILDDIR" -o modules compile_commands.json 2>&1)
law "it can be made" "$([ -s "$BUILDDIR/compile_commands.json" ] || echo "$said")"
law "$name" "$(for file in modules/*/*.c; do
	case $file in *.mod.c) continue ;; esac
	grep -qF "\"file\": \"$top/$file\"" "$BUILDDIR/compile_commands.json" || echo "$file"
done)"
law "and no other file" "$(sed -n 's/^ "file": "\(.*\)",$/\1/p' "$BUILDDIR/compile_commands.json" |
	while IFS= read -r file; do [ -f "$file" ] || echo "$file"; done)"
if command -v python3 >/dev/null; then
	law "it is JSON" "$(python3 -m json.tool "$BUILDDIR/compile_commands.json" 2>&1 >/dev/null)"
else
	skip "it is JSON" "python3 is not installed"
fi
finish
