#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Which module a name stands for: the one that is there, whatever modprobe.d says of the name; an alias of it otherwise;
# nothing when only modprobe.d speaks of it, or when the module directory is not whole, and then that is said.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

PATH=$PATH:/usr/sbin:/sbin
cd "$tmp" || exit 99
for tool in depmod modinfo modprobe; do
	command -v $tool >/dev/null && continue
	skip "which module a name stands for" "$tool is not installed"
	finish
done

mkdir -p r/proc/sys/kernel r/etc/modprobe.d r/sys/module
r=$tmp/r
version=6.1.0-names
modules=$r/lib/modules/$version
echo $version >r/proc/sys/kernel/osrelease
make() # NAME FIELD...
{
	make_name=$1
	shift
	mkdir -p "$modules/kernel"
	make_module "$modules/kernel/$make_name.ko" license=GPL "description=of $make_name" "parmtype=first:int" "$@"
}
make_file() # FILE NAME FIELD...: a file whose module has another name
{
	make_file=$1
	make_name=$2
	shift 2
	mkdir -p "$modules/updates"
	make_module "$modules/updates/$make_file.ko" license=GPL "name=$make_name" "$@"
}
make plain name=plain "alias=pci:v00001234d*"
make video name=video
make other name=other
make two-words name=two_words
make_file chip-340 chip parmtype=speed:int
make_file chip-340-aux chip_aux
printf 'kernel/kernel/inside.ko\nkernel/lib/with-dash.ko\n' >"$modules/modules.builtin"
printf 'inside.license=GPL\000inside.file=kernel/inside\000' >"$modules/modules.builtin.modinfo"
: >"$modules/modules.order"
depmod -b "$r" $version 2>"$err"
cat >r/etc/modprobe.d/a.conf <<-END
	alias plain off
	alias video other
	alias chip chip-340
	alias away missing_one
	alias plenty plain
	options plain first=3
	options chip speed=1
	options chip-340 first=2
	install relic /bin/false
	blacklist relic
	softdep plain pre: wanted
	install sound-slot-9 /sbin/modprobe plain
	remove leaver /bin/true
END
printf 'plain 4096 3 - Live 0x0\nchip_aux 4096 2 - Live 0x0 (OE)\nchip 4096 30 chip_aux, Live 0x0 (OE)\n' >r/proc/modules
for name in plain chip chip_aux; do
	mkdir -p r/sys/module/$name/parameters
	echo live >r/sys/module/$name/initstate
done
echo 7 >r/sys/module/plain/parameters/first

# A module on disk or built in is the one of its name, as for modinfo.
for name in plain video other two-words two_words chip-340 chip_340 inside; do
	run 0 "info of $name" --root r info $name
	modinfo -b "$r" -k $version $name >modinfo.out 2>&1
	sed "s,^filename: *$r,filename:       ," modinfo.out | sed 's/: */: /' | sort >modinfo.sorted
	sed "s,^filename: *$r,filename:       ," "$out" | sed 's/: */: /' | sort >info.sorted
	is "is modinfo's" "$(cmp info.sorted modinfo.sorted 2>&1)" ""
done
run 0 "info of a name that is an alias only" --root r info plenty
says "is that of the module it stands for" "$out" '^description: +of plain$'
run 0 "what list reads of each" --root r list --all -o name,description
says "is of the module itself" "$out" '^video +of video$'

