//! Where the default differs from parity, each difference with its id and its reason.

macro_rules! deviations {
    ($( $(#[$doc:meta])* $name:ident, $kind:ident, $open:literal, $default:literal );+ $(;)?) => {
        /// A listed difference between the parity rules and the default.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum Deviation {
            $( $(#[$doc])* $name ),+
        }

        impl Deviation {
            /// Every deviation and exception.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its id.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }

            /// Whether it makes the default stricter, or is one of the named exceptions.
            #[must_use]
            pub fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind),+ }
            }

            /// What the parity rules leave open, or answer.
            #[must_use]
            pub fn leaves_open(self) -> &'static str {
                match self { $(Self::$name => $open),+ }
            }

            /// What the default does instead.
            #[must_use]
            pub fn default_does(self) -> &'static str {
                match self { $(Self::$name => $default),+ }
            }
        }
    };
}

/// Which way a difference goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// The default is stricter.
    Stricter,
    /// A named exception: the default may be weaker here, and only here.
    Exception,
}

deviations! {
    /// Paths in all their spellings.
    D1, Stricter,
        "`./.env`, `config/.env`, an absolute path or a symbolic link is not matched by `.env`, nor `server.pem` by `**/*.pem`",
        "the path is evaluated in all its spellings, resolved links and hard links among them, a folder by the files in it, and what is known in part by all that it may be";
    /// Compound commands.
    D2, Stricter,
        "`terraform plan && terraform apply` matches the allow pattern `terraform plan*`",
        "every simple command, file effect and git operation inside a command is evaluated, and what is not understood is asked about";
    /// Commands in canonical spelling.
    D3, Stricter,
        "`sudo terraform apply`, two spaces or `/usr/bin/terraform apply` escape the pattern `terraform apply*`, and `rm / -rf` the pattern `rm -rf /`",
        "the command is evaluated in its canonical spelling too, and by its words: options as a set in any spelling, operands in order";
    /// Unknown tiers and states of a registry.
    D4, Stricter,
        "unknown registry tiers and states fall through to allow, and an empty server name may match a record without a name",
        "an unknown tier or state is asked about, an empty server name is blocked";
    /// Approvals against a signal.
    D5, Stricter,
        "an approved release record overrides tampered integrity or failed delivery",
        "approved against a critical integrity, verification or delivery signal is blocked";
    /// Pushes by ref update.
    D6, Stricter,
        "a push to `refs/heads/main`, `HEAD:main`, `+x:main`, a delete or a mirror push",
        "each ref update is evaluated, with its branch name resolved";
    /// The label of the policy pack.
    D7, Stricter,
        "`policy_pack` in the request that is not the loaded policy only relabels the answer",
        "an unknown pack is an error, and the label is always that of the policy used";
    /// Hidden actions.
    D8, Stricter,
        "`release_governance` in a request for another action hides that action",
        "such a request is an error";
    /// Drift that was detected.
    D9, Stricter,
        "`drift_detected` is no signal",
        "it is a critical signal";
    /// Keys that parity carries and does not evaluate.
    D10, Stricter,
        "`commands.require_approval`, `commands.default`, `commands.effects`, `network.*`, `git.*`, `metadata.mode`, `mcp.tools`, `filesystem.require_approval_read`, `filesystem.recursive_read`, `filesystem.unresolved_read`, `filesystem.recursive_write`, `filesystem.unresolved_write` and `approvals` are carried but not evaluated",
        "they are evaluated";
    /// `commands.default: allow`
    E1, Exception,
        "a command that no rule names is asked about",
        "an effective `commands.default: allow` allows it";
    /// Compounds of allowed commands.
    E2, Exception,
        "a compound that no pattern names as a whole is asked about",
        "it is allowed where every command in it is, with nothing unresolved";
    /// Protected branches by name.
    E3, Exception,
        "a push to any name that ends with `main` or `master` is blocked",
        "where the base policy sets `git.protected_branches`, that list says what is protected, so a branch named `domain` is not";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_three_exceptions_are_named() {
        let exceptions: Vec<_> = Deviation::ALL
            .iter()
            .filter(|deviation| deviation.kind() == Kind::Exception)
            .map(|deviation| deviation.id())
            .collect();
        assert_eq!(exceptions, ["E1", "E2", "E3"]);
    }
}
