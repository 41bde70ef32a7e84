#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmt_netsock where there is no IPv6.
# The kernel is started with: ipv6.disable=1
. /kmt/guest.sh

# write VALUE: to a parameter; neither echo nor printf of the guest's shell says why it could not
write()
{
	printf '%s' "$1" | dd of=/sys/module/kmt_netsock/parameters/beacon
}

load kmt_netsock
is "IPv4 is served alone" "$(sed -n 's/^\(up\|error\|tcp.\|udp.\) //p' /proc/kmt_netsock | tr '\n' ' ')" "1 0 1 1 0 0 "
is "and echoes" "$(echo hello | nc 127.0.0.1 7007)" hello
refuse_as "Address family not supported" "no beacon goes to IPv6" write '[::1]:514'
check "one goes to IPv4" write 127.0.0.1:514
unload kmt_netsock
finish
