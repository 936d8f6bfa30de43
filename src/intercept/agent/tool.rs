//! What a tool of an agent does with what it is given.
//!
//! Agents give the same things different names, so all the names are known for all agents, and everything that has one
//! of them counts. What a tool needs and does not have is an error: a call that is not understood does not happen.

use std::path::{Path, PathBuf};

use super::patch;
use super::payload::{Names, at, text};
use crate::contract::Json;
use crate::intercept::host;

/// The names of a command.
const COMMANDS: Names = &["command", "cmd", "CommandLine", "command_line", "commands", "script", "code"];

/// The names of what is typed into a shell that runs already.
const TYPED: Names = &["input", "text", "chars", "data", "keys", "command", "Input"];

/// The names of the folder that a command runs in.
const FOLDERS: Names =
    &["cwd", "workdir", "working_directory", "workingDirectory", "dir_path", "directory", "Cwd", "folder"];

/// The names of a file.
const PATHS: Names = &[
    "file_path",
    "path",
    "filePath",
    "absolute_path",
    "AbsolutePath",
    "notebook_path",
    "notebookPath",
    "TargetFile",
    "target_file",
    "File",
    "file",
    "filename",
    "paths",
    "file_paths",
    "filePaths",
    "files",
    "source",
    "destination",
    "operations",
    "replacements",
    "edits",
    "attachments",
];

/// The names of a folder that is searched.
const SEARCHED: Names = &[
    "path",
    "file_path",
    "filePath",
    "dir_path",
    "directory",
    "DirectoryPath",
    "SearchPath",
    "SearchDirectory",
    "target_directory",
    "folder",
    "paths",
];

/// The names of a pattern of the files that are read.
const PATTERNS: Names =
    &["glob", "include", "includePattern", "include_pattern", "file_pattern", "Includes", "glob_pattern"];

/// The names of a patch.
const PATCHES: Names = &["input", "patchText", "patch", "command", "diff", "patch_text"];

/// The names of an address.
const ADDRESSES: Names = &["url", "urls", "uri", "Url", "URL"];

/// What a tool does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Use {
    /// It runs a command.
    Run,
    /// It may run a command.
    MayRun,
    /// It runs a command in a shell whose language is not read.
    RunOther,
    /// It types into a shell that runs already.
    Type,
    /// It reads files.
    Read,
    /// It writes a file whole, or deletes it.
    Write,
    /// It changes a file.
    Edit,
    /// It applies a patch.
    Patch,
    /// It reads the files of a folder.
    Search,
    /// It reads the files that patterns name.
    ReadMany,
    /// It lists names.
    List,
    /// It fetches from an address.
    Fetch,
    /// It calls a tool of an MCP server that stands beside it.
    Call,
    /// Nothing of it is Cavra's to judge: what it starts is asked about when it acts.
    Nothing,
}

/// A part of what a call does.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Part {
    /// A text that a shell runs, in this folder if one is named.
    Run { text: String, folder: Option<String>, is_read: bool },
    /// A file.
    File { path: String, does: Does },
    /// A tool of an MCP server.
    Mcp { server: String, tool: String, hosts: Vec<String> },
    /// A tool that there are no rules for, with what it is about.
    Tool { about: String },
    /// A text that may be a path.
    MayBePath(String),
    /// A text that may be a command.
    MayBeCommand(String),
}

/// What is done to a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Does {
    Read,
    Write,
    Update,
    /// All files below it are read, but for what a search passes over.
    Search,
    /// What a pattern of file names stands for is read.
    ReadPattern,
    /// A folder's names are read.
    List,
}

