#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A search through all modules on disk, beside modinfo of all and grep, which is how one does it
# without kmodtui: processor time.
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

command -v modinfo >/dev/null || skip "modinfo is not installed"
version=$(uname -r)
root=
if [ ! -r "/lib/modules/$version/modules.dep.bin" ]; then
	root=$("$LAB" path 2>/dev/null) || skip "there is no kernel in the cache; $LAB fetch gets one"
	version=${root##*/}
fi
sed 's/:.*//; s,.*/,,; s/\.ko.*//' "$root/lib/modules/$version/modules.dep" >"$tmp/names"
cat >"$tmp/theirs" <<-END
	#!/bin/sh
	xargs modinfo ${root:+-b "$root"} -k "$version" <"$tmp/names" | grep -i realtek
END
chmod +x "$tmp/theirs"
ours=$("$bench/times" 9 / "$KMODTUI" --root "${root:-/}" --kernel "$version" search realtek)
theirs=$("$bench/times" 3 / "$tmp/theirs")
# shellcheck disable=SC2086 # three numbers
line "search through $(wc -l <"$tmp/names" | tr -d ' ') modules, CPU" \
	"$(ms "$(field 2 $ours)")" ms "under 700" "modinfo and grep" "$(ms "$(field 2 $theirs)")"
