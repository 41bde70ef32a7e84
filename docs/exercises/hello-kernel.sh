#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# hello-kernel: the module tells which kernel it has become a part of.
. /kmt/guest.sh

told()
{
	log_since | sed -n 's/.*kmt_hello: part of Linux //p'
}

log_mark
load kmt_hello who=Ada
is "it names this kernel, once" "$(told)" "$(uname -r)"
log_has "and still greets" 'kmt_hello: Hello, Ada! \(1 of 1\)$'
unload kmt_hello
load kmt_hello
is "each load is told" "$(told | grep -cFx "$(uname -r)")" 2
unload kmt_hello
finish