impl Use {
    /// The parts of a call of the tool that is called `name`.
    ///
    /// # Errors
    /// What of its input is not understood.
    pub(super) fn parts(self, name: &str, input: &Json) -> Result<Vec<Part>, String> {
        let missing = |what: &str| format!("the tool `{name}` was given no {what} that Cavra understands");
        match self {
            Self::Run | Self::MayRun | Self::RunOther | Self::Type => {
                let names = if self == Self::Type { TYPED } else { COMMANDS };
                let texts = commands(input, names);
                if texts.is_empty() && self == Self::Run {
                    return Err(missing("command"));
                }
                if texts.is_empty() && self != Self::MayRun {
                    return Ok(vec![Part::Tool { about: name.to_owned() }]);
                }
                let folder = FOLDERS.iter().find_map(|name| text(member(input, name)?)).map(str::to_owned);
                let is_read = self != Self::RunOther;
                let patched: Vec<Part> =
                    texts.iter().filter(|text| patch::is_in(text)).flat_map(|text| patched(text)).collect();
                let runs = texts.into_iter().map(|text| Part::Run { text, folder: folder.clone(), is_read });
                Ok(runs.chain(patched).collect())
            }
            Self::Read | Self::Write | Self::Edit => {
                let does = match self {
                    Self::Read => Does::Read,
                    Self::Write => Does::Write,
                    _ => Does::Update,
                };
                let found = texts(input, PATHS);
                if found.is_empty() {
                    return Err(missing("path"));
                }
                Ok(found.into_iter().map(|path| Part::File { path, does }).collect())
            }
            Self::Patch => {
                let found = match input {
                    Json::String(patch) => vec![patch.clone()],
                    _ => texts(input, PATCHES),
                };
                let parts: Vec<Part> = found.iter().flat_map(|text| patched(text)).collect();
                if parts.is_empty() { Err(missing("patch")) } else { Ok(parts) }
            }
            Self::Search | Self::List => {
                let mut found = texts(input, SEARCHED);
                if found.is_empty() {
                    found.push(".".to_owned());
                }
                let does = if self == Self::Search { Does::Search } else { Does::List };
                let patterns = if self == Self::Search { patterns(input, &found) } else { Vec::new() };
                let folders = found.into_iter().map(|path| Part::File { path, does });
                Ok(folders.chain(patterns).collect())
            }
            Self::ReadMany => {
                let mut parts = patterns(input, &[".".to_owned()]);
                parts.extend(
                    texts(input, PATHS).into_iter().map(|path| Part::File { path, does: Does::ReadPattern }),
                );
                if parts.is_empty() { Err(missing("path")) } else { Ok(parts) }
            }
            Self::Fetch => Ok(fetched(name, input)),
            Self::Call => {
                let of = |names: Names| names.iter().find_map(|name| text(member(input, name)?));
                match (
                    of(&["server_name", "server", "serverName"]),
                    of(&["tool_name", "tool", "toolName", "uri"]),
                ) {
                    (Some(server), Some(tool)) => {
                        let (server, tool) = (server.to_owned(), tool.to_owned());
                        Ok(vec![Part::Mcp { server, tool, hosts: hosts(input)? }])
                    }
                    _ => Err(missing("server and tool")),
                }
            }
            Self::Nothing => Ok(Vec::new()),
        }
    }
}

/// The texts of a command. A list is an argv, or several texts where its name says so.
fn commands(input: &Json, names: Names) -> Vec<String> {
    if let Json::String(text) = input {
        return vec![text.clone()];
    }
    let mut found = Vec::new();
    for name in names {
        match member(input, name) {
            Some(Json::String(text)) if !text.is_empty() => found.push(text.clone()),
            Some(list @ Json::Array(items)) if *name == "commands" => {
                found.extend(items.iter().filter_map(|item| match item {
                    Json::Object(_) => commands(item, names).into_iter().next(),
                    _ => text(item).map(str::to_owned),
                }));
                if items.iter().any(|item| matches!(item, Json::Array(_))) {
                    found.extend(all_texts(list).unwrap_or_default());
                }
            }
            Some(Json::Array(items)) => {
                let words: Vec<&str> = items.iter().filter_map(text).collect();
                if !words.is_empty() {
                    found.push(shell_words::join(words));
                }
            }
            _ => {}
        }
    }
    found
}

