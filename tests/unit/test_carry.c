/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "kernel/carry.h"
#include "kernel/procmods.h"
#include "kernel/root.h"
#include "kernel/session.h"
#include "model/module.h"
#include "model/plan.h"
#include "tree.h"

struct machine {
	struct tree tree;
	struct root root;
	struct modlist live;
	struct carrying list;
};

static void machine_init(struct machine *m, const char *modules)
{
	memset(m, 0, sizeof(*m));
	tree_init(&m->tree);
	tree_put(&m->tree, "proc/sys/kernel/osrelease", "6.1\n");
	tree_put(&m->tree, "proc/modules", modules);
	assert_int_equal(root_init(&m->root, m->tree.dir, NULL), 0);
	assert_int_equal(procmods_read(&m->root, &m->live), 0);
}

static void machine_release(struct machine *m)
{
	carrying_release(&m->list);
	modlist_release(&m->live);
	root_release(&m->root);
	tree_release(&m->tree);
}

/* @device is below sys/devices/, @up as many "../" as lead from there to sys. */
static void put_driver(struct machine *m, const char *device, const char *up, const char *module)
{
	char path[512], target[512];

	snprintf(path, sizeof(path), "sys/devices/%s/driver", device);
	snprintf(target, sizeof(target), "%sbus/any/drivers/%s_drv", up, module);
	tree_link(&m->tree, path, target);
	snprintf(path, sizeof(path), "sys/bus/any/drivers/%s_drv/module", module);
	snprintf(target, sizeof(target), "../../../../module/%s", module);
	tree_link(&m->tree, path, target);
}

static void says(struct machine *m, const char *module, const char *wanted)
{
	const struct carrying_entry *entry = carrying_find(&m->list, module);
	char *sentence;

	if (!wanted) {
		assert_null(entry);
		return;
	}
	assert_non_null(entry);
	sentence = carrying_sentence(entry);
	assert_string_equal(sentence, wanted);
	free(sentence);
}

#define DISK "pci0000:00/0000:00:04.0/virtio1/block/vda"

static void put_disk(struct machine *m)
{
	tree_mkdir(&m->tree, "sys/devices/" DISK "/vda1/");
	tree_link(&m->tree, "sys/dev/block/254:1", "../../devices/" DISK "/vda1");
	put_driver(m, "pci0000:00/0000:00:04.0", "../../../", "virtio_pci");
	put_driver(m, "pci0000:00/0000:00:04.0/virtio1", "../../../../", "virtio_blk");
}

static const char disk_modules[] =
	"ext4 4096 1 - Live 0x0\n"
	"jbd2 4096 1 ext4, Live 0x0\n"
	"mbcache 4096 1 ext4, Live 0x0\n"
	"virtio_blk 4096 0 - Live 0x0\n"
	"virtio_pci 4096 0 - Live 0x0\n"
	"virtio_ring 4096 2 virtio_blk,virtio_pci, Live 0x0\n"
	"virtio 4096 3 virtio_ring,virtio_blk, Live 0x0\n"
	"zram 4096 0 - Live 0x0\n";

static void the_root_file_system_is_carried(void **state)
{
	struct plan plan = PLAN_INIT;
	struct machine m;

	(void)state;
	machine_init(&m, disk_modules);
	tree_put(&m.tree, "proc/self/mountinfo",
		 "1 1 0:1 / / rw - rootfs rootfs rw\n"
		 "22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw\n"
		 "23 22 0:21 / /proc rw shared:2 - proc proc rw\n");
	put_disk(&m);
	carry_read(&m.root, NULL, &m.live, &m.list);
	says(&m, "ext4", "ext4 carries the root file system, /dev/vda1 (ext4).");
	says(&m, "virtio-pci", "virtio_pci carries the root file system, /dev/vda1 (ext4).");
	says(&m, "virtio_blk", "virtio_blk carries the root file system, /dev/vda1 (ext4).");
	says(&m, "jbd2", "jbd2 carries the root file system, /dev/vda1 (ext4): ext4 needs it.");
	says(&m, "virtio", "virtio carries the root file system, /dev/vda1 (ext4): virtio_blk needs it.");
	says(&m, "zram", NULL);
	plan_push(&plan, PLAN_UNLOAD, "zram", NULL);
	plan_push(&plan, PLAN_KEEP, "ext4", NULL);
	assert_null(carrying_in_plan(&m.list, &plan));
	plan_push(&plan, PLAN_UNLOAD, "virtio_pci", NULL);
	assert_string_equal(carrying_in_plan(&m.list, &plan)->module, "virtio_pci");
	plan_release(&plan);
	machine_release(&m);
}