# A live module is the one of its name, and an alias tells of its file only when that is the same module's.
run 0 "params of a live module with an alias to nothing" --root r params plain
says "are its own" "$out" '^first +int +0644 +7 +3 '
run 0 "holders of it" --root r holders plain
says "are its own" "$out" '^references 3$'
run 0 "a module from a file of another name" --root r info chip
says "has that file" "$out" '^filename: +/.*/updates/chip-340.ko$'
run 0 "and these parameters" --root r params chip
says "with the options of both names" "$out" '^speed +int +- +- +1 '
run 0 "it is held" --root r holders chip
says "by what the list says" "$out" '^references 30$'
run 0 "by the name of its file too" --root r holders chip-340
says "it is the same one" "$out" '^references 30$'
run 0 "a live module without a file" --root r info chip_aux
lacks "is not called built in" "$out" builtin
says "and this is told" "$err" '^kmodtui: chip_aux: It is loaded, but there is no file'
run 0 "as JSON" --root r info --json chip_aux
says "it has a name and no path" "$out" '"name":"chip_aux","path":null,"fields":\[\]'
echo 'video 4096 0 - Live 0x0' >>r/proc/modules
rm "$modules/kernel/video.ko"
depmod -b "$r" $version 2>"$err"
run 0 "a live module whose name is an alias of another one" --root r info video
lacks "is not that one" "$out" 'other'
run 0 "nor has it" --root r params video
lacks "its parameters" "$out" '^first'
make video name=video
depmod -b "$r" $version 2>"$err"

# persist writes the name that modprobe goes by.
run 0 "persist of one with an alias" --root r persist plain first=1 --boot
says "is about the module itself" r/etc/modprobe.d/kmodtui.conf '^options plain first=1$'
says "and an alias that comes first at boot is told" "$err" '^kmodtui: plain: /etc/modprobe.d/a.conf, line 1, has this name stand for off'
run 0 "persist of one from a renamed file" --root r persist chip speed=2
says "has the name of the file" r/etc/modprobe.d/kmodtui.conf '^options chip_340 speed=2$'
rm r/etc/modprobe.d/kmodtui.conf r/etc/modules-load.d/kmodtui.conf

# What only the configuration speaks of is no module, is not built in, and what speaks of it is named.
none() # NAME PLACES
{
	for command in info params holders audit tree; do
		run 4 "$command of $1" --root r $command "$1"
		says "is told with what speaks of it" "$err" "^kmodtui: $1: There is no such module; only lines of the configuration speak of it: $2"
		lacks "and is not called built in" "$err" '[Bb]uilt'
		is "nothing is printed" "$(cat "$out")" ""
	done
	run 4 "persist of $1" --root r persist "$1" --boot
	[ ! -e r/etc/modules-load.d/kmodtui.conf ]
	verdict $? "writes nothing"
}
none relic '/etc/modprobe.d/a.conf, line 9 \(install\); /etc/modprobe.d/a.conf, line 10 \(blacklist\)\.$'
none sound-slot-9 '/etc/modprobe.d/a.conf, line 12 \(install\)\.$'
none wanted '/etc/modprobe.d/a.conf, line 11 \(softdep\)\.$'
none leaver '/etc/modprobe.d/a.conf, line 13 \(remove\)\.$'
none away '/etc/modprobe.d/a.conf, line 4 \(alias of missing_one\)\.$'
none missing_one '/etc/modprobe.d/a.conf, line 4 \(alias\)\.$'
none off '/etc/modprobe.d/a.conf, line 1 \(alias\)\.$'
run 4 "a name nobody knows" --root r info nothing
same "is told" "$err" <<-END
	kmodtui: nothing: There is no such module or file.
END

# Built in is what modules.builtin or sysfs says.
run 0 "built in by modules.builtin" --root r holders with_dash
says "is told" "$out" 'built into the kernel'
mkdir -p r/sys/module/relic
run 0 "and by sysfs" --root r holders relic
says "too" "$out" 'built into the kernel'
echo live >r/sys/module/relic/initstate
run 4 "what sysfs says was loaded" --root r holders relic
lacks "is not" "$err" '[Bb]uilt'
rm -r r/sys/module/relic

# A list that can not be read says nothing of what is loaded.
mv r/proc/modules r/proc/kept
mkdir r/proc/modules
run 1 "holders where /proc/modules can not be read" --root r holders other
says "says so" "$err" '^kmodtui: other: /proc/modules can not be read'
rmdir r/proc/modules
printf '\000plain 4096 3 - Live 0x0\n' >r/proc/modules
run 1 "holders of what sysfs alone knows to be loaded" --root r holders plain
says "says so" "$err" '^kmodtui: plain: /sys/module/plain says that this is loaded'
mv r/proc/kept r/proc/modules

