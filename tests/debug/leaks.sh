# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# kmemleak for the tests of the debug kernel, read after guest.sh:
#
#	leaks_mark		what is there now does not count
#	leaks_none NAME		case: nothing was lost since then
#	leaks_planted NAME	case: a planted leak is found, so that "none" means something
#	said_last		a comment with the last line of what the last check said
#	each_module COMMAND...	calls COMMAND FILE.ko PARAMETERS for each module of the suite, with
#				parameters that make its load do the most

kmemleak=/sys/kernel/debug/kmemleak
updates=/lib/modules/$(uname -r)/updates

leaks_mark()
{
	echo clear >$kmemleak
}

# It does not look at what is younger than five seconds; and what one scan takes for lost because
# a pointer was just on its way, the next one takes back.
leaks_scan()
{
	sleep 6
	echo scan >$kmemleak && sleep 1 && echo scan >$kmemleak && cat $kmemleak >/tmp/leaks
}

leaks_named()
{
	leaks_scan || return
	cat /tmp/leaks
	[ -s /tmp/leaks ]
}

leaks_clean()
{
	leaks_scan || return
	cat /tmp/leaks
	[ ! -s /tmp/leaks ]
}

leaks_none()
{
	check "$1" leaks_clean
}

# What the last command of a check said at its end.
said_last()
{
	# shellcheck disable=SC2154 # guest.sh has it
	note "$(tail -n 1 "$said")"
}

leaks_planted()
{
	leaks_mark
	insmod /kmt/planted/kmt_planted_leak.ko && rmmod kmt_planted_leak
	check "$1" leaks_named
	leaks_mark
}

each_module()
{
	"$@" "$updates/kmt_hello.ko" "times=2"
	"$@" "$updates/kmt_params.ko" ""
	"$@" "$updates/kmt_procfs.ko" ""
	"$@" "$updates/kmt_chardev.ko" "minors=8"
	"$@" "$updates/kmt_timer.ko" "engine=all period_ms=1"
	"$@" "$updates/kmt_netsock.ko" "netns=all"
}
