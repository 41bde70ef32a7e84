# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What the tests of the command line share.  They run the program named by KMODTUI on small
# roots of their own in a temporary directory, never on the host's modules, and speak TAP:
#
#	run STATUS NAME ARGUMENT...	case: the program ends with that status; its words stay in
#					$out and $err
#	says NAME FILE REGEX		case: a line of the file matches (extended expression)
#	lacks NAME FILE REGEX		case: none does
#	same NAME FILE			case: $out is byte for byte what standard input says
#	is NAME GOT WANTED		case: the two strings are the same
#	skip NAME REASON		case: counted as skipped
#	finish				the plan; status 1 when a case failed
#	make_root DIR			a machine with kernel 6.1.0-test, three live modules, log and sysfs
#	make_module FILE FIELD...	a module file with these fields ("license=GPL"); more than modinfo
#					reads is not in it

KMODTUI=${KMODTUI:-kmodtui}
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
out=$tmp/out
err=$tmp/err
cases=0
failures=0
LC_ALL=C.UTF-8
XDG_CACHE_HOME=$tmp/cache
export LC_ALL XDG_CACHE_HOME
unset KMOD_LOG LANGUAGE 2>/dev/null || :
# Nobody's own settings.
XDG_CONFIG_HOME=$tmp/config
export XDG_CONFIG_HOME

verdict() # STATUS NAME
{
	cases=$((cases + 1))
	if [ "$1" -eq 0 ]; then
		printf 'ok %d - %s\n' "$cases" "$2"
		return 0
	fi
	failures=$((failures + 1))
	printf 'not ok %d - %s\n' "$cases" "$2"
	return 0
}

show() # FILE: as comments
{
	head -n 30 "$1" | sed 's/^/# /'
}

run()
{
	run_wanted=$1
	run_name=$2
	shift 2
	"$KMODTUI" "$@" >"$out" 2>"$err" </dev/null
	run_got=$?
	[ "$run_got" -eq "$run_wanted" ]
	verdict $? "$run_name"
	if [ "$run_got" -ne "$run_wanted" ]; then
		printf '# status %d instead of %d from: kmodtui %s\n' "$run_got" "$run_wanted" "$*"
		show "$out"
		show "$err"
	fi
}

says()
{
	grep -qE -- "$3" "$2"
	says_status=$?
	verdict $says_status "$1"
	[ $says_status -eq 0 ] || show "$2"
}

lacks()
{
	! grep -qE -- "$3" "$2"
	lacks_status=$?
	verdict $lacks_status "$1"
	[ $lacks_status -eq 0 ] || show "$2"
}

same()
{
	cat >"$tmp/wanted"
	cmp "$2" "$tmp/wanted" >"$tmp/cmp" 2>&1
	same_status=$?
	verdict $same_status "$1"
	[ $same_status -eq 0 ] || diff "$tmp/wanted" "$2" | sed 's/^/# /'
}

is()
{
	[ "$2" = "$3" ]
	is_status=$?
	verdict $is_status "$1"
	[ $is_status -eq 0 ] || printf '# got:    %s\n# wanted: %s\n' "$2" "$3"
}

skip()
{
	cases=$((cases + 1))
	printf 'ok %d - %s # SKIP %s\n' "$cases" "$1" "$2"
}

finish()
{
	printf '1..%d\n' "$cases"
	[ "$failures" -eq 0 ]
	exit
}

make_root()
{
	mkdir -p "$1/proc/sys/kernel" "$1/etc/modprobe.d" "$1/lib/modules/6.1.0-test/kernel" \
		"$1/sys/module/alpha/parameters" "$1/sys/module/beta/holders/alpha"
	echo 6.1.0-test >"$1/proc/sys/kernel/osrelease"
	echo 0 >"$1/proc/sys/kernel/tainted"
	echo 1 >"$1/proc/sys/kernel/dmesg_restrict"
	cat >"$1/proc/modules" <<-END
	alpha 16384 0 - Live 0x0000000000000000 (OE)
	beta 1146880 1 alpha, Live 0x0000000000000000
	gamma 4096 -1 - Unloading 0x0000000000000000
	END
	echo 1000 >"$1/sys/module/alpha/parameters/period_ms"
	echo secret >"$1/sys/module/alpha/parameters/key"
	chmod 644 "$1/sys/module/alpha/parameters/period_ms"
	chmod 200 "$1/sys/module/alpha/parameters/key"
	make_module "$1/lib/modules/6.1.0-test/kernel/alpha.ko" "license=GPL" \
		"description=The first of all" "depends=beta" "name=alpha" \
		"parmtype=period_ms:uint" "parm=period_ms:time between two events" \
		"parmtype=key:charp"
	make_module "$1/lib/modules/6.1.0-test/kernel/delta.ko" "license=GPL" "name=delta"
	cat >"$1/lib/modules/6.1.0-test/modules.dep" <<-END
	kernel/alpha.ko:
	kernel/delta.ko:
	END
	echo kernel/inside.ko >"$1/lib/modules/6.1.0-test/modules.builtin"
	echo 'install delta /bin/false' >"$1/etc/modprobe.d/x.conf"
	cat >"$1/kmsg.records" <<-END
	6,10,1000000,-;alpha: started
	4,11,2500000,-;beta: slow
	 SUBSYSTEM=net
	14,12,3000000,-;alpha: this is not the kernel
	3,20,12345678,-;alpha: failed\x1b[2J
	END
}

# le NUMBER BYTES: a number, the low byte first
le()
{
	le_number=$1
	le_left=$2
	while [ "$le_left" -gt 0 ]; do
		# shellcheck disable=SC2059 # the format is what is made here
		printf "\\$(printf %03o $((le_number % 256)))"
		le_number=$((le_number / 256))
		le_left=$((le_left - 1))
	done
}

# A section header: name, type, flags and address, offset, size.
section()
{
	le "$1" 4
	le "$2" 4
	le 0 16
	le "$3" 8
	le "$4" 8
	le 0 8
	le 1 8
	le 0 8
}

# A 64-bit relocatable file of three sections: none, .modinfo and the names of the sections.
make_module()
{
	module_file=$1
	shift
	: >"$tmp/modinfo"
	for field in "$@"; do
		printf '%b\000' "$field" >>"$tmp/modinfo"
	done
	size=$(wc -c <"$tmp/modinfo")
	{
		printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000'
		le 1 2
		le 62 2
		le 1 4
		le 0 16
		le $((64 + size + 20)) 8
		le 0 4
		le 64 2
		le 0 4
		le 64 2
		le 3 2
		le 2 2
		cat "$tmp/modinfo"
		printf '\000.modinfo\000.shstrtab'
		le 0 1
		section 0 0 0 0
		section 1 1 64 "$size"
		section 10 3 $((64 + size)) 20
	} >"$module_file"
}
