//! From files to policies: read, inherit, overlay.
//!
//! Parents come first, in the order in which they are named, then the policy itself, then overlays. What may be
//! inherited depends on who asks: a project's policy only inherits packs, because a file beside it is as much in
//! the hands of an agent as it is.

use std::path::{Path, PathBuf};

use crate::contract::Layer;
use crate::sys::digest::sha256;
use crate::sys::files::{self, ReadError};

use super::author::{self, Rigour};
use super::codes;
use super::compiled::{CompiledPolicy, Source};
use super::diagnostic::{Diagnostic, Level, PolicyError};
use super::overlay::{self, overlaid};
use super::packs;
use super::said::Said;
use super::tree::{MOST_BYTES, Node, Spot, Text, Value};
use super::{json, wire, yaml};

/// A policy, and what is worth a warning about it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The policy.
    pub policy: CompiledPolicy,
    /// What is worth a warning.
    pub warnings: Vec<Diagnostic>,
    /// What its authors say beside the rules; nothing where no author waits for the answer.
    pub said: Said,
}

impl Loaded {
    /// A policy about which there is nothing more to say.
    pub(super) fn plain(policy: CompiledPolicy) -> Self {
        Self { policy, warnings: Vec::new(), said: Said::default() }
    }
}

/// A policy that was named, authored or compiled. It is taken as it is: what lies in its home has no say.
///
/// # Errors
/// [`PolicyError`], if it is missing, cannot be read, or has errors.
pub fn load_named(path: &Path) -> Result<Loaded, PolicyError> {
    Compiler::named(false).file(path)
}

/// A policy compiled from a file and overlays, with everything told that its author may want to hear.
///
/// # Errors
/// [`PolicyError`].
pub fn compile_file(path: &Path, overlays: &[PathBuf]) -> Result<Loaded, PolicyError> {
    let compiler = Compiler::named(true);
    let loaded = compiler.file(path)?;
    compiler.overlay(loaded, overlays)
}

/// A policy compiled from a pack and overlays.
///
/// # Errors
/// [`PolicyError`].
pub fn compile_pack(name: &str, overlays: &[PathBuf]) -> Result<Loaded, PolicyError> {
    let policy = packs::load_pack(name)?;
    Compiler::named(true).overlay(Loaded::plain(policy), overlays)
}

/// The compiled form of a policy: JSON, the same for the same policy.
#[must_use]
pub fn to_json(policy: &CompiledPolicy) -> String {
    wire::write(policy, None)
}

/// A pack compiled from its YAML, and the packs that it inherits from theirs, with what their authors say.
///
/// # Errors
/// [`PolicyError::UnknownPack`].
pub fn compile_pack_source(name: &str) -> Result<Loaded, PolicyError> {
    let pack = packs::find(name)?;
    let compiler =
        Compiler { layer: Layer::Pack, parents: Parents::PackSources, read: &read_any, is_authoring: true };
    compiler.text(&[], pack.name, pack.source.as_bytes(), Format::Yaml, false)
}

/// How the bytes of a file are read, and what must hold of it.
pub(super) type ReadFile<'c> = &'c dyn Fn(&Path) -> Result<Vec<u8>, ReadError>;

/// What a policy may inherit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Parents {
    /// Packs alone.
    Packs,
    /// Packs, and files by their path from the file that names them.
    PacksAndFiles,
    /// Packs from their YAML.
    PackSources,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    /// YAML, always authored.
    Yaml,
    /// JSON, authored or compiled.
    Json,
}

/// Compiles for one layer.
pub(super) struct Compiler<'c> {
    pub(super) layer: Layer,
    pub(super) parents: Parents,
    pub(super) read: ReadFile<'c>,
    /// Whether an author waits for the answer, and not a decision.
    pub(super) is_authoring: bool,
}

