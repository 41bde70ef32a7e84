#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui which
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
make_root r
kernel=r/lib/modules/6.1.0-test/kernel
make_module "$kernel/alpha.ko" "license=GPL" "alias=pci:v00001234d*sv*sd*bc*sc*i*" \
	"alias=pci:v*d*sv*sd*bc02sc*i*" "name=alpha"
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
	delta disk blacklisted by /etc/modprobe.d/b.conf:2
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
	{"schema":1,"alias":"pci:v00009999d0sv0sd0bc0sc0i0","modules":[{"name":"delta","state":"disk","blacklisted_by":"/etc/modprobe.d/b.conf:2"}]}
END
run 4 "an alias nobody serves" --root r which usb:v1p2
says "is told" "$err" '^kmodtui: usb:v1p2: No module of this kernel serves it\.$'
run 4 "a device without an alias" --root r which /sys/devices/pci0000:00
says "is told" "$err" 'has no alias'
run 4 "no such device" --root r which /sys/devices/nowhere
run 4 "an empty alias" --root r which ''
# Devices without a driver: one that two modules would serve, one that has its driver, one nobody serves, one that
# ACPI only describes.
devices=r/sys/bus/pci/devices
mkdir -p $devices r/sys/bus/acpi/devices/PNP0A03:00 r/sys/bus/empty/devices r/sys/devices/free r/sys/devices/bound \
	r/usr/share/misc
run 0 "which --unbound without any" --root r which --unbound
same "says so" "$out" <<-END
	Every device that asks for a module has a driver.
END
ln -s ../../../devices/pci0000:00/0000:00:01.0 $devices/0000:00:01.0
ln -s ../../../devices/free $devices/0000:00:02.0
ln -s ../../../devices/bound $devices/0000:00:03.0
echo pci:v00009999d00000001sv00000000sd00000000bc02sc00i00 >r/sys/devices/bound/modalias
ln -s ../../bus/pci/drivers/some r/sys/devices/bound/driver
echo usb:v046DpC52B >r/sys/devices/free/modalias
echo acpi:PNP0A03: >r/sys/bus/acpi/devices/PNP0A03:00/modalias
ln -s ../../../devices/free r/sys/bus/acpi/devices/PNP0A03:00/physical_node
printf '1234  ACME\033[2J\n\t5678  Etherthing\n' >r/usr/share/misc/pci.ids
run 0 "which --unbound" --root r which --unbound --safe
sort_out
same "names devices, modules, states" "$out" <<-END
	BUS  DEVICE        MODULE  STATE                                          WHAT
	pci  0000:00:01.0  alpha   live                                           ACME\\x1b[2J Etherthing
	pci  0000:00:01.0  delta   disk, blacklisted by /etc/modprobe.d/b.conf:2  ACME\\x1b[2J Etherthing
	pci  0000:00:02.0  -       -                                              046d:c52b
END
rm r/usr/share/misc/pci.ids
run 0 "which --unbound --json" --root r --json which --unbound
says "has the devices" "$out" '"devices":\[\{"bus":"pci","name":"0000:00:01.0","alias":"pci:v00001234d[^"]*","what":"network controller 1234:5678","modules":\[\{"name":"(alpha|delta)"'
says "null where nothing is known" "$out" '"modules":\[\]\}\]\}$'
run 2 "which without anything" --root r which
run 2 "which --unbound with an alias" --root r which --unbound delta

# The console shows the same with D, and goes to the module.
cat >devices.keys <<-END
	wait idle
	key D
	expect "DEVICE           MODULE             STATE       WHAT IT IS"
	expect "pci 0000:00:01.0 alpha              live        network controller"
	expect "delta              masked"
	expect "pci 0000:00:02.0 -                  no module   046d:c52b"
	key Down Down Enter
	expect "No module of this kernel serves this device."
	key D Enter p
	wait idle
	expect "PARAMETER"
END
run 0 "the console shows them" --root r --script devices.keys
rm -r r/sys/bus
run 1 "without buses" --root r which --unbound
says "says why" "$err" '^kmodtui: There are no devices here: /sys/bus is missing\.$'
run 4 "a device node that is a file" --root r which /dev/nothing
finish
