//! Programs that run others, or code.
//!
//! One line each. What is peeled is the trivial form alone: the program, no options, the command. Every other
//! form is a question. A program's version (`python3.12`), the `g` of GNU tools on other systems (`gtimeout`),
//! `.exe` and the case of its letters do not hide it.

/// How a program runs another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Runs {
    /// Its operands are the command: `nohup CMD ARG…`.
    Command,
    /// The same, with `NAME=VALUE` words before it: `env A=1 CMD ARG…`.
    AfterAssignments,
    /// The same, with one operand of its own before it: `timeout 5 CMD ARG…`.
    AfterOne,
    /// The same, and these first operands only ask what the command is: `command -v CMD`.
    CommandOr(&'static [&'static str]),
    /// A shell of the family that is read here: `sh -c TEXT`.
    Shell,
    /// It runs code: text, a file, or what it reads.
    Code,
    /// Its text is a program; it runs nothing further unless these texts are in an operand.
    Text(&'static [&'static str]),
    /// sed: the one form that prints lines by number is known to run nothing.
    Sed,
    /// It runs another if one of these is among its operands: an option, its unambiguous beginning, an option's
    /// letter in a cluster, or a subcommand.
    With(&'static [&'static str]),
    /// The same as [`Runs::Command`], and a shell, or what its settings say, if there are no operands.
    CommandOrShell,
    /// make: [`Runs::With`], and operands that set variables to more than plain text.
    Make,
    /// It reads statements: from an operand with a blank in it, which runs nothing further unless one of these
    /// texts is in an operand, else from elsewhere.
    Statements(&'static [&'static str]),
    /// It runs another if one of these words is an operand.
    Exactly(&'static [&'static str]),
    /// git: [`Runs::With`], and settings that carry code.
    Git,
    /// Always, in forms that are not read.
    Other,
}

/// The options of git that carry settings, and so code.
pub const GIT_SETTINGS: [&str; 4] = ["-c", "--config", "--config-env", "--exec-path"];

/// What git runs others with.
pub const GIT_RUNS: &[&str] = &[
    "--exec",
    "--upload-pack",
    "--receive-pack",
    "-x",
    "--extcmd",
    "--open-files-in-pager",
    "-O",
    "foreach",
    "run",
    "filter-branch",
    "difftool",
    "mergetool",
    "instaweb",
    "daemon",
    "shell",
    "send-email",
    "hook",
    "for-each-repo",
    "credential",
];

/// What make reads others from.
pub const MAKE_RUNS: &[&str] = &["-f", "-E", "--eval", "--file", "--makefile"];

/// How the program `name` (a base name) runs others, if it does.
#[must_use]
pub fn runs(name: &str) -> Option<Runs> {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    let plain = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
    if name.starts_with("ld-") || name.starts_with("ld.so") || name.starts_with("ld64.so") {
        return Some(Runs::Other);
    }
    [Some(name), Some(plain), plain.strip_prefix('g')].into_iter().flatten().find_map(listed)
}

fn listed(name: &str) -> Option<Runs> {
    TABLE.iter().find(|(names, _)| names.split(' ').any(|listed| listed == name)).map(|(_, runs)| *runs)
}

