//! Variables that carry code, or that say whose code runs.
//!
//! Setting one on the way to an allowed command runs something else, so an assignment is asked about. Those
//! that would run code in a shell or a program before its own work are also removed from what a program
//! inherits; the others (a pager, an editor, a search path) are what a person has set for every day.

use super::words::words;

/// A variable, or a family of them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Variable {
    /// The name; with a `*` at its end, every name that starts so.
    pub name: &'static str,
    /// What it does.
    pub does: &'static str,
    /// Whether an inherited one is removed before a program runs.
    pub removed: bool,
}

const fn removed(name: &'static str, does: &'static str) -> Variable {
    Variable { name, does, removed: true }
}

const fn kept(name: &'static str, does: &'static str) -> Variable {
    Variable { name, does, removed: false }
}

/// Every variable of the table.
pub const VARIABLES: &[Variable] = &[
    removed("BASH_ENV", "names a file that bash runs first"),
    removed("ENV", "names a file that a shell runs first"),
    removed("ZDOTDIR", "names the folder of the files that zsh runs first"),
    removed("PROMPT_COMMAND", "is run before each prompt"),
    removed("PS0", "is expanded before each command, substitutions too"),
    removed("PS1", "is expanded at each prompt, substitutions too"),
    removed("PS2", "is expanded at each prompt, substitutions too"),
    removed("PS4", "is expanded before each traced command, substitutions too"),
    removed("SHELLOPTS", "sets options of bash"),
    removed("BASHOPTS", "sets options of bash"),
    removed("BASH_FUNC_*", "defines a function under the name of any command"),
    removed("BASH_LOADABLES_PATH", "is where bash loads builtins from"),
    removed("IFS", "changes how words are split"),
    removed("FPATH", "is where functions are loaded from"),
    removed("READNULLCMD", "is run by zsh for a lone redirection"),
    removed("NULLCMD", "is run by zsh for a lone redirection"),
    removed("LD_*", "loads code into every program"),
    removed("DYLD_*", "loads code into every program"),
    removed("GCONV_PATH", "loads code into programs that convert text"),
    removed("PERL5OPT", "gives perl options that run code"),
    removed("PERL5DB", "is code that perl runs first"),
    removed("RUBYOPT", "gives ruby options that run code"),
    removed("PYTHONSTARTUP", "names a file that python runs first"),
    removed("PYTHONHOME", "is where python takes its library from"),
    removed("PYTHONBREAKPOINT", "names code that python calls"),
    removed("PYTHONWARNINGS", "names modules that python loads"),
    removed("PYTHONINSPECT", "makes python go on reading code"),
    removed("GIT_EXTERNAL_DIFF", "is run by git to compare"),
    removed("GIT_CONFIG_COUNT", "gives git settings, which run programs"),
    removed("GIT_CONFIG_KEY_*", "gives git settings, which run programs"),
    removed("GIT_CONFIG_VALUE_*", "gives git settings, which run programs"),
    removed("GIT_CONFIG_PARAMETERS", "gives git settings, which run programs"),
    removed("GIT_EXEC_PATH", "is where git takes its subcommands from"),
    removed("GIT_SSH*", "is run by git to reach a server"),
    removed("GIT_PAGER", "is run by git to show text"),
    removed("GIT_EDITOR", "is run by git to edit"),
    removed("GIT_SEQUENCE_EDITOR", "is run by git to edit"),
    removed("GIT_CONFIG_GLOBAL", "names a file of git settings, which run programs"),
    removed("GIT_CONFIG_SYSTEM", "names a file of git settings, which run programs"),
    removed("GIT_PROXY_COMMAND", "is run by git to reach a server"),
    removed("GIT_TEMPLATE_DIR", "is where git takes the hooks of new repositories from"),
    removed("MAKEFLAGS", "gives make options that run code"),
    removed("MFLAGS", "gives make options that run code"),
    removed("GNUMAKEFLAGS", "gives make options that run code"),
    removed("MAKEFILES", "names files that make reads first"),
    removed("NODE_OPTIONS", "gives node options that load code"),
    removed("JAVA_TOOL_OPTIONS", "gives java options that load code"),
    removed("JDK_JAVA_OPTIONS", "gives java options that load code"),
    removed("_JAVA_OPTIONS", "gives java options that load code"),
    removed("TAR_OPTIONS", "gives tar options that run programs"),
    removed("RSYNC_RSH", "is run by rsync to reach a server"),
    removed("CVS_RSH", "is run to reach a server"),
    kept("PATH", "is where programs are looked for"),
    kept("CDPATH", "changes where `cd` goes"),
    kept("HOME", "is where programs look for their settings"),
    kept("XDG_CONFIG_*", "is where programs look for their settings"),
    kept("SHELL", "is the shell that programs start"),
    kept("BASH_*", "sets how bash runs"),
    kept("HISTFILE", "is a file that a shell writes"),
    kept("GIT_*", "sets what git runs, and on which files"),
    kept("SSH_ASKPASS", "is run to ask for a password"),
    kept("SUDO_ASKPASS", "is run to ask for a password"),
    kept("SUDO_EDITOR", "is run to edit"),
    kept("PAGER", "is run to show text"),
    kept("MANPAGER", "is run to show text"),
    kept("MANOPT", "gives options to man"),
    kept("SYSTEMD_PAGER", "is run to show text"),
    kept("AWS_PAGER", "is run to show text"),
    kept("LESS", "gives options and commands to less"),
    kept("LESSOPEN", "is run by less"),
    kept("LESSCLOSE", "is run by less"),
    kept("LESSKEY*", "gives commands to less"),
    kept("EDITOR", "is run to edit"),
    kept("VISUAL", "is run to edit"),
    kept("EXINIT", "is commands that vi runs first"),
    kept("VIMINIT", "is commands that vim runs first"),
    kept("BROWSER", "is run to show a page"),
    kept("PYTHON*", "sets what python loads"),
    kept("PERL5LIB", "is where perl loads modules from"),
    kept("PERLLIB", "is where perl loads modules from"),
    kept("PERL_*", "sets what perl loads"),
    kept("RUBYLIB", "is where ruby loads files from"),
    kept("GEM_*", "is where ruby loads gems from"),
    kept("BUNDLE_*", "sets what bundler loads"),
    kept("NODE_PATH", "is where node loads modules from"),
    kept("NPM_CONFIG_*", "sets what npm runs"),
    kept("npm_config_*", "sets what npm runs"),
    kept("YARN_*", "sets what yarn runs"),
    kept("CLASSPATH", "is where java loads code from"),
    kept("MAVEN_OPTS", "gives java options that load code"),
    kept("GRADLE_OPTS", "gives java options that load code"),
    kept("LUA_*", "sets what lua loads"),
    kept("PHPRC", "is where php takes its settings from"),
    kept("PHP_INI_SCAN_DIR", "is where php takes its settings from"),
    kept("RUSTC*", "is run in place of the compiler"),
    kept("RUSTDOC*", "is run in place of the documenter"),
    kept("RUSTFLAGS", "gives the compiler options that run programs"),
    kept("CARGO_*", "sets what cargo runs"),
    kept("GOFLAGS", "gives go options that run programs"),
    kept("CC", "is run in place of the compiler"),
    kept("CXX", "is run in place of the compiler"),
    kept("LDFLAGS", "gives the linker options"),
    kept("RSYNC_*", "sets what rsync runs"),
    kept("GREP_OPTIONS", "gives options to grep"),
    kept("RIPGREP_CONFIG_PATH", "gives options to ripgrep"),
    kept("POSIXLY_CORRECT", "changes how options are read"),
    kept("DOCKER_*", "says which machine docker works on"),
    kept("KUBECONFIG", "says which cluster is worked on, and programs to run for it"),
    kept("AWS_CONFIG_FILE", "names programs that are run for credentials"),
    kept("AWS_SHARED_CREDENTIALS_FILE", "says whose credentials are used"),
    kept("TF_CLI_*", "gives options to terraform"),
    kept("ANSIBLE_*", "sets what ansible loads"),
    kept("OPENSSL_*", "sets what openssl loads"),
    kept("TERMINFO*", "is where descriptions of terminals are loaded from"),
    kept("LOCPATH", "is where locales are loaded from"),
];