impl Compiler<'_> {
    fn named(is_authoring: bool) -> Self {
        Self { layer: Layer::Named, parents: Parents::PacksAndFiles, read: &read_any, is_authoring }
    }

    /// A file that is there.
    pub(super) fn file(&self, path: &Path) -> Result<Loaded, PolicyError> {
        self.file_in(&[], path, false)
    }

    /// Lays further files over a policy.
    pub(super) fn overlay(&self, mut loaded: Loaded, overlays: &[PathBuf]) -> Result<Loaded, PolicyError> {
        for path in overlays {
            let over = self.file_in(&[], path, true)?;
            loaded = laid_over(loaded, over);
        }
        Ok(loaded)
    }

    /// Lays a text that was read already over a policy.
    pub(super) fn over(&self, loaded: Loaded, path: &str, bytes: &[u8]) -> Result<Loaded, PolicyError> {
        Ok(laid_over(loaded, self.text(&[], path, bytes, Format::Yaml, true)?))
    }

    fn file_in(&self, trail: &[String], path: &Path, is_overlay: bool) -> Result<Loaded, PolicyError> {
        let bytes = (self.read)(path).map_err(|error| {
            if error.is_missing() {
                PolicyError::Missing(path.to_owned())
            } else {
                PolicyError::Unreadable(error)
            }
        })?;
        self.text(trail, &path.display().to_string(), &bytes, format_of(path, &bytes), is_overlay)
    }

    /// A text that was read already. `trail` holds the texts that inherit it, the outermost first.
    pub(super) fn text(
        &self,
        trail: &[String],
        path: &str,
        bytes: &[u8],
        format: Format,
        is_overlay: bool,
    ) -> Result<Loaded, PolicyError> {
        let text = Text::of(path.to_owned(), self.layer, bytes)?;
        if format == Format::Json && wire::is_compiled(text.text) {
            return self.compiled(&text);
        }
        let tree = parsed(&text, format).map_err(invalid)?;
        if format == Format::Json && tree.get("cavra_compiled").is_some() {
            return self.compiled(&text);
        }
        let rigour = Rigour {
            is_authored: format == Format::Yaml || is_authored(&tree, self.is_authoring),
            is_overlay,
            lints: self.is_authoring,
        };
        let mut read =
            author::read(&text, &tree, Rigour { lints: rigour.lints && rigour.is_authored, ..rigour });
        read.policy.sources =
            vec![Source { layer: self.layer.as_str(), path: path.to_owned(), sha256: sha256(bytes) }];
        let mut loaded = Loaded::plain(CompiledPolicy::default());
        let mut trail = trail.to_vec();
        trail.push(path.to_owned());
        for (name, at) in &read.inherits {
            match self.parent(&text, &trail, name, *at) {
                Ok(parent) => {
                    let weaker;
                    (loaded, weaker) = beside(loaded, parent);
                    if rigour.lints && !weaker.is_empty() {
                        let message = format!(
                            "`{}` replaces what is named before it by something weaker: {}",
                            name.escape_debug(),
                            weaker.join(", ")
                        );
                        let hint = "name the stricter one last, or say here what is to hold";
                        read.diagnostics.push(
                            *text.error(codes::INHERITS_WEAKER, *at, message).into_warning().hinted(hint),
                        );
                    }
                }
                Err(PolicyError::Invalid(more)) => read.diagnostics.extend(more),
                Err(
                    error @ (PolicyError::Unreadable(_)
                    | PolicyError::UnknownPack { .. }
                    | PolicyError::Missing(_)),
                ) => {
                    let mut finding = text.error(code_of(&error), *at, error.to_string());
                    finding.hint = error.hint();
                    read.diagnostics.push(*finding);
                }
            }
        }
        let own = finished(read.policy, read.diagnostics, read.said)?;
        Ok(laid_over(loaded, own))
    }

    /// A text of the compiled form. What else it holds matters only to an author.
    fn compiled(&self, text: &Text<'_>) -> Result<Loaded, PolicyError> {
        let compiled = wire::read(text).map_err(invalid)?;
        let mut policy = compiled.policy;
        if self.is_authoring {
            policy.other = wire::others(text.text);
        }
        Ok(Loaded { warnings: compiled.warnings, ..Loaded::plain(policy) })
    }

    fn parent(&self, text: &Text<'_>, trail: &[String], name: &str, at: Spot) -> Result<Loaded, PolicyError> {
        let is_file = name.contains('/') || [".yaml", ".yml", ".json"].iter().any(|end| name.ends_with(end));
        if trail.len() > DEEPEST_INHERITANCE {
            let message = format!("inheritance is deeper than {DEEPEST_INHERITANCE}");
            return Err(invalid(text.error(codes::INHERITS_TOO_DEEP, at, message)));
        }
        if !is_file {
            if self.parents == Parents::PackSources {
                let pack = packs::find(name)?;
                return self.text(trail, pack.name, pack.source.as_bytes(), Format::Yaml, false);
            }
            let said = if self.is_authoring { compile_pack_source(name)?.said } else { Said::default() };
            return Ok(Loaded { said, ..Loaded::plain(packs::load_pack(name)?) });
        }
        if self.parents != Parents::PacksAndFiles {
            let message =
                format!("`{}` is a file, and a project's policy inherits only packs", name.escape_debug());
            let hint = "`cavra policy list` names the packs";
            return Err(invalid(text.error(codes::INHERITS_FILE, at, message).hinted(hint)));
        }
        let path = Path::new(&text.path).parent().unwrap_or(Path::new("")).join(name);
        let path = lexically_clean(&path);
        let shown = path.display().to_string();
        if let Some(place) = trail.iter().position(|known| lexically_clean(Path::new(known)) == path) {
            let mut round: Vec<&str> = trail.iter().skip(place).map(String::as_str).collect();
            round.push(&shown);
            let message = format!("the policy inherits itself: {}", round.join(" inherits "));
            return Err(invalid(text.error(codes::INHERITS_CYCLE, at, message).hinted("remove this one")));
        }
        self.file_in(trail, &path, false)
    }
}

