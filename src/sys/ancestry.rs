//! Whether a process was started by a person: its ancestors lead to a login, and past nothing but shells.
//!
//! A process says who its parent is, and a parent that ends leaves its children to the first process of the machine, or
//! to one that collects them. So whoever cuts the chain (`setsid` in the background, `script` under another parent, a
//! server such as tmux's, `systemd-run`) ends at a process that is no login, and is refused; and whoever does not has
//! their own program in the chain, which is no shell of the system's. What a process calls itself counts only where
//! nobody but root could have made it: a login is root's, and a shell is known by its file.
//!
//! Where the ancestors cannot be told, there is no answer, and root, who can make a login, gets none either.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::programs;

/// What is known of a process.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Process {
    /// Its parent.
    pub parent: i32,
    /// The user that it acts for.
    pub user: u32,
    /// What it calls itself.
    pub name: String,
    /// Its file, where that may be told.
    pub program: Option<PathBuf>,
    /// Whether it has a terminal.
    pub has_terminal: bool,
}

/// Why nobody knows that a person started it.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum Unproven {
    /// The system does not tell.
    #[error("this system does not tell who started a process")]
    Unsupported,
    /// It runs as root.
    #[error("root can make a login of its own, so nothing proves that a person started this")]
    Root,
    /// It has no terminal.
    #[error("it has no terminal that a person could sit at")]
    NoTerminal,
    /// It is gone, or the chain is cut.
    #[error("process {0} cannot be looked at")]
    Unknown(i32),
    /// Something that is no shell stands between it and a login.
    #[error("it was started through `{0}`, which is neither a shell of the system's nor a login")]
    Through(String),
    /// The chain ends without a login.
    #[error("its ancestors lead to no login")]
    NoLogin,
}

/// What lets a person in.
const LOGINS: [&str; 7] =
    ["login", "sshd", "sshd-session", "gdm-session-wor", "lightdm", "sddm-helper", "xrdp-sesman"];

/// What serves one person who came in over the network, as that person.
const SERVERS: [&str; 2] = ["sshd", "sshd-session"];

/// What a person types into.
const SHELLS: [&str; 8] = ["bash", "zsh", "fish", "sh", "dash", "ksh", "tcsh", "nu"];

/// The longest chain.
const MOST_ANCESTORS: usize = 64;

/// Holds that a person started the process `id`.
///
/// # Errors
/// [`Unproven`].
pub fn started_by_a_person(id: i32) -> Result<(), Unproven> {
    #[cfg(feature = "test-roots")]
    if let Some(login) = login_of_tests() {
        return leads_to_login(id, u32::MAX, &|id| look(id), &|process| process.name == login, &|_| true);
    }
    if super::dirs::user_id() == 0 {
        return Err(Unproven::Root);
    }
    let is_shell = |path: &Path| programs::trusted(path, Some(0)).is_ok();
    leads_to_login(id, super::dirs::user_id(), &|id| look(id), &|_| false, &is_shell)
}

/// In a build for tests, `$CAVRA_TEST_ROOT/login` holds the name of the process that counts as a login.
#[cfg(feature = "test-roots")]
fn login_of_tests() -> Option<String> {
    let text = fs::read_to_string(super::dirs::test_root()?.join("login")).ok()?;
    Some(text.trim().to_owned()).filter(|name| !name.is_empty())
}

fn leads_to_login(
    id: i32,
    user: u32,
    look: &dyn Fn(i32) -> Option<Process>,
    is_further_login: &dyn Fn(&Process) -> bool,
    is_systems_own: &dyn Fn(&Path) -> bool,
) -> Result<(), Unproven> {
    if !cfg!(target_os = "linux") {
        return Err(Unproven::Unsupported);
    }
    let own = look(id).ok_or(Unproven::Unknown(id))?;
    if !own.has_terminal {
        return Err(Unproven::NoTerminal);
    }
    let mut at = own.parent;
    for _ in 0..MOST_ANCESTORS {
        if at <= 0 {
            return Err(Unproven::NoLogin);
        }
        let process = look(at).ok_or(Unproven::Unknown(at))?;
        if is_login(at, &process) || is_further_login(&process) {
            return Ok(());
        }
        let name = process.program.as_deref().and_then(Path::file_name).and_then(|name| name.to_str());
        let is_shell = SHELLS.iter().any(|shell| name == Some(shell))
            && process.program.as_deref().is_some_and(is_systems_own);
        // It hides its file from its own user, so its name is all there is: it counts below a login of root's alone.
        let serves = process.user == user
            && SERVERS.contains(&process.name.as_str())
            && look(process.parent).is_some_and(|parent| is_login(process.parent, &parent));
        if !is_shell && !serves {
            return Err(Unproven::Through(process.name));
        }
        at = process.parent;
    }
    Err(Unproven::NoLogin)
}

/// The first process collects what others left, so it is no login, whatever it is.
fn is_login(id: i32, process: &Process) -> bool {
    id > 1 && process.user == 0 && LOGINS.contains(&process.name.as_str())
}

