#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What audit says of the kernel's own gates, of kernel.modprobe and of masks, beside what happens when it is tried.
# The kernel is started with: module_blacklist=kmt_chardev module-blacklist=kmt_hello,kmt-params initcall_blacklist=kmt_timer_init,nothing -- module_blacklist=kmt_procfs
# shellcheck disable=SC2154 # out and err are those of guest.sh
. /kmt/guest.sh

# said NAME ROAD: what audit says of that road: open, closed or unknown
said()
{
	kmodtui audit "$1" | awk -v road="$2" '$1 == road { print $2 }'
}

# tried NAME COMMAND...: open if the command brings the module in, else closed
tried()
{
	tried_name=$1
	shift
	modprobe -r "$tried_name" 2>/dev/null
	"$@" >/dev/null 2>&1
	if loaded "$tried_name"; then
		modprobe -r "$tried_name"
		echo open
	else
		echo closed
	fi
}

# gate NAME GATE WANTED: cases: the load goes so, and audit knows
gate()
{
	is "modprobe finds $1 $3" "$(tried "$1" modprobe "$1")" "$3"
	is "so does audit, by $2" "$(said "$1" "$2")" "$3"
}

gate kmt_hello module_blacklist closed		# the last list counts, a dash in its name does not matter
gate kmt_chardev module_blacklist open		# the first one does not
gate kmt_params module_blacklist open		# a dash in the list matters
gate kmt_procfs module_blacklist open		# behind "--" stands what is for init
gate kmt_timer initcall_blacklist closed
gate kmt_netsock initcall_blacklist open
kmodtui audit kmt_hello >/dev/null
is "the status tells of a gate that is closed" "$?" 0
kmodtui audit kmt_timer >/dev/null
is "of any gate" "$?" 0

# The kernel asks for a file system by itself, of the program that kernel.modprobe names.
request()
{
	is "the kernel finds minix $1 by $(echo "$2" | head -n 1)" "$(put /proc/sys/kernel/modprobe "$2"; tried minix mount -t minix none /mnt)" "$1"
	is "so does audit" "$(said minix request)" "${3:-$1}"
}

mkdir -p /mnt
program=$(cat /proc/sys/kernel/modprobe)
printf '#!/bin/sh\nexec /sbin/modprobe "$@"\n' >/tmp/filter
chmod 755 /tmp/filter
request open "$program"
request closed /bin/false
request closed /bin/true
request open /tmp/filter unknown
request closed "
"
put /proc/sys/kernel/modprobe "$program"
echo 'blacklist minix' >/etc/modprobe.d/minix.conf
request closed "$program"
rm /etc/modprobe.d/minix.conf

# A mask holds, of a module with soft dependencies as well; and one that does not is not called one.
for name in r8169 minix; do
	mkdir -p /etc/modprobe.d
	run 0 "$name is masked" mask $name
	is "and is not loaded by name" "$(tried $name modprobe $name)" closed
	is "as audit says" "$(said $name command)" closed
	run 1 "load refuses it" load $name
	run 0 "$name is unmasked" unmask $name
	is "and is loaded" "$(tried $name modprobe $name)" open
	is "as audit says" "$(said $name command)" open
done
echo 'install r8169 /bin/false' >/etc/modprobe.d/disable.conf
is "an install line alone does not keep out what has soft dependencies" "$(tried r8169 modprobe r8169)" open
is "as audit says" "$(said r8169 command)" open
run 0 "and the list" list --all --state masked -o name
is "as well" "$(grep -c r8169 "$out")" 0
finish
