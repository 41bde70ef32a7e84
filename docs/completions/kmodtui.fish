# SPDX-License-Identifier: GPL-2.0-or-later
# Completion for fish: kmodtui itself says what may stand where a word is typed.

function __kmodtui
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    for line in ($before[1] complete -- $before[2..-1] "$current" 2>/dev/null)
        if test "$line" = :files
            set -l option (string match -r '^-[^=]*=' -- "$current")
            for path in (__fish_complete_path (string replace -r '^-[^=]*=' '' -- "$current"))
                echo $option$path
            end
        else
            echo $line
        end
    end
end

complete -c kmodtui -f -a '(__kmodtui)'
