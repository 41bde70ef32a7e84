# SPDX-License-Identifier: GPL-2.0-or-later
# Completion for bash: kmodtui itself says what may stand where a word is typed.

_kmodtui()
{
	local cur cword line word before i
	local -a words
	if declare -F _get_comp_words_by_ref >/dev/null; then
		# "=" breaks words for bash, not for kmodtui.
		_get_comp_words_by_ref -n = cur words cword
	else
		# Here bash has broken them, and it has to be undone: "--root" "=" "DIR".
		words=()
		for ((i = 0; i <= COMP_CWORD; i++)); do
			if ((i > 1)) && [[ ${COMP_WORDS[i]} == = || ${COMP_WORDS[i - 1]} == = ]]; then
				words[-1]+=${COMP_WORDS[i]}
			else
				words+=("${COMP_WORDS[i]}")
			fi
		done
		cword=$((${#words[@]} - 1))
		cur=${words[cword]}
	fi
	[[ $cur != -*=* ]] || before=${cur%%=*}=
	COMPREPLY=()
	while IFS= read -r line; do
		if [[ $line == :files ]]; then
			compopt -o filenames 2>/dev/null
			while IFS= read -r word; do
				[[ -z $before || $COMP_WORDBREAKS == *=* ]] || word=$before$word
				COMPREPLY+=("$word")
			done < <(compgen -f -- "${cur#"$before"}")
			continue
		fi
		word=${line%%$'\t'*}
		[[ $word != *= ]] || compopt -o nospace 2>/dev/null
		# bash replaces only what follows the "=".
		[[ $cur != *=* || $COMP_WORDBREAKS != *=* ]] || word=${word#"${cur%%=*}="}
		COMPREPLY+=("$word")
	done < <("${words[0]}" complete -- "${words[@]:1:cword}" 2>/dev/null)
}

complete -F _kmodtui kmodtui