fn patched(patch: &str) -> Vec<Part> {
    patch::files(patch)
        .into_iter()
        .map(|path| Part::File { path: path.to_owned(), does: Does::Update })
        .collect()
}

/// The files that the patterns of a search name, which it reads even where it would pass over them.
fn patterns(input: &Json, folders: &[String]) -> Vec<Part> {
    let mut parts = Vec::new();
    for pattern in texts(input, PATTERNS).iter().flat_map(|pattern| expanded(pattern)) {
        // A `!` leaves files out.
        if pattern.starts_with('!') {
            continue;
        }
        for folder in folders {
            let path = if Path::new(&pattern).is_absolute() {
                pattern.clone()
            } else {
                PathBuf::from(folder).join(&pattern).to_string_lossy().into_owned()
            };
            parts.push(Part::File { path, does: Does::ReadPattern });
        }
    }
    parts
}

/// A pattern with its first braces written out: `*.{a,b}` is two patterns.
fn expanded(pattern: &str) -> Vec<String> {
    let braced = pattern.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    match braced {
        Some((before, (inside, behind))) => {
            inside.split(',').take(64).map(|one| format!("{before}{one}{behind}")).collect()
        }
        None => pattern.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect(),
    }
}

/// A file of this machine is read; anything else is for the policy's default.
fn fetched(name: &str, input: &Json) -> Vec<Part> {
    let mut addresses = texts(input, ADDRESSES);
    if let Some(prompt) = member(input, "prompt").and_then(text) {
        addresses.extend(prompt.split_whitespace().filter(|word| word.contains("://")).map(str::to_owned));
    }
    let mut parts: Vec<Part> = Vec::new();
    for address in &addresses {
        let is_file = address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"));
        if is_file {
            let path = address.get(5..).unwrap_or_default();
            let path = path.strip_prefix("//").unwrap_or(path);
            let path = path.get(path.find('/').unwrap_or(0)..).unwrap_or(path);
            parts.push(Part::File { path: path.to_owned(), does: Does::Read });
        }
        parts.push(Part::Tool { about: format!("{name} {address}") });
    }
    if parts.is_empty() {
        parts.push(Part::Tool { about: name.to_owned() });
    }
    parts
}

/// The parts of a call of a tool that is not known, or of an MCP server's: whatever it is given may be a path, and what
/// has the name of a command, or is in a tool that is not known, may be one.
pub(super) fn suspicions(input: &Json, is_unknown: bool) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let all = all_texts(input)?;
    if all.len() > MOST_TEXTS {
        return Err(format!("the tool was given more than {MOST_TEXTS} texts"));
    }
    let named = if is_unknown { Vec::new() } else { commands(input, COMMANDS) };
    for text in &all {
        let is_short = text.len() <= LONGEST_PATH && !text.contains(['\n', '\0']);
        if is_short && !text.trim().is_empty() {
            parts.push(Part::MayBePath(text.trim().to_owned()));
        }
    }
    let mayrun = if is_unknown { all } else { named };
    parts.extend(mayrun.into_iter().filter(|text| !text.trim().is_empty()).map(Part::MayBeCommand));
    Ok(parts)
}

/// The hosts of the addresses that a call is given.
pub(super) fn hosts(input: &Json) -> Result<Vec<String>, String> {
    let mut found: Vec<String> = all_texts(input)?.iter().flat_map(|text| host::named_in(text)).collect();
    found.sort();
    found.dedup();
    Ok(found)
}

/// The most texts of one call that are looked at.
const MOST_TEXTS: usize = 1_000;

/// The longest text that is taken for a path, in bytes; no system opens a longer one.
const LONGEST_PATH: usize = 4096;

fn member<'a>(input: &'a Json, name: &str) -> Option<&'a Json> {
    at(input, name)
}

