//! The trust registries in force at the seams: the machine's, and the person's.
//!
//! A registry replaces the policy's lists of servers. The person's never loosens what the machine's administrator
//! says: beside a machine's registry, or under a machine's policy that does not delegate, both are asked, and the
//! stricter answer counts.

use std::path::{Path, PathBuf};

use crate::contract::Layer;
use crate::sys::dirs::{self, Places};
use crate::sys::files::{self, ReadError};

use super::compiled::{CompiledPolicy, Delegate};
use super::diagnostic::PolicyError;
use super::registry::{MOST_BYTES, Registry, read_registry};

/// What the file is called, in the machine's folder and in the person's configuration.
pub const REGISTRY_FILE: &str = "mcp-registry.json";

/// The registries that are there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registries {
    managed: Option<Registry>,
    user: Option<Registry>,
}

impl Registries {
    /// Reads them.
    ///
    /// # Errors
    /// If one that is there cannot be read, parsed or trusted.
    pub fn load(places: &Places) -> Result<Self, PolicyError> {
        let owner = if places.managed_by_root { 0 } else { dirs::user_id() };
        Ok(Self {
            managed: one(&places.managed.join(REGISTRY_FILE), |path| {
                files::read_managed(path, MOST_BYTES, owner)
            })?,
            user: one(&places.config.join(REGISTRY_FILE), |path| {
                files::read_owned(path, MOST_BYTES, dirs::user_id())
            })?,
        })
    }

    /// Where registries may lie.
    #[must_use]
    pub fn paths(places: &Places) -> [PathBuf; 2] {
        [places.managed.join(REGISTRY_FILE), places.config.join(REGISTRY_FILE)]
    }

    /// What a request is asked under, at least one: each registry, and the policy's own lists where those still count.
    #[must_use]
    pub fn asked(&self, policies: &[CompiledPolicy]) -> Vec<Option<&Registry>> {
        match (&self.managed, &self.user) {
            (None, None) => vec![None],
            (None, Some(user)) if is_managed(policies) => vec![None, Some(user)],
            (managed, user) => managed.iter().chain(user).map(Some).collect(),
        }
    }
}

/// Whether the machine's policy is in force, and keeps granting to itself.
fn is_managed(policies: &[CompiledPolicy]) -> bool {
    policies.iter().any(|policy| {
        let delegates = policy.metadata.delegate.as_ref().is_some_and(|to| to.value == Delegate::User);
        !delegates && policy.sources.iter().any(|source| source.layer == Layer::Managed.as_str())
    })
}

fn one(
    path: &Path,
    read: impl Fn(&Path) -> Result<Vec<u8>, ReadError>,
) -> Result<Option<Registry>, PolicyError> {
    match read(path) {
        Ok(bytes) => read_registry(&path.display().to_string(), &bytes).map(Some),
        Err(error) if error.is_missing() && path.symlink_metadata().is_err() => Ok(None),
        Err(error) => Err(PolicyError::Unreadable(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Source;

    #[test]
    fn the_persons_registry_stands_alone_only_where_no_machines_policy_keeps_granting_to_itself() {
        let of = |layer: Layer| {
            let source = Source { layer: layer.as_str(), path: String::new(), sha256: String::new() };
            vec![CompiledPolicy { sources: vec![source], ..CompiledPolicy::default() }]
        };
        let registry = Registry::default();
        let user = Registries { managed: None, user: Some(registry.clone()) };
        assert_eq!(user.asked(&of(Layer::User)), [Some(&registry)]);
        assert_eq!(user.asked(&of(Layer::Managed)), [None, Some(&registry)]);
        let both = Registries { managed: Some(registry.clone()), user: Some(registry.clone()) };
        assert_eq!(both.asked(&of(Layer::User)), [Some(&registry), Some(&registry)]);
        assert_eq!(Registries::default().asked(&of(Layer::Managed)), [None]);
    }
}
