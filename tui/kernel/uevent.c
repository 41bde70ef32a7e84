/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "kernel/uevent.h"

#ifdef HAVE_LIBUDEV

#include <libudev.h>

struct uevent {
	struct udev *udev;
	struct udev_monitor *monitor;
};

/* "kernel" is the netlink group the kernel itself sends to: no udevd needs to run. */
static int monitor_open(struct uevent *uevent)
{
	int err;

	uevent->udev = udev_new();
	if (!uevent->udev)
		return -ENOMEM;
	errno = 0;
	uevent->monitor = udev_monitor_new_from_netlink(uevent->udev, "kernel");
	if (!uevent->monitor)
		return errno ? -errno : -EIO;
	err = udev_monitor_filter_add_match_subsystem_devtype(uevent->monitor, "module", NULL);
	return err < 0 ? err : udev_monitor_enable_receiving(uevent->monitor);
}

int uevent_open(struct uevent **out)
{
	struct uevent *uevent = xcalloc(1, sizeof(*uevent));
	int err = monitor_open(uevent);

	if (err < 0) {
		uevent_close(uevent);
		return err;
	}
	*out = uevent;
	return 0;
}

void uevent_close(struct uevent *uevent)
{
	if (!uevent)
		return;
	if (uevent->monitor)
		udev_monitor_unref(uevent->monitor);
	if (uevent->udev)
		udev_unref(uevent->udev);
	free(uevent);
}

int uevent_fd(const struct uevent *uevent)
{
	return udev_monitor_get_fd(uevent->monitor);
}

/* The descriptor does not block: the last call finds nothing and ends the loop. */
bool uevent_read(struct uevent *uevent)
{
	struct udev_device *device;
	bool any = false;

	while ((device = udev_monitor_receive_device(uevent->monitor))) {
		any = true;
		udev_device_unref(device);
	}
	return any;
}

#else

int uevent_open(struct uevent **out)
{
	*out = NULL;
	return -ENOSYS;
}

void uevent_close(struct uevent *uevent)
{
	free(uevent);
}

int uevent_fd(const struct uevent *uevent)
{
	(void)uevent;
	return -1;
}

bool uevent_read(struct uevent *uevent)
{
	(void)uevent;
	return false;
}

#endif
