//! The packs that are built in: what a team can start from without writing anything.
//!
//! Each is YAML, for people, and beside it the compiled form of that YAML, which is what runs: no pack is parsed
//! or compiled where a decision waits for it. A test holds the two together, and says how to make the second from
//! the first.

use crate::contract::Layer;

use super::compiled::CompiledPolicy;
use super::diagnostic::PolicyError;
use super::nearest::nearest;
use super::tree::Text;
use super::wire;

/// A pack that is built in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Pack {
    /// Its name, which is its `metadata.id`.
    pub name: &'static str,
    /// What it is, in a line.
    pub title: &'static str,
    /// As its authors wrote it, YAML.
    pub source: &'static str,
    compiled: &'static str,
}

/// A number that changes with the compiled packs (FNV-1a): what inherits one is stale when it changes.
pub(super) const FINGERPRINT: u64 = {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut packs = PACKS;
    while let Some((pack, more)) = packs.split_first() {
        let mut bytes = pack.compiled.as_bytes();
        while let Some((byte, rest)) = bytes.split_first() {
            hash = (hash ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
            bytes = rest;
        }
        packs = more;
    }
    hash
};

/// The pack that is in force where neither the machine nor the user has a policy.
pub const DEFAULT_PACK: &str = "cavra-developer";

macro_rules! packs {
    ($( $name:literal, $title:literal; )+) => {
        const PACKS: &[Pack] = &[$(Pack {
            name: $name,
            title: $title,
            source: include_str!(concat!("packs/", $name, ".yaml")),
            compiled: include_str!(concat!("packs/compiled/", $name, ".json")),
        }),+];
    };
}

packs! {
    "cavra-agentic-delivery", "Agentic delivery: from branch to pull request, and people take it from there";
    "cavra-ai-agent-baseline", "AI agent baseline: what is not known asks";
    "cavra-banking-baseline", "Banking baseline: access management asks, on top of the agent baseline";
    "cavra-ci-runner", "CI runner: builds and tests run, and nobody is there to ask";
    "cavra-cloud-iam", "Cloud identity: who may do what in AWS, Azure and Google Cloud is a person's";
    "cavra-developer", "Developer workstation: ordinary work goes ahead, harm does not";
    "cavra-eu-ai-act", "EU AI Act: for teams that build or run high-risk AI systems";
    "cavra-github-enterprise", "GitHub enterprise: pull requests are free, settings and merges are a person's";
    "cavra-gitlab-enterprise", "GitLab enterprise: merge requests are free, pipelines and merges are a person's";
    "cavra-hipaa", "HIPAA: for teams whose code handles health records";
    "cavra-iso27001", "ISO 27001: for teams under an information security management system";
    "cavra-kubernetes-prod", "Kubernetes in production: looking is free, changes are a person's";
    "cavra-mcp-enterprise", "MCP enterprise: only servers that were approved";
    "cavra-nist-ssdf", "NIST SSDF: for teams that produce software under SP 800-218";
    "cavra-owasp-llm-agentic", "OWASP LLM and agentic: for teams that hold their agents against the OWASP lists";
    "cavra-pci-dss", "PCI DSS: for teams whose code handles cardholder data";
    "cavra-sox-change-control", "SOX change control: for teams whose systems feed financial reports";
    "cavra-terraform-prod", "Terraform in production: plans are free, applies are a person's";
    "cavra-unattended-agent", "Unattended agent: what nobody watches stays in the project";
}

/// The packs that are built in, by name.
#[must_use]
pub fn packs() -> &'static [Pack] {
    PACKS
}

/// Whether a built-in pack has this name.
#[must_use]
pub fn is_pack(name: &str) -> bool {
    PACKS.iter().any(|pack| pack.name == name)
}

/// A pack, from its compiled form.
///
/// # Errors
/// [`PolicyError::UnknownPack`].
pub fn load_pack(name: &str) -> Result<CompiledPolicy, PolicyError> {
    let pack = find(name)?;
    let text = Text { path: pack.name.to_owned(), layer: Layer::Pack, text: pack.compiled };
    wire::read(&text).map(|compiled| compiled.policy).map_err(|fault| PolicyError::Invalid(vec![*fault]))
}

/// The pack of this name.
pub(super) fn find(name: &str) -> Result<&'static Pack, PolicyError> {
    PACKS.iter().find(|pack| pack.name == name).ok_or_else(|| PolicyError::UnknownPack {
        name: name.to_owned(),
        nearest: nearest(name, PACKS.iter().map(|pack| pack.name)),
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::compile::{compile_pack_source, to_json};
    use super::*;

    fn compiled(name: &str) -> String {
        let loaded = compile_pack_source(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        let warnings: Vec<_> = loaded.warnings.iter().map(ToString::to_string).collect();
        assert_eq!(warnings, Vec::<String>::new(), "{name}");
        to_json(&loaded.policy)
    }

    /// With `UPDATE_PACKS=1` in the environment the compiled forms are written again instead.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "an author says so to the test, not to Cavra")]
    fn each_pack_is_the_compiled_form_of_its_yaml() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/policy/packs/compiled");
        let updates = std::env::var_os("UPDATE_PACKS").is_some();
        for pack in packs() {
            let compiled = compiled(pack.name);
            if updates {
                std::fs::write(folder.join(format!("{}.json", pack.name)), compiled).expect("it is written");
            } else {
                assert!(
                    compiled == pack.compiled,
                    "`{}` has changed; compile it again with\n  UPDATE_PACKS=1 cargo test --lib policy::packs",
                    pack.name
                );
            }
        }
    }

    #[test]
    fn a_pack_is_its_name_and_its_title() {
        for pack in packs() {
            let policy = load_pack(pack.name).expect("a pack");
            assert_eq!(
                (policy.metadata.id.as_str(), policy.metadata.title.as_str()),
                (pack.name, pack.title)
            );
        }
        let error = load_pack("cavra-develper").expect_err("no such pack");
        assert_eq!(error.hint().as_deref(), Some("did you mean `cavra-developer`?"));
    }
}
