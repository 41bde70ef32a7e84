#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Echoes of kmt_netsock beside those of a server in user space that waits in epoll_wait: the same
# client, 64 connections with a question under way on each.  The server's own time is what its
# processes have run, for the module the workers of the kernel's queues; the soft interrupt in which the
# module sends is on the account of the process it interrupts, the client, and so in the echoes a second.
#
#	tests/bench/netsock.sh [COUNT]
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

guest --add "$bench/echoes" >"$tmp/figures" <<END
	modprobe kmt_netsock port=7007 || exit
	/kmt/bin/echoes serve 7070 &
	for size in 64 4096; do
		for server in 7007:kworker/u 7070:echo_server; do
			sleep 1
			figures="\$figures \$(/kmt/bin/echoes ask \${server%:*} 64 \$size ${1:-20000} \${server#*:})"
		done
		echo "\$size \$figures"
		figures=
	done
END
[ -s "$tmp/figures" ] || skip "the machine gave no figures"
while read -r size ours run theirs theirs_run; do
	against "kmt_netsock, echoes of $size bytes" "a second" "$ours" "epoll in user space" "$theirs" "at least 1.15"
	against "kmt_netsock, run time of the server for $size bytes" us "$run" "epoll in user space" "$theirs_run" \
		"at most 0.65"
done <"$tmp/figures"