/// The programs that a pager or an editor of git is usually set to, all by their bare names.
const USUAL: &[&str] =
    &["cat", "less", "more", "true", ":", "vi", "vim", "nvim", "nano", "emacs", "code --wait", "less -FRX"];

/// Whether an inherited variable of the table is one that people and agents set for every day, at a value that
/// runs nothing else.
#[must_use]
pub fn is_usual(name: &str, value: &str) -> bool {
    matches!(name, "GIT_PAGER" | "GIT_EDITOR" | "GIT_SEQUENCE_EDITOR") && USUAL.contains(&value)
}

words! {
    /// The variables that a shell evaluates as arithmetic when they are set, where a subscript may run a command, or
    /// that are its own workings. bash, ksh and zsh together. Setting one says nothing to other programs.
    SPECIAL = [
        "RANDOM",
        "SRANDOM",
        "SECONDS",
        "LINENO",
        "OPTIND",
        "OPTERR",
        "OPTARG",
        "HISTCMD",
        "HISTSIZE",
        "SAVEHIST",
        "HISTFILESIZE",
        "HISTCONTROL",
        "HISTIGNORE",
        "EPOCHSECONDS",
        "EPOCHREALTIME",
        "COLUMNS",
        "LINES",
        "TMOUT",
        "MAILCHECK",
        "MAILPATH",
        "LOGCHECK",
        "FUNCNEST",
        "SHLVL",
        "UID",
        "EUID",
        "GID",
        "EGID",
        "USERNAME",
        "PPID",
        "ERRNO",
        "TTYIDLE",
        "KEYTIMEOUT",
        "LISTMAX",
        "DIRSTACKSIZE",
        "BAUD",
        "REPORTTIME",
        "REPORTMEMORY",
        "ARGC",
        "TRY_BLOCK_ERROR",
        "TRY_BLOCK_INTERRUPT",
        "PERIOD",
        "FUNCNAME",
        "GROUPS",
        "DIRSTACK",
        "MAPFILE",
        "REPLY",
        "PIPESTATUS",
        "COPROC",
        "COMP_WORDS",
        "COMP_CWORD",
        "COMPREPLY",
        "GLOBIGNORE",
        "EXECIGNORE",
        "FIGNORE",
        "TIMEFMT",
        "TIMEFORMAT",
        "INPUTRC",
        "FCEDIT",
        "HISTEDIT",
        "HISTCHARS",
        "histchars",
        "auto_resume",
        "PROMPT",
        "PROMPT2",
        "PROMPT3",
        "PROMPT4",
        "PS3",
        "RPROMPT",
        "RPS1",
        "RPROMPT2",
        "RPS2",
        "SPROMPT",
        "POSTEDIT",
        "WATCHFMT",
        "WORDCHARS",
        "MODULE_PATH",
        "USER_ID",
        "EXECSHELL",
        "KSH_VERSION",
        "path",
        "fpath",
        "cdpath",
        "manpath",
        "module_path",
        "mailpath",
        "fignore",
        "psvar",
        "watch",
        "prompt",
        "argv",
        "status",
        "pipestatus",
        "functions",
        "aliases",
        "galiases",
        "saliases",
        "commands",
        "builtins",
        "options",
        "modules",
        "parameters",
        "nameddirs",
        "dirstack",
        "histwords",
        "signals",
        "chpwd_functions",
        "precmd_functions",
        "preexec_functions",
        "periodic_functions",
        "zshaddhistory_functions",
        "zshexit_functions",
    ]
}

words! {
    /// Those that are special to zsh alone, and lead to no code even there but by what is assigned to them: their
    /// names are those of ordinary variables elsewhere.
    ZSH_ALONE = [
        "REPLY", "LINES", "COLUMNS", "prompt", "status", "argv", "psvar", "watch", "histwords", "signals",
        "USERNAME", "LISTMAX", "BAUD", "TTYIDLE", "KEYTIMEOUT", "ERRNO", "PERIOD", "LOGCHECK",
    ]
}

/// Whether a shell does more than remember what is assigned to `name`.
#[must_use]
pub fn is_special(name: &str, is_zsh: bool) -> bool {
    if !is_zsh && ZSH_ALONE.contains(name) {
        return false;
    }
    SPECIAL.contains(name) || name.starts_with("EPOCH") || name.starts_with(".sh.")
}

/// What is known of the variable `name`.
#[must_use]
pub fn variable(name: &str) -> Option<&'static Variable> {
    VARIABLES.iter().find(|variable| match variable.name.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == variable.name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_entry_is_hidden_by_an_earlier_one() {
        for entry in VARIABLES {
            let sample = entry.name.replace('*', "SAMPLE");
            assert_eq!(variable(&sample), Some(entry));
        }
    }
}
