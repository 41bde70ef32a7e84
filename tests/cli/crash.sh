#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A file of ours that is being written is the old one or the new one, whatever happens: the writer is
# killed before each of its system calls, and each of them fails in turn.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

skip_all()
{
	echo "1..0 # SKIP $1"
	exit 0
}

strace -o /dev/null -e inject=close:error=EIO:when=999 true 2>/dev/null ||
	skip_all "no strace here that can inject faults"
# Leaks can not be looked for in a program that is traced already.
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
cd "$tmp" || exit 99
make_root r
dir=r/etc/modprobe.d
conf=$dir/kmodtui.conf
rm $dir/x.conf
old='options alpha period_ms=1'
new='install alpha /bin/false
softdep alpha pre:
blacklist alpha'

reset_file()
{
	rm -f $dir/.kmodtui.conf.new
	printf '%s\n' "$old" >$conf
	chmod 640 $conf
}

write_file() # STRACE-OPTION...: replaces the old text by the new one
{
	strace -f -qq -o trace "$@" "$KMODTUI" --root r mask alpha >/dev/null 2>&1
}

# From the opening of the lock on, each call with its place among those of its name.
calls()
{
	awk '{
		sub(/^[0-9]+ +/, "")
		if (!match($0, /^[a-z0-9_]+\(/))
			next
		name = substr($0, 1, RLENGTH - 1)
		count[name]++
		if (/kmodtui\.conf\.lock/)
			on = 1
		if (on && name !~ /^(exit_group|munmap|mmap|mprotect|brk|madvise|futex|rt_sig.*)$/)
			print name, count[name]
		if (/\.kmodtui\.conf\.lock.*= -1/ || (on && name == "write" && /Written/))
			exit
	}' trace
}

new="$old
$new"
text_is()
{
	[ "$(cat $conf)" = "$1" ]
}

# The directory itself: no text but the file and its lock, unless the writer was killed.
left_over()
{
	find $dir -name '.kmodtui.conf.new'
}

try() # NAME WANTED-REST STRACE-OPTION: "old" or "new" must be there
{
	reset_file
	write_file -e "$3"
	tries=$((tries + 1))
	if text_is "$old"; then
		olds=$((olds + 1))
	elif text_is "$new"; then
		news=$((news + 1))
	else
		echo "# neither old nor new: $3"
		bad=$((bad + 1))
	fi
	[ "$(stat -c %a $conf 2>/dev/null)" = 640 ] || { echo "# mode: $3"; bad=$((bad + 1)); }
	[ "$2" = any ] || case $3 in
	inject=unlinkat:*) ;;
	*) [ -z "$(left_over)" ] || { echo "# left over: $3"; bad=$((bad + 1)); } ;;
	esac
}

reset_file
write_file
text_is "$new"
verdict $? "undisturbed it is the new one"
calls >list
[ "$(grep -cE '^(openat|flock|write|fsync|renameat|renameat2) ' list)" -ge 6 ]
verdict $? "and the calls that write it are found"
grep -E '^(fsync|rename)' trace | awk '{ print $1 }' | cut -d '(' -f 1 >/dev/null
is "file, then name, then directory reach the disk" \
	"$(sed -nE 's/^[0-9]+ +((fsync|rename)[a-z0-9]*)\(.*/\2/p' trace | tr '\n' ' ')" "fsync rename fsync "

tries=0 bad=0 olds=0 news=0
while read -r name n; do
	try "$name" any "inject=$name:signal=KILL:when=$n"
done <list
[ "$bad" -eq 0 ] && [ "$olds" -gt 0 ] && [ "$news" -gt 0 ]
verdict $? "killed before each call: old or new"
echo "# killed $tries times: $olds old, $news new"

for error in EIO ENOSPC EROFS EDQUOT EINTR; do
	tries=0 bad=0 olds=0 news=0
	while read -r name n; do
		[ "$error" != EINTR ] || [ "$name" != close ] || continue
		try "$name" none "inject=$name:error=$error:when=$n"
	done <list
	[ "$bad" -eq 0 ] && [ "$tries" -gt 0 ]
	verdict $? "$error of each call: old or new, and nothing left over"
	echo "# $error $tries times: $olds old, $news new"
done

# The next writer takes away what a killed one left.
reset_file
rename=$(grep '^rename' list | head -n 1)
write_file -e "inject=${rename% *}:signal=KILL:when=${rename#* }"
is "killed before the rename a temporary file stays" "$(left_over)" $dir/.kmodtui.conf.new
run 0 "until the next writer" --root r mask alpha
is "which takes it away" "$(left_over)" ""
text_is "$new"
verdict $? "and writes its own"
finish