# A name with a dot, as livepatches have it.
echo 'patch_6.1.0_3 20480 1 - Live 0x0 (OEK)' >>r/proc/modules
mkdir -p r/sys/module/patch_6.1.0_3/parameters
echo live >r/sys/module/patch_6.1.0_3/initstate
echo 5 >r/sys/module/patch_6.1.0_3/parameters/level
run 0 "holders of a name with a dot" --root r holders patch_6.1.0_3
says "are those of the list" "$out" '^references 1$'
run 0 "its parameters" --root r params patch_6.1.0_3
says "are those of sysfs" "$out" '^level +- +0644 +5 '
run 1 "its audit" --root r audit patch_6.1.0_3
says "says that it is loaded" "$out" '^loaded +yes'
run 0 "its tree" --root r tree patch_6.1.0_3
run 0 "its info" --root r info patch_6.1.0_3
says "has what is known" "$out" '^name: +patch_6.1.0_3$'

# The directory, or an index in it, is not there.
cp -r r half
rm half/lib/modules/$version/modules.dep.bin
for command in info params persist audit tree; do
	run 4 "$command without modules.dep.bin" --root half $command nothing
	says "says what is missing and what to do" "$err" "modules.dep.bin, .* is missing in /lib/modules/$version. Run depmod $version as root"
	is "once" "$(grep -c modules.dep.bin "$err")" 1
done
run 0 "so does list --all" --root half list --all
says "which shows what the text has" "$out" '^disk +other'
says "by a remark" "$err" "modules.dep.bin, .* is missing"
run 0 "status" --root half status
says "has a line for it" "$out" '^module_directory: modules.dep.bin'
run 0 "as JSON" --root half status --json
says "too" "$out" '"module_directory":"modules.dep.bin'
run 0 "a whole one" --root r status
says "is whole" "$out" '^module_directory: whole$'
run 0 "as JSON" --root r status --json
says "nothing is missing" "$out" '"module_directory":null'

# modprobe needs no more than the binary indexes; neither do we.
cp -r r bins
for file in dep alias symbols softdep builtin order; do
	rm -f bins/lib/modules/$version/modules.$file
done
"$KMODTUI" --root r list --all -o state,name >whole.list 2>"$err"
run 0 "list --all with the binary indexes alone" --root bins list --all -o state,name
is "is the same" "$(cmp "$out" whole.list 2>&1)" ""
run 7 "audit with them" --root bins audit other
for command in info tree which params; do
	run 0 "$command with them" --root bins $command other
done
run 0 "which" --root bins which other
same "knows the state" "$out" <<-END
	other disk
END

cp -r r gone
rm -r gone/lib/modules/$version
mkdir -p gone/lib/modules/6.1.9-new gone/lib/modules/6.0.1-left
: >gone/lib/modules/6.1.9-new/modules.dep.bin
for command in info params audit tree persist; do
	run 4 "$command without the module directory" --root gone $command fat
	says "names it and the kernels there are" "$err" "/lib/modules/$version, is not there. Restart into a kernel that is installed \(6.1.9-new\)"
	is "once" "$(grep -c "is not there" "$err")" 1
done
run 4 "a search there" --root gone search no-such-words
says "says so too" "$err" "/lib/modules/$version, is not there"
run 0 "status of it" --root gone status
says "says so" "$out" "^module_directory: .*/lib/modules/$version, is not there"
rm gone/lib/modules/6.1.9-new/modules.dep.bin
run 4 "where no other kernel has an index" --root gone info fat
says "those with a directory are named" "$err" 'installed \(6.0.1-left, 6.1.9-new\)'
rm -r gone/lib/modules/6*
run 4 "where there is none" --root gone info fat
says "there is one thing to do" "$err" 'Install the package of this kernel again'
mkdir gone/lib/modules/$version
run 4 "an empty directory" --root gone info fat
says "is told" "$err" "/lib/modules/$version has neither modules nor an index"
cp -r r fileless
rm fileless/lib/modules/$version/kernel/other.ko
run 4 "a file that went away" --root fileless info other
says "is named" "$err" 'The index has the file kernel/other.ko'

