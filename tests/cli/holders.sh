#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui holders
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
make_root r
device=r/sys/devices/pci0000:00/0000:00:01.0
driver=r/sys/bus/pci/drivers/alpha_drv
mkdir -p "$device/alpha/alpha0" "$driver" r/sys/module/alpha/drivers r/sys/dev/char r/sys/dev/block \
	r/sys/devices/virtual/block/beta0 r/sys/class/net/eth7 r/sys/class/net/vlan1 \
	r/proc/200/fd r/proc/30/fd r/proc/self
ln -s ../../../bus/pci/drivers/alpha_drv r/sys/module/alpha/drivers/pci:alpha_drv
ln -s ../../../../devices/pci0000:00/0000:00:01.0 "$driver/0000:00:01.0"
ln -s ../../../../module/alpha "$driver/module"
echo >"$driver/bind"
ln -s ../../../bus/pci/drivers/alpha_drv "$device/driver"
ln -s ../../devices/pci0000:00/0000:00:01.0/alpha/alpha0 r/sys/dev/char/240:0
ln -s ../../devices/virtual/block/beta0 r/sys/dev/block/251:0
ln -s ../../../devices/pci0000:00/0000:00:01.0 r/sys/class/net/eth7/device
printf 'DEVTYPE=vlan\nINTERFACE=vlan1\n' >r/sys/class/net/vlan1/uevent
printf 'Character devices:\n  1 mem\n\nBlock devices:\n251 beta\n' >r/proc/devices
printf ' 77 gamma\n' >r/proc/misc
echo cat >r/proc/200/comm
echo 'two words' >r/proc/30/comm
ln -s /dev/null r/proc/200/fd/0
ln -s /dev/alpha0 r/proc/200/fd/3
ln -s /dev/alpha0 r/proc/200/fd/4
ln -s 'socket:[1]' r/proc/30/fd/0
ln -s /dev/beta0 r/proc/30/fd/1
ln -s /dev/gamma r/proc/30/fd/2
cat >r/proc/mounts <<-'END'
	/dev/beta0 /mnt/with\040blank ext4 rw 0 0
	none /alpha alpha rw 0 0
	proc /proc proc rw 0 0
END
echo '8021q 4096 0 - Live 0x0' >>r/proc/modules

run 0 "holders" --root r holders alpha
same "names devices, processes, mounts and interfaces" "$out" <<-END
	device     0000:00:01.0 pci:alpha_drv
	process    cat 200 /dev/alpha0
	mount      /alpha alpha none
	interface  eth7
	references 0
END
run 0 "holders of a block driver" --root r holders beta
same "names modules, and mounts of its devices" "$out" <<-END
	module     alpha
	process    two words 30 /dev/beta0
	mount      /mnt/with blank ext4 /dev/beta0
	references 1
END
run 0 "holders of a misc device" --root r holders gamma
says "names the process" "$out" '^process    two words 30 /dev/gamma$'
run 0 "holders of a kind of interface" --root r holders 8021q
says "names the interface" "$out" '^interface  vlan1$'
run 0 "holders --json" --root r --json holders beta
same "has them by kind" "$out" <<-END
	{"schema":1,"name":"beta","refs":1,"modules":["alpha"],"devices":[],"processes":[{"pid":30,"name":"two words","node":"/dev/beta0"}],"perhaps":[],"mounts":[{"name":"/mnt/with blank","type":"ext4","source":"/dev/beta0"}],"interfaces":[],"carries":null,"unread":0}
END
# A driver of terminals is named by the kernel with its range of minors.
mkdir -p r/proc/tty r/dev
printf 'tnt_drv              /dev/tnt       244 0-7 serial\npty_slave            /dev/pts      136 0-1048575 pty:slave\n' \
	>r/proc/tty/drivers
echo 'tnt_drv 4096 1 - Live 0x0' >>r/proc/modules
ln -s /dev/tnt3 r/proc/30/fd/7
ln -s /dev/tnttool r/proc/30/fd/8
run 0 "holders of a driver of terminals" --root r holders tnt_drv
same "names the process and the terminal" "$out" <<-END
	process    two words 30 /dev/tnt3
	references 1
