//! What lies on disk: what waits, what was granted and denied, and how often a grant was used.
//!
//! Everything here can be written by whoever is watched, so it is read as text from outside is: within bounds, and
//! believed only where a signature stands under it. The count of uses is the exception that no signature can make: it
//! is held under a lock and synced, and the gate holds it against the evidence too.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::sys::dirs;
use crate::sys::files::{self, ReadError};
use crate::sys::{clock, digest, locks, private, random};

use super::Granted;
use super::ask::{self, Ask, AskError};
use super::grant::{self, Grant, Scope, Statement, Uses};
use super::quorum::{Quorum, Voter, is_for};

/// The folder of the approvals.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

/// Something that waits for a person.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pending {
    /// What it is called.
    pub id: String,
    /// What is asked.
    pub ask: Ask,
    /// Until when it waits, in seconds since 1970.
    pub until: i64,
}

/// A person's no.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Denial {
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Until when it counts, in seconds since 1970.
    pub until: i64,
}

/// How an ask stands.
#[derive(Debug)]
pub enum Standing {
    /// It may happen, this once.
    Granted(Granted),
    /// A person said no.
    Denied(Denial),
    /// Nobody said anything.
    Open,
}

/// Why the approvals cannot be used.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The system says no.
    #[error("`{}`: {err}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        err: io::Error,
    },
    /// A file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// It cannot be shown.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// There are too many.
    #[error("more than {MOST_FILES} things wait for approval; `cavra approvals` lists them")]
    Full,
    /// There is none.
    #[error("nothing waits under `{}`", .0.escape_debug())]
    Unknown(String),
    /// A stored ask is not what its name says: somebody changed it.
    #[error("what is stored as `{}` is something else: it was changed since it was asked", .0.escape_debug())]
    Changed(String),
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredAsk {
    until: i64,
    ask: Ask,
}

/// The most files of one kind.
const MOST_FILES: usize = 1_000;

impl Store {
    /// The approvals below Cavra's state folder.
    #[must_use]
    pub fn new(state: &Path) -> Self {
        Self { folder: state.join("approvals") }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What this machine and the user on it are called: nobody else's grants count here.
    ///
    /// # Errors
    /// If the machine has no id of its own, and none can be made.
    pub fn machine(&self) -> Result<String, StoreError> {
        let own = ["/etc/machine-id", "/var/lib/dbus/machine-id"]
            .into_iter()
            .find_map(|path| files::read(Path::new(path), 256).ok())
            .filter(|bytes| !bytes.trim_ascii().is_empty());
        let id = match own {
            Some(id) => id,
            None => self.made_id()?,
        };
        let text = [b"cavra-machine-1\n".as_slice(), id.trim_ascii(), b"\n"].concat();
        let text = [text.as_slice(), dirs::user_id().to_string().as_bytes()].concat();
        Ok(digest::sha256(&text).get(..32).unwrap_or_default().to_owned())
    }

    fn made_id(&self) -> Result<Vec<u8>, StoreError> {
        let path = self.folder.join("machine");
        let _lock = self.lock()?;
        match files::read_private(&path, 256, dirs::user_id()) {
            Ok(bytes) => return Ok(bytes),
            Err(error) if error.is_missing() => {}
            Err(error) => return Err(error.into()),
        }
        let id = random::nonce().map_err(|err| StoreError::Io { path: path.clone(), err })?;
        files::replace_atomically(&path, id.as_bytes(), 0o600).map_err(at(&path))?;
        Ok(id.into_bytes())
    }

    /// Notes that an ask waits, once, however often it comes; true if it is new.
    ///
    /// # Errors
    /// If it cannot be kept: then nobody can be asked.
    pub fn register(&self, ask: &Ask, until: i64) -> Result<bool, StoreError> {
        ask.to_json()?;
        let path = self.path("asks", &ask.id());
        let _lock = self.lock()?;
        if path.exists() {
            // It waits as long as it is asked for; one that was changed is put right.
            let is_new = !self.find(&ask.id()).is_ok_and(|pending| pending.until > clock::now_seconds());
            self.put(&path, &StoredAsk { until, ask: ask.clone() })?;
            return Ok(is_new);
        }
        if self.count("asks")? >= MOST_FILES {
            self.sweep("asks")?;
            if self.count("asks")? >= MOST_FILES {
                return Err(StoreError::Full);
            }
        }
        let stored = StoredAsk { until, ask: ask.clone() };
        self.put(&path, &stored)?;
        Ok(true)
    }

    /// Everything that waits, by its id. What is damaged or over is passed over.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn pending(&self) -> Result<Vec<Pending>, StoreError> {
        let now = clock::now_seconds();
        let mut pending = Vec::new();
        for name in self.names("asks")? {
            if let Ok(one) = self.find(&name)
                && one.until > now
            {
                pending.push(one);
            }
        }
        Ok(pending)
    }