/* What is written as \\040 is a blank of the name: in the sentence, and where the layers of a live system are looked for. */
static void blanks_in_names_are_read(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, disk_modules);
	tree_put(&m.tree, "proc/self/mountinfo",
		 "22 1 254:1 / /my\\040disk rw - ext4 /dev/vda1 rw\n"
		 "23 1 0:30 / / rw - overlay my\\040live rw,lowerdir=/my\\040disk/l,upperdir=/none\n");
	put_disk(&m);
	carry_read(&m.root, NULL, &m.live, &m.list);
	says(&m, "ext4", "ext4 carries the root file system, my live (overlay).");
	says(&m, "virtio_blk", "virtio_blk carries the root file system, my live (overlay).");
	machine_release(&m);
}

static void disks_below_disks_are_carried(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, "dm_mod 4096 2 dm_crypt, Live 0x0\ndm_crypt 4096 1 - Live 0x0\n"
			 "dm_thin_pool 4096 0 - Live 0x0\nmd_mod 4096 2 raid456, Live 0x0\n"
			 "raid456 4096 1 - Live 0x0\nraid1 4096 0 - Live 0x0\nvirtio_blk 4096 0 - Live 0x0\n"
			 "virtio_pci 4096 0 - Live 0x0\n");
	tree_put(&m.tree, "proc/self/mountinfo", "22 1 253:0 / / rw - xfs /dev/mapper/root rw\n");
	put_disk(&m);
	tree_link(&m.tree, "sys/dev/block/253:0", "../../devices/virtual/block/dm-0");
	tree_link(&m.tree, "sys/devices/virtual/block/dm-0/slaves/md127p1",
		  "../../md127/md127p1");
	tree_mkdir(&m.tree, "sys/devices/virtual/block/md127/md127p1/");
	tree_put(&m.tree, "sys/devices/virtual/block/md127/md/level", "raid5\n");
	tree_link(&m.tree, "sys/devices/virtual/block/md127/slaves/vda1",
		  "../../../../" DISK "/vda1");
	carry_read(&m.root, NULL, &m.live, &m.list);
	says(&m, "dm_mod", "dm_mod carries the root file system, /dev/mapper/root (xfs).");
	says(&m, "dm_crypt", "dm_crypt carries the root file system, /dev/mapper/root (xfs).");
	says(&m, "dm_thin_pool", NULL);
	says(&m, "md_mod", "md_mod carries the root file system, /dev/mapper/root (xfs).");
	says(&m, "raid456", "raid456 carries the root file system, /dev/mapper/root (xfs).");
	says(&m, "raid1", NULL);
	says(&m, "virtio_blk", "virtio_blk carries the root file system, /dev/mapper/root (xfs).");
	machine_release(&m);
}

static void numbers_of_its_own_are_looked_up(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, "btrfs 4096 1 - Live 0x0\nvirtio_blk 4096 0 - Live 0x0\nahci 4096 0 - Live 0x0\n");
	tree_put(&m.tree, "proc/self/mountinfo", "22 1 0:30 /@ / rw - btrfs /dev/vda1 rw,subvol=/@\n");
	put_disk(&m);
	tree_link(&m.tree, "sys/class/block/vda1", "../../devices/" DISK "/vda1");
	tree_link(&m.tree, "sys/fs/btrfs/1234/devices/vda1", "../../../../devices/" DISK "/vda1");
	tree_link(&m.tree, "sys/fs/btrfs/1234/devices/sda", "../../../../devices/pci1/ata1/block/sda");
	tree_mkdir(&m.tree, "sys/devices/pci1/ata1/block/sda/");
	put_driver(&m, "pci1", "../../", "ahci");
	carry_read(&m.root, NULL, &m.live, &m.list);
	says(&m, "btrfs", "btrfs carries the root file system, /dev/vda1 (btrfs).");
	says(&m, "virtio_blk", "virtio_blk carries the root file system, /dev/vda1 (btrfs).");
	says(&m, "ahci", "ahci carries the root file system, /dev/vda1 (btrfs).");
	machine_release(&m);
}