/// The texts under these names; in a list, those of its items, and those under these names of its objects.
fn texts(input: &Json, names: Names) -> Vec<String> {
    let mut found = Vec::new();
    for value in names.iter().filter_map(|name| member(input, name)) {
        match value {
            Json::String(text) if !text.is_empty() => found.push(text.clone()),
            Json::Array(items) => {
                for item in items {
                    match item {
                        Json::String(text) if !text.is_empty() => found.push(text.clone()),
                        Json::Object(_) => found.extend(texts(item, names)),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    found.dedup();
    found
}

/// Every text in a value, and every text in a text that is JSON itself.
///
/// # Errors
/// If one is JSON that says a member twice: its reader may take either.
fn all_texts(value: &Json) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut left = vec![value.clone()];
    while let Some(value) = left.pop() {
        match value {
            Json::String(text) => {
                if text.trim_start().starts_with(['{', '[']) {
                    match serde_json::from_str::<Json>(&text) {
                        Ok(inner) => left.push(inner),
                        Err(error) if serde_json::from_str::<serde_json::Value>(&text).is_ok() => {
                            return Err(format!("a text that the tool is given says two things: {error}"));
                        }
                        Err(_) => {}
                    }
                }
                found.push(text);
            }
            Json::Array(items) => left.extend(items),
            Json::Object(members) => left.extend(members.iter().map(|(_, value)| value.clone())),
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(does: Use, input: &str) -> Result<Vec<Part>, String> {
        does.parts("T", &serde_json::from_str(input).unwrap())
    }

    #[test]
    fn a_command_is_found_by_any_of_its_names_and_an_argv_is_quoted() {
        let run = |text: &str| Part::Run { text: text.to_owned(), folder: None, is_read: true };
        assert_eq!(parts(Use::Run, r#"{"command":"ls"}"#), Ok(vec![run("ls")]));
        assert_eq!(parts(Use::Run, r#"{"command":["rm","a b"]}"#), Ok(vec![run("rm 'a b'")]));
        assert_eq!(parts(Use::Run, r#"{"commands":["a",{"command":"b"}]}"#), Ok(vec![run("a"), run("b")]));
        assert!(parts(Use::Run, r#"{"description":"x"}"#).is_err());
        assert!(parts(Use::Run, r#"{"command":7}"#).is_err());
    }

    #[test]
    fn every_file_that_is_named_counts() {
        let file = |path: &str| Part::File { path: path.to_owned(), does: Does::Read };
        let input = r#"{"operations":[{"path":"a"},{"path":"b"}],"file_path":"c"}"#;
        assert_eq!(parts(Use::Read, input), Ok(vec![file("c"), file("a"), file("b")]));
        assert!(parts(Use::Write, r#"{"content":"x"}"#).is_err());
    }

    #[test]
    fn a_patch_in_a_command_is_one() {
        let told =
            parts(Use::Run, r#"{"command":"apply_patch <<E\n*** Begin Patch\n*** Add File: x\nE"}"#).unwrap();
        assert_eq!(told.len(), 2);
        assert_eq!(told[1], Part::File { path: "x".to_owned(), does: Does::Update });
    }

    #[test]
    fn a_file_of_this_machine_is_read_by_its_address_too() {
        let told = parts(Use::Fetch, r#"{"url":"FILE:///etc/x"}"#).unwrap();
        assert_eq!(told[0], Part::File { path: "/etc/x".to_owned(), does: Does::Read });
        assert_eq!(told[1], Part::Tool { about: "T FILE:///etc/x".to_owned() });
    }

    #[test]
    fn texts_in_texts_are_looked_at() {
        let input: Json = serde_json::from_str(r#"{"a":["x",{"b":"{\"c\":\".env\"}"}]}"#).unwrap();
        let told = suspicions(&input, false).unwrap();
        assert!(told.contains(&Part::MayBePath(".env".to_owned())));
    }
}
