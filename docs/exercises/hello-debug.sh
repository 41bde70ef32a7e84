#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# hello-debug: a record for those who write the module, which its Kbuild switches on.
. /kmt/guest.sh

log_mark
load kmt_hello who=Ada
log_has "the log tells how long the name is" 'kmt_hello: the name has 3 characters$'
check "the record is there for debugging" sh -c "kmodtui log --level debug | grep 'the name has 3 characters'"
refuse "and is no worse than that" sh -c "kmodtui log --level info | grep 'the name has 3 characters'"
unload kmt_hello
load kmt_hello who="Ada Lovelace"
log_has "a longer name has more" 'kmt_hello: the name has 12 characters$'
unload kmt_hello
finish
