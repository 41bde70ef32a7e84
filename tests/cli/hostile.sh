#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Files and indexes made to do harm: each one ends in a sentence and in a known status, in bounded time, and
# the process with the privileges never parses them.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

root=$tmp/r
make_root "$root"
modules=$root/lib/modules/6.1.0-test
good=$modules/kernel/alpha.ko
mkdir "$tmp/bad"
cd "$tmp/bad" || exit 99

# bounded STATUS NAME ARGUMENT...: run, and it ends by itself long before a minute is over
bounded()
{
	bounded_wanted=$1
	bounded_name=$2
	shift 2
	timeout 60 "$KMODTUI" "$@" >"$out" 2>"$err" </dev/null
	is "$bounded_name" "$?" "$bounded_wanted"
}

# every_word NAME: case: what was refused has a line on stderr with a whole sentence, and nothing else is there
every_word()
{
	is "$1" "$(grep -vcE '^kmodtui: [^ ]+: [A-Z].*\.$' "$err")" 0
}

# put FILE OFFSET BYTES: as printf writes them, over what is there
put()
{
	# shellcheck disable=SC2059 # the format is what is written
	printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# ---- files ----

# Cut short at every boundary: magic, head, sections, table, each entry of it.
size=$(wc -c <"$good")
for cut in 1 4 5 16 40 63 64 65 $((size - 193)) $((size - 192)) $((size - 191)) $((size - 128)) \
	$((size - 64)) $((size - 1)); do
	head -c "$cut" "$good" >"cut-$cut.ko"
done
bounded 6 "files cut short" info cut-*.ko
every_word "all are refused with a sentence"

# Bytes of the head and of the table of sections behind its empty first entry.
for offset in $(seq 4 63) $(seq $((size - 128)) 2 $((size - 1))); do
	cp "$good" "byte-$offset.ko"
	put "byte-$offset.ko" "$offset" '\377'
done
bounded 6 "bytes that are not what they were" info byte-*.ko
every_word "what is refused has a sentence"
is "nothing is said to be missing" "$(grep -c 'no such' "$err")" 0

# Huge numbers where offsets, sizes and counts stand.
huge='\377\377\377\377\377\377\377\177'
for offset in 40 48 56 $((size - 192 + 24)) $((size - 192 + 32)) $((size - 128 + 24)) $((size - 128 + 32)) \
	$((size - 64 + 24)) $((size - 64 + 32)); do
	cp "$good" "huge-$offset.ko"
	put "huge-$offset.ko" "$offset" "$huge"
done
bounded 6 "huge numbers" info huge-*.ko
every_word "have a sentence"

# A signature whose length is made up.
for length in '\377\377\377\377' '\177\377\377\377' '\000\000\000\000' '\000\000\020\000'; do
	{
		cat "$good"
		printf '\002\004\002\377\377\000\000\000'
		# shellcheck disable=SC2059
		printf "$length"
		echo '~Module signature appended~'
	} >"signed$length.ko"
done
timeout 60 "$KMODTUI" info signed*.ko >"$out" 2>"$err"
status=$?
is "a made-up signature ends in 0 or 6" "$((status == 0 || status == 6))" 1
every_word "and in a sentence or none"

# What is no file of a module at all.
: >empty.ko
mkfifo fifo.ko
mkdir dir.ko
ln -s loop.ko loop.ko
head -c 100000 /dev/zero >zero.ko
bounded 6 "an empty file" info ./empty.ko
bounded 6 "a FIFO" info ./fifo.ko
bounded 4 "a directory" info ./dir.ko
bounded 6 "a device" info /dev/zero
bounded 6 "a device that waits" info /dev/tty0 /dev/ptmx /dev/full
bounded 6 "zeros" info ./zero.ko
bounded 1 "a link to itself" info ./loop.ko
bounded 4 "no file" info ./nosuch.ko
bounded 6 "a file the kernel makes up" info /proc/self/status
if [ -r /proc/kcore ]; then
	bounded 6 "all of the memory" info /proc/kcore
else
	skip "all of the memory" "/proc/kcore can not be read"
fi
truncate -s 100G huge.ko
bounded 6 "a file of 100 GB" info ./huge.ko
says "that says it is too large" "$err" 'too large'

# Packed files that never end, and some that are cut.
pack()
{
	case $1 in
	xz) xz -0c ;;
	zst) zstd -1qc ;;
	gz) gzip -1c ;;
	esac
}
for kind in xz zst gz; do
	if ! : | pack $kind >/dev/null 2>&1; then
		skip "a bomb .$kind" "no program here packs it"
		skip "has a sentence" "no program here packs it"
		continue
	fi
	{ cat "$good"; head -c 700000000 /dev/zero; } | pack $kind >"bomb.ko.$kind"
	pack $kind <"$good" >whole
	head -c 100 whole >"cut.ko.$kind"
	bounded 6 "a bomb .$kind" info "bomb.ko.$kind" "cut.ko.$kind"
	every_word "has a sentence"
	rm "bomb.ko.$kind"
