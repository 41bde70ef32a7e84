#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# hello-alias: the module has a version and another name.
. /kmt/guest.sh

# out is guest.sh's: what kmodtui printed.
out=${out:-/tmp/kmodtui.out}

is "modinfo tells the version" "$(modinfo -F version kmt_hello)" 1.0
is "and the other name" "$(modinfo -F alias kmt_hello)" kmt-greeter
load kmt_hello
is "the kernel tells the version of what is loaded" "$(cat /sys/module/kmt_hello/version 2>&1)" 1.0
run 0 "the console's command knows it" info kmt_hello
says "and shows it" "$out" '^version: +1\.0$'
unload kmt_hello
finish