    /// One that waits. It is what its name says, or it is an error.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find(&self, id: &str) -> Result<Pending, StoreError> {
        if !is_name(id) {
            return Err(StoreError::Unknown(id.to_owned()));
        }
        let bound = (ask::MOST_BYTES + 1_024) as u64;
        let bytes = match files::read_private(&self.path("asks", id), bound, dirs::user_id()) {
            Ok(bytes) => bytes,
            Err(error) if error.is_missing() => return Err(StoreError::Unknown(id.to_owned())),
            Err(error) => return Err(error.into()),
        };
        let changed = || StoreError::Changed(id.to_owned());
        let StoredAsk { until, ask } = serde_json::from_slice(&bytes).map_err(|_| changed())?;
        if ask.id() == id { Ok(Pending { id: id.to_owned(), ask, until }) } else { Err(changed()) }
    }

    /// Keeps a grant, for the gate to find. What was denied before is denied no more.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn add(&self, grant: &Grant) -> Result<(), StoreError> {
        let path = self.path("grants", &grant.id());
        let _lock = self.lock()?;
        if !path.exists() && self.count("grants")? >= MOST_FILES {
            self.sweep_grants()?;
            if self.count("grants")? >= MOST_FILES {
                return Err(StoreError::Full);
            }
        }
        private::ensure_folder(&self.folder.join("grants")).map_err(at(&self.folder))?;
        files::replace_atomically(&path, grant.to_json().as_bytes(), 0o600).map_err(at(&path))?;
        if let Statement::Approval { ask, .. } = grant.statement() {
            let denied = self.path("denied", &format!("apr_{}", ask.get(..16).unwrap_or_default()));
            match fs::remove_file(&denied) {
                Err(err) if err.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::Io { path: denied, err });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Keeps a no. It takes back what was granted.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn deny(&self, id: &str, denial: &Denial) -> Result<(), StoreError> {
        if !is_name(id) {
            return Err(StoreError::Unknown(id.to_owned()));
        }
        let _lock = self.lock()?;
        self.put(&self.path("denied", id), denial)
    }

    /// The no to an ask, if there is one that counts.
    ///
    /// # Errors
    /// If there is one that cannot be read.
    pub fn denial(&self, id: &str, now: i64) -> Result<Option<Denial>, StoreError> {
        let path = self.path("denied", id);
        match files::read_private(&path, 64 << 10, dirs::user_id()) {
            Ok(bytes) => {
                let denial: Denial =
                    serde_json::from_slice(&bytes).map_err(|_| StoreError::Changed(id.to_owned()))?;
                Ok((denial.until > now).then_some(denial))
            }
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// How an ask stands; where every quorum is met, the grants are used for it. `recorded` says how often the
    /// evidence has a grant: without end, where nobody may use it any more.
    ///
    /// # Errors
    /// If that cannot be told: then it is not granted.
    pub fn settle(
        &self,
        ask: &Ask,
        quorums: &[Quorum],
        recorded: &dyn Fn(&str) -> u64,
    ) -> Result<Standing, StoreError> {
        let (now, digest) = (clock::now_seconds(), ask.digest());
        if let Some(denial) = self.denial(&ask.id(), now)? {
            return Ok(Standing::Denied(denial));
        }
        if quorums.is_empty() || !self.folder.join("grants").exists() {
            return Ok(Standing::Open);
        }
        let _lock = self.lock()?;
        let grants = self.grants(|statement| is_for(statement, &digest))?;
        let mut unspent: Vec<&Grant> = Vec::new();
        for grant in &grants {
            let used = self.spent(grant)?.max(recorded(&grant.id()));
            let is_left = match grant.statement() {
                Statement::Approval { uses: Uses::Times(times), .. } => used < u64::from(*times),
                Statement::Approval { uses: Uses::UntilItEnds, .. } => used < u64::MAX,
                Statement::Lift { .. } => false,
            };
            if is_left {
                unspent.push(grant);
            }
        }
        let mut voters: Vec<Voter<'_>> = Vec::new();
        for quorum in quorums {
            let Some(met) = quorum.met_by(&unspent, Some(ask), now) else { return Ok(Standing::Open) };
            for voter in met {
                if !voters.iter().any(|known| known.grant == voter.grant) {
                    voters.push(voter);
                }
            }
        }
        for voter in &voters {
            self.spend(voter.grant)?;
        }
        Ok(Standing::Granted(Granted {
            id: ask.id(),
            grants: voters.iter().map(|voter| voter.grant.id()).collect(),
            by: voters.into_iter().flat_map(|voter| voter.names).collect(),
            is_local: false,
        }))
    }

    /// The lift that covers what a seam sees in a repository, with its reason, if there is one; `counts` says whether the
    /// evidence has nothing against a grant.
    ///
    /// # Errors
    /// If that cannot be told.
    pub fn lifted(
        &self,
        quorum: &Quorum,
        covers: &dyn Fn(&Scope) -> bool,
        counts: &dyn Fn(&str) -> bool,
    ) -> Result<Option<(Granted, String, i64)>, StoreError> {
        if !self.folder.join("grants").exists() {
            return Ok(None);
        }
        let (now, here) = (clock::now_seconds(), self.machine()?);
        let grants = self.grants(|statement| match statement {
            Statement::Lift { machine, scope, .. } => *machine == here && covers(scope),
            Statement::Approval { .. } => false,
        })?;
        for grant in &grants {
            let Statement::Lift { reason, until, .. } = grant.statement() else { continue };
            // A lift that was taken back is denied under its own id.
            if self.denial(&grant.id(), now)?.is_some() || !counts(&grant.id()) {
                continue;
            }
            // The signatures of several under one statement are several grants.
            let same: Vec<&Grant> = grants.iter().filter(|other| other.text() == grant.text()).collect();
            if let Some(voters) = quorum.met_by(&same, None, now) {
                let granted = Granted {
                    id: grant.id(),
                    grants: voters.iter().map(|voter| voter.grant.id()).collect(),
                    by: voters.into_iter().flat_map(|voter| voter.names).collect(),
                    is_local: false,
                };
                return Ok(Some((granted, reason.clone(), *until)));
            }
        }
        Ok(None)
    }

    /// The grants on disk whose statement is wanted; what is damaged is none.
    fn grants(&self, wanted: impl Fn(&Statement) -> bool) -> Result<Vec<Grant>, StoreError> {
        let mut grants = Vec::new();
        for name in self.names("grants")? {
            let path = self.path("grants", &name);
            let bytes = files::read_private(&path, grant::MOST_BYTES as u64, dirs::user_id())?;
            if let Ok(grant) = Grant::from_json(&bytes)
                && grant.id() == name
                && wanted(grant.statement())
            {
                grants.push(grant);
            }
        }
        Ok(grants)
    }

    /// How often a grant was used, as it is counted here: a byte for each time.
    fn spent(&self, grant: &Grant) -> Result<u64, StoreError> {
        let path = self.folder.join("spent").join(grant.id());
        match fs::symlink_metadata(&path) {
            Ok(metadata) => Ok(metadata.len()),
            Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(err) => Err(StoreError::Io { path, err }),
        }
    }

    fn spend(&self, grant: &Grant) -> Result<(), StoreError> {
        let folder = self.folder.join("spent");
        private::ensure_folder(&folder).map_err(at(&folder))?;
        let path = folder.join(grant.id());
        let mut file = private::open_to_append(&path).map_err(at(&path))?;
        file.write_all(b"1").and_then(|()| file.sync_all()).map_err(at(&path))?;
        private::sync_folder(&folder).map_err(at(&folder))
    }

    fn lock(&self) -> Result<locks::Lock, StoreError> {
        private::ensure_folder(&self.folder).map_err(at(&self.folder))?;
        let path = self.folder.join("lock");
        locks::exclusive(&path).map_err(at(&path))
    }

    fn put(&self, path: &Path, value: &impl Serialize) -> Result<(), StoreError> {
        let folder = path.parent().unwrap_or(&self.folder);
        private::ensure_folder(folder).map_err(at(folder))?;
        let bytes = serde_json::to_vec(value)
            .map_err(|err| StoreError::Io { path: path.to_owned(), err: err.into() })?;
        files::replace_atomically(path, &bytes, 0o600).map_err(at(path))
    }

    fn path(&self, kind: &str, id: &str) -> PathBuf {
        self.folder.join(kind).join(format!("{id}.json"))
    }

    /// The ids of one kind, by name, within the bound.
    fn names(&self, kind: &str) -> Result<Vec<String>, StoreError> {
        let folder = self.folder.join(kind);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(err) => return Err(StoreError::Io { path: folder, err }),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(at(&folder))?.file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(".json")).filter(|id| is_name(id));
            if let Some(id) = id {
                if names.len() > MOST_FILES {
                    return Err(StoreError::Full);
                }
                names.push(id.to_owned());
            }
        }
        names.sort();
        Ok(names)
    }

    fn count(&self, kind: &str) -> Result<usize, StoreError> {
        self.names(kind).map(|names| names.len())
    }

    /// Removes the asks that are over, and those that are damaged.
    fn sweep(&self, kind: &str) -> Result<(), StoreError> {
        let now = clock::now_seconds();
        for name in self.names(kind)? {
            if !self.find(&name).is_ok_and(|pending| pending.until > now) {
                let path = self.path(kind, &name);
                fs::remove_file(&path).map_err(at(&path))?;
            }
        }
        Ok(())
    }

    /// Removes the grants that are over. What was counted of them stays.
    fn sweep_grants(&self) -> Result<(), StoreError> {
        let now = clock::now_seconds();
        for grant in self.grants(|statement| !statement.counts_at(now))? {
            let path = self.path("grants", &grant.id());
            fs::remove_file(&path).map_err(at(&path))?;
        }
        Ok(())
    }
}

/// Whether a text is an id, and so no path.
fn is_name(id: &str) -> bool {
    let digits = id.strip_prefix("apr_").or_else(|| id.strip_prefix("grt_"));
    digits.is_some_and(|digits| {
        (16..=24).contains(&digits.len())
            && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |err| StoreError::Io { path, err }
}
