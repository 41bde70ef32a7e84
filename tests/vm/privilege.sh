#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the console may do itself: nearly nothing.  As root it keeps one capability and its commands few;
# as another user each command that changes something is run by sudo or its like.
. /kmt/guest.sh

LC_ALL=C.UTF-8
TERM=xterm
export LC_ALL TERM
# These are guest.sh's.
said=${said:-} out=${out:-}

# Root's console, with a command that takes its time.  The masks: what privilege.c names.
field()
{
	sed -n "s/^$1:[[:space:]]*//p" "/proc/$2/status"
}
children()
{
	cat "/proc/$console/task/$console/children"
}
kmodtui --script /kmt/console-privilege.keys >"$out" 2>&1 &
console=$!
# Of its children the one that loads.
loader()
{
	for child in $(children); do
		! tr '\0' ' ' <"/proc/$child/cmdline" | grep -q -- '--json load ' || echo "$child"
	done 2>/dev/null
}
until [ -n "$(loader)" ] || [ ! -e "/proc/$console/exe" ]; do sleep 0.1; done
command=$(loader)
is "the console has CAP_SYSLOG alone" "$(field CapEff "$console")" 0000000400000000
is "it can raise what lets it look" "$(field CapPrm "$console")" 0000000400080004
is "its children inherit nothing" "$(field CapInh "$console") $(field CapAmb "$console")" \
	"0000000000000000 0000000000000000"
is "its bounding set is cut" "$(field CapBnd "$console")" 00000004000d00cb
is "the command has that, to change a module" "$(field CapEff "$command")" 00000004000d00cb
is "and can not get more" "$(field CapBnd "$command")" 00000004000d00cb
wait "$console"
is "root's console works with that" $? 0
rmmod kmt_params 2>/dev/null

# A user with something that elevates.
chown 0:0 / /usr /usr/bin /usr/bin/kmodtui
chmod 755 / /usr /usr/bin /usr/bin/kmodtui
mkdir /run/other
for name in sudo doas pkexec; do
	cp /kmt/bin/elevate_probe /run/other/$name
	chown 0:0 /run/other/$name
	chmod 4755 /run/other/$name
done
cp -p /run/other/sudo /usr/bin/sudo
mkdir -m 777 /run/nobody

# as_user STEPS OPTION...: the console on a terminal; how it ended is in $out, what it wrote in /run/nobody/stream.
as_user()
{
	steps=$1
	shift
	rm -f /run/elevate.args
	printf '%s\n' "$steps" >/run/nobody/steps
	su -s /bin/sh nobody -c "pty 120x30 /run/nobody/stream kmodtui $* </run/nobody/steps" >"$out" 2>&1
	cat "$out" >"$said"
	tail -c 300 /run/nobody/stream | tr -c '[:print:]\n' '.' >>"$said"
	grep -qx 'exit 0' "$out" && ! grep -q 'in vain' "$out"
	verdict $? "the console ends well${1:+ with $*}"
}

arguments()
{
	tr '\n' ' ' </run/elevate.args
}

load='wait Modules
keys /kmt_hello\r
keys L
wait Load kmt_hello?
wait $ sudo modprobe kmt_hello
keys y
wait kmodtui: sudo modprobe kmt_hello
wait Password:'

as_user "$load
keys secret\\r
wait was loaded
wait sudo modprobe kmt_hello
keys q"
check "the user has loaded a module" loaded kmt_hello
is "sudo was given these words" "$(arguments)" \
	"sudo -- /usr/bin/kmodtui --json --started load kmt_hello "
says "the header says how" /run/nobody/stream 'changes by sudo'
says "the terminal is as before" "$out" '^termios same'
rmmod kmt_hello

as_user "$load
keys wrong\\r
wait Nothing was changed
keys qq"
refuse "a wrong password loads nothing" loaded kmt_hello
says "what sudo said is shown, made safe" /run/nobody/stream 'that was.x1b.31m wrong'

as_user "$load
keys \\x03
wait Nothing was changed
keys qq"
refuse "C-c at the password loads nothing" loaded kmt_hello
says "C-c does not end the console" "$out" '^termios same'

for name in doas pkexec; do
	as_user "wait changes by $name
keys /kmt_hello\\r
keys L
wait $name modprobe kmt_hello
keys y
wait Password:
keys secret\\r
wait was loaded
keys q" --elevate /run/other/$name
	check "the user has loaded a module by $name" loaded kmt_hello
	rmmod kmt_hello
	arguments >/run/nobody/$name.args
done
is "doas was given these words" "$(cat /run/nobody/doas.args)" \
	"doas -- /usr/bin/kmodtui --json --started load kmt_hello "
is "pkexec was given these words" "$(cat /run/nobody/pkexec.args)" \
	"pkexec /usr/bin/kmodtui --json --started load kmt_hello "

# A script: nobody can be asked.
script_says()
{
	script_name=$1
	script_text=$2
	shift 2
	printf '%s\n' 'wait text "virtio_blk" 60000' 'key F3' 'type "kmt_hello"' 'key Enter' 'key F7' 'key y' \
		"wait text \"$script_text\" 20000" >/run/nobody/keys
	su -s /bin/sh nobody -c "${program:-kmodtui} $* --script /run/nobody/keys" >"$said" 2>&1
	verdict $? "$script_name"
}
script_says "a script does not ask" "sudo: a password is required"
is "sudo was told so" "$(arguments)" "sudo -n -- /usr/bin/kmodtui --json --started load kmt_hello "
touch /run/elevate.allowed
script_says "a script may if it needs no password" "kmt_hello was loaded"
rmmod kmt_hello
script_says "pkexec can not be told not to ask" "can not ask for a password without a terminal" --elevate /run/other/pkexec
refuse "and nothing is loaded by it" loaded kmt_hello
script_says "none is none" "You may not change modules: run this as root" --elevate none
script_says "one that is not there" "there is no program nowhere" --elevate nowhere

# A program that its user can exchange is not for root to run.
cp /usr/bin/kmodtui /run/nobody/kmodtui
chown nobody /run/nobody/kmodtui
program=/run/nobody/kmodtui script_says "a program of the user's own is not run as root" \
	"sudo is not used to run /run/nobody/kmodtui: others"
refuse "and nothing was loaded" loaded kmt_hello
finish
