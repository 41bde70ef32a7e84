#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# docs/schema.json says what --json prints.  Commands that only look are held against it here;
# tests/vm/schema.sh does it for those that change a running kernel.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

schema=$SRCDIR/docs/schema.json
PATH=/usr/bin:$PATH:/usr/sbin:/sbin
make_root "$tmp/r"
cd "$tmp" || exit 99
depmod -b r 6.1.0-test 2>/dev/null
XDG_STATE_HOME=$tmp/state
export XDG_STATE_HOME

if command -v jsonschema >/dev/null; then
	validate() # COMMAND FILE
	{
		# shellcheck disable=SC2016 # $ref and $defs are the schema's
		printf '{"$ref":"file://%s#/$defs/%s"}' "$schema" "$1" >"$tmp/of-command"
		jsonschema -i "$2" "$tmp/of-command" >"$err" 2>&1
	}
else
	validate() { return 77; }
fi

fits() # NAME COMMAND FILE: case: each line of the file is what the schema says of the command
{
	fits_status=0
	: >"$tmp/line"
	[ -s "$3" ] || fits_status=1
	while IFS= read -r json; do
		printf '%s\n' "$json" >"$tmp/line"
		validate "$2" "$tmp/line" || { fits_status=$?; break; }
	done <"$3"
	if [ $fits_status -eq 77 ]; then
		skip "$1" "jsonschema is not installed"
		return
	fi
	verdict $fits_status "$1"
	[ $fits_status -eq 0 ] || { show "$tmp/line"; show "$err"; }
}

prints() # NAME COMMAND ARGUMENT...: case: so do its words
{
	prints_name=$1
	prints_command=$2
	shift
	"$KMODTUI" --json "$@" >"$out" 2>/dev/null
	fits "$prints_name" "$prints_command" "$out"
}

# The validator sees what is wrong: a member too many, one too few, a number that stands for unknown.
printf '{"schema":1,"hits":[],"unread":0}\n' >good
fits "a good one passes" search good
wrong() # NAME JSON
{
	printf '%s\n' "$2" >wrong
	validate search wrong
	case $? in
	77) skip "$1" "jsonschema is not installed" ;;
	0) verdict 1 "$1" ;;
	*) verdict 0 "$1" ;;
	esac
}
wrong "a member too many is seen" '{"schema":1,"hits":[],"unread":0,"more":1}'
wrong "one too few is seen" '{"schema":1,"hits":[]}'
wrong "a number that stands for unknown is seen" '{"schema":1,"hits":[],"unread":-1}'
wrong "another schema is seen" '{"schema":2,"hits":[],"unread":0}'

for command in $("$KMODTUI" complete -- '' | cut -f1); do
	verdict "$(grep -q "^    \"$command\": {" "$schema"; echo $?)" "$command has its place in the schema"
done

prints "list" list --root r
prints "list --all" list --all --root r
prints "a list without live modules" list --all --root r --kernel 6.1.0-test
prints "info" info r/lib/modules/6.1.0-test/kernel/alpha.ko
prints "tree" tree alpha --root r
prints "holders" holders beta --root r
prints "which" which alpha --root r
mkdir -p r/sys/bus/pci/devices/0000:00:01.0
echo pci:v00001234d00005678bc02sc00 >r/sys/bus/pci/devices/0000:00:01.0/modalias
prints "which --unbound" which --unbound --root r
prints "audit" audit delta --root r
prints "search" search first --root r
prints "a search without a hit" search no-such-thing --root r
prints "params" params alpha --root r
prints "log" log --root r
prints "status" status --root r
prints "the status of this machine" status
for taint in 0 4096 524288 $(((1 << 19) | (1 << 20) | 1)) 4611686018427387904 -1 none ''; do
	echo "$taint" >r/proc/sys/kernel/tainted
	prints "the status with the taint \"$taint\"" status --root r
done
rm r/proc/sys/kernel/tainted
prints "the status of a machine that does not tell its taint" status --root r
lacks "which has no mark then" "$out" '"taint_words":\[[^]]'
mkdir -p r/lib/modules/6.2.0-other
prints "the status of another kernel" status --root r --kernel 6.2.0-other
mkdir -p bare
prints "the status of a machine that tells nothing" status --root bare
prints "persist" persist alpha period_ms=5 --boot --root r
prints "persist once more" persist alpha period_ms=5 --root r
prints "persist --remove" persist alpha --remove --boot --root r
prints "persist that fails" persist alpha no_such=5 --root r
prints "mask" mask alpha gamma --root r
prints "unmask" unmask alpha --root r
prints "mask --dry-run" mask beta --dry-run --root r
# What follows stands in the journal, and that of root is the machine's own: as a user then.
if [ "$(id -u)" -eq 0 ]; then
	if ! setpriv --version >/dev/null 2>&1; then
		skip "what stands in the journal" "setpriv is not installed"
		finish
	fi
	chmod 755 "$tmp"
	mkdir "$tmp/state"
	chmod 777 "$tmp/state"
	printf '#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups "%s" "$@"\n' "$KMODTUI" >user
	chmod 755 user
	KMODTUI=$tmp/user
fi
prints "a load that fails" load no_such_module
prints "an unload of what is not there" unload no_such_module
prints "a reload that fails" reload no_such_module
prints "the journal" journal
finish