static void a_live_system_lies_on_others(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, "overlay 4096 1 - Live 0x0\nsquashfs 4096 1 - Live 0x0\nloop 4096 1 - Live 0x0\n"
			 "ext4 4096 1 - Live 0x0\n");
	tree_put(&m.tree, "proc/self/mountinfo",
		 "20 1 7:0 / /run/live/fs rw - squashfs /dev/loop0 ro\n"
		 "21 1 0:30 / /run/other rw - ext4 /dev/sdz ro\n"
		 "22 1 0:31 / / rw - overlay overlay rw,lowerdir=/run/live/fs:/none,upperdir=/cow/rw\n");
	tree_link(&m.tree, "sys/dev/block/7:0", "../../devices/virtual/block/loop0");
	carry_read(&m.root, NULL, &m.live, &m.list);
	says(&m, "overlay", "overlay carries the root file system, overlay (overlay).");
	says(&m, "squashfs", "squashfs carries the root file system, overlay (overlay).");
	says(&m, "loop", "loop carries the root file system, overlay (overlay).");
	says(&m, "ext4", NULL);
	machine_release(&m);
}

static const char seat_modules[] =
	"i915 4096 0 - Live 0x0\ndrm 4096 1 i915, Live 0x0\natkbd 4096 0 - Live 0x0\n"
	"button 4096 0 - Live 0x0\nusbhid 4096 0 - Live 0x0\nftdi_sio 4096 0 - Live 0x0\n"
	"usbserial 4096 1 ftdi_sio, Live 0x0\n";

static void put_seat(struct machine *m)
{
	tree_put(&m->tree, "proc/bus/input/devices",
		 "I: Bus=0019\nN: Name=\"Power Button\"\nS: Sysfs=/devices/LNX/input/input0\n"
		 "H: Handlers=kbd event0 \nB: EV=3\n\n"
		 "I: Bus=0011\nN: Name=\"AT keyboard\"\nS: Sysfs=/devices/serio0/input/input1\n"
		 "H: Handlers=sysrq kbd leds event1 \nB: EV=120013\n\n"
		 "I: Bus=0003\nN: Name=\"Mouse\"\nS: Sysfs=/devices/usb1/input/input2\n"
		 "H: Handlers=mouse0 event2 \nB: EV=17\n\n");
	put_driver(m, "LNX", "../../", "button");
	put_driver(m, "serio0", "../../", "atkbd");
	put_driver(m, "usb1", "../../", "usbhid");
	put_driver(m, "pci2", "../../", "i915");
	tree_link(&m->tree, "sys/class/drm/card0", "../../devices/pci2/drm/card0");
	put_driver(m, "usb2/tty", "../../../", "ftdi_sio");
	tree_link(&m->tree, "sys/dev/char/188:0", "../../devices/usb2/tty/ttyUSB0");
}

static void the_console_is_carried(void **state)
{
	struct session screen = { .terminal = true, .major = 4, .minor = 2 };
	struct session line = { .terminal = true, .major = 188 };
	struct session window = { .terminal = true, .major = 136, .minor = 7 };
	struct machine m;

	(void)state;
	machine_init(&m, seat_modules);
	put_seat(&m);
	carry_read(&m.root, &screen, &m.live, &m.list);
	says(&m, "atkbd", "atkbd carries the console you sit at, tty2.");
	says(&m, "drm", "drm carries the console you sit at, tty2: i915 needs it.");
	says(&m, "button", NULL);
	says(&m, "usbhid", NULL);
	says(&m, "ftdi_sio", NULL);
	carrying_release(&m.list);
	carry_read(&m.root, &line, &m.live, &m.list);
	says(&m, "usbserial", "usbserial carries the console you sit at, ttyUSB0: ftdi_sio needs it.");
	says(&m, "i915", NULL);
	carrying_release(&m.list);
	carry_read(&m.root, &window, &m.live, &m.list);
	says(&m, "i915", "i915 carries the console you sit at, pts/7.");
	carrying_release(&m.list);
	window.address = (char *)"192.0.2.1";
	carry_read(&m.root, &window, &m.live, &m.list);
	says(&m, "i915", NULL);
	machine_release(&m);
}

