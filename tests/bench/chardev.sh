#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Bytes through kmt_chardev beside those through a pipe: one writer and one reader, blocks of a page
# and of a pipe's whole buffer, which is also the size of the module's ring.
#
#	tests/bench/chardev.sh [MIB]
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

guest --add "$bench/through" >"$tmp/figures" <<END
	modprobe kmt_chardev || exit
	for block in 4096 65536; do
		echo "\$block \$(/kmt/bin/through /dev/kmt_chardev0 \$block ${1:-64}) \$(/kmt/bin/through pipe \$block ${1:-64})"
	done
END
[ -s "$tmp/figures" ] || skip "the machine gave no figures"
while read -r block ours theirs; do
	against "kmt_chardev, blocks of $block bytes" MiB/s "$ours" "a pipe" "$theirs" "at least 1.2"
done <"$tmp/figures"