done

# The console's other doors to a file.
bounded 6 "parameters of a damaged file" params ./cut-64.ko
bounded 6 "the plan of one" load --dry-run ./cut-64.ko

# ---- indexes ----

# What kmod's own reader takes from a tree: its parser follows offsets wherever they lead.
PATH=$PATH:/usr/sbin:/sbin
if depmod -b "$root" 6.1.0-test 2>/dev/null; then
	index=$modules/modules.dep.bin
	cp "$index" whole
	size=$(wc -c <whole)
	worst=0
	: >words
	for offset in $(seq 8 "$((size / 12 + 1))" "$((size - 1))"); do
		for byte in '\000' '\377'; do
			cp whole "$index"
			put "$index" "$offset" "$byte"
			timeout 60 "$KMODTUI" --root "$root" info alpha >/dev/null 2>>words
			status=$?
			[ "$status" -le "$worst" ] || worst=$status
		done
	done
	is "damaged indexes end in a known status" "$((worst <= 6))" 1
	cp words "$err"
	every_word "and in a sentence"
	# The root of its tree is far behind its end: libkmod 30 reads there, 34 finds nothing.
	cp whole "$index"
	put "$index" 8 '\377\377\377\377'
	timeout 60 "$KMODTUI" --root "$root" info alpha >/dev/null 2>"$err"
	status=$?
	is "an index that leads out of itself" "$((status == 6 || status == 0))" 1
	wanted='crashed'
	[ "$status" -ne 0 ] || wanted='there is no file of this name below the module directory'
	says "ends its reader, or leads nowhere" "$err" "$wanted"
	bounded 0 "does not hinder a list" --root "$root" list --all
	cp whole "$index"
	bounded 0 "and the good one is read as before" --root "$root" info alpha
else
	for name in "damaged indexes end in a known status" "and in a sentence" \
		"an index that leads out of itself" "ends its reader, or leads nowhere" "does not hinder a list" \
		"and the good one is read as before"; do
		skip "$name" "depmod is not installed"
	done
fi

# ---- who parses ----

# "PID reads" or "PID limited" a line, from the calls of all processes: a descriptor's file is in <>.
follow()
{
	awk '
	/(prctl\(PR_SET_NO_NEW_PRIVS, 1|setresuid\(65534)/ { print $1, "limited" }
	/(read|pread64|mmap|mmap2|readv)\(.*<[^>]*(memfd:module|\.ko|modules\.[a-z.]*bin)/ {
		# Six bytes to tell what is packed are no parsing.
		if (!/pread64\(.*, 8, 0\)/)
			print $1, "reads"
	}' "$1"
}
if command -v strace >/dev/null && strace -f -o /dev/null true 2>/dev/null; then
	trace()
	{
		strace -f -y -e trace=read,pread64,readv,mmap,prctl,setresuid -o trace "$KMODTUI" "$@" \
			>"$out" 2>"$err" </dev/null
		follow trace >calls
		awk '$2 == "limited" { limited[$1] = 1 }
		     $2 == "reads" { if (limited[$1]) inside++; else outside++ }
		     END { print outside + 0, (inside ? "inside" : "nowhere") }' calls
	}
	# LeakSanitizer does not work beneath a debugger.
	ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0
	export ASAN_OPTIONS
	is "a file is parsed in a limited process alone" "$(trace info "$good")" "0 inside"
	strace -f -e trace=open,openat -o trace "$KMODTUI" load --dry-run "$good" >"$out" 2>"$err"
	is "and opened by its name once" "$(grep -c "\"$good\"" trace)" 1
	xz -c "$good" >packed.ko.xz 2>/dev/null && kmod --version 2>/dev/null | grep -q +XZ &&
		is "a packed one as well" "$(trace info ./packed.ko.xz)" "0 inside"
	is "and a tree of somebody else" "$(trace --root "$root" info delta)" "0 inside"
	is "when all of it is searched" "$(trace --root "$root" search first)" "0 inside"
	echo 'wait idle' >keys
	is "and in the console" "$(trace --root "$root" --script keys)" "0 inside"
else
	skip "who parses" "strace does not run here"
fi
finish
