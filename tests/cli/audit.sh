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

run 1 "audit of a module nothing keeps out" --root r audit delta
same "shows every road" "$out" <<-'END'
	ROAD                STATE   BY
	loaded              no      -
	builtin             no      -
	command             open    modprobe delta
	file                open    insmod kernel/delta.ko
	alias               open    device pci 0000:00:01.0
	request             closed  it has no alias by which the kernel asks
	dependency          open    alpha
	softdep             closed  no soft dependency leads to it
	weakdep             closed  no weak dependency leads to it
	boot                closed  no modules-load.d file names it, nor does the kernel command line
	initramfs           closed  no initramfs of this kernel was found
	module_blacklist    open    -
	initcall_blacklist  open    -
	modules_disabled    open    -
	signature           open    signatures are not required
	delta can be loaded.
END

printf '\nblacklist delta\n' >r/etc/modprobe.d/b.conf
printf '# of ours\ndelta\n' >r/etc/modules-load.d/d.conf
printf 'softdep alpha pre: delta\n' >r/etc/modprobe.d/s.conf
run 1 "audit of a blacklisted one" --root r audit delta
says "the blacklist closes the alias" "$out" '^alias +closed +blacklisted by /etc/modprobe\.d/b\.conf:2$'
says "and the start of the machine" "$out" '^boot +closed +blacklisted by '
says "but not the command" "$out" '^command +open '
says "nor a dependency" "$out" '^dependency +open +alpha$'

echo 'install delta /bin/false' >r/etc/modprobe.d/a.conf
rm r/etc/modprobe.d/b.conf
run 1 "audit of a masked one" --root r audit delta
says "an install line closes the command" "$out" '^command +closed +/etc/modprobe\.d/a\.conf:1 runs "/bin/false" instead$'
says "the dependency" "$out" '^dependency +closed '
says "and the start of the machine" "$out" '^boot +closed '
says "but not insmod" "$out" '^file +open +insmod '
says "which is told" "$out" '^delta can only be loaded with insmod;'
run 0 "audit of a masked one, but for insmod" --root r audit --ignore file delta
run 2 "a road that is none" --root r audit --ignore file,nothing delta
says "is named" "$err" 'There is no road nothing to ignore'

echo 'install delta /sbin/own' >r/etc/modprobe.d/a.conf
run 1 "audit with an install line of another kind" --root r audit delta
says "what that does is not known" "$out" '^command +unknown +/etc/modprobe\.d/a\.conf:1 runs "/sbin/own" instead$'
rm r/etc/modprobe.d/a.conf

run 1 "audit of one loaded at the start" --root r audit delta
says "names the line" "$out" '^boot +open +/etc/modules-load\.d/d\.conf:2$'
rm r/etc/modules-load.d/d.conf
echo 'quiet modules_load=other,delta' >r/proc/cmdline
: >r/boot/initrd.img-6.1.0-test
run 1 "audit with a kernel command line" --root r audit delta
says "names the parameter" "$out" '^boot +open +/proc/cmdline modules_load=$'
says "and an initramfs that may hold it" "$out" '^initramfs +unknown +/boot/initrd\.img-6\.1\.0-test '
echo delta >r/etc/initramfs-tools/modules
run 1 "audit with an initramfs list" --root r audit delta
says "names the line" "$out" '^initramfs +open +/etc/initramfs-tools/modules:1$'

echo 'module_blacklist=other,delta' >r/proc/cmdline
run 0 "audit with module_blacklist" --root r audit delta
says "closes everything" "$out" '^module_blacklist +closed +/proc/cmdline module_blacklist=$'
says "which is told" "$out" '^delta cannot be loaded\.$'
echo quiet >r/proc/cmdline
echo 1 >r/proc/sys/kernel/modules_disabled
run 0 "audit with modules_disabled" --root r --json audit delta
says "closes everything" "$out" '"open":false,.*"roads":.*\{"road":"modules_disabled","gate":true,"loads":false,"open":false,"by":"/proc/sys/kernel/modules_disabled"\}'
echo 0 >r/proc/sys/kernel/modules_disabled
echo Y >r/sys/module/module/parameters/sig_enforce
run 0 "audit of an unsigned one" --root r audit delta
says "sig_enforce keeps it out" "$out" '^signature +closed +sig_enforce asks for one, and it has none$'
echo N >r/sys/module/module/parameters/sig_enforce
echo 'none [integrity] confidentiality' >r/sys/kernel/security/lockdown
run 0 "audit under lockdown" --root r audit delta
says "so does lockdown" "$out" '^signature +closed +lockdown asks for one'

