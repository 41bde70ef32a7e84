# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What is lost, for the tests under load, read after guest.sh.  kmemleak tells on a debug kernel;
# every kernel counts its memory.
#
#	leaks_mark		what is there now does not count
#	leaks_none NAME		case: nothing was lost since then
#	leaks_planted NAME	case: a planted leak is found, so that "none" means something
#	memory_mark		the memory that the kernel keeps to itself is so much
#	memory_same NAME KB	case: it has grown by less than one in a hundred since then, or by less than
#				that: the caches' stock comes and goes, per-CPU memory comes in pages
#	said_last		a comment with the last line of what the last check said
#	each_module COMMAND...	calls COMMAND FILE.ko PARAMETERS for each module of the suite, or those
#				named in MODULES, with parameters that make its load do the most

kmemleak=/sys/kernel/debug/kmemleak
updates=/lib/modules/$(uname -r)/updates

leaks_mark()
{
	[ ! -e $kmemleak ] || echo clear >$kmemleak
}

# Not ours: when a class can not be registered, class_register() of Linux 6.1 itself loses its name.
leaks_ours()
{
	awk 'function tell()
		{
			if (!(all ~ /kobject_set_name/ && all ~ /__class_register/))
				printf "%s", all
			all = ""
		}
		/^unreferenced/ { tell() }
		{ all = all $0 "\n" }
		END { tell() }' $kmemleak
}

# It does not look at what is younger than five seconds; and what one scan takes for lost because
# a pointer was just on its way, the next one takes back.
leaks_scan()
{
	sleep 6
	echo scan >$kmemleak && sleep 1 && echo scan >$kmemleak && leaks_ours >/tmp/leaks
}

# leaks_until TEST...: some scans, until the test of what they tell is true: on a busy host one may be too early
leaks_until()
{
	for _ in 1 2 3; do
		leaks_scan || return
		! "$@" || break
	done
	cat /tmp/leaks
	"$@"
}

leaks_named()
{
	leaks_until test -s /tmp/leaks
}

leaks_clean()
{
	leaks_until test ! -s /tmp/leaks
}

leaks_none()
{
	if [ -e $kmemleak ]; then
		check "$1" leaks_clean
	else
		skip "$1" "this kernel has no kmemleak"
	fi
}

# What the last command of a check said at its end.
said_last()
{
	# shellcheck disable=SC2154 # guest.sh has it
	note "$(tail -n 1 "$said")"
}

leaks_planted()
{
	if [ ! -e $kmemleak ]; then
		skip "$1" "this kernel has no kmemleak"
		return
	fi
	leaks_mark
	insmod /kmt/planted/kmt_planted_leak.ko && rmmod kmt_planted_leak
	check "$1" leaks_named
	leaks_mark
}

# Caches of files go, and the empty slabs that each processor keeps in stock.
memory_settle()
{
	sync
	echo 3 >/proc/sys/vm/drop_caches
	for cache in /sys/kernel/slab/*/shrink; do
		echo 1 >"$cache" 2>/dev/null
	done
	sleep 1
}

# slab, vmalloc and per-CPU memory, kB each
memory_figures()
{
	awk '/^SUnreclaim:|^VmallocUsed:|^Percpu:/ { printf "%d ", $2 }' /proc/meminfo
}

memory_mark()
{
	memory_settle
	memory_before=$(memory_figures)
}

memory_steady()
{
	memory_settle
	memory_now=$(memory_figures)
	echo "slab, vmalloc, per CPU: $memory_before kB before, $memory_now kB after"
	echo "$memory_before $memory_now" |
		awk -v floor="$1" '{
			for (i = 1; i <= 3; i++)
				if ($(i + 3) * 100 >= $i * 101 && $(i + 3) - $i >= floor)
					bad = 1
		} END { exit bad }'
}

memory_same()
{
	check "$1" memory_steady "$2"
	said_last
}

# named WORD LIST: whether the list has it; an empty one has all
named()
{
	[ -n "$2" ] || return 0
	case " $2 " in *" $1 "*) return 0 ;; esac
	return 1
}

# wanted MODULE: whether this run is about it
wanted()
{
	named "$1" "${MODULES:-}"
}

each_module()
{
	while read -r each_name each_parameters; do
		! wanted "$each_name" || "$@" "$updates/kmt_$each_name.ko" "$each_parameters"
	done <<-END
	hello times=2
	params
	procfs
	chardev minors=8
	timer engine=all period_ms=1
	netsock netns=all
	END
}
