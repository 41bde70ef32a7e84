# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154 # tmp is of the test
# Several modules are tried in one machine, and kmodtui try judges each by what was said about it there: for modules
# that harm nobody.  A script stands for the lab: it first notes how kmodtui asks for a machine, and later says what the
# guest said.  From the environment: KMODTUI, LAB; $tmp is a folder for the test.
#
#	together NAME FILE [ARGUMENT...]	FILE is to be tried with such arguments of try, under that name
#	together_boot				the machine
#	together_judge NAME			what kmodtui prints, with its status

together=$tmp/together
mkdir -p "$together/build/tui/lab" "$together/asked" "$together/runs" || exit 99
cp "$KMODTUI" "$together/build/kmodtui" || exit 99
cat >"$together/build/tui/lab/lab" <<-'END'
	#!/bin/sh
	here=${0%/*}
	[ "$1" = run ] || exit 0
	if [ ! -f "$here/report" ]; then
		printf '%s\n' "$@" >"$here/words"
		exit 125
	fi
	while [ "$1" != -- ]; do
		[ "$1" != --log ] || cp "$here/log" "$2"
		shift
	done
	cat "$here/report"
END
cat >"$together/guest" <<-'END'
	#!/bin/sh
	while IFS= read -r name; do
		echo "together: $name"
		echo "together: $name" >/dev/kmsg
		tr '\n' '\0' <"/kmt/together/$name" | xargs -0 /kmt/try
	done </kmt/together/.order
	echo "together: end"
	echo "together: end" >/dev/kmsg
END
chmod +x "$together/build/tui/lab/lab" "$together/guest"

together()
{
	together_name=$1
	shift
	printf '%s\n' "$@" >"$together/runs/$together_name"
	echo "$together_name" >>"$together/asked/.order"
	rm -f "$together/build/tui/lab/words"
	"$together/build/kmodtui" --json try "$@" >/dev/null 2>&1
	# What stands behind "--" is for the guest: try and its arguments.
	sed '1,/^--$/d' "$together/build/tui/lab/words" | sed 1d >"$together/asked/$together_name"
	cp "$1" "$together/$(sed -n 4p "$together/asked/$together_name" | sed 's,.*/,,')"
}

# word OPTION: what kmodtui said behind it
together_word()
{
	grep -A 1 -m 1 -xe "$1" "$together/build/tui/lab/words" | tail -n 1
}

together_boot()
{
	set --
	for file in "$together"/*.ko; do
		set -- "$@" --add "$file=/kmt/tried/${file##*/}"
	done
	"$LAB" run --kernel "$(together_word --kernel)" --append "$(together_word --append)" --timeout 3000 \
		--log "$together/log" --add "$KMODTUI=/usr/bin/kmodtui" --add "${LAB%/*}/try=/kmt/try" \
		--add "$together/asked=/kmt/together" --add "$together/guest=/kmt/guest" "$@" -- /kmt/guest \
		>"$together/report" 2>"$together/err"
}

# part NAME FILE: what was said between its own line and the next one
together_part()
{
	tr -d '\r' <"$2" | awk -v name="$1" '/together: / { on = $NF == name; next } on'
}

together_judge()
{
	together_part "$1" "$together/report" >"$together/build/tui/lab/report"
	together_part "$1" "$together/log" >"$together/build/tui/lab/log"
	together_list=$together/runs/$1
	set --
	while IFS= read -r word; do
		set -- "$@" "$word"
	done <"$together_list"
	"$together/build/kmodtui" --json try "$@"
}