run 1 "audit of a loaded one" --root r audit beta
says "says so" "$out" '^loaded +yes +/proc/modules$'
run 1 "audit of a built-in one" --root r audit inside
says "says so" "$out" '^inside is part of the kernel'
run 4 "audit of an unknown one" --root r audit nosuch

# The kernel's own requests, and the program it asks.
make_module "$kernel/delta.ko" "license=GPL" "alias=pci:v00001234d*" "alias=fs-delta" "name=delta"
PATH=$PATH:/usr/sbin:/sbin depmod -b r 6.1.0-test 2>"$err"
echo '[none] integrity confidentiality' >r/sys/kernel/security/lockdown
echo /sbin/modprobe >r/proc/sys/kernel/modprobe
run 1 "audit of a file system" --root r audit delta
says "the kernel asks by its alias" "$out" '^request +open +fs-delta$'
: >r/proc/sys/kernel/modprobe
run 1 "kernel.modprobe is empty" --root r audit delta
says "then it does not" "$out" '^request +closed +/proc/sys/kernel/modprobe is empty'
says "but devices do" "$out" '^alias +open +device pci'
echo /bin/false >r/proc/sys/kernel/modprobe
run 1 "kernel.modprobe only fails" --root r audit delta
says "nor then" "$out" '^request +closed +/proc/sys/kernel/modprobe is /bin/false'
echo /usr/local/sbin/filter >r/proc/sys/kernel/modprobe
run 1 "kernel.modprobe is a filter" --root r audit delta
says "that may let it pass" "$out" '^request +unknown +/proc/sys/kernel/modprobe is /usr/local/sbin/filter, which decides'
echo /sbin/modprobe >r/proc/sys/kernel/modprobe

# An alias of modprobe.d comes before the name of a module, and before the aliases in its file.
printf 'alias delta off\n' >r/etc/modprobe.d/off.conf
run 1 "an alias that leads a name elsewhere" --root r audit delta
says "closes the command" "$out" '^command +closed +/etc/modprobe\.d/off\.conf:1 makes delta an alias of off$'
says "but not what devices ask by" "$out" '^alias +open '
printf 'alias fs-delta alpha\n' >r/etc/modprobe.d/off.conf
run 1 "an alias that is taken away" --root r audit delta
says "closes the kernel's requests" "$out" '^request +closed '
rm r/etc/modprobe.d/off.conf

# A file that is called otherwise than the module in it.
make_module "$kernel/gpu-current.ko" "license=GPL" "name=gpu"
make_module "$kernel/board.ko" "license=GPL" "name=board" "alias=dmi:*:[bs]vnB[Oo]ard*:*"
PATH=$PATH:/usr/sbin:/sbin depmod -b r 6.1.0-test 2>"$err"
echo 'gpu 4096 30 - Live 0x0' >>r/proc/modules
run 1 "audit of a module in a file of another name" --root r audit gpu
says "which no alias leads to" "$out" '^command +closed +depmod.s index has no file of it$'
echo 'alias gpu gpu-current' >r/etc/modprobe.d/gpu.conf
run 1 "an alias with sets of bytes, beside one of modprobe.d" --root r audit board
says "leads to its module" "$out" '^alias +open +1 aliases'
echo 'alias dmi:*:svnBoard:* gpu-current' >>r/etc/modprobe.d/gpu.conf
run 1 "one that covers only some of what it fits" --root r audit board
says "leaves the rest" "$out" '^alias +open +1 aliases'
echo 'alias dmi:* gpu-current' >>r/etc/modprobe.d/gpu.conf
run 1 "one that covers all of it" --root r audit board
says "takes it away" "$out" '^alias +closed '
printf 'alias gpu gpu-current\nalias nosuch-a nosuch_b\nsoftdep nosuch_b pre: board\n' >r/etc/modprobe.d/gpu.conf
verdict=closed
! PATH=$PATH:/usr/sbin:/sbin modprobe -d r -S 6.1.0-test -C r/etc/modprobe.d -n -v nosuch-a 2>/dev/null | grep -q board || verdict=open
run 1 "soft dependencies of a name that no module has" --root r audit board
says "lead to it if modprobe goes by them" "$out" "^softdep +$verdict "
echo 'alias gpu gpu-current' >r/etc/modprobe.d/gpu.conf
run 1 "audit of one with such an alias" --root r audit gpu
says "which modprobe loads by it" "$out" '^command +open +modprobe gpu loads gpu_current, which has it inside$'
rm r/etc/modprobe.d/gpu.conf

