//! Each layer on its own: where it lies, what must hold of its files, and how it is read.
//!
//! The machine's files must be its owner's alone, folders above them too. The user's must be the user's and not
//! writable by everybody. A project's are as anybody left them, so they are read with the least trust: they inherit
//! only packs, and must not lead out of the project.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::contract::Layer;
use crate::sys::dirs::{self, Places};
use crate::sys::files::{self, ReadError};

use super::cache::Cache;
use super::codes;
use super::compile::{Compiler, Format, Loaded, Parents, ReadFile};
use super::compiled::CompiledPolicy;
use super::diagnostic::{Diagnostic, Level, PolicyError};
use super::packs::packs;
use super::signed::Texts;
use super::stack::ProjectBlob;
use super::tree::MOST_BYTES;

/// Where a project's policy lies in it.
pub const PROJECT_POLICY: &str = ".cavra/policy.yaml";

/// The machine's policy, if there is one: `policy.yaml`, and over it `policy.d/*.yaml` by name.
pub(super) fn managed(places: &Places) -> Result<Option<Loaded>, PolicyError> {
    let owner = if places.managed_by_root { 0 } else { dirs::user_id() };
    let read_plain = |path: &Path| files::read_managed(path, MOST_BYTES, owner);
    let texts = Texts::default();
    let read = |path: &Path| texts.keep(path, read_plain(path)?);
    let main = present(&places.managed.join("policy.yaml"), &read)?;
    let mut parts = Vec::new();
    for path in parts_of(&places.managed.join("policy.d"))? {
        let bytes = read(&path).map_err(PolicyError::Unreadable)?;
        parts.push((path, bytes));
    }
    if main.is_none() && parts.is_empty() {
        return Ok(None);
    }
    let read_cache = |path: &Path| files::read_managed(path, MOST_BYTES * 4, owner).ok();
    let may_write = owner == dirs::user_id();
    let cache = Cache::beside(&places.managed, Layer::Managed, main.iter().chain(&parts));
    if let Some(policy) = cache.read(read_cache) {
        texts.check(&policy, &policy.signing.require_signature, &read_plain)?;
        return Ok(Some(Loaded::plain(policy)));
    }
    let compiler =
        Compiler { layer: Layer::Managed, parents: Parents::PacksAndFiles, read: &read, is_authoring: false };
    let mut loaded = Loaded::plain(CompiledPolicy::default());
    if let Some((path, bytes)) = &main {
        loaded = compiler.text(&[], &path.display().to_string(), bytes, Format::Yaml, false)?;
    }
    for (path, bytes) in &parts {
        loaded = compiler.over(loaded, &path.display().to_string(), bytes)?;
    }
    if may_write {
        // Whoever is under the machine's policy may read it, and so this too.
        cache.write(&loaded, 0o644);
    }
    texts.check(&loaded.policy, &loaded.policy.signing.require_signature, &read_plain)?;
    Ok(Some(loaded))
}

/// The user's policy, if there is one. Those who must have signed it are its own, or those of the machine's.
pub(super) fn user(places: &Places, signers: &[String]) -> Result<Option<Loaded>, PolicyError> {
    let owner = dirs::user_id();
    let read_plain = |path: &Path| files::read_owned(path, MOST_BYTES, owner);
    let texts = Texts::default();
    let read = |path: &Path| texts.keep(path, read_plain(path)?);
    let check = |policy: &CompiledPolicy| {
        let own = &policy.signing.require_signature;
        texts.check(policy, if signers.is_empty() { own } else { signers }, &read_plain)
    };
    let Some((path, bytes)) = present(&places.config.join("policy.yaml"), &read)? else { return Ok(None) };
    let file = (path, bytes);
    let cache = Cache::beside(&places.config, Layer::User, std::iter::once(&file));
    if let Some(policy) = cache.read(|path| files::read_private(path, MOST_BYTES * 4, owner).ok()) {
        check(&policy)?;
        return Ok(Some(Loaded::plain(policy)));
    }
    let compiler =
        Compiler { layer: Layer::User, parents: Parents::PacksAndFiles, read: &read, is_authoring: false };
    let loaded = compiler.text(&[], &file.0.display().to_string(), &file.1, Format::Yaml, false)?;
    cache.write(&loaded, 0o600);
    check(&loaded.policy)?;
    Ok(Some(loaded))
}

