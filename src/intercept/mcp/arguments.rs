//! What the arguments of a call name: files, commands, hosts.
//!
//! What a server does with an argument only it knows, so names and shapes decide what is looked at: a member that is
//! called after a path or that holds what looks like one is a file, a member that is called after a command is shell
//! text, a URL has a host. A tool that is called after reading reads; any other reads and writes. None of this ever
//! allows anything: it only adds requests, each of which may be refused.

use super::scan::{Node, Value, folded};
use super::url;
use crate::contract::{Cause, Unresolved};

/// The most files, commands and hosts that are looked at in one call.
const MOST_FOUND: usize = 1_000;

/// The most ways in which one path is read.
const MOST_READINGS: usize = 16;

/// The deepest nesting of JSON in texts that is looked into.
const MOST_NESTED: usize = 4;

/// The longest text that may be a path or a URL by its shape alone, in bytes.
const LONGEST_SHAPE: usize = 4_096;

/// What was found.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Found {
    pub(super) paths: Vec<String>,
    pub(super) commands: Vec<CommandText>,
    pub(super) hosts: Vec<String>,
    pub(super) unresolved: Vec<Unresolved>,
}

/// Text for a shell, and the folder that the call names for it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct CommandText {
    pub(super) text: String,
    pub(super) cwd: Option<String>,
}

/// What a tool does with the files that it is given, by the words of its name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Manner {
    /// It writes them, or may.
    pub(super) writes: bool,
    /// Of a folder that it is given it takes in, or changes, all that is in it.
    pub(super) takes_trees: bool,
    /// It is a shell or a terminal.
    is_shell: bool,
}

impl Manner {
    /// `says_it_writes`: the tool's own annotations do.
    pub(super) fn of(tool: &str, says_it_writes: bool) -> Self {
        let words = words(tool);
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        // `search_files` tells names; `search_file_contents` does not.
        let is_search_by_name = has(&["search", "find"]) && has(&["files", "directories"]);
        Self {
            writes: says_it_writes || !has(&READING) || has(&WRITING),
            takes_trees: has(&TREES) && !has(&LISTING) && !is_search_by_name,
            is_shell: has(&SHELLS),
        }
    }
}

/// Looks through the arguments.
pub(super) fn look(arguments: &Node<'_>, manner: Manner) -> Found {
    let mut looker = Looker { manner, found: Found::default(), cwd: None, is_full: false, nested: 0 };
    looker.node(arguments, "", None);
    looker.found
}

/// The paths that a text stands for as one, by its shape or because its name says so.
pub(super) fn paths_of(text: &str) -> Vec<String> {
    let mut paths = vec![text.to_owned()];
    let trimmed = text.trim_matches(|c: char| c <= ' ');
    if let Some(rest) =
        trimmed.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("file:")).and(trimmed.get(5..))
    {
        let place = match rest.strip_prefix("//") {
            Some(rest) => rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or(rest),
            None => rest,
        };
        let place = place.split(['?', '#']).next().unwrap_or_default();
        paths.push(place.to_owned());
        paths.push(rest.to_owned());
    }
    // What is encoded may be so more than once.
    let mut at = 0;
    while let Some(path) = paths.get(at).cloned().filter(|_| paths.len() < MOST_READINGS) {
        let mut readings = Vec::new();
        if path.contains('%') {
            readings.push(url::decoded(&path));
        }
        if path.contains('\\') {
            readings.push(path.replace('\\', "/"));
        }
        // A program in C reads no further than a NUL.
        readings.extend(path.split_once('\0').map(|(before, _)| before.to_owned()));
        readings.push(path.trim_matches(|c: char| c <= ' ').to_owned());
        readings.retain(|reading| !paths.contains(reading));
        paths.extend(readings);
        at += 1;
    }
    let homes = crate::sys::dirs::homes();
    for path in paths.clone() {
        if let Some(rest) = path.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/')) {
            paths.extend(homes.iter().map(|home| format!("{}{rest}", home.display())));
        }
        for variable in ["$HOME", "${HOME}"] {
            if let Some(rest) = path.strip_prefix(variable) {
                paths.extend(homes.iter().map(|home| format!("{}{rest}", home.display())));
            }
        }
    }
    paths.retain(|path| !path.is_empty());
    paths.dedup();
    paths
}

