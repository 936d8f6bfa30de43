//! Shims: this binary under the names of other programs, in a folder to be put first on `PATH`.
//!
//! Each is a hard link to the binary or a copy of it, never a symbolic link or a script, so it cannot lose the binary.
//! The real program is recorded by its absolute path, found once, by the person who installs it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::Serialize;
use thiserror::Error;

use super::change::{Change, Plan};
use super::entry::{Entry, EntryError, Print};
use super::recorded::PRIVATE;
use crate::sys::dirs::{Places, user_id};
use crate::sys::files::{self, ReadError};
use crate::sys::programs::{self, ProgramError};
use crate::sys::shims::{self, Shims};
use crate::sys::{environment, process};

/// The target's name, on the command line.
pub const NAME: &str = "shims";

/// The names that are Cavra's own, and no program's.
const OWN: [&str; 4] = ["cavra-sh", "cavra-bash", "cavra-zsh", "cavra-exec"];

/// The largest binary that is copied, in bytes.
const MOST_BINARY: u64 = 1 << 30;

/// Why nothing is changed.
#[derive(Debug, Error)]
pub enum ShimError {
    /// What is there cannot be looked at.
    #[error("{0}")]
    Entry(#[from] EntryError),
    /// What is there cannot be read.
    #[error("{0}")]
    Read(#[from] ReadError),
    /// A program is not to be run.
    #[error("{0}")]
    Program(#[from] ProgramError),
    /// There is no such program on `PATH`.
    #[error("there is no program `{0}` on PATH that only root and you can write")]
    Missing(String),
    /// A name that is no name of a program.
    #[error("`{}` is no name of a program", .0.escape_debug())]
    Name(String),
    /// The record cannot be written.
    #[error("the record cannot be written: {0}")]
    Record(serde_json::Error),
}

/// What a shim is like.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ShimStatus {
    /// The name.
    pub name: String,
    /// The shim.
    pub path: PathBuf,
    /// The real program; none for Cavra's own shells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program: Option<PathBuf>,
    /// What is wrong with it, if anything is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Whether the folder of the shims is before the real program's on this process's `PATH`.
    pub is_first_on_path: bool,
}

/// Everything that is to be done so that these programs are run under Cavra; without names, so that those that are there
/// are as they should be.
///
/// # Errors
/// Why it is not to be done.
pub fn put_in(places: &Places, names: &[String], binary: &Path) -> Result<Plan, ShimError> {
    programs::trusted(binary, None)?;
    let folder = shims::folder(places);
    let mut record = shims::recorded(places)?;
    for name in names {
        check(name)?;
        record.0.insert(name.clone(), real(places, name)?);
    }
    let mut plan = Plan::default();
    if Entry::observe(&folder)? == Entry::Missing {
        plan.changes.push(Change::MakeFolder { path: folder.clone(), mode: 0o700 });
    }
    for name in OWN.into_iter().map(str::to_owned).chain(record.0.keys().cloned()) {
        plan.changes.extend(link(binary, &folder.join(name))?);
    }
    plan.changes.extend(save(places, &record)?);
    let shown = folder.display();
    plan.notes.push(format!("put `{shown}` first on PATH where agents start: `export PATH={shown}:$PATH`"));
    plan.notes.push(format!(
        "`SHELL={shown}/cavra-bash` has agents that start $SHELL run their commands through Cavra"
    ));
    plan.notes.push(
        "shims are advice: whoever calls the real program by its path, or sets PATH, goes around them"
            .to_owned(),
    );
    Ok(plan)
}

/// Everything that is to be done so that these programs, or all, are not run under Cavra any more.
///
/// # Errors
/// If what is there cannot be looked at.
pub fn take_out(places: &Places, names: &[String]) -> Result<Plan, ShimError> {
    let folder = shims::folder(places);
    // A record that cannot be read says nothing; what is in the folder is Cavra's all the same.
    let mut record = shims::recorded(places).unwrap_or_default();
    let mut plan = Plan::default();
    let all = names.is_empty();
    let gone: Vec<String> =
        if all { record.0.keys().cloned().chain(OWN.map(str::to_owned)).collect() } else { names.to_vec() };
    for name in gone {
        check(&name)?;
        let path = folder.join(&name);
        if let Some(was) = Entry::observe(&path)?.print() {
            plan.changes.push(Change::Remove { path, was: was.clone() });
        }
        record.0.remove(&name);
    }
    if all {
        plan.changes.push(Change::RemoveFolder { path: folder });
        let path = shims::record_path(places);
        if let Some(was) = Entry::observe(&path)?.print() {
            plan.changes.push(Change::Remove { path, was: was.clone() });
        }
    } else {
        plan.changes.extend(save(places, &record)?);
    }
    Ok(plan)
}

/// What each shim is like.
///
/// # Errors
/// If the record cannot be read.
pub fn status(places: &Places) -> Result<Vec<ShimStatus>, ShimError> {
    let folder = shims::folder(places);
    let record = shims::recorded(places)?;
    let on_path = environment::path_folders();
    let place = |folder: &Path| on_path.iter().position(|known| known == folder);
    let own: BTreeMap<String, Option<PathBuf>> = OWN
        .into_iter()
        .filter(|name| fs::symlink_metadata(folder.join(name)).is_ok())
        .map(|name| (name.to_owned(), None))
        .collect();
    let all = own.into_iter().chain(record.0.into_iter().map(|(name, path)| (name, Some(path))));
    Ok(all
        .map(|(name, program)| {
            let path = folder.join(&name);
            let fault = programs::trusted(&path, None)
                .err()
                .or_else(|| programs::trusted(program.as_ref()?, None).err());
            let is_first_on_path =
                match (place(&folder), program.as_deref().and_then(Path::parent).and_then(place)) {
                    (Some(own), Some(real)) => own < real,
                    (own, None) => own.is_some(),
                    (None, Some(_)) => false,
                };
            ShimStatus { name, path, program, fault: fault.map(|fault| fault.to_string()), is_first_on_path }
        })
        .collect())
}

fn check(name: &str) -> Result<(), ShimError> {
    let is_plain = !name.is_empty() && !name.starts_with(['.', '-']) && !name.contains(['/', '\0']);
    if is_plain && name != "cavra" && name.len() < 256 {
        Ok(())
    } else {
        Err(ShimError::Name(name.to_owned()))
    }
}

/// The real program: the first on `PATH` that is to be trusted and is not Cavra again.
fn real(places: &Places, name: &str) -> Result<PathBuf, ShimError> {
    let folder = shims::folder(places);
    let own = environment::own_program().unwrap_or_default();
    environment::path_folders()
        .into_iter()
        .filter(|known| *known != folder)
        .filter_map(|known| process::find(OsStr::new(name), Path::new("/"), &[known]))
        .filter_map(|found| programs::trusted(&found, None).ok())
        .find(|found| !shims::is_same_file(found, &own) && !found.starts_with(&folder))
        .ok_or_else(|| ShimError::Missing(name.to_owned()))
}

/// The change that has a name lead to the binary; none if it does.
fn link(binary: &Path, path: &Path) -> Result<Option<Change>, ShimError> {
    let wanted = Entry::observe(binary)?.print().cloned();
    let there = Entry::observe(path)?;
    let was = there.print().cloned();
    if let (Some(wanted), Some(was)) = (&wanted, &was)
        && was.has_content_of(wanted)
    {
        return Ok(None);
    }
    let metadata = |path: &Path| fs::metadata(path).ok();
    let folder = path.parent().and_then(|folder| folder.ancestors().find_map(metadata));
    let can_link = was.is_none()
        && metadata(binary)
            .zip(folder)
            .is_some_and(|(binary, folder)| binary.dev() == folder.dev() && binary.uid() == user_id());
    if let (true, Some(wanted)) = (can_link, wanted) {
        return Ok(Some(Change::Keep { from: binary.to_owned(), to: path.to_owned(), was: wanted }));
    }
    let bytes = files::read(binary, MOST_BINARY)?;
    Ok(Some(Change::Write { path: path.to_owned(), bytes, mode: 0o755, was, kept: None }))
}

fn save(places: &Places, record: &Shims) -> Result<Option<Change>, ShimError> {
    let path = shims::record_path(places);
    let mut bytes = serde_json::to_vec_pretty(record).map_err(ShimError::Record)?;
    bytes.push(b'\n');
    let was = Entry::observe(&path)?.print().cloned();
    let is_same = was.as_ref() == Some(&Print::of_file(&bytes, PRIVATE));
    Ok((!is_same).then_some(Change::Write { path, bytes, mode: PRIVATE, was, kept: None }))
}
