#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# hello-intree: the module says that it comes from the kernel's own tree, and is believed.
. /kmt/guest.sh

is "modinfo tells it" "$(modinfo -F intree kmt_hello)" Y
load kmt_hello
# E stays where the kernel knows of signatures: the module has none.
is "the kernel believes it" "$(tr -d 'E\n' </sys/module/kmt_hello/taint)" ""
unload kmt_hello
finish