struct Looker {
    manner: Manner,
    found: Found,
    cwd: Option<String>,
    is_full: bool,
    nested: usize,
}

impl Looker {
    /// `name`: that of the nearest member around the node.
    fn node(&mut self, node: &Node<'_>, name: &str, siblings: Option<&Node<'_>>) {
        match &node.value {
            Value::Text(text) => self.text(text, name, siblings),
            Value::List(items) => {
                if is_argv(name) && !items.is_empty() && items.iter().all(|item| item.text().is_some()) {
                    let words: Vec<&str> = items.iter().filter_map(Node::text).collect();
                    self.command(shell_words::join(words));
                }
                items.iter().for_each(|item| self.node(item, name, None));
            }
            Value::Object(members) => {
                let outer = self.cwd.clone();
                if let Some(cwd) = members.iter().find(|member| is_cwd(&member.name)) {
                    self.cwd = cwd.value.text().map(str::to_owned);
                }
                for member in members {
                    self.node(&member.value, &member.name, Some(node));
                }
                self.cwd = outer;
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn text(&mut self, text: &str, name: &str, siblings: Option<&Node<'_>>) {
        if text.is_empty() {
            return;
        }
        // Arguments may come as the text of JSON.
        if text.trim_start().starts_with(['{', '['])
            && self.nested < MOST_NESTED
            && let Ok(inner) = super::scan::scan(text.as_bytes(), super::scan::Side::Server)
        {
            self.nested += 1;
            self.node(&inner, name, None);
            self.nested -= 1;
        }
        if self.is_command(name, text, siblings) {
            self.command(text.to_owned());
            let operands = siblings.and_then(|object| OPERANDS.iter().find_map(|name| object.get(name)));
            let words: Vec<&str> =
                operands.map_or_else(Vec::new, |list| list.items().iter().filter_map(Node::text).collect());
            if !words.is_empty() {
                // The program may be started as it is, or by a shell that reads the operands once more.
                self.command(format!("{text} {}", shell_words::join(&words)));
                self.command(format!("{text} {}", words.join(" ")));
            }
            return;
        }
        let own = words(name);
        let says = |list: &[&str]| own.iter().any(|word| list.contains(&word.as_str()));
        let is_short = text.len() <= LONGEST_SHAPE;
        let host = url::host(text).filter(|_| is_short);
        let has_host = host.is_some();
        // What is called after a host may be one without a scheme, and a file all the same.
        let bare =
            || url::host(&format!("http://{text}")).filter(|_| is_short && says(&HOSTS) && !is_rooted(text));
        if let Some(host) = host.or_else(bare) {
            self.take(|found| &mut found.hosts, host);
        }
        if says(&PATHS) || !has_host && is_path_shaped(text) {
            for path in paths_of(text) {
                self.take(|found| &mut found.paths, path);
            }
        }
    }

    fn is_command(&self, name: &str, text: &str, siblings: Option<&Node<'_>>) -> bool {
        let name = folded(name);
        let name = name.replace(['_', '-'], "");
        let language = siblings.and_then(|object| object.get("language")).and_then(Node::text).map(folded);
        COMMANDS.contains(&name.as_str())
            || name == "shell" && text.contains(char::is_whitespace)
            || self.manner.is_shell && TYPED.contains(&name.as_str())
            || CODE.contains(&name.as_str()) && language.is_some_and(|word| SHELLS.contains(&word.as_ref()))
    }

    fn command(&mut self, text: String) {
        let cwd = self.cwd.clone();
        self.take(|found| &mut found.commands, CommandText { text, cwd });
    }

    fn take<T: PartialEq>(&mut self, list: impl Fn(&mut Found) -> &mut Vec<T>, value: T) {
        let count = self.found.paths.len() + self.found.commands.len() + self.found.hosts.len();
        if count >= MOST_FOUND {
            if !self.is_full {
                self.is_full = true;
                let text = format!("more than {MOST_FOUND} files, commands and hosts");
                self.found.unresolved.push(Unresolved { cause: Cause::Limit, text });
            }
        } else {
            let list = list(&mut self.found);
            if !list.contains(&value) {
                list.push(value);
            }
        }
    }
}

/// Whether it begins as only paths do.
fn is_rooted(text: &str) -> bool {
    ["/", "./", "../", "~", "$HOME", "${HOME}"].iter().any(|start| text.starts_with(start))
        || text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"))
}

fn is_path_shaped(text: &str) -> bool {
    text.len() <= LONGEST_SHAPE
        && !text.contains('\n')
        && (is_rooted(text) || !text.contains(char::is_whitespace) && text.contains(['/', '.', '\\']))
}

fn is_cwd(name: &str) -> bool {
    matches!(
        folded(name).replace(['_', '-'], "").as_str(),
        "cwd" | "workdir" | "workingdirectory" | "workingdir"
    )
}

fn is_argv(name: &str) -> bool {
    matches!(folded(name).replace(['_', '-'], "").as_str(), "command" | "cmd" | "argv" | "exec")
}

/// The words of a name: `readTextFile`, `read_text_file` and `read-text-file` have the same three.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut was_lower = false;
    for character in name.chars() {
        if !character.is_alphanumeric() || was_lower && character.is_uppercase() {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        if character.is_alphanumeric() {
            word.extend(character.to_lowercase());
        }
        was_lower = character.is_lowercase() || character.is_numeric();
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

const READING: [&str; 16] = [
    "read", "get", "list", "search", "find", "view", "show", "cat", "stat", "info", "tree", "grep", "head",
    "tail", "describe", "fetch",
];

const WRITING: [&str; 26] = [
    "write", "edit", "create", "delete", "remove", "move", "rename", "copy", "update", "set", "put",
    "append", "insert", "replace", "patch", "save", "make", "mkdir", "touch", "upload", "download",
    "install", "apply", "run", "execute", "exec",
];

/// Tools that take in, or change, what is in a folder.
const TREES: [&str; 17] = [
    "read", "search", "grep", "pack", "index", "zip", "archive", "compress", "upload", "copy", "move",
    "rename", "delete", "remove", "digest", "ingest", "sync",
];

/// Tools that tell of a folder what is in it, and not what is in its files.
const LISTING: [&str; 7] = ["list", "tree", "stat", "info", "exists", "allowed", "directories"];

const SHELLS: [&str; 8] = ["shell", "bash", "sh", "zsh", "dash", "ksh", "terminal", "console"];

const PATHS: [&str; 23] = [
    "path",
    "paths",
    "file",
    "files",
    "filename",
    "filenames",
    "filepath",
    "filepaths",
    "dir",
    "dirs",
    "directory",
    "directories",
    "folder",
    "folders",
    "source",
    "src",
    "destination",
    "dest",
    "root",
    "roots",
    "cwd",
    "workdir",
    "repo",
];

const HOSTS: [&str; 8] = ["url", "urls", "uri", "host", "hostname", "domain", "endpoint", "href"];

const COMMANDS: [&str; 11] = [
    "command",
    "commands",
    "cmd",
    "cmds",
    "cmdline",
    "commandline",
    "shellcommand",
    "bash",
    "script",
    "scripts",
    "exec",
];

const OPERANDS: [&str; 4] = ["args", "arguments", "argv", "params"];

/// What is typed into a shell or a terminal.
const TYPED: [&str; 8] = ["input", "text", "data", "line", "keys", "stdin", "code", "run"];

const CODE: [&str; 4] = ["code", "source", "content", "snippet"];

#[cfg(test)]
mod tests {
    use super::super::scan::{Side, scan};
    use super::*;

    fn found(tool: &str, arguments: &str) -> Found {
        let node = scan(arguments.as_bytes(), Side::Client).expect("JSON");
        look(&node, Manner::of(tool, false))
    }

    #[test]
    fn the_words_of_a_tools_name_say_whether_it_only_reads() {
        for (tool, says_it_writes, writes) in [
            ("read_text_file", false, false),
            ("readTextFile", false, false),
            ("list-directory", false, false),
            ("read_text_file", true, true),
            ("write_file", false, true),
            ("get_and_delete", false, true),
            ("echo", false, true),
            ("already", false, true),
            ("", false, true),
        ] {
            assert_eq!(Manner::of(tool, says_it_writes).writes, writes, "{tool}");
        }
    }

    #[test]
    fn files_are_found_by_name_and_by_shape() {
        for (arguments, paths) in [
            (r#"{"path":"secrets"}"#, &["secrets"][..]),
            (r#"{"paths":["a b",".env"]}"#, &["a b", ".env"]),
            (r#"{"x":".env"}"#, &[".env"]),
            (r#"{"x":"/etc/my passwd"}"#, &["/etc/my passwd"]),
            (r#"{"edits":[{"oldFile":"a"}]}"#, &["a"]),
            (
                r#"{"x":"file:///etc/pass%77d"}"#,
                &[
                    "file:///etc/pass%77d",
                    "/etc/pass%77d",
                    "///etc/pass%77d",
                    "file:///etc/passwd",
                    "/etc/passwd",
                    "///etc/passwd",
                ],
            ),
            (r#"{"message":"hello"}"#, &[]),
            (r#"{"message":"a sentence with a dot."}"#, &[]),
            (r#"{"url":"https://a.example/x.txt"}"#, &[]),
            (r#"{"x":"{\"path\":\"secrets\"}"}"#, &["secrets"]),
            (r#"{"path":".env\u0000.txt"}"#, &[".env\0.txt", ".env"]),
            (r#"{"path":"a%252Fb"}"#, &["a%252Fb", "a%2Fb", "a/b"]),
            (r#"{"path":"..\\.env "}"#, &["..\\.env ", "../.env ", "..\\.env", "../.env"]),
        ] {
            assert_eq!(found("x", arguments).paths, paths, "{arguments}");
        }
    }

    #[test]
    fn commands_are_found_with_their_operands() {
        let texts = |tool: &str, arguments: &str| -> Vec<String> {
            found(tool, arguments).commands.into_iter().map(|command| command.text).collect()
        };
        for (tool, arguments, expected) in [
            ("x", r#"{"command":"rm -rf /"}"#, &["rm -rf /"][..]),
            ("x", r#"{"Cmd":"ls"}"#, &["ls"]),
            (
                "x",
                r#"{"command":"git","args":["push","-f; x"]}"#,
                &["git", "git push '-f; x'", "git push -f; x"],
            ),
            ("x", r#"{"command":["rm","-rf","/ x"]}"#, &["rm -rf '/ x'", "rm", "-rf", "/ x"]),
            ("run_in_terminal", r#"{"input":"ls"}"#, &["ls"]),
            ("run", r#"{"language":"Bash","code":"ls"}"#, &["ls"]),
            ("run", r#"{"language":"python","code":"ls"}"#, &[]),
            ("x", r#"{"shell":"bash"}"#, &[]),
        ] {
            assert_eq!(texts(tool, arguments), expected, "{arguments}");
        }
        let there = found("x", r#"{"command":"ls","cwd":"/srv"}"#);
        assert_eq!(there.commands[0].cwd.as_deref(), Some("/srv"));
    }

    #[test]
    fn hosts_are_found_in_urls_and_in_what_is_called_after_one() {
        for (arguments, hosts) in [
            (r#"{"x":"http://A.example/b"}"#, &["a.example"][..]),
            (r#"{"host":"B.example:80"}"#, &["b.example"]),
            (r#"{"urls":["2852039166"]}"#, &["169.254.169.254"]),
            (r#"{"x":"hello: world"}"#, &[]),
        ] {
            assert_eq!(found("x", arguments).hosts, hosts, "{arguments}");
        }
    }

    #[test]
    fn more_than_the_bound_is_unresolved() {
        let list = |count: usize| {
            let items: Vec<String> = (0..count).map(|n| format!("\"/f{n}\"")).collect();
            format!("{{\"paths\":[{}]}}", items.join(","))
        };
        assert_eq!(found("x", &list(MOST_FOUND)).unresolved, []);
        assert_eq!(found("x", &list(MOST_FOUND + 1)).unresolved.len(), 1);
    }
}
