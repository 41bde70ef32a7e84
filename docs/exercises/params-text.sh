#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# params-text: text takes printable ASCII characters and nothing else.
. /kmt/guest.sh

file=/sys/module/kmt_params/parameters/text

put()
{
	printf '%s' "$1" >$file
}

load kmt_params
check "it takes words" put "plain words, and 63 of them"
for bad in "$(printf 'a\033[31mb')" "$(printf 'two\nlines')" "$(printf 'a\177')" "$(printf 'a\302\233b')" \
	"$(printf 'a\tb')" "$(printf '%064d' 0)"; do
	refuse "it refuses '$bad'" put "$bad"
done
is "which changes nothing" "$(cat $file)" "plain words, and 63 of them"
check "it takes a newline at the end, as echo adds it" sh -c "echo line >$file"
check "it takes 63 characters" put "$(printf '%063d' 0)"
check "it takes none" put ""
unload kmt_params
refuse "a bad one stops the load" load kmt_params text="$(printf 'a\033b')"
load kmt_params text=good
is "a good one does not" "$(cat $file)" good
unload kmt_params
finish
