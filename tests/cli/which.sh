#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui which
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
make_root r
kernel=r/lib/modules/6.1.0-test/kernel
make_module "$kernel/alpha.ko" "license=GPL" "alias=pci:v00001234d*sv*sd*bc*sc*i*" "name=alpha"
make_module "$kernel/delta.ko" "license=GPL" "alias=pci:v0000*d*sv*sd*bc*sc*i*" "alias=dmi*:pn/A:" "name=delta"
echo 'kernel/inside.ko' >r/lib/modules/6.1.0-test/modules.order
if ! PATH=$PATH:/usr/sbin:/sbin depmod -b r 6.1.0-test 2>"$err"; then
	skip "which" "depmod is not installed"
	finish
fi
printf '# of ours\nblacklist delta\n' >r/etc/modprobe.d/b.conf
device=r/sys/devices/pci0000:00/0000:00:01.0
mkdir -p "$device/net/eth7" r/sys/class/net "$device/silent"
echo 'pci:v00001234d00005678sv00000000sd00000000bc02sc00i00' >"$device/modalias"
ln -s ../../../0000:00:01.0 "$device/net/eth7/device"
ln -s ../../devices/pci0000:00/0000:00:01.0/net/eth7 r/sys/class/net/eth7

sort_out()
{
	sort "$out" >"$tmp/sorted"
	cp "$tmp/sorted" "$out"
}

run 0 "which of an alias" --root r which pci:v00001234d00005678sv00000000sd00000000bc02sc00i00
sort_out
same "names the modules, their states, and the blacklist" "$out" <<-END
	alpha live
	delta disk blacklisted by etc/modprobe.d/b.conf:2
END
for path in /sys/devices/pci0000:00/0000:00:01.0 /sys/devices/pci0000:00/0000:00:01.0/modalias \
	/sys/class/net/eth7; do
	run 0 "which of $path" --root r which "$path"
	says "is the same" "$out" '^alpha live$'
done
run 0 "an alias with a slash in it" --root r which 'dmi:x:pn/A:'
says "is no path" "$out" '^delta disk '
run 0 "a module's name" --root r which delta
says "stands for itself" "$out" '^delta disk '
run 0 "which --json" --root r --json which pci:v00009999d0sv0sd0bc0sc0i0
same "has alias and modules" "$out" <<-END
	{"schema":1,"alias":"pci:v00009999d0sv0sd0bc0sc0i0","modules":[{"name":"delta","state":"disk","blacklisted_by":"etc/modprobe.d/b.conf:2"}]}
END
run 4 "an alias nobody serves" --root r which usb:v1p2
says "is told" "$err" '^kmodtui: usb:v1p2: No module of this kernel serves it\.$'
run 4 "a device without an alias" --root r which /sys/devices/pci0000:00
says "is told" "$err" 'has no alias'
run 4 "no such device" --root r which /sys/devices/nowhere
run 4 "an empty alias" --root r which ''
run 4 "a device node that is a file" --root r which /dev/nothing
finish