# modprobe and the kernel compare their lists with the name as the kernel spells it.
make_module "$kernel/two-words.ko" "license=GPL" "alias=usb:v1234*" "name=two_words"
PATH=$PATH:/usr/sbin:/sbin depmod -b r 6.1.0-test 2>"$err"
echo 'modprobe.blacklist=two-words module_blacklist=two-words' >r/proc/cmdline
run 1 "a dash on the command line" --root r audit two-words
says "is no name to modprobe" "$out" '^alias +open +1 aliases.*; modprobe\.blacklist=two-words does not name it: modprobe compares with "two_words"$'
says "nor to the kernel" "$out" '^module_blacklist +open +module_blacklist=two-words does not name it: the kernel compares with "two_words"$'
echo 'modprobe.blacklist=two_words module_blacklist=two_words' >r/proc/cmdline
run 0 "an underscore" --root r audit two-words
says "is one to modprobe" "$out" '^alias +closed +blacklisted by /proc/cmdline:1$'
says "and to the kernel" "$out" '^module_blacklist +closed '

# Functions are what initcall_blacklist= names; these files have none.
echo 'initcall_blacklist=delta_init' >r/proc/cmdline
run 7 "initcall_blacklist= and a file that does not tell" --root r audit delta
says "is not known" "$out" '^initcall_blacklist +unknown +/proc/cmdline initcall_blacklist= names functions; which one is of delta is not known$'
run 1 "nor of a built-in module" --root r audit inside
says "which is said" "$out" '^Whether|^inside is part of the kernel; whether initcall_blacklist= kept it from starting is not known'
echo quiet >r/proc/cmdline

# Several, and all: one line each; the status is that of the worst.
run 1 "audit of several" --root r audit delta nosuch two-words
says "has a line for each" "$out" '^delta +disk +open +command,file,alias'
says "and a word on stderr" "$err" 'nosuch: There is no such module'
echo 'module_blacklist=delta,two_words' >r/proc/cmdline
run 0 "all closed" --root r audit delta two-words
run 4 "one that is not there" --root r audit delta nosuch two-words
echo 'module_blacklist=two_words' >r/proc/cmdline
rm r/sys/module/module/parameters/sig_enforce
run 7 "one that is not known, and one that is not there" --root r audit delta nosuch two-words
run 1 "one loaded, and one that is not known" --root r audit beta delta
echo N >r/sys/module/module/parameters/sig_enforce
echo 'module_blacklist=alpha,board,delta,two_words,gpu' >r/proc/cmdline
run 0 "all but the live and built-in ones" --root r audit --all
lacks "which are passed over" "$out" '^(beta|inside) '
run 1 "all of them" --root r audit --all --strict
says "live ones" "$out" '^beta +live '
says "and built-in ones" "$out" '^inside +builtin '
run 1 "as JSON" --root r --json audit --all --strict
says "a list" "$out" '"modules":\[\{"name":"alpha","state":"[a-z]+","open":[a-z]+,"status":[0-9],"sentence":'
run 2 "no name" --root r audit
run 2 "a name and --all" --root r audit --all delta
run 2 "--strict alone" --root r audit --strict delta

# A need is loaded before the command of what needs it; and one that is kept out keeps out what needs it.
cp -a "${FIXTURES:?}/debian-6.1" f
rm -rf f/etc/modprobe.d
mkdir -p f/etc/modprobe.d
echo 'install vfat /bin/true' >f/etc/modprobe.d/cis.conf
run 1 "audit of what a masked module needs" --root f audit fat
says "which still brings it in" "$out" '^dependency +open +.*vfat'
run 1 "and of the masked one" --root f audit vfat
says "which is not loaded" "$out" '^command +closed +/etc/modprobe\.d/cis\.conf:1 runs "/bin/true" instead$'
echo 'install fat /bin/true' >f/etc/modprobe.d/cis.conf
run 1 "audit of what needs a masked module" --root f audit vfat
says "which cannot be loaded without" "$out" \
	'^command +closed +it needs fat, and /etc/modprobe\.d/cis\.conf:1 runs "/bin/true" instead of that$'
finish
