#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# chardev-total: all rings together may have one mebibyte, at load and later.
. /kmt/guest.sh

put()
{
	printf '%s' "$1" >/sys/module/kmt_chardev/parameters/size
}

load kmt_chardev minors=4 size=262144
refuse "a page more for each is too much" put 266240
refuse "twice as much, too" put 524288
is "the size is what it was" "$(param kmt_chardev size)" 262144
is "and so are the rings" "$(sed -n 's/^size //p' /proc/kmt_chardev)" 262144
check "less is no question" put 65536
check "and back" put 262144
unload kmt_chardev
refuse "too much at load" load kmt_chardev minors=8 size=262144
check "nothing is left of it" test ! -e /dev/kmt_chardev0 -a ! -e /proc/kmt_chardev
load kmt_chardev minors=1 size=1048576
unload kmt_chardev
finish
