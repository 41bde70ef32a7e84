#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The kmod of another Debian, unpacked in the cache and never installed: what diff.sh asks beside the
# machine's own.
#
#	kmod-of.sh path SUITE		prints its folder; status 1 when it is not in the cache
#	kmod-of.sh fetch SUITE		puts it there first
#
# apt downloads from the mirror that this machine's sources name, by lists in a folder of this run.

set -u

PACKAGES='kmod libkmod2 libc6 libssl3t64 libzstd1 liblzma5 zlib1g'

fail()
{
	echo "kmod-of.sh: $*" >&2
	exit 1
}

# source_line SUITE: where that Debian is
source_line()
{
	keys=/usr/share/keyrings/debian-archive-keyring.gpg
	[ ! -f "$keys" ] || signed="[signed-by=$keys]"
	# shellcheck disable=SC2016 # apt's own words
	apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' \
		'Created-By: Packages' 'Origin: Debian' |
		awk -v suite="$1" -v signed="${signed:-}" \
			'$2 !~ /-/ && $3 == "main" { print "deb", signed, $1, suite, "main"; exit }'
}

use_suite()
{
	source_line "$1" >"$tmp/sources.list"
	[ -s "$tmp/sources.list" ] || fail "apt names no mirror of Debian"
	cat >"$tmp/apt.conf" <<-END
	Dir::Etc::SourceList "$tmp/sources.list";
	Dir::Etc::SourceParts "/dev/null";
	Dir::State::Lists "$tmp/lists";
	Dir::Cache "$tmp/cache";
	APT::Sandbox::User "$(id -un)";
	Acquire::http::Timeout "20";
	END
	mkdir -p "$tmp/lists/partial" "$tmp/cache/archives/partial" "$tmp/debs" "$tmp/root"
	APT_CONFIG=$tmp/apt.conf
	export APT_CONFIG
	apt-get -qq update >"$tmp/update.log" 2>&1 || fail "the lists of $1 cannot be had: $(tail -n 1 "$tmp/update.log")"
}

# The dynamic linker's names in /lib and /lib64, as an installed machine has them.
link_folders()
{
	for name in lib lib64 bin sbin; do
		[ ! -d "$1/usr/$name" ] || [ -e "$1/$name" ] || ln -s "usr/$name" "$1/$name" || return
	done
}

fetch()
{
	command -v apt-get >/dev/null 2>&1 || fail "apt-get is not installed"
	tmp=$(mktemp -d "$CACHE/.new.XXXXXX") || exit 1
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 1' HUP INT TERM
	use_suite "$1"
	# shellcheck disable=SC2086 # a list of names
	(cd "$tmp/debs" && apt-get -qq download $PACKAGES) >&2 || fail "the packages of $1 cannot be had"
	for file in "$tmp"/debs/*.deb; do
		dpkg -x "$file" "$tmp/root" || exit 1
	done
	link_folders "$tmp/root" || exit 1
	rm -rf "$tmp/root/usr/share"
	mv "$tmp/root" "$CACHE/$1" 2>/dev/null || [ -d "$CACHE/$1" ] || exit 1
}

CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/kmodtui/kmod
mkdir -p "$CACHE" || exit 1
case "$#:${1:-}:${2:-}" in
2:*:*/* | 2:*:) fail "\"$2\" is no suite of Debian" ;;
2:fetch:*) [ -x "$CACHE/$2/usr/bin/kmod" ] || (fetch "$2") || exit 1 ;;
2:path:*) ;;
*) fail "kmod-of.sh path | fetch SUITE" ;;
esac
[ -x "$CACHE/$2/usr/bin/kmod" ] || exit 1
echo "$CACHE/$2"
