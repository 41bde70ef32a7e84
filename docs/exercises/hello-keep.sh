#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# hello-keep: a parameter keeps the module from being unloaded, and lets it go again.
. /kmt/guest.sh

put()
{
	printf '%s' "$1" >/sys/module/kmt_hello/parameters/keep
}

uses()
{
	cat /sys/module/kmt_hello/refcnt
}

load kmt_hello
is "nobody uses it at first" "$(uses)" 0
check "keep it" put 1
is "it is used once" "$(uses)" 1
check "keep it again" put 1
is "which is not twice" "$(uses)" 1
refuse "it can not be unloaded" rmmod kmt_hello
check "and is there" loaded kmt_hello
refuse "maybe is no answer" put maybe
is "and changes nothing" "$(uses)" 1
check "let it go" put 0
check "let it go again" put 0
is "nobody uses it any more" "$(uses)" 0
unload kmt_hello
load kmt_hello keep=1
refuse "given at load it holds as well" rmmod kmt_hello
check "let it go" put 0
unload kmt_hello
finish
