#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmodtui tree
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
make_root r
v=r/lib/modules/6.1.0-test
cat >"$v/modules.dep" <<-END
	kernel/alpha.ko: kernel/delta.ko kernel/echo-one.ko
	kernel/delta.ko: kernel/echo-one.ko
	kernel/echo-one.ko:
	kernel/foxtrot.ko: kernel/alpha.ko kernel/delta.ko kernel/echo-one.ko
END
echo 'weakdep delta inside nowhere' >"$v/modules.weakdep"
cat >r/etc/modprobe.d/x.conf <<-END
	softdep echo_one pre: inside post: alpha
	softdep echo_one pre: foxtrot
	softdep delta foxtrot
END

run 0 "tree" --root r tree alpha
same "shows what it needs, indented, with state and kind" "$out" <<-END
	alpha needs
	├─ beta live
	└─ delta disk
	   ├─ echo_one disk
	   │  ├─ alpha live soft ...
	   │  └─ inside builtin soft
	   ├─ inside builtin weak
	   └─ nowhere missing weak
END
run 0 "tree --users" --root r tree --users beta
same "shows both directions" "$out" <<-END
	beta needs nothing
	beta is needed by
	└─ alpha live
	   ├─ foxtrot disk
	   └─ echo_one disk soft
	      └─ delta disk
	         └─ alpha live ...
END
run 0 "tree --ascii" --root r --ascii tree delta
says "draws with ASCII" "$out" '^\|- echo_one disk$'
says "and ASCII only" "$out" '^`- nowhere missing weak$'
run 0 "a module of no needs" --root r tree gamma
same "says so" "$out" <<-END
	gamma needs nothing
END
run 0 "tree --json" --root r --json tree echo-one
same "nests, with kind and state" "$out" <<-END
	{"schema":1,"name":"echo_one","needs":[{"name":"alpha","kind":"soft","state":"live","repeated":false,"needs":[{"name":"beta","kind":"hard","state":"live","repeated":false,"needs":[]},{"name":"delta","kind":"hard","state":"disk","repeated":false,"needs":[{"name":"echo_one","kind":"hard","state":"disk","repeated":true,"needs":[]},{"name":"inside","kind":"weak","state":"builtin","repeated":false,"needs":[]},{"name":"nowhere","kind":"weak","state":"missing","repeated":false,"needs":[]}]}]},{"name":"inside","kind":"soft","state":"builtin","repeated":false,"needs":[]}],"users":[{"name":"delta","kind":"hard","state":"disk","repeated":false,"users":[{"name":"alpha","kind":"hard","state":"live","repeated":false,"users":[{"name":"foxtrot","kind":"hard","state":"disk","repeated":false,"users":[]},{"name":"echo_one","kind":"soft","state":"disk","repeated":true,"users":[]}]}]}]}
END
run 4 "an unknown module" --root r tree nosuch
says "is told" "$err" '^kmodtui: nosuch: There is no such module or file\.$'
run 4 "a path" --root r tree ../r
run 2 "no name" --root r tree
if [ -d "${FIXTURES:-/nowhere}/debian-6.1" ]; then
	run 0 "tree of a real machine" --root "$FIXTURES/debian-6.1" tree --users fscache
	same "is depmod's" "$out" <<-END
		fscache needs
		└─ netfs live
		fscache is needed by
		└─ 9p live
	END
	run 0 "an alias as soft need" --root "$FIXTURES/debian-6.1" tree ext4
	says "is the modules that serve it" "$out" '^└─ crc32c_intel live soft$'
else
	skip "tree of a real machine" "the fixtures are not unpacked"
fi
finish
