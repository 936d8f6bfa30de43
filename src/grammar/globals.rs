//! Options that stand before a program's subcommand and change nothing about which one it is.

/// The global options of one program.
#[derive(Clone, Copy, Debug)]
pub struct Globals {
    /// The program.
    pub program: &'static str,
    /// Options without a value.
    pub flags: &'static [&'static str],
    /// Options whose value is the next word, or follows a `=`.
    pub values: &'static [&'static str],
}

const GLOBALS: &[Globals] = &[
    Globals {
        program: "git",
        flags: &[
            "-p",
            "--paginate",
            "-P",
            "--no-pager",
            "--bare",
            "--no-replace-objects",
            "--no-lazy-fetch",
            "--no-optional-locks",
            "--no-advice",
            "--literal-pathspecs",
            "--glob-pathspecs",
            "--noglob-pathspecs",
            "--icase-pathspecs",
        ],
        values: &["-C", "-c", "--git-dir", "--work-tree", "--namespace", "--config-env", "--attr-source"],
    },
    Globals { program: "terraform", flags: &[], values: &["-chdir", "--chdir"] },
    Globals { program: "tofu", flags: &[], values: &["-chdir", "--chdir"] },
    Globals {
        program: "kubectl",
        flags: &["--insecure-skip-tls-verify"],
        values: &["-n", "--namespace", "--context", "--cluster", "--user", "--kubeconfig", "-s", "--server"],
    },
    Globals {
        program: "docker",
        flags: &["-D", "--debug", "--tls", "--tlsverify"],
        values: &["-c", "--context", "-H", "--host", "-l", "--log-level", "--config"],
    },
    Globals {
        program: "aws",
        flags: &["--debug", "--no-verify-ssl", "--no-paginate", "--no-sign-request"],
        values: &["--profile", "--region", "--output", "--endpoint-url", "--query"],
    },
    Globals { program: "oc", flags: &[], values: &["-n", "--namespace", "--context", "--as"] },
    Globals { program: "helm", flags: &["--debug"], values: &["-n", "--namespace", "--kube-context"] },
    Globals { program: "podman", flags: &["-r", "--remote"], values: &["-c", "--connection", "--url"] },
    Globals { program: "terragrunt", flags: &[], values: &["--terragrunt-working-dir"] },
    Globals { program: "pulumi", flags: &["--non-interactive"], values: &["-C", "--cwd", "-s", "--stack"] },
    Globals { program: "gcloud", flags: &["-q", "--quiet"], values: &["--project", "--account"] },
    Globals {
        program: "az",
        flags: &["--debug", "--verbose"],
        values: &["--subscription", "-o", "--output"],
    },
    Globals { program: "gh", flags: &[], values: &["-R", "--repo"] },
    Globals { program: "systemctl", flags: &["--user", "--system", "-q"], values: &["-H", "--host", "-M"] },
    Globals { program: "cargo", flags: &["-q", "-v", "--offline", "--locked"], values: &["--color", "-Z"] },
    Globals { program: "npm", flags: &["-s", "--silent"], values: &["--prefix", "-C"] },
];

/// The global options of `program`, if they are known.
#[must_use]
pub fn globals(program: &str) -> Option<&'static Globals> {
    GLOBALS.iter().find(|globals| globals.program == program)
}
