#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The console on a real pseudo terminal: it is given back as it was however the console ends, and
# nothing but text and the sequences of curses ever reaches it.  pty.c tells the steps, stream.c
# what is looked for in the output.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"

pty=$BUILDDIR/tests/screen/pty
stream=$BUILDDIR/tests/screen/stream
hostile=$FIXTURES/hostile
machine=$FIXTURES/debian-6.1
TERM=xterm-256color
export TERM
unset NO_COLOR COLUMNS LINES

# In the steps Esc is typed twice: alone it could meet the next key and be Meta.

# Steps from standard input; what became of it is in $out, what it wrote in $tmp/stream.
play() # SIZE COMMAND...
{
	play_size=$1
	shift
	"$pty" "$play_size" "$tmp/stream" "$@" >"$out" 2>"$err"
}

ends() # NAME HOW
{
	grep -qx "$2" "$out"
	ends_status=$?
	verdict $ends_status "$1"
	[ $ends_status -eq 0 ] || { show "$out"; tail -c 600 "$tmp/stream" | cat -v | sed 's/^/# /'; echo; }
}

# The settings are the old ones, the screen is the old one, cursor and mouse are as before.
gives_back() # NAME
{
	"$stream" <"$tmp/stream" >"$tmp/modes"
	{
		grep termios "$out"
		grep -E '^(alternate|cursor|mouse)' "$tmp/modes"
	} | tr '\n' ' ' >"$tmp/state"
	is "$1" "$(cat "$tmp/state")" "termios same alternate off cursor on mouse off "
}

only_text() # NAME
{
	"$stream" <"$tmp/stream" >"$tmp/modes"
	lacks "$1" "$tmp/modes" '^foreign'
}

play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	keys q
END
ends "q leaves" "exit 0"
gives_back "q gives the terminal back"
only_text "only text and sequences of curses are written"
"$stream" <"$tmp/stream" >"$tmp/modes"
says "colours are used" "$tmp/modes" '^colour yes'

# A recording before a person's eyes: at its end it leaves, a key takes over.
printf 'resize 80x24\nwait idle\nkey F1\npause 50\nkey Esc\npause 50\nkey H\nquit\n' >"$tmp/recording"
play 80x24 "$KMODTUI" --root "$machine" --replay "$tmp/recording" <<-'END'
	wait This is a recording
	wait The mouse works too
	wait No module came or went
END
ends "a replay shows what was done and leaves" "exit 0"
gives_back "a replay gives the terminal back"
printf 'resize 80x24\nwait idle\npause 3000\npause 3000\npause 3000\npause 3000\npause 3000\nquit\n' >"$tmp/recording"
play 80x24 "$KMODTUI" --root "$machine" --replay "$tmp/recording" <<-'END'
	wait This is a recording
	keys x
	wait The replay ended at line
	keys q
END
ends "a key takes over" "exit 0"
printf 'resize 80x24\nexpect "no such text"\n' >"$tmp/recording"
play 80x24 "$KMODTUI" --root "$machine" --replay "$tmp/recording" <<-'END'
	wait The replay ended at line 2
	keys q
END
ends "so does what is not as it was" "exit 0"

# HUP INT QUIT USR1 USR2 ALRM TERM: asked to end.  ILL ABRT BUS FPE SEGV SYS: crashed.
for number in 1 2 3 10 12 14 15 4 6 7 8 11 31; do
	play 80x24 "$KMODTUI" --root "$machine" <<-END
		wait Modules
		signal $number
	END
	ends "signal $number ends it" "signal $number"
	gives_back "signal $number: the terminal is given back"
done

# In the middle of its own work: the handler runs on a stack of its own, and waits for nobody.
play 80x24 "$BUILDDIR/tests/screen/crash" overflow <<-'END'
	wait about to crash
END
ends "a stack that is used up ends it" "signal 11"
gives_back "and the terminal is given back"
play 80x24 "$BUILDDIR/tests/screen/crash" abort <<-'END'
	wait about to crash
END
ends "so does abort(), whoever holds a lock" "signal 6"
gives_back "and the terminal is given back, too"

play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	keys \x03
END
ends "C-c leaves" "exit 0"

play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	hang-up
END
ends "it ends when the terminal goes away" "signal 1"

# With SIGHUP ignored only the terminal itself tells.
# shellcheck disable=SC2016 # for the shell below
play 80x24 sh -c 'trap "" HUP; exec "$0" "$@"' "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	hang-up
END
says "it ends without a hang-up signal, too" "$out" '^(exit|signal) '

