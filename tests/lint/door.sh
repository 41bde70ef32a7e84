#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Law L4: every change of the running system is a command of tui/cli/.
# shellcheck source=tests/lint/tap.sh
. "$(dirname "$0")/tap.sh"

# shellcheck disable=SC2046 # file names of this tree have no blanks
set -- $(tracked 'tui/*.c' 'tui/*.h')
outside=$(code_strings "$@" | grep -vE '^tui/(cli|kernel)/')

law "L4: what changes the system is called from cli/ alone" "$(printf '%s\n' "$outside" | grep -E \
	'(^|[^a-zA-Z0-9_])(kmod_load_[a-z_]+|sysmod_write_[a-z_]+|conffile_write|root_write)[[:space:]]*\(')"
law "L4: nobody else includes the loader" "$(printf '%s\n' "$outside" | grep '#.*include.*"kernel/kmod_load\.h"')"
# kmod_probe.c asks libkmod what it would do, and never without the word for that.
law "L4: libkmod is only asked for a dry run" "$(grep -q 'flags = KMOD_PROBE_DRY_RUN |' tui/kernel/kmod_probe.c ||
	echo tui/kernel/kmod_probe.c)"
law "L4: the kernel is asked to load in one file" "$(code "$@" | grep -v '^tui/kernel/kmod_load\.c:' |
	grep -vE '^tui/kernel/kmod_probe\.c:[0-9]*:.*kmod_module_probe_insert_module\(module, flags,' | grep -E \
	'(^|[^a-zA-Z0-9_])((f?init|delete)_module|kmod_module_(probe_)?(insert|remove)_module)[[:space:]]*\(|SYS_(f?init|delete)_module')"
finish
