#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the commands that change a kernel print with --json, made in the throwaway machine and held
# against docs/schema.json here.

# shellcheck source=tests/vm/host.sh
. "$(dirname "$0")/host.sh"

PATH=/usr/bin:$PATH:/usr/sbin:/sbin
needs_machine
needs jsonschema
needs_module '*'
needs_kernel

tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 143' INT TERM HUP

# A line each: the command's name, a tab, and its words.
cat >"$tmp/guest" <<'END'
try()
{
	printf '%s\t' "$1"
	kmodtui --json "$@" 2>/dev/null
}
mkdir -p /etc/modprobe.d /etc/modules-load.d
try load kmt_timer --dry-run
try load kmt_timer period_ms=250
try load kmt_timer
try set kmt_timer period_ms=500
try set kmt_timer cpu=1
try set kmt_timer period_ms=many
try set kmt_nosuch period_ms=1
try reload kmt_timer --dry-run
try reload kmt_timer engine=hrtimer
modprobe kmt_chardev
sleep 1000 </dev/kmt_chardev0 &
try holders kmt_chardev
try unload kmt_chardev
try unload kmt_timer no_such_module
try load kmt_params number=900000000000
try params kmt_timer
try load kmt_hello --rollback 600
try keep
try unload kmt_hello --rollback 600
try rollback
try unload kmt_hello
try persist kmt_timer period_ms=700
try mask kmt_hello
try load kmt_hello
try undo
try undo
try journal
try status
try audit kmt_timer
dmesg -n 1
kmodtui --json log --module kmt_timer | sed 's/^/log\t/'
END
"$LAB" run --kernel "$kernel" --modules "$KMODULES" --add "$KMODTUI=/usr/bin/kmodtui" \
	--add "$tmp/guest=/kmt/guest" -- sh /kmt/guest >"$tmp/out" 2>"$tmp/err"

n=0
failed=0
while IFS='	' read -r command json; do
	n=$((n + 1))
	printf '%s\n' "$json" >"$tmp/line"
	# shellcheck disable=SC2016 # $ref and $defs are the schema's
	printf '{"$ref":"file://%s/docs/schema.json#/$defs/%s"}' "$SRCDIR" "$command" >"$tmp/schema"
	if jsonschema -i "$tmp/line" "$tmp/schema" >"$tmp/why" 2>&1; then
		echo "ok $n - $command"
		continue
	fi
	failed=$((failed + 1))
	echo "not ok $n - $command"
	head -c 2000 "$tmp/line" | sed 's/^/# /'
	head -n 20 "$tmp/why" | sed 's/^/# /'
done <"$tmp/out"
n=$((n + 1))
if [ $n -gt 28 ]; then
	echo "ok $n - all of them came"
else
	failed=$((failed + 1))
	echo "not ok $n - all of them came"
	tail -n 20 "$tmp/err" | sed 's/^/# /'
fi
echo "1..$n"
[ $failed -eq 0 ]