# What acts on the running kernel: this one's files laid over those of the machine, for this process alone.
alone() # COMMAND
{
	if [ "$(id -u)" -eq 0 ]; then
		unshare --mount sh -c "$1"
	else
		unshare --user --map-root-user --mount sh -c "$1"
	fi
}
here=$(uname -r)
mv "$modules" "$r/lib/modules/$here"
depmod -b "$r" "$here" 2>"$err"
cat >lay <<-END
	set -e
	mount --bind $r/lib/modules /lib/modules
	mount --bind $r/etc/modprobe.d /etc/modprobe.d
	mount --bind $r/sys/module /sys/module
	mkdir -p $tmp/proc
	mount --rbind /proc $tmp/proc
	mount -t tmpfs none /proc
	cp -r $r/proc/. /proc
	# The journal of what is tried here is not the machine's.
	[ ! -d /var/log ] || mount -t tmpfs none /var/log
	ln -s $tmp/proc/self $tmp/proc/filesystems /proc
	ASAN_OPTIONS=\$ASAN_OPTIONS:detect_leaks=0
	export ASAN_OPTIONS
END
if [ ! -d /lib/modules ] || [ ! -d /etc/modprobe.d ] || ! alone ". $tmp/lay" >/dev/null 2>"$err"; then
	skip "what acts on the running kernel" "files can not be laid over those of the machine here"
	finish
fi
act() # STATUS NAME ARGUMENT...
{
	act_wanted=$1
	act_name=$2
	shift 2
	alone ". $tmp/lay; set +e; exec '$KMODTUI' $*" >"$out" 2>"$err" </dev/null
	act_got=$?
	is "$act_name" $act_got "$act_wanted"
	[ $act_got -eq "$act_wanted" ] || { show "$out"; show "$err"; }
}
for name in plain chip; do
	act 0 "unload of $name, planned" unload $name --users --dry-run
	says "is of the module of that name" "$out" "^unload +$name\$"
done
act 0 "reload of one with an alias to nothing" reload plain --dry-run
says "loads the module of that name" "$out" '^load +plain first=7$'
act 4 "reload of what could not come back" reload chip --dry-run
says "says which one that is" "$err" 'chip_aux could not be loaded again'
act 0 "set" set plain first=4 --ascii
says "is about the live module" "$out" '^first: 7 -> 4$'
act 0 "load of what is loaded, by a name that modprobe would not load" load plain --dry-run
says "says both" "$out" '^plain: It is loaded already.*/etc/modprobe.d/a.conf, line 1, has it stand for off'
act 0 "load of a name that is an alias" load video --dry-run
says "follows the alias, as modprobe does" "$out" '^load +other$'
act 0 "load of a file's alias" load chip-340 --dry-run
says "knows that the module is loaded" "$out" '^chip: It is loaded already'
act 4 "load by an alias of nothing" load away --dry-run
says "names the line" "$err" '/etc/modprobe.d/a.conf, line 4, has away stand for missing_one, and there is no such module'
act 1 "load of a name that has an install line only" load relic --dry-run
says "says what would be run" "$err" 'relic: /etc/modprobe.d/a.conf, line 9, has this run instead of loading relic: "/bin/false".*--run-install'
act 1 "with a parameter" load relic x=1 --dry-run
says "says the same" "$err" '/bin/false'
act 4 "load of a name that has a softdep only" load wanted --dry-run
says "says that there is none" "$err" 'There is no such module'
rm r/sys/module/chip/initstate
: >r/proc/modules
act 0 "unload of what is not loaded" unload other
says "says so" "$out" '^other: It is not loaded'
act 1 "unload of what only sysfs says is loaded" unload plain
says "does not say that it is not" "$err" '/sys/module/plain says that this is loaded'
act 4 "unload of a name that only an alias has" unload off
finish