/// Reads any regular file.
pub(super) fn read_any(path: &Path) -> Result<Vec<u8>, ReadError> {
    files::read(path, MOST_BYTES)
}

/// JSON by its name or by its first letter: no authored YAML begins with a brace.
pub(super) fn format_of(path: &Path, bytes: &[u8]) -> Format {
    let is_json = match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => true,
        Some("yaml" | "yml") => false,
        Some(_) | None => bytes.trim_ascii_start().first() == Some(&b'{'),
    };
    if is_json { Format::Json } else { Format::Yaml }
}

fn parsed(text: &Text<'_>, format: Format) -> Result<Node, Box<Diagnostic>> {
    let tree = match format {
        Format::Json => Some(json::read(text)?),
        Format::Yaml => yaml::read(text)?,
    };
    match tree {
        Some(tree) if tree.value != Value::Null => Ok(tree),
        Some(_) | None => Err(text
            .error(
                codes::EMPTY_POLICY,
                Spot { line: 1, column: 1, width: 1 },
                "there is no policy in this file",
            )
            .hinted("`cavra policy init` writes one to start from")),
    }
}

/// Whether JSON is authored: it inherits, or an author compiles what names its version.
fn is_authored(tree: &Node, is_authoring: bool) -> bool {
    tree.get("metadata").is_some_and(|metadata| {
        metadata.get("inherits").is_some() || (is_authoring && metadata.get("version").is_some())
    })
}

/// Two that one policy inherits.
fn beside(first: Loaded, later: Loaded) -> (Loaded, Vec<&'static str>) {
    let (policy, weaker) = overlay::beside(first.policy, later.policy);
    let mut warnings = first.warnings;
    warnings.extend(later.warnings);
    let mut said = first.said;
    said.extend(later.said);
    (Loaded { policy, warnings, said }, weaker)
}

fn laid_over(parent: Loaded, child: Loaded) -> Loaded {
    let mut warnings = parent.warnings;
    warnings.extend(child.warnings);
    let mut said = parent.said;
    said.extend(child.said);
    Loaded { policy: overlaid(parent.policy, child.policy), warnings, said }
}

/// The policy with its warnings, unless there is an error among the findings. Errors come first.
fn finished(
    policy: CompiledPolicy,
    mut diagnostics: Vec<Diagnostic>,
    said: Said,
) -> Result<Loaded, PolicyError> {
    if diagnostics.iter().any(|finding| finding.level == Level::Error) {
        diagnostics.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        return Err(PolicyError::Invalid(diagnostics));
    }
    Ok(Loaded { policy, warnings: diagnostics, said })
}

fn code_of(error: &PolicyError) -> &'static str {
    match error {
        PolicyError::UnknownPack { .. } => codes::UNKNOWN_PACK,
        PolicyError::Unreadable(_) | PolicyError::Missing(_) | PolicyError::Invalid(_) => {
            codes::INHERITS_FILE
        }
    }
}

#[expect(clippy::boxed_local, reason = "findings travel in boxes, which keeps results small")]
fn invalid(finding: Box<Diagnostic>) -> PolicyError {
    PolicyError::Invalid(vec![*finding])
}

/// The path without `.` and with `name/..` taken out, so that a cycle is seen however it is spelled.
fn lexically_clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if clean.file_name().is_some() => {
                clean.pop();
            }
            std::path::Component::ParentDir
            | std::path::Component::Prefix(_)
            | std::path::Component::RootDir
            | std::path::Component::Normal(_) => clean.push(part),
        }
    }
    clean
}

/// How many policies may inherit each other in a row.
const DEEPEST_INHERITANCE: usize = 16;