fn look(id: i32) -> Option<Process> {
    let folder = PathBuf::from(format!("/proc/{id}"));
    let stat = fs::read_to_string(folder.join("stat")).ok()?;
    // The name stands in brackets and may hold any letter, so what is behind the last bracket is read.
    let (before, behind) = stat.rsplit_once(')')?;
    let name = before.split_once('(')?.1.to_owned();
    let fields: Vec<&str> = behind.split_ascii_whitespace().collect();
    let parent = fields.get(1)?.parse().ok()?;
    let terminal: i32 = fields.get(4)?.parse().ok()?;
    let status = fs::read_to_string(folder.join("status")).ok()?;
    let users = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
    let mut users = users.split_ascii_whitespace().map(str::parse::<u32>);
    let (real, effective) = (users.next()?.ok()?, users.next()?.ok()?);
    // A program that changes who it acts for was started by the one, and acts for the other: it is neither's.
    let user = if real == effective { real } else { u32::MAX };
    Some(Process {
        parent,
        user,
        name,
        program: fs::read_link(folder.join("exe")).ok(),
        has_terminal: terminal != 0,
    })
}

/// Whether the process `id` runs this very program.
#[must_use]
pub fn is_own_program(id: i32) -> bool {
    let file = |path: PathBuf| fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()));
    let other = file(PathBuf::from(format!("/proc/{id}/exe")));
    other.is_some() && other == file(PathBuf::from("/proc/self/exe"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const ME: u32 = 1000;

    /// Processes as `(id, parent, user, name, file)`; the first one is asked about.
    fn verdict(table: &[(i32, i32, u32, &str, Option<&str>)]) -> Result<(), Unproven> {
        let table: BTreeMap<i32, Process> = table
            .iter()
            .map(|(id, parent, user, name, program)| {
                let process = Process {
                    parent: *parent,
                    user: *user,
                    name: (*name).to_owned(),
                    program: program.map(PathBuf::from),
                    has_terminal: true,
                };
                (*id, process)
            })
            .collect();
        let is_systems_own = |path: &Path| path.starts_with("/usr/bin");
        leads_to_login(100, ME, &|id| table.get(&id).cloned(), &|_| false, &is_systems_own)
    }

    const CAVRA: (i32, i32, u32, &str, Option<&str>) = (100, 99, ME, "cavra", Some("/usr/bin/cavra"));
    const BASH: (i32, i32, u32, &str, Option<&str>) = (99, 98, ME, "bash", Some("/usr/bin/bash"));

    #[test]
    fn a_shell_below_a_login_is_a_persons() {
        assert_eq!(verdict(&[CAVRA, BASH, (98, 1, 0, "login", None)]), Ok(()));
        let over_ssh = [CAVRA, BASH, (98, 97, ME, "sshd", None), (97, 5, 0, "sshd", None)];
        assert_eq!(verdict(&over_ssh), Ok(()));
        let nested = [CAVRA, BASH, (98, 97, ME, "zsh", Some("/usr/bin/zsh")), (97, 5, 0, "login", None)];
        assert_eq!(verdict(&nested), Ok(()));
    }

    #[test]
    fn whatever_cuts_the_chain_or_stands_in_it_is_refused() {
        let through = |name: &str| Err(Unproven::Through(name.to_owned()));
        // An agent, whatever it calls itself.
        assert_eq!(
            verdict(&[CAVRA, BASH, (98, 97, ME, "node", Some("/usr/bin/node")), (97, 1, 0, "login", None)]),
            through("node")
        );
        assert_eq!(
            verdict(&[CAVRA, BASH, (98, 97, ME, "login", Some("/usr/bin/node")), (97, 1, 0, "login", None)]),
            through("login")
        );
        assert_eq!(
            verdict(&[CAVRA, BASH, (98, 97, ME, "bash", Some("/tmp/bash")), (97, 1, 0, "login", None)]),
            through("bash")
        );
        // One that hides its file and calls itself a server, below a shell.
        let hidden = [
            CAVRA,
            BASH,
            (98, 97, ME, "sshd", None),
            (97, 96, ME, "bash", Some("/usr/bin/bash")),
            (96, 1, 0, "login", None),
        ];
        assert_eq!(verdict(&hidden), through("sshd"));
        // Left to the first process, even where that is what lets people in.
        assert_eq!(
            verdict(&[CAVRA, (99, 1, ME, "bash", Some("/usr/bin/bash")), (1, 0, 0, "systemd", None)]),
            through("systemd")
        );
        assert_eq!(
            verdict(&[CAVRA, (99, 1, ME, "bash", Some("/usr/bin/bash")), (1, 0, 0, "sshd", None)]),
            through("sshd")
        );
        // A terminal that another process made, a server of terminals, a manager of services.
        for name in ["script", "tmux: server", "screen", "systemd", "expect"] {
            let table = [CAVRA, BASH, (98, 97, ME, name, Some("/usr/bin/x")), (97, 1, 0, "login", None)];
            assert_eq!(verdict(&table), through(name), "{name}");
        }
        assert_eq!(verdict(&[CAVRA, BASH]), Err(Unproven::Unknown(98)));
        assert_eq!(verdict(&[]), Err(Unproven::Unknown(100)));
        assert_eq!(verdict(&[CAVRA, (99, 100, ME, "bash", Some("/usr/bin/bash"))]), through("cavra"));
        assert_eq!(verdict(&[CAVRA, (99, 99, ME, "bash", Some("/usr/bin/bash"))]), Err(Unproven::NoLogin));
    }

    #[test]
    fn this_test_was_not_started_by_a_person_at_a_login() {
        let own = i32::try_from(std::process::id()).expect("an id");
        assert!(started_by_a_person(own).is_err());
        assert!(is_own_program(own));
        assert!(!is_own_program(1) || own == 1);
    }
}