# Esc closes what is open and never leaves; q in a window closes the window.
play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	keys \e\e
	keys ?
	wait Esc closes
	keys q
	pause 100
	keys /
	wait Search
	keys qq\e\e
	keys \e\e
	keys ?
	wait Esc closes
	keys \x03
	pause 100
	keys M
	wait Message
	keys qq
END
ends "Esc never leaves, q closes a window first" "exit 0"

# What is typed ahead does what it would have done with time between the keys: sort by the third.
play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	keys ?q>gjj\r
	wait Sorted by size
	keys q
END
ends "keys typed ahead reach the row they mean" "exit 0"

# Sequences the terminal's description does not know: no letter of them is a key.
play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	keys \e[200;9H\e[1;1$?\e[I\e[99;5~\eOM
	pause 100
	keys q
END
ends "no letter of an unknown sequence is a key" "exit 0"
lacks "no letter of an unknown sequence opens a window" "$tmp/stream" 'Esc closes'

play 80x24 "$KMODTUI" --root "$hostile" <<-'END'
	wait Modules
	keys \r
	wait Parameters
	keys l
	wait PARAMETER
	keys \e\e
	size 160x40
	wait PARAMETER
	keys H
	wait came
	keys qq
END
ends "the hostile machine is shown" "exit 0"
only_text "hostile: only text and sequences of curses are written"

# Every tab, every window, and all bytes typed where text is asked for.
play 160x50 "$KMODTUI" --root "$hostile" <<-'END'
	wait Modules
	keys \r
	pause 100
	keys l
	pause 100
	keys l
	pause 100
	keys l
	pause 100
	keys l
	wait initstate
	keys l
	wait escaped
	keys GGlllllllllllll
	pause 100
	keys hhhhhhhhhhhhhh
	keys \x09@f
	pause 100
	keys /
	wait Search the log
	keys \x01\x02\x04\x05\x06\x07\x08\x09\x0b\x0c\x0e\x0f\x10\x11\x12\x13\x14\x16\x17\x18\x19\x1c\x1d\x1e\x1f\x7f
	keys \x80\x81\x9b\x9d\xc2\x9b31m\xe2\x80\xae\xe2\x80\x8b\xef\xbb\xbf\xff\xfe\xf4\x90\x80\x80
	pause 100
	keys \e\e
	pause 100
	keys \e\e
	keys o
	pause 100
	keys \e\e
	keys K
	pause 100
	keys \e\e
	keys \x0c
	pause 200
	keys q
END
ends "all bytes in all places are shown" "exit 0"
only_text "hostile: only text and sequences of curses are written"
says "hostile: what is hidden is shown" "$tmp/stream" 'esc \\x1b\[31m c1 \\u\{009B\}'
lacks "hostile: no colour is switched by it" "$tmp/stream" "esc $(printf '\033')|red $(printf '\033')"
gives_back "hostile: the terminal is given back"

play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	storm 200
	size 100x30
	pause 300
	keys \e\e
	keys \e\e
	keys \e\e
	keys q
END
ends "200 sizes with keys between" "exit 0"
only_text "200 sizes: only text and sequences of curses are written"
gives_back "200 sizes: the terminal is given back"

for size in 1x1 2x2 3x1 1x40 39x24 40x8 500x200 500x500; do
	play $size "$KMODTUI" --root "$machine" <<-'END'
		wait 1049h
		pause 200
		keys jk?
		pause 100
		keys qq
	END
	ends "started at $size" "exit 0"
done

no_color() # NAME VALUE WANTED
{
	NO_COLOR=$2 play 80x24 "$KMODTUI" --root "$machine" <<-'END'
		wait Modules
		keys jj?
		wait Esc closes
		keys qq
	END
	"$stream" <"$tmp/stream" >"$tmp/modes"
	says "$1" "$tmp/modes" "^colour $3"
}
no_color "NO_COLOR=1: no colours" 1 no
no_color "NO_COLOR=0 counts as well" 0 no
no_color "an empty NO_COLOR does not count" "" yes

# Who asks for a number of colours gets them, whatever NO_COLOR says; the terminal's number is the limit.
colours() # NAME TERM WANTED OPTION...
{
	colours_name=$1
	colours_wanted=$3
	TERM=$2
	shift 3
	play 80x24 "$KMODTUI" --root "$machine" "$@" <<-'END'
		wait Modules
		keys jj
		pause 100
		keys q
	END
	TERM=xterm-256color
	"$stream" <"$tmp/stream" >"$tmp/modes"
	says "$colours_name" "$tmp/modes" "^colours $colours_wanted\$"
}
colours "256 colours" xterm-256color 256
colours "--colors 16" xterm-256color 16 --colors 16
colours "--colors 8" xterm-256color 8 --colors 8
colours "--colors none" xterm-256color 0 --colors none
colours "no more than the terminal has" xterm 8 --colors 256
NO_COLOR=1
export NO_COLOR
colours "--colors 256 wins over NO_COLOR" xterm-256color 256 --colors 256
unset NO_COLOR

# What other terminals are called; each has its colours, and gets nothing but text and sequences.
for type in "xterm 8" "linux 8" "screen 8" "tmux 8" "screen-256color 256" "tmux-256color 256" "vt100 0"; do
	if infocmp "${type% *}" >/dev/null 2>&1; then
		colours "TERM=${type% *}" "${type% *}" "${type#* }"
		ends "TERM=${type% *}: it ends" "exit 0"
		only_text "TERM=${type% *}: only text and sequences of curses are written"
	else
		skip "TERM=${type% *}" "its description is not installed"
	fi
done

# Each theme paints its screen; light has a paper of its own.
for theme in default light colorblind; do
	play 80x24 "$KMODTUI" --root "$machine" --theme $theme <<-'END'
		wait Modules
		keys jj?
		wait Esc closes
		keys qq
	END
	ends "theme $theme" "exit 0"
	only_text "theme $theme: only text and sequences of curses are written"
	gives_back "theme $theme: the terminal is given back"
done

# The setup screen: seen at once, saved as a whole, read the next time.
config=$XDG_CONFIG_HOME/kmodtui/config
play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	keys \eOQ
	wait saves and closes
	keys \x20jj\x20
	wait +--
	keys q
	wait settings were saved
	keys q
END
ends "the setup screen is left" "exit 0"
says "its settings are saved" "$config" '^theme = light$'
says "all that were changed" "$config" '^ascii = yes$'
is "for their owner alone" "$(stat -c %a "$config")" 600
is "nothing is left beside them" "$(ls -A "$XDG_CONFIG_HOME/kmodtui")" config
printf '# mine\nmouse = no\nlevel = loud\n' >>"$config"
play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait +--
	wait level can not be "loud"
	keys \eOQ
	wait saves and closes
	keys jjj\eOD
	pause 100
	keys \e\e
	wait settings were saved
	keys q
END
ends "they hold the next time" "exit 0"
"$stream" <"$tmp/stream" >"$tmp/modes"
says "the mouse is turned on at once" "$tmp/modes" '^mouse off$'
says "the mouse is on" "$tmp/stream" '1000h'
says "comments stay" "$config" '^# mine$'
says "lines of a newer version stay" "$config" '^level = loud$'
is "every line of the setting is changed" "$(grep -c '^mouse = yes$' "$config")" 2
play 80x24 "$KMODTUI" --root "$machine" --no-mouse --theme default <<-'END'
	wait +--
	pause 100
	keys q
END
lacks "--no-mouse leaves the mouse to the terminal" "$tmp/stream" '1000h'
says "options of the command line are not saved" "$config" '^theme = light$'

# Where it can not be saved the console goes on, and says so.
not_saved() # NAME REGEX OPTION...
{
	not_saved_name=$1
	not_saved_words=$2
	shift 2
	play 120x24 "$KMODTUI" --root "$machine" "$@" <<-END
		wait Modules
		keys \\eOQ
		wait saves and closes
		keys \x20q
		wait $not_saved_words
		keys q
	END
	ends "$not_saved_name" "exit 0"
}
cp "$config" "$tmp/before"
not_saved "a read-only console saves nothing" "read-only console saves none" --readonly
is "read-only: the file is as before" "$(cat "$config")" "$(cat "$tmp/before")"
XDG_CONFIG_HOME=/dev/null
not_saved "no place to save" "settings were not saved in /dev/null"
unset XDG_CONFIG_HOME
HOME='' not_saved "no home" "settings were not saved: HOME is not set"
XDG_CONFIG_HOME=$tmp/config
export XDG_CONFIG_HOME
rm "$config"

# Lines that are drawn, sizes and keys of an old terminal.
TERM=vt100 play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	keys jj
	pause 100
	keys q
END
ends "a vt100 is enough" "exit 0"
says "the settings of a vt100 are given back" "$out" '^termios same'

# Without a screen of its own the prompt comes back on the line where the keys were: that is wiped before.
TERM=linux play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	keys q
END
ends "TERM=linux: q leaves" "exit 0"
escape=$(printf '\033')
tail -c 60 "$tmp/stream" | tr -d '\016\017' | tr '\r' '@' >"$tmp/tail"
says "the line of the keys is wiped" "$tmp/tail" "@$escape\\[[JK]"

refuses() # NAME TERM REGEX
{
	TERM=$2 play 80x24 "$KMODTUI" --root "$machine" </dev/null
	ends "$1" "exit 1"
	says "$1: says why" "$tmp/stream" "$3"
	says "$1: the settings are the old ones" "$out" '^termios same'
}
refuses "a terminal that can not move its cursor" dumb '^kmodtui: The terminal type "dumb" can not'
refuses "an unknown terminal" no-such-terminal '^kmodtui: There is no description of the terminal type "no-such'
refuses "no name of a terminal" "" '^kmodtui: There is no description of the terminal type ""; set TERM'
refuses "a terminal with a hostile name" "$(printf 'x\033[31m')" 'type "x.x1b\[31m"; set TERM'

"$KMODTUI" --root "$machine" </dev/null >"$out" 2>"$err"
is "without a terminal the status is 1" $? 1
says "without a terminal it says so" "$err" '^kmodtui: The console needs a terminal'
is "without a terminal nothing is written" "$(cat "$out")" ""
# shellcheck disable=SC2016 # for the shell below
play 80x24 sh -c '"$0" "$@" | cat' "$KMODTUI" --root "$machine" </dev/null
says "output to a pipe is refused" "$tmp/stream" '^kmodtui: The console needs a terminal'

# C-z under a shell: stopped, the terminal as the shell wants it; fg brings the screen back.
play 80x24 sh -i <<-END
	keys PS1=shell-is-here\\r
	wait shell-is-here
	wait shell-is-here
	keys $KMODTUI --root $machine; echo status=\$?\\r
	wait Modules
	keys \\x1a
	wait 1049l
	wait shell-is-here
	keys stty -a\\r
	wait  icanon
	wait  echo
	wait shell-is-here
	keys fg\\r
	wait 1049h
	wait Modules
	keys ?
	wait Esc closes
	keys qq
	wait 1049l
	wait shell-is-here
	keys exit\\r
END
ends "C-z stops, fg goes on" "exit 0"
gives_back "C-z: the terminal is given back"
# Another size when it comes back.
play 80x24 sh -i <<-END
	keys PS1=shell-is-here\\r
	wait shell-is-here
	wait shell-is-here
	keys $KMODTUI --root $machine\\r
	wait Modules
	keys \\x1a
	wait shell-is-here
	size 120x30
	keys fg\\r
	wait 1049h
	wait Parameters
	keys q
	wait shell-is-here
	keys exit\\r
END
ends "a terminal resized meanwhile is no matter" "exit 0"

# Stopped by force nothing was put in order; it is when it goes on.
play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	signal 19
	pause 100
	signal 18
	wait 1049h
	wait Modules
	keys q
END
ends "SIGSTOP and SIGCONT: the screen is drawn again" "exit 0"

# Where no shell could continue it, C-z must not stop it for ever.
play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	keys \x1a
	pause 200
	keys ?
	wait Esc closes
	keys qq
END
ends "C-z without a shell changes nothing" "exit 0"
play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait Modules
	signal 20
	pause 200
	keys ?
	wait Esc closes
	keys qq
END
ends "SIGTSTP without a shell changes nothing" "exit 0"
gives_back "SIGTSTP: the terminal is given back"

# A mouse: a click on the fourth row of the list, then the wheel, then the key bar's F1.
play 80x24 "$KMODTUI" --root "$machine" <<-'END'
	wait 1000h
	wait Modules
	pause 300
	keys \e[<0;10;7M\e[<0;10;7m
	pause 100
	size 81x24
	wait 4 of 2
	keys \e[<65;10;7M
	pause 100
	size 80x24
	wait 7 of 2
	keys \e[<64;10;7M
	pause 100
	size 81x24
	wait 4 of 2
	keys \e[<0;2;24M\e[<0;2;24m
	wait Esc closes
	keys qq
END
ends "the mouse selects rows and presses keys" "exit 0"
gives_back "mouse: the terminal is given back"

# The C locale: only ASCII is written.
LC_ALL=C play 80x24 "$KMODTUI" --root "$hostile" <<-'END'
	wait Modules
	keys \r
	pause 200
	keys l
	wait PARAMETER
	keys q
END
ends "a locale without UTF-8" "exit 0"
is "a locale without UTF-8: only ASCII is written" "$(LC_ALL=C tr -d '\000-\177' <"$tmp/stream" | wc -c | tr -d ' ')" 0
finish