/// A project's policy.
pub(super) fn project(project: &ProjectBlob) -> Result<Loaded, PolicyError> {
    let compiler = Compiler {
        layer: Layer::Project,
        parents: Parents::Packs,
        read: &|path: &Path| {
            Err(ReadError::Io { path: path.to_owned(), err: io::ErrorKind::Unsupported.into() })
        },
        is_authoring: false,
    };
    compiler.text(&[], &project.name, &project.bytes, Format::Yaml, false)
}

/// The policy that lies in a project's working tree, if there is one.
pub(super) fn project_on_disk(root: &Path) -> Result<Option<ProjectBlob>, PolicyError> {
    let path = root.join(PROJECT_POLICY);
    let name = path.display().to_string();
    let bytes = match files::read(&path, MOST_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if error.is_missing() && !is_link(&path) && !is_link(&root.join(".cavra")) => {
            return Ok(None);
        }
        Err(error) => return Err(PolicyError::Unreadable(error)),
    };
    let failed = |err| PolicyError::Unreadable(ReadError::Io { path: path.clone(), err });
    let real = fs::canonicalize(&path).map_err(failed)?;
    if !real.starts_with(fs::canonicalize(root).map_err(failed)?) {
        return Err(PolicyError::Invalid(vec![Diagnostic {
            level: Level::Error,
            code: codes::OUTSIDE_PROJECT,
            message: format!("the project's policy leads out of the project, to `{}`", real.display()),
            path: name,
            line: 0,
            column: 0,
            width: 0,
            excerpt: String::new(),
            hint: Some("put the policy itself into the project, not a symbolic link to it".to_owned()),
        }]));
    }
    Ok(Some(ProjectBlob { name, bytes }))
}

/// Faults with the lines that they are about, out of the texts that are at hand.
pub(super) fn shown(mut faults: Vec<Diagnostic>, texts: &[ProjectBlob]) -> PolicyError {
    for fault in &mut faults {
        let pack = packs().iter().find(|pack| pack.name == fault.path).map(|pack| pack.source.as_bytes());
        let bytes = pack
            .or_else(|| texts.iter().find(|text| text.name == fault.path).map(|text| text.bytes.as_slice()));
        let text = String::from_utf8_lossy(bytes.unwrap_or_default());
        let line =
            usize::try_from(fault.line.saturating_sub(1)).ok().and_then(|before| text.lines().nth(before));
        let line = line.unwrap_or_default();
        // A finding on a rule knows where it begins; it ends where the line does, notes of its author's apart.
        let from = usize::try_from(fault.column.saturating_sub(1)).unwrap_or(0);
        let rest: String = line.chars().skip(from).collect();
        let rest = rest.split(" #").next().unwrap_or_default().trim_end();
        fault.width = u32::try_from(rest.chars().count()).unwrap_or(1).max(1);
        line.clone_into(&mut fault.excerpt);
    }
    PolicyError::Invalid(faults)
}

/// The user's policy as a text to show lines of.
pub(super) fn user_texts(places: &Places) -> Vec<ProjectBlob> {
    let path = places.config.join("policy.yaml");
    let bytes = files::read_owned(&path, MOST_BYTES, dirs::user_id()).unwrap_or_default();
    vec![ProjectBlob { name: path.display().to_string(), bytes }]
}

/// A file and its bytes, none if there is nothing of that name.
fn present(path: &Path, read: ReadFile<'_>) -> Result<Option<(PathBuf, Vec<u8>)>, PolicyError> {
    match read(path) {
        Ok(bytes) => Ok(Some((path.to_owned(), bytes))),
        Err(error) if error.is_missing() && !is_link(path) => Ok(None),
        Err(error) => Err(PolicyError::Unreadable(error)),
    }
}

/// The files `*.yaml` of a folder, by name; none if there is no such folder.
fn parts_of(folder: &Path) -> Result<Vec<PathBuf>, PolicyError> {
    let failed = |err| PolicyError::Unreadable(ReadError::Io { path: folder.to_owned(), err });
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound && !is_link(folder) => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut parts = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        let is_hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
        if !is_hidden && path.extension().is_some_and(|extension| extension == "yaml") {
            parts.push(path);
        }
    }
    parts.sort();
    Ok(parts)
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}
