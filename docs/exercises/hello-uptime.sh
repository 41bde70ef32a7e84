#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# hello-uptime: the goodbye tells how many seconds the module was loaded.
. /kmt/guest.sh

log_mark
load kmt_hello who=Ada
sleep 2
unload kmt_hello
log_has "the goodbye tells the seconds" 'kmt_hello: Goodbye, Ada, after [0-9]+ s!$'
log_lacks "which are not none" 'after 0 s!$'
log_mark
load kmt_hello
unload kmt_hello
log_has "they are counted anew each time" 'kmt_hello: Goodbye, world, after [0-9]+ s!$'
finish
