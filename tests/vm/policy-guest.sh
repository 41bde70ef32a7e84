#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What policy.sh plays in a machine with the policy $POLICY.
. /kmt/guest.sh

LC_ALL=C.UTF-8
export LC_ALL
# These are guest.sh's.
said=${said:-} out=${out:-} err=${err:-}

# refuses STATUS NAME REGEX ARGUMENT...: two cases: how it ends, and what it says
refuses()
{
	refuses_status=$1
	refuses_name=$2
	refuses_words=$3
	shift 3
	run "$refuses_status" "$refuses_name" "$@"
	says "$refuses_name: says why" "$err" "$refuses_words"
}

# console NAME TEXT...: a case for each text that stands on the screen after F7 on kmt_hello, the last one last
console()
{
	console_name=$1
	shift
	for console_text; do :; done
	printf '%s\n' 'wait text "virtio_blk" 60000' 'key F3' 'type "kmt_hello"' 'key Enter' 'key F7' 'key y' \
		"wait text \"$console_text\" 20000" 'dump done' >/tmp/keys
	kmodtui --script /tmp/keys >"$said" 2>&1
	cp "$said" /tmp/screen
	for console_text; do
		cp /tmp/screen "$said"
		grep -qF -- "$console_text" /tmp/screen
		verdict $? "$console_name: $console_text"
	done
}

status_is()
{
	run 0 "status" status
	for line; do
		says "status: $line" "$out" "^$line\$"
	done
}

stock()
{
	status_is "lockdown: none" "signatures_required: no" "modules_disabled: no" "obstacle: none"
	run 0 "an unsigned module is loaded" load kmt_params
	run 0 "a parameter is set" set kmt_params number=5
	run 0 "it is unloaded" unload kmt_params
	run 0 "a setting is kept" persist kmt_params number=6
	console "the console" "as root" "kmt_hello was loaded"
	run 0 "and gone again" unload kmt_hello
}

# kmodtui as nobody, for run.
user_commands()
{
	modprobe kmt_params
	cat >/tmp/user.sh <<-'END'
	#!/bin/sh
	exec su -s /bin/sh nobody -c "/usr/bin/kmodtui $*"
	END
	chmod 755 /tmp/user.sh
	mkdir -p /tmp/bin
	cp /tmp/user.sh /tmp/bin/kmodtui
	PATH=/tmp/bin:$PATH
	refuses 3 "nobody: load" "run this as root or with sudo" load kmt_hello
	refuses 3 "nobody: unload" "run this as root or with sudo" unload kmt_params
	refuses 3 "nobody: set" "run this as root or with sudo" set kmt_params number=7
	refuses 3 "nobody: persist" "You may not write .*; root may" persist kmt_params number=8
	status_is "may_change_modules: no" "obstacle: You may not change modules.*"
	console "nobody" "read-only" "You may not change modules: run this as root"
	PATH=${PATH#/tmp/bin:}
	is "nobody: nothing was changed" "$(param kmt_params number)" 6
}

# Root, but CAP_SYS_MODULE is not in its bounding set, as in a careful container.
powerless_root()
{
	if ! command -v setpriv >/dev/null; then
		skip "no CAP_SYS_MODULE" "setpriv is not here"
		return
	fi
	printf '#!/bin/sh\nexec setpriv --bounding-set -sys_module --inh-caps -sys_module /usr/bin/kmodtui "$@"\n' >/tmp/bin/kmodtui
	PATH=/tmp/bin:$PATH
	refuses 3 "no CAP_SYS_MODULE: load" "the capability CAP_SYS_MODULE was taken" load kmt_hello
	refuses 3 "no CAP_SYS_MODULE: unload" "the capability CAP_SYS_MODULE was taken" unload kmt_params
	run 0 "no CAP_SYS_MODULE: a parameter is a file" set kmt_params number=9
	run 0 "no CAP_SYS_MODULE: so is a setting" persist kmt_params number=9
	status_is "root: yes" "may_change_modules: no" "obstacle: Root may not change modules here.*"
	console "no CAP_SYS_MODULE" "read-only" "Root may not change modules here"
	PATH=${PATH#/tmp/bin:}
}

readonly_root()
{
	check "the root file system is read-only now" mount -o remount,ro /
	refuses 3 "read-only root: persist" "file system that is mounted read-only" persist kmt_params number=10
	refuses 3 "read-only root: mask" "file system that is mounted read-only" mask kmt_hello
	run 0 "read-only root: a parameter can be set" set kmt_params number=11
	run 0 "read-only root: a module can be unloaded" unload kmt_params
	run 0 "read-only root: and loaded" load kmt_params
	mount -o remount,rw /
}

modules_disabled()
{
	echo 1 >/proc/sys/kernel/modules_disabled
	status_is "modules_disabled: yes" "obstacle: Modules can be neither loaded nor unloaded.*"
	refuses 6 "modules_disabled: load" "kernel.modules_disabled" load kmt_hello
	refuses 6 "modules_disabled: unload" "kernel.modules_disabled" unload kmt_params
	run 0 "modules_disabled: a parameter can be set" set kmt_params number=12
	run 0 "modules_disabled: a setting can be kept" persist kmt_params number=12
	console "modules_disabled" "loading disabled" "read-only" "Modules can be neither loaded nor"
}

# signed_only WORDS HEADER: the kernel's own modules are as ever, ours are refused
signed_only()
{
	refuses 6 "an unsigned module" "$1" load kmt_hello
	refuse "it is not there" loaded kmt_hello
	run 0 "one with a signature" load dummy
	run 0 "it goes, too" unload dummy
	run 0 "a parameter of the kernel's own" set printk time=N
	refuses 4 "what is not loaded has no parameters" "It is not loaded" set kmt_params number=1
	run 0 "a setting is kept" persist kmt_params number=6
	console "the console" "as root" "$2" "Esc closes"
}

locked_down()
{
	status_is "lockdown: $POLICY" "modules_disabled: no" "obstacle: none"
	signed_only "The kernel is locked down .$POLICY. and takes only modules signed" "lockdown $POLICY"
	refuses 6 "addresses of hardware" "takes no addresses or interrupts of hardware" load parport_pc io=0x378 irq=7
	run 0 "without them it is loaded" load parport_pc
}

case $POLICY in
stock)
	stock
	user_commands
	powerless_root
	readonly_root
	modules_disabled
	;;
sig_enforce)
	status_is "lockdown: none" "signatures_required: yes" "obstacle: none"
	signed_only "takes only modules signed with a key it trusts, and this one is" "signatures required"
	;;
integrity | confidentiality) locked_down ;;
esac
finish