const TABLE: &[(&str, Runs)] = &[
    ("sudo env", Runs::AfterAssignments),
    ("pkexec firejail linux32 linux64 i386 x86_64", Runs::CommandOrShell),
    ("run0 systemd-cat ifne torsocks", Runs::CommandOrShell),
    (
        "doas nice nohup setsid eatmydata chronic stdbuf ionice time prlimit setpriv strace ltrace",
        Runs::Command,
    ),
    (
        "systemd-run systemd-inhibit busybox toybox tini dumb-init xvfb-run dbus-run-session caffeinate",
        Runs::Command,
    ),
    ("builtin exec noglob nocorrect - proxychains unbuffer rlwrap catchsegv", Runs::Command),
    ("command", Runs::CommandOr(&["-v", "-V"])),
    ("timeout taskset chrt flock gosu su-exec faketime setlock", Runs::AfterOne),
    ("sh bash dash ash zsh ksh mksh lksh rbash bash-static", Runs::Shell),
    ("fish csh tcsh yash oksh pdksh loksh posh elvish nu xonsh pwsh powershell cmd rc es", Runs::Code),
    (
        "python python2 python3 pypy pypy3 ipython perl ruby irb node nodejs deno bun tsx php lua luajit",
        Runs::Code,
    ),
    (
        "rscript r julia osascript groovy scala jshell java guile racket sbcl clojure erl elixir iex ghci",
        Runs::Code,
    ),
    ("runghc ocaml swift tclsh wish expect gdb lldb m4 dc bc ed ex red wscript cscript", Runs::Code),
    (
        "awk gawk mawk nawk original-awk",
        Runs::Text(&["system", "|", ">", "getline", "@", "-f", "-i", "-l", "-E", "--"]),
    ),
    ("sed", Runs::Sed),
    ("git", Runs::Git),
    ("find", Runs::With(&["-exec", "-execdir", "-ok", "-okdir", "-fprint", "-fls", "-fprintf", "-fprint0"])),
    ("fd fdfind", Runs::With(&["-x", "-X", "--exec", "--exec-batch"])),
    ("rg", Runs::With(&["--pre", "--hostname-bin"])),
    ("sort", Runs::With(&["--compress-program"])),
    ("split", Runs::With(&["--filter"])),
    ("zip", Runs::With(&["-T", "-TT", "--unzip-command", "--test"])),
    ("man", Runs::With(&["-P", "-H", "--pager", "--html", "-C", "--config-file"])),
    (
        "tar bsdtar",
        Runs::With(&[
            "-I",
            "-F",
            "--checkpoint-action",
            "--to-command",
            "--use-compress-program",
            "--rsh-command",
            "--info-script",
            "--new-volume-script",
            "--rmt-command",
        ]),
    ),
    ("rsync", Runs::With(&["-e", "--rsh", "--rsync-path", "--config"])),
    ("scp sftp", Runs::With(&["-S", "-o", "-F", "-D"])),
    ("nc ncat netcat", Runs::With(&["-e", "-c", "--exec", "--sh-exec", "--lua-exec"])),
    ("openssl", Runs::With(&["-engine", "-provider"])),
    ("vi vim vimdiff view nvim", Runs::With(&["-c", "--cmd", "+", "-S", "-s", "-u", "-e", "-E", "--remote"])),
    (
        "emacs emacsclient",
        Runs::With(&["-e", "--eval", "-f", "--funcall", "-l", "--load", "--script", "--batch"]),
    ),
    ("less more most nano", Runs::With(&["+", "-k", "--lesskey-file", "-s", "--speller"])),
    ("make", Runs::Make),
    ("gcc cc g++ c++ clang clang++ cpp", Runs::With(&["-wrapper", "-fplugin", "-specs"])),
    (
        "sqlite sqlite3",
        Runs::Statements(&[
            ".sh",
            ".sy",
            ".load",
            ".read",
            ".import",
            ".once",
            ".output",
            ".open",
            "-cmd",
            "-init",
            "load_extension",
            "edit(",
            "writefile",
        ]),
    ),
    ("psql", Runs::Statements(&["\\", "|", "-f", "--file", "program"])),
    ("mysql mariadb", Runs::Statements(&["\\!", "system", "source", "--pager", "--init-command"])),
    ("cmake", Runs::Exactly(&["env", "time", "chdir", "-P"])),
    ("ip", Runs::Exactly(&["exec", "-b", "-batch", "vrf"])),
    ("apt apt-get aptitude", Runs::With(&["-o", "-c", "--option", "--config-file"])),
    ("dpkg", Runs::With(&["--pre-invoke", "--post-invoke", "--status-logger"])),
    (
        "rpm rpmbuild",
        Runs::With(&["-E", "-D", "--eval", "--define", "--pipe", "--load", "--rcfile", "--macros"]),
    ),
    ("coreutils", Runs::Other),
    ("choom logsave numactl uclampset runcon openvt capsh pee mispipe setarch", Runs::Other),
    ("docker podman nerdctl", Runs::With(&["exec", "run"])),
    ("docker-compose podman-compose", Runs::With(&["exec", "run"])),
    ("kubectl oc", Runs::With(&["exec", "run", "debug", "edit", "plugin", "cp"])),
    ("npm pnpm yarn", Runs::With(&["exec", "x", "dlx", "explore", "--script-shell", "--node-options"])),
    ("uv poetry pipenv pdm hatch rye conda mamba micromamba", Runs::With(&["run", "shell", "tool"])),
    ("bundle asdf rbenv pyenv nodenv mise direnv aws-vault op doppler", Runs::With(&["exec", "run", "x"])),
    ("nix", Runs::With(&["run", "develop", "shell"])),
    ("go cargo", Runs::With(&["-exec", "-toolexec", "-vettool", "--config"])),
    ("curl", Runs::With(&["-K", "--config"])),
    ("wget", Runs::With(&["--use-askpass", "-e", "--execute", "--config"])),
    (
        "xargs parallel rush entr watch watchexec ssh autossh mosh sshpass socat su runuser script sg at batch",
        Runs::Other,
    ),
    (
        "crontab tmux screen dtach abduco chroot unshare nsenter bwrap proot fakeroot npx bunx pipx uvx dotenv",
        Runs::Other,
    ),
    (
        "nix-shell nix-env run-parts start-stop-daemon daemonize cpulimit perf valgrind rr hyperfine",
        Runs::Other,
    ),
    ("rlogin rsh telnet foreman", Runs::Other),
    ("sshfs wsl wine arch setuidgid envdir softlimit s6-setuidgid", Runs::Other),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_program_is_listed_twice() {
        let mut names: Vec<_> = TABLE.iter().flat_map(|(names, _)| names.split(' ')).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn a_version_an_ending_and_the_case_do_not_hide_a_program() {
        for name in ["python3.12", "PYTHON", "python.exe", "python2", "pypy3"] {
            assert_eq!(runs(name), Some(Runs::Code), "{name}");
        }
        assert_eq!(runs("gtimeout"), Some(Runs::AfterOne));
        assert_eq!(runs("bash-5.2"), Some(Runs::Shell));
        assert_eq!(runs("ld-linux-x86-64.so.2"), Some(Runs::Other));
        assert_eq!(runs("ls"), None);
        assert_eq!(runs("7z"), None);
        assert_eq!(runs(""), None);
    }
}
