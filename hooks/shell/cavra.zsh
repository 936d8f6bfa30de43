# Cavra for an interactive zsh: every line is asked about before it runs.
# `eval "$(cavra init zsh)"` at the end of ~/.zshrc puts it in. It changes no exit code.
# A line of `cavra` alone is not asked about: those commands are a person's, and judge for themselves.
if [[ -o interactive && -z ${__cavra_on-} ]]; then
    typeset -g __cavra_on=1

    __cavra_accept_line() {
        local line=$BUFFER
        local own='^[[:space:]]*cavra([[:space:]]+[A-Za-z0-9._/=:@-]+)*[[:space:]]*$'
        if [[ -n ${line//[[:space:]]/} && ! $line =~ $own ]]; then
            local told
            if ! told=$(/usr/local/bin/cavra check --record command -- "$line" 2>&1 </dev/null); then
                print -ru2 -- $'\n'"$told"
                # The line stays in the history, to be changed and tried again.
                print -sr -- "$line"
                BUFFER=
                zle reset-prompt
                return 0
            fi
        fi
        zle __cavra_own_accept_line
    }

    # What accepted a line before still does, after Cavra.
    zle -A accept-line __cavra_own_accept_line
    zle -N accept-line __cavra_accept_line
fi
