#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# hello-proc: /proc/kmt_hello tells whom the module has greeted, as long as it is loaded.
. /kmt/guest.sh

load kmt_hello who=Ada
is "it tells the name" "$(cat /proc/kmt_hello 2>&1)" "greeted Ada"
check "another name is written" sh -c "echo Grace >/sys/module/kmt_hello/parameters/who"
is "it tells the one that was greeted" "$(cat /proc/kmt_hello 2>&1)" "greeted Ada"
is "nobody writes to it" "$(stat -c %a /proc/kmt_hello 2>&1)" 444
if [ -e /proc/kmt_hello ]; then
	exec 3</proc/kmt_hello
	check "the module can be unloaded with the file open" unload kmt_hello
	refuse "what was open finds nothing to call" cat <&3
	exec 3<&-
fi
check "the file is gone" test ! -e /proc/kmt_hello
refuse "eleven times: the load fails" load kmt_hello times=11
check "and leaves no file" test ! -e /proc/kmt_hello
cycle()
{
	for i in 1 2 3 4 5; do
		load kmt_hello who="number$i" && grep -qx "greeted number$i" /proc/kmt_hello && unload kmt_hello || return
	done
}
check "five times load and unload" cycle
finish