static void the_way_in_is_carried(void **state)
{
	struct session session = { .interface = (char *)"vlan7" };
	struct machine m;

	(void)state;
	machine_init(&m, "8021q 4096 0 - Live 0x0\nbridge 4096 0 - Live 0x0\nllc 4096 1 stp, Live 0x0\n"
			 "stp 4096 1 bridge, Live 0x0\nvirtio_net 4096 0 - Live 0x0\n"
			 "e1000e 4096 0 - Live 0x0\nrealtek 4096 0 - Live 0x0\n");
	tree_link(&m.tree, "sys/class/net/vlan7", "../../devices/virtual/net/vlan7");
	tree_put(&m.tree, "sys/devices/virtual/net/vlan7/uevent", "DEVTYPE=vlan\nINTERFACE=vlan7\n");
	tree_link(&m.tree, "sys/devices/virtual/net/vlan7/lower_br0", "../br0");
	tree_put(&m.tree, "sys/devices/virtual/net/br0/uevent", "DEVTYPE=bridge\nINTERFACE=br0\n");
	tree_link(&m.tree, "sys/devices/virtual/net/br0/lower_eth0", "../../../pci3/virtio0/net/eth0");
	tree_mkdir(&m.tree, "sys/devices/pci3/virtio0/net/eth0/");
	put_driver(&m, "pci3/virtio0", "../../../", "virtio_net");
	put_driver(&m, "pci4", "../../", "e1000e");
	tree_link(&m.tree, "sys/class/net/eth1", "../../devices/pci4/net/eth1");
	tree_link(&m.tree, "sys/devices/pci3/virtio0/net/eth0/phydev", "../../mdio/phy1");
	put_driver(&m, "pci3/virtio0/mdio/phy1", "../../../../../", "realtek");
	carry_read(&m.root, &session, &m.live, &m.list);
	says(&m, "8021q", "8021q carries the network path of your ssh session, vlan7.");
	says(&m, "virtio_net", "virtio_net carries the network path of your ssh session, vlan7.");
	says(&m, "realtek", "realtek carries the network path of your ssh session, vlan7.");
	says(&m, "llc", "llc carries the network path of your ssh session, vlan7: bridge needs it.");
	says(&m, "e1000e", NULL);
	machine_release(&m);
}

static void a_session_is_found_above_sudo(void **state)
{
	static const char environ[] = "HOME=/root\0SSH_CONNECTION=192.0.2.9 50000 192.0.2.1 22\0TERM=x\0";
	struct session session;
	struct machine m;

	(void)state;
	machine_init(&m, "");
	tree_put(&m.tree, "proc/30/stat", "30 (a) b) S 20 30 30 0 -1 4194560\n");
	tree_put(&m.tree, "proc/30/environ", "SUDO_USER=me");
	tree_put(&m.tree, "proc/20/stat", "20 (sudo) S 10 20 10 34817 20 4194560\n");
	tree_put_bytes(&m.tree, "proc/10/environ", environ, sizeof(environ) - 1);
	tree_put(&m.tree, "proc/10/stat", "10 (bash) S 1 10 10 34822 20 4194560\n");
	session_read(&m.root, 30, &session);
	assert_true(session.terminal);
	assert_int_equal(session.major, 136);
	assert_int_equal(session.minor, 1);
	assert_string_equal(session.address, "192.0.2.1");
	assert_null(session.interface);
	session_release(&session);
	session_read(&m.root, 77, &session);
	assert_false(session.terminal);
	assert_null(session.address);
	session_release(&session);
	machine_release(&m);
}

static void nothing_is_said_of_nothing(void **state)
{
	struct session session = { .terminal = true, .major = 4, .minor = 1, .interface = (char *)"eth9" };
	struct machine m;

	(void)state;
	machine_init(&m, disk_modules);
	carry_read(&m.root, &session, &m.live, &m.list);
	assert_int_equal(m.list.n, 0);
	tree_put(&m.tree, "proc/self/mountinfo", "\nno mount\n1 2 - a b\n22 1 9:9 / / rw - tmpfs none\n");
	carry_read(&m.root, &session, &m.live, &m.list);
	assert_int_equal(m.list.n, 0);
	machine_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_root_file_system_is_carried),
		cmocka_unit_test(blanks_in_names_are_read),
		cmocka_unit_test(disks_below_disks_are_carried),
		cmocka_unit_test(numbers_of_its_own_are_looked_up),
		cmocka_unit_test(a_live_system_lies_on_others),
		cmocka_unit_test(the_console_is_carried),
		cmocka_unit_test(the_way_in_is_carried),
		cmocka_unit_test(a_session_is_found_above_sudo),
		cmocka_unit_test(nothing_is_said_of_nothing),
	};

	return cmocka_run_group_tests_name("carry", tests, NULL, NULL);
}
