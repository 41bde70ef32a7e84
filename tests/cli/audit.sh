#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui audit
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
make_root r
kernel=r/lib/modules/6.1.0-test/kernel
make_module "$kernel/alpha.ko" "license=GPL" "depends=delta" "name=alpha"
make_module "$kernel/delta.ko" "license=GPL" "alias=pci:v00001234d*" "name=delta"
if ! PATH=$PATH:/usr/sbin:/sbin depmod -b r 6.1.0-test 2>"$err"; then
	skip "audit" "depmod is not installed"
	finish
fi
printf 'kernel/delta.ko:\nkernel/alpha.ko: kernel/delta.ko\n' >r/lib/modules/6.1.0-test/modules.dep
rm r/etc/modprobe.d/x.conf
mkdir -p r/sys/bus/pci/devices/0000:00:01.0 r/etc/modules-load.d r/boot r/etc/initramfs-tools \
	r/sys/module/module/parameters r/sys/kernel/security
echo 'pci:v00001234d-1' >r/sys/bus/pci/devices/0000:00:01.0/modalias
echo quiet >r/proc/cmdline
echo 0 >r/proc/sys/kernel/modules_disabled
echo N >r/sys/module/module/parameters/sig_enforce
echo '[none] integrity confidentiality' >r/sys/kernel/security/lockdown

run 0 "audit of a module nothing keeps out" --root r audit delta
same "shows every road" "$out" <<-'END'
	ROAD              STATE   BY
	loaded            no      -
	builtin           no      -
	command           open    modprobe delta
	file              open    insmod kernel/delta.ko
	alias             open    device pci 0000:00:01.0
	dependency        open    alpha
	softdep           closed  no soft dependency leads to it
	weakdep           closed  no weak dependency leads to it
	boot              closed  no modules-load.d file names it, nor does the kernel command line
	initramfs         closed  no initramfs of this kernel was found
	module_blacklist  open    -
	modules_disabled  open    -
	signature         open    signatures are not required
	It can be loaded.
END

printf '\nblacklist delta\n' >r/etc/modprobe.d/b.conf
printf '# of ours\ndelta x=1\n' >r/etc/modules-load.d/d.conf
printf 'softdep alpha pre: delta\n' >r/etc/modprobe.d/s.conf
run 0 "audit of a blacklisted one" --root r audit delta
says "the blacklist closes the alias" "$out" '^alias +closed +blacklisted by etc/modprobe\.d/b\.conf:2$'
says "and the start of the machine" "$out" '^boot +closed +blacklisted by '
says "but not the command" "$out" '^command +open '
says "nor a dependency" "$out" '^dependency +open +alpha$'

echo 'install delta /bin/false' >r/etc/modprobe.d/a.conf
rm r/etc/modprobe.d/b.conf
run 0 "audit of a masked one" --root r audit delta
says "an install line closes the command" "$out" '^command +closed +etc/modprobe\.d/a\.conf:1 runs "/bin/false" instead$'
says "the dependency" "$out" '^dependency +closed '
says "and the start of the machine" "$out" '^boot +closed '
says "but not insmod" "$out" '^file +open +insmod '
says "which is told" "$out" '^Only who names its file can load it'

echo 'install delta /sbin/own' >r/etc/modprobe.d/a.conf
run 0 "audit with an install line of another kind" --root r audit delta
says "what that does is not known" "$out" '^command +unknown +etc/modprobe\.d/a\.conf:1 runs "/sbin/own" instead$'
rm r/etc/modprobe.d/a.conf

run 0 "audit of one loaded at the start" --root r audit delta
says "names the line" "$out" '^boot +open +etc/modules-load\.d/d\.conf:2$'
rm r/etc/modules-load.d/d.conf
echo 'quiet modules_load=other,delta' >r/proc/cmdline
: >r/boot/initrd.img-6.1.0-test
run 0 "audit with a kernel command line" --root r audit delta
says "names the parameter" "$out" '^boot +open +proc/cmdline modules_load=$'
says "and an initramfs that may hold it" "$out" '^initramfs +unknown +boot/initrd\.img-6\.1\.0-test '
echo delta >r/etc/initramfs-tools/modules
run 0 "audit with an initramfs list" --root r audit delta
says "names the line" "$out" '^initramfs +open +etc/initramfs-tools/modules:1$'

echo 'module_blacklist=other,delta' >r/proc/cmdline
run 0 "audit with module_blacklist" --root r audit delta
says "closes everything" "$out" '^module_blacklist +closed +proc/cmdline module_blacklist=$'
says "which is told" "$out" '^It can not be loaded\.$'
echo quiet >r/proc/cmdline
echo 1 >r/proc/sys/kernel/modules_disabled
run 0 "audit with modules_disabled" --root r --json audit delta
says "closes everything" "$out" '"open":false,.*"roads":.*\{"road":"modules_disabled","gate":true,"loads":false,"open":false,"by":"proc/sys/kernel/modules_disabled"\}'
echo 0 >r/proc/sys/kernel/modules_disabled
echo Y >r/sys/module/module/parameters/sig_enforce
run 0 "audit of an unsigned one" --root r audit delta
says "sig_enforce keeps it out" "$out" '^signature +closed +sig_enforce asks for one, and it has none$'
echo N >r/sys/module/module/parameters/sig_enforce
echo 'none [integrity] confidentiality' >r/sys/kernel/security/lockdown
run 0 "audit under lockdown" --root r audit delta
says "so does lockdown" "$out" '^signature +closed +lockdown asks for one'

run 0 "audit of a loaded one" --root r audit beta
says "says so" "$out" '^loaded +yes +proc/modules$'
run 0 "audit of a built-in one" --root r audit inside
says "says so" "$out" '^It is part of the kernel'
run 4 "audit of an unknown one" --root r audit nosuch
finish
