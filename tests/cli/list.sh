#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui list
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

make_root "$tmp/r"

run 0 "list" --root "$tmp/r" list
same "is lsmod's output, with - for what is unknown" "$out" <<-END
	Module                  Size  Used by
	alpha                  16384  0
	beta                 1146880  1 alpha
	gamma                   4096  -
END
run 0 "list --all" --root "$tmp/r" list --all
same "has the state in front and is sorted by name" "$out" <<-END
	State   Module                  Size  Used by
	live    alpha                  16384  0
	live    beta                 1146880  1 alpha
	disk    delta                      -  -
	going   gamma                   4096  -
	builtin inside                     -  -
END
run 0 "list --state builtin" --root "$tmp/r" list --state builtin -o name
same "needs no --all" "$out" <<-END
	NAME
	inside
END
run 0 "list --state going" --root "$tmp/r" list --state going
same "filters the live ones" "$out" <<-END
	Module                  Size  Used by
	gamma                   4096  -
END
run 0 "list --state masked" --root "$tmp/r" list --state masked -o name,state
same "knows the install lines" "$out" <<-END
	NAME   STATE
	delta  disk
END
run 0 "list -o" --root "$tmp/r" list -o state,name,size,refs,users,taint,path
same "shows the columns in the order given" "$out" <<-END
	STATE  NAME      SIZE  REFS  USERS  TAINT  PATH
	live   alpha    16384     0  -      OE     kernel/alpha.ko
	live   beta   1146880     1  alpha  -      -
	going  gamma     4096     -  -      -      -
END
run 0 "list --json" --root "$tmp/r" list --json
same "has null for what is unknown" "$out" <<-END
	{"schema":1,"kernel":"6.1.0-test","modules":[{"name":"alpha","state":"live","masked":false,"size":16384,"refs":0,"used_by":[],"taint":"OE","path":"kernel/alpha.ko","description":null},{"name":"beta","state":"live","masked":false,"size":1146880,"refs":1,"used_by":["alpha"],"taint":null,"path":null,"description":null},{"name":"gamma","state":"going","masked":false,"size":4096,"refs":null,"used_by":[],"taint":null,"path":null,"description":null}],"remarks":[]}
END
if PATH=$PATH:/usr/sbin:/sbin depmod -b "$tmp/r" 6.1.0-test 2>"$err"; then
	run 0 "the description" --root "$tmp/r" list -o name,description --state live
	says "comes from the module's file" "$out" '^alpha +The first of all$'
else
	skip "the description" "depmod is not installed"
	skip "comes from the module's file" "depmod is not installed"
fi

run 4 "a kernel without modules here" --root "$tmp/r" --kernel 6.9.9 list
says "is an error" "$err" 'There are no modules of this kernel here'
mkdir -p "$tmp/r/lib/modules/6.9.9"
run 0 "another kernel" --root "$tmp/r" --kernel 6.9.9 list --json
says "has no live modules" "$out" '"kernel":"6.9.9","modules":\[\]'

printf 'good 4096 0 - Live 0x0\nbad\n\000\000\000\nlast 1 0 - Live 0x0' >"$tmp/r/proc/modules"
run 0 "bad lines and NULs" --root "$tmp/r" list -o name
same "cost only themselves" "$out" <<-END
	NAME
	good
	last
END
says "and are told" "$err" '^kmodtui: list: 2 lines of /proc/modules were not understood'
run 0 "as JSON" --root "$tmp/r" list --json
says "as a remark" "$out" '"remarks":\["2 lines of /proc/modules were not understood'

# A livepatch has its version in its name; a line of tomorrow's kernel has a field more; a state nobody knows yet.
cat >"$tmp/r/proc/modules" <<-END
	kpatch_4.18.0_240 20480 1 - Live 0x0 (OEK)
	beta 1146880 2 alpha,kpatch_4.18.0_240, Live 0x0 (OE) 17
	gamma 4096 3 - Dormant 0x0
END
run 0 "names with a dot and lines with news" --root "$tmp/r" list
same "have their rows" "$out" <<-END
	Module                  Size  Used by
	kpatch_4.18.0_240      20480  1
	beta                 1146880  2 alpha,kpatch_4.18.0_240
	gamma                   4096  3
END
says "and what was not understood is counted" "$err" '^kmodtui: list: 2 lines '
rm "$tmp/r/proc/modules"
run 1 "a kernel without loadable modules" --root "$tmp/r" list
says "says so" "$err" '^kmodtui: list: .*no loadable modules'
run 0 "list --all works there" --root "$tmp/r" list --all -o name
says "and shows what is on disk" "$out" '^delta$'
mkdir "$tmp/empty"
run 1 "an empty root" --root "$tmp/empty" list
says "is no machine that runs" "$err" "^kmodtui: list: No system runs below $tmp/empty: .*list --all"
finish
