# Cavra for an interactive fish: every line is asked about before it runs.
# `cavra init fish | source` at the end of ~/.config/fish/config.fish puts it in. It changes no exit code.
# A line of `cavra` alone is not asked about: those commands are a person's, and judge for themselves.
if status is-interactive; and not set -q __cavra_on
    set -g __cavra_on 1

    function __cavra_accept_line
        set -l line (commandline | string collect)
        if test -z (string trim -- "$line" | string collect)
            commandline -f execute
            return
        end
        if not string match -qr '^\s*cavra(\s+[A-Za-z0-9._/=:@-]+)*\s*$' -- "$line"
            set -l told (/usr/local/bin/cavra check --record command -- "$line" 2>&1 </dev/null)
            if test $status -ne 0
                echo >&2
                string join \n -- $told >&2
                commandline -r ''
                commandline -f repaint
                return
            end
        end
        commandline -f execute
    end

    for mode in default insert
        bind -M $mode \r __cavra_accept_line
        bind -M $mode \n __cavra_accept_line
    end
end
