# Cavra for an interactive bash: every line is asked about before it runs.
# `eval "$(cavra init bash)"` at the end of ~/.bashrc puts it in. It changes no exit code.
# A line of `cavra` alone is not asked about: those commands are a person's, and judge for themselves.
if [[ $- == *i* && -z ${__cavra_on-} ]]; then
    __cavra_on=1
    __cavra_new=0
    __cavra_each=0
    __cavra_number=
    __cavra_refused=

    __cavra_allows() {
        local own='^[[:space:]]*cavra([[:space:]]+[A-Za-z0-9._/=:@-]+)*[[:space:]]*$'
        [[ $1 =~ $own ]] && return 0
        local told
        told=$(/usr/local/bin/cavra check --record command -- "$1" 2>&1 </dev/null) && return 0
        printf '%s\n' "$told" >&2
        return 1
    }

    # Runs before each simple command; what is not 0 skips it.
    __cavra_before() {
        if [[ -n ${COMP_LINE-} || $BASH_COMMAND == __cavra_* || ${FUNCNAME[1]-} == __cavra_* ]]; then
            return 0
        fi
        if ((__cavra_new)); then
            __cavra_new=0
            __cavra_each=0
            local line number
            line=$(HISTTIMEFORMAT='' builtin history 1)
            number=${line%%[!0-9 ]*}
            line=${line#"$number"}
            line=${line# }
            if [[ $number == "$__cavra_number" || -z $number ]]; then
                # History leaves this line out, so its commands are asked about one by one.
                __cavra_each=1
            elif ! __cavra_allows "$line"; then
                __cavra_refused=1
            fi
            __cavra_number=$number
        fi
        if ((__cavra_each)) && [[ -z $__cavra_refused ]] && ! __cavra_allows "$BASH_COMMAND"; then
            __cavra_refused=1
        fi
        [[ -z $__cavra_refused ]]
    }

    # Runs before each prompt, and leaves the exit code as it is.
    __cavra_prompt() {
        local status=$?
        __cavra_refused=
        __cavra_each=0
        return "$status"
    }

    shopt -s extdebug
    trap '__cavra_before' DEBUG
    # Expanded once for each line that is about to run.
    # shellcheck disable=SC2016  # bash is to expand it later
    PS0='${__cavra_on:$((__cavra_new=1,0)):0}'"${PS0-}"
    if [[ $(declare -p PROMPT_COMMAND 2>/dev/null) == 'declare -a'* ]]; then
        PROMPT_COMMAND=(__cavra_prompt "${PROMPT_COMMAND[@]}")
    else
        # shellcheck disable=SC2128,SC2178  # it is no array here
        PROMPT_COMMAND="__cavra_prompt${PROMPT_COMMAND:+; $PROMPT_COMMAND}"
    fi
fi
