//! The compiled form of a layer, kept beside its sources so that no YAML is read where a decision waits.
//!
//! It is only ever a copy: the sources are read each time, and a cache that was not made by this build from these
//! very bytes is passed over. So is one that anybody but the owner of the sources could have written. A cache that
//! cannot be read or written is no error, since nothing depends on there being one.

use std::path::{Path, PathBuf};

use crate::contract::Layer;
use crate::sys::digest::Sha256Sum;
use crate::sys::files;

use super::compile::Loaded;
use super::compiled::CompiledPolicy;
use super::packs;
use super::tree::Text;
use super::wire;

/// The name of the cache, in the folder of the policy.
const NAME: &str = ".policy.yaml.compiled";

/// The cache of one layer.
pub(super) struct Cache {
    path: PathBuf,
    layer: Layer,
    key: String,
    sources: Vec<String>,
}

impl Cache {
    /// The cache for these sources, in the folder of the layer.
    pub(super) fn beside<'s>(
        folder: &Path,
        layer: Layer,
        sources: impl Iterator<Item = &'s (PathBuf, Vec<u8>)>,
    ) -> Self {
        let mut sum = Sha256Sum::default();
        sum.update(BUILD.as_bytes());
        sum.update(&wire::FORM.to_le_bytes());
        sum.update(&packs::FINGERPRINT.to_le_bytes());
        sum.update(layer.as_str().as_bytes());
        let mut names = Vec::new();
        for (path, bytes) in sources {
            let name = path.display().to_string();
            for part in [name.as_bytes(), bytes] {
                sum.update(&(part.len() as u64).to_le_bytes());
                sum.update(part);
            }
            names.push(name);
        }
        Self { path: folder.join(NAME), layer, key: sum.finish(), sources: names }
    }

    /// The policy, if the cache holds what these sources come to in this build.
    pub(super) fn read(&self, read: impl Fn(&Path) -> Option<Vec<u8>>) -> Option<CompiledPolicy> {
        let bytes = read(&self.path)?;
        let text = Text::of(self.path.display().to_string(), self.layer, &bytes).ok()?;
        let compiled = wire::read(&text).ok()?;
        (compiled.cache_key.as_deref() == Some(&self.key) && compiled.warnings.is_empty())
            .then_some(compiled.policy)
    }

    /// Keeps a policy. One with warnings is read anew each time, so that they are told each time; so is one that
    /// inherits other files, since these are not in the key.
    pub(super) fn write(&self, loaded: &Loaded, mode: u32) {
        let is_whole = loaded
            .policy
            .sources
            .iter()
            .all(|source| source.layer == Layer::Pack.as_str() || self.sources.contains(&source.path));
        let is_link = std::fs::symlink_metadata(&self.path).is_ok_and(|metadata| metadata.is_symlink());
        if loaded.warnings.is_empty() && is_whole && !is_link {
            let text = wire::write(&loaded.policy, Some(self.key.clone()));
            // Without a cache the sources are read, which is slower and nothing else.
            let _ = files::write_atomically(&self.path, text.as_bytes(), mode);
        }
    }
}

/// What the bytes of a cache depend on besides its sources.
const BUILD: &str = concat!("cavra ", env!("CARGO_PKG_VERSION"), ", signed\n");
