# SPDX-License-Identifier: GPL-2.0-or-later
# The papers.  Manual pages are installed, the rest is in the tarball.

dist_man_MANS += \
	docs/kmodtui.8 \
	docs/kmt_chardev.4 \
	docs/kmt_hello.4 \
	docs/kmt_netsock.4 \
	docs/kmt_params.4 \
	docs/kmt_procfs.4 \
	docs/kmt_timer.4

EXTRA_DIST += README docs/ARCHITECTURE docs/HACKING docs/NEWS docs/SCREENS
