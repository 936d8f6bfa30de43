//! Policies: from what authors write to what the evaluator reads.
//!
//! A text becomes a tree that knows its places (`tree`, from `yaml` or `json`), the tree becomes a policy with
//! everything that is wrong with it told (`author`), policies are laid over each other (`overlay`: inheritance) or
//! under each other (`layers`: deltas that only tighten), and the result has a compiled form (`wire`) that is read
//! back without compiling anything. `stack` puts together what is in force for one event.
//!
//! What holds: a value of the wrong type never passes for another; nothing that an author wrote is dropped in
//! silence; no layer below the base can loosen it; a layer that is there and cannot be used is an error.

#![forbid(unsafe_code)]

mod author;
mod cache;
pub mod codes;
mod compile;
mod compiled;
mod diagnostic;
mod json;
mod layer;
mod layers;
mod mode;
mod nearest;
mod open;
mod overlay;
mod packs;
mod pattern;
mod registries;
mod registry;
mod said;
pub mod signed;
mod stack;
mod tree;
mod wire;
mod words;
mod yaml;

pub use compile::{Loaded, compile_file, compile_pack, compile_pack_source, load_named, to_json};
pub use compiled::{
    Answer, ApprovalGroup, Approvals, CommandDefault, Commands, CompiledPolicy, DEFAULT_LABEL, Delegate,
    EffectAnswer, EvidenceRules, Filesystem, ForcePush, Git, Mcp, Metadata, Network, Placed, ServerTools,
    Signing, Source,
};
pub use diagnostic::{Diagnostic, Level, PolicyError};
pub use layer::PROJECT_POLICY;
pub use mode::Mode;
pub use open::Open;
pub use packs::{DEFAULT_PACK, Pack, is_pack, load_pack, packs};
pub use pattern::{Note, Pattern, PatternSet};
pub use registries::{REGISTRY_FILE, Registries};
pub use registry::{Registry, Server, load_registry, read_registry};
pub use said::{Control, Example, Said};
pub use stack::{ProjectBlob, Scope, Stack};

/// The policy language as a JSON Schema (draft 2020-12), for editors.
#[must_use]
pub fn schema() -> serde_json::Value {
    author::schema()
}
