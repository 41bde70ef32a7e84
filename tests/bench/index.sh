#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The full-text index of all modules on disk, beside modinfo of all, which is how one searches
# without kmodtui: made, read again, gone through at each key, and what memory it takes.
#
#	tests/bench/index.sh
# shellcheck source=tests/bench/bench.sh
. "$(dirname "$0")/bench.sh"

command -v modinfo >/dev/null || skip "modinfo is not installed"
[ -n "$lab_tree" ] || skip "there is no kernel in the cache; ${LAB:-lab} fetch gets one"
machine "$tmp/a" 1
on_disk=$(disk "$tmp/a") || exit
live_from_disk "$tmp/a" 100
version=$(cat "$tmp/a/proc/sys/kernel/osrelease")
dep=$tmp/a/lib/modules/$version/modules.dep

sed 's/:.*//; s,.*/,,; s/\.ko.*//' "$dep" >"$tmp/names"
cat >"$tmp/modinfo" <<-END
	#!/bin/sh
	xargs modinfo -b "$tmp/a" -k "$version" <"$tmp/names"
END
cat >"$tmp/grep" <<-END
	#!/bin/sh
	xargs modinfo -b "$tmp/a" -k "$version" <"$tmp/names" | grep -i realtek
END
chmod +x "$tmp/modinfo" "$tmp/grep"
all=$("$bench/times" 5 / "$tmp/modinfo")
grep=$("$bench/times" 5 / "$tmp/grep")

# Read-only, it keeps no index and makes it each time.
made=$("$bench/times" 11 / "$KMODTUI" --root "$tmp/a" --readonly search realtek)
line "index of $on_disk made and searched, CPU" "$(ms "$(field 2 "$made")")" ms "under 700" \
	"modinfo of all" "$(ms "$(field 2 "$all")")"
"$KMODTUI" --root "$tmp/a" search realtek >"$tmp/found"
kept=$("$bench/times" 21 / "$KMODTUI" --root "$tmp/a" search realtek)
line "a search in the index that was kept, CPU" "$(ms "$(field 2 "$kept")")" ms '' \
	"modinfo and grep" "$(ms "$(field 2 "$grep")")"
line "a search in the index that was kept, time" "$(ms "$(field 1 "$kept")")" ms '' \
	"modinfo and grep" "$(ms "$(field 1 "$grep")")"
line "the index that was kept, size" "$(stat -c %s "$XDG_CACHE_HOME"/kmodtui/index-* | awk '{ print $1 / 1000000 }')" MB ''

# The console: without and with an index from last time.
printf 'wait idle\nquit\n' >"$tmp/idle.keys"
rest=$("$bench/times" 11 / "$KMODTUI" --root "$tmp/a" --readonly --script "$tmp/idle.keys")
line "the console until it rests, index kept, CPU" "$(ms "$(field 2 "$rest")")" ms ''
rm -r "$XDG_CACHE_HOME"
rest=$("$bench/times" 11 / "$KMODTUI" --root "$tmp/a" --readonly --script "$tmp/idle.keys")
line "the console until it rests, index made, CPU with the child's" "$(ms "$(field 2 "$rest")")" ms "under 700"
"$KMODTUI" --root "$tmp/a" search realtek >"$tmp/found"

# Each letter of a filter goes through all of it and draws the screen.
for pattern in realtekxyz '^pci.*10ec.*8168' 'r.*[e-k].*x.*z'; do
	printf 'wait idle\nquit\n' >"$tmp/none.keys"
	awk -v p="$pattern" 'BEGIN {
		print "wait idle"
		for (round = 0; round < 10; round++) {
			print "key F4 C-u"
			for (i = 1; i <= length(p); i++)
				print "type \"" substr(p, i, 1) "\"\nwait idle"
			print "key Esc\nwait idle"
		}
		print "quit"
	}' >"$tmp/typed.keys"
	none=$("$bench/times" 5 / "$KMODTUI" --root "$tmp/a" --script "$tmp/none.keys")
	typed=$("$bench/times" 5 / "$KMODTUI" --root "$tmp/a" --script "$tmp/typed.keys")
	line "a letter of the filter $pattern, CPU" "$(awk -v a="$(field 2 "$none")" -v b="$(field 2 "$typed")" \
		-v n="$((10 * (${#pattern} + 1)))" 'BEGIN { printf "%.3g", (b - a) / n / 1000 }')" ms "under 10"
done

records "$tmp/a" 10000
for size in 80x24 160x50; do
	ours=$("$bench/stopwatch" start "$size" 5 F10 "$KMODTUI" --root "$tmp/a") || exit 1
	line "memory with the index and 10,000 log records, $size" \
		"$(awk -v k="$(field 3 "$ours")" 'BEGIN { printf "%.3g", k / 1024 }')" MB "under 12"
done
rm -r "$XDG_CACHE_HOME"
ours=$("$bench/stopwatch" start 80x24 5 F10 "$KMODTUI" --root "$tmp/a" --readonly) || exit 1
line "memory when the index comes from the child" \
	"$(awk -v k="$(field 3 "$ours")" 'BEGIN { printf "%.3g", k / 1024 }')" MB "under 12"