END
# Nobody tells whose this node is: it explains a reference perhaps, and only a reference.
echo 'cam 4096 1 - Live 0x0' >>r/proc/modules
echo 'idle 4096 0 - Live 0x0' >>r/proc/modules
if mknod r/dev/video9 c 81 9 2>"$err" && mknod r/dev/null c 1 3 && mknod r/dev/alpha0 c 240 0 && mknod r/dev/ram0 b 1 0; then
	ln -s /dev/video9 r/proc/200/fd/9
	ln -s /dev/video9 r/proc/200/fd/10
	echo '/dev/ram0 /ram ext4 rw 0 0' >>r/proc/mounts
	run 0 "holders of what nothing explains" --root r holders cam
	same "names who has such a node, perhaps, and nobody whose node is known" "$out" <<-END
		perhaps    cat 200 /dev/video9
		perhaps    /ram ext4 /dev/ram0
		references 1
		Something holds it that can not be seen from here: one of those that are there perhaps, or a part of the kernel.
	END
	run 0 "the same as JSON" --root r --json holders cam
	says "has a list of its own" "$out" '"processes":\[\],"perhaps":\[\{"pid":200,"name":"cat","node":"/dev/video9"\},\{"pid":null,"name":"/ram","node":"ext4 /dev/ram0"\}\],'
	run 0 "without a reference" --root r holders idle
	lacks "there is nothing to explain" "$out" perhaps
	run 0 "with a reference that is explained" --root r holders tnt_drv
	lacks "there is nothing, either" "$out" perhaps
	mkdir -p r/sys/module/brd
	echo '  1 ramdisk' >>r/proc/devices
	run 0 "a node whose module is known" --root r holders cam
	lacks "is nobody else's" "$out" /ram
	rm -rf r/dev r/proc/200/fd/9 r/proc/200/fd/10
	sed -i '/ram0/d' r/proc/mounts
else
	skip "holders of what nothing explains" "no device node can be made here"
fi
run 4 "holders of an unknown module" --root r holders nosuch
says "is told" "$err" '^kmodtui: nosuch: There is no such module'
echo 'omega 4096 3 - Live 0x0' >>r/proc/modules
echo 'psi 4096 0 - Live 0x0' >>r/proc/modules
run 0 "holders that can not be seen" --root r holders omega
says "are told" "$out" '^Something holds it that can not be seen'
run 0 "no holders" --root r holders psi
says "are told too" "$out" '^Nothing holds it\.$'
# The machine runs on alpha: its disk is below beta's.
echo '22 1 251:0 / / rw - ext4 /dev/beta0 rw' >r/proc/self/mountinfo
mkdir -p r/sys/devices/virtual/block/beta0/slaves
ln -s ../../../../pci0000:00/0000:00:01.0/alpha/alpha0 r/sys/devices/virtual/block/beta0/slaves/alpha0
echo 'zeta 4096 1 alpha, Live 0x0' >>r/proc/modules
run 0 "holders of what carries the root file system" --root r holders alpha
says "say so first" "$out" '^carries    root /dev/beta0 \(ext4\)$'
run 0 "holders of what that needs" --root r holders zeta
says "say whom it serves" "$out" '^carries    root /dev/beta0 \(ext4\) alpha$'
run 0 "the same as JSON" --root r holders zeta --json
says "has it too" "$out" '"carries":\{"module":"zeta","kind":"root","what":"/dev/beta0 \(ext4\)","user":"alpha","sentence":"zeta carries the root file system, /dev/beta0 \(ext4\): alpha needs it\."\}'
rm -f r/proc/self/mountinfo
if PATH=$PATH:/usr/sbin:/sbin depmod -b r 6.1.0-test 2>"$err"; then
	make_module r/lib/modules/6.1.0-test/kernel/alpha.ko "license=GPL" "alias=fs-alphafs" "name=alpha"
	PATH=$PATH:/usr/sbin:/sbin depmod -b r 6.1.0-test 2>"$err"
	echo 'none /far alphafs rw 0 0' >>r/proc/mounts
	run 0 "a file system by another name" --root r holders alpha
	says "is found by its alias" "$out" '^mount      /far alphafs none$'
	run 0 "a module that is not loaded" --root r holders delta
	says "has no holders" "$out" '^It is not loaded'
else
	skip "a file system by another name" "depmod is not installed"
fi
finish
