//! Which policy is in force, and from where.

use serde::Serialize;

use crate::contract::Layer;
use crate::gate::Gate;
use crate::policy::CompiledPolicy;

use super::output::escaped;

/// The policies in force, or why there is none to be used.
#[derive(Debug, Serialize)]
pub(crate) struct InForce {
    usable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    policies: Vec<Policy>,
}

#[derive(Debug, Serialize)]
struct Policy {
    id: String,
    mode: &'static str,
    sources: Vec<Source>,
}

#[derive(Debug, Serialize)]
struct Source {
    layer: &'static str,
    path: String,
    sha256: String,
}

impl InForce {
    pub(crate) fn of(gate: &Gate) -> Self {
        match gate.stack() {
            Ok(stack) => Self {
                usable: true,
                error: None,
                policies: stack.policies().iter().map(Policy::of).collect(),
            },
            Err(error) => Self::unreadable(error.to_string()),
        }
    }

    /// What cannot be used for this reason.
    pub(crate) fn unreadable(reason: String) -> Self {
        Self { usable: false, error: Some(reason), policies: Vec::new() }
    }

    /// Whether it can be used.
    pub(crate) fn is_usable(&self) -> bool {
        self.usable
    }

    /// A line for each policy and each text that it is made of, each with its newline.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for policy in &self.policies {
            text.push_str(&format!("policy in force: `{}`, mode {}\n", escaped(&policy.id), policy.mode));
            for source in &policy.sources {
                let built_in = if source.layer == Layer::Pack.as_str() { ", built in" } else { "" };
                let digest = source.sha256.get(..12).unwrap_or(&source.sha256);
                text.push_str(&format!(
                    "  {}: {}{built_in} (sha256 {digest})\n",
                    source.layer,
                    escaped(&source.path)
                ));
            }
        }
        if let Some(error) = &self.error {
            text.push_str("policy in force: none can be used, so everything is blocked\n");
            for line in error.lines() {
                text.push_str(&format!("  {}\n", escaped(line)));
            }
        }
        text
    }
}

impl Policy {
    fn of(policy: &CompiledPolicy) -> Self {
        Self {
            id: policy.label().to_owned(),
            mode: policy.mode().as_str(),
            sources: policy
                .sources
                .iter()
                .map(|source| Source {
                    layer: source.layer,
                    path: source.path.clone(),
                    sha256: source.sha256.clone(),
                })
                .collect(),
        }
    }
}
