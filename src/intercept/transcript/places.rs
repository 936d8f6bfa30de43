//! Where sessions lie, and whose a file is.

use std::fs;
use std::path::{Path, PathBuf};

use super::Agent;
use crate::sys;

/// The most sessions that are listed, and the most names that are looked at for them.
const MOST_FILES: usize = 10_000;
const MOST_NAMES: usize = 200_000;

/// How deep below a folder that somebody names sessions are looked for.
const MOST_DEPTH: usize = 6;

/// The longest file that names the folder of a project, in bytes.
const LONGEST_ROOT: u64 = 1 << 14;

/// Whether a folder or file of this name is one to look at.
type Named = fn(&str) -> bool;

/// A folder below the home, and the names below it: folders, and last the session itself.
type Place = (Agent, &'static str, &'static [Named]);

const PLACES: [Place; 6] = [
    (Agent::ClaudeCode, ".claude/projects", &[is_any, is_lines]),
    (Agent::Codex, ".codex/sessions", &[is_number, is_number, is_number, is_rollout]),
    (Agent::Codex, ".codex/archived_sessions", &[is_rollout]),
    (Agent::GeminiCli, ".gemini/tmp", &[is_any, is_chats, is_chat]),
    (Agent::GeminiCli, ".gemini/tmp", &[is_any, is_chats, is_any, is_lines]),
    // There may be more of these than of all others.
    (Agent::ClaudeCode, ".claude/projects", &[is_any, is_any, is_subagents, is_lines]),
];

/// The sessions of all agents below a home, those of subagents too: folder by folder, in the order of their names. No
/// link is followed but in the names of the agents' own folders (`~/.claude/projects`). There are 10,000 at most.
#[must_use]
pub fn files(home: &Path) -> Vec<(Agent, PathBuf)> {
    let mut walk = Walk { files: Vec::new(), names: MOST_NAMES };
    let mut found = Vec::new();
    for (agent, top, below) in PLACES {
        walk.named(&home.join(top), below);
        found.extend(walk.files.drain(..).map(|file| (agent, file)));
        found.truncate(MOST_FILES);
    }
    found
}

/// What may be a session below a folder that somebody names: files in JSON, in the order of their names. Whose they
/// are, [`agent_of`] says. No link is followed, six folders deep; there are 10,000 at most.
#[must_use]
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let mut walk = Walk { files: Vec::new(), names: MOST_NAMES };
    walk.all(folder, MOST_DEPTH);
    walk.files
}

/// Whose session a file is, by its first bytes (some kilobytes, of which the last line may be torn), else by its path.
#[must_use]
pub fn agent_of(path: &Path, first: &[u8]) -> Option<Agent> {
    // A quote in a text has a backslash in front, so these are the names and values of members alone.
    let by_content = first.split(|byte| *byte == b'\n').find_map(|line| {
        let line = String::from_utf8_lossy(line);
        let has = |word: &str| line.contains(&format!("\"{word}\""));
        if has("projectHash") {
            Some(Agent::GeminiCli)
        } else if has("payload")
            && ["session_meta", "turn_context", "response_item", "event_msg"].iter().any(|kind| has(kind))
        {
            Some(Agent::Codex)
        } else if has("parentUuid")
            || has("leafUuid")
            || has("isSidechain")
            || (has("sessionId") && has("type"))
        {
            Some(Agent::ClaudeCode)
        } else {
            None
        }
    });
    by_content.or_else(|| by_path(path))
}

fn by_path(path: &Path) -> Option<Agent> {
    let is_below = |name: &str| path.components().any(|part| part.as_os_str() == name);
    let name = path.file_name()?.to_string_lossy();
    if is_below(".claude") && is_lines(&name) {
        Some(Agent::ClaudeCode)
    } else if is_rollout(&name) {
        Some(Agent::Codex)
    } else if is_below("chats") && is_chat(&name) {
        Some(Agent::GeminiCli)
    } else {
        None
    }
}

/// The folder of the project that a session belongs to, where a file beside the session names it: Gemini CLI keeps one,
/// and says it nowhere else.
#[must_use]
pub fn root_of(session: &Path) -> Option<PathBuf> {
    let chats = session.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == "chats"))?;
    let bytes = sys::files::read(&chats.parent()?.join(".project_root"), LONGEST_ROOT).ok()?;
    let root = PathBuf::from(String::from_utf8(bytes).ok()?.trim());
    root.is_absolute().then_some(root)
}

struct Walk {
    files: Vec<PathBuf>,
    /// How many more names may be looked at.
    names: usize,
}

impl Walk {
    /// Files whose names below `folder` are these.
    fn named(&mut self, folder: &Path, names: &[Named]) {
        let Some((is_named, rest)) = names.split_first() else { return };
        for (path, kind) in self.entries(folder) {
            let is_named = path.file_name().is_some_and(|name| is_named(&name.to_string_lossy()));
            if self.files.len() < MOST_FILES && is_named {
                if rest.is_empty() && kind.is_file() {
                    self.files.push(path);
                } else if kind.is_dir() {
                    self.named(&path, rest);
                }
            }
        }
    }

    fn all(&mut self, folder: &Path, depth: usize) {
        for (path, kind) in self.entries(folder) {
            let is_json =
                path.extension().is_some_and(|extension| extension == "jsonl" || extension == "json");
            if self.files.len() < MOST_FILES {
                if kind.is_file() && is_json {
                    self.files.push(path);
                } else if kind.is_dir() && depth > 0 {
                    self.all(&path, depth - 1);
                }
            }
        }
    }

    /// What is in a folder; the kind of a link is that of a link.
    fn entries(&mut self, folder: &Path) -> Vec<(PathBuf, fs::FileType)> {
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let mut found: Vec<_> = entries
            .take(self.names)
            .flatten()
            .filter_map(|entry| Some((entry.path(), entry.file_type().ok()?)))
            .collect();
        self.names = self.names.saturating_sub(found.len());
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        found
    }
}

fn is_any(_: &str) -> bool {
    true
}

fn is_lines(name: &str) -> bool {
    name.ends_with(".jsonl")
}

fn is_subagents(name: &str) -> bool {
    name == "subagents"
}

fn is_number(name: &str) -> bool {
    (2..=4).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_rollout(name: &str) -> bool {
    name.starts_with("rollout-") && is_lines(name)
}

fn is_chats(name: &str) -> bool {
    name == "chats"
}

fn is_chat(name: &str) -> bool {
    name.starts_with("session-") && (is_lines(name) || name.ends_with(".json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(files: &[&str]) -> tempfile::TempDir {
        let home = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = home.path().join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
            fs::write(path, "/home/dev/app\n").expect("a file");
        }
        home
    }

    #[test]
    fn sessions_are_found_where_the_agents_keep_them_and_links_are_not_followed() {
        let sessions = [
            (Agent::ClaudeCode, ".claude/projects/-home-dev-app/1.jsonl"),
            (Agent::ClaudeCode, ".claude/projects/-home-dev-app/agent-2.jsonl"),
            (Agent::Codex, ".codex/sessions/2026/11/22/rollout-2026-11-22T10-00-00-1.jsonl"),
            (Agent::Codex, ".codex/sessions/2026/11/23/rollout-2026-11-23T10-00-00-2.jsonl"),
            (Agent::Codex, ".codex/archived_sessions/rollout-2025-11-22T10-00-00-0.jsonl"),
            (Agent::GeminiCli, ".gemini/tmp/app/chats/session-2026-03-01T10-00-1.json"),
            (Agent::GeminiCli, ".gemini/tmp/app/chats/session-2026-11-22T10-00-2.jsonl"),
            (Agent::GeminiCli, ".gemini/tmp/app/chats/parent/child.jsonl"),
            (Agent::ClaudeCode, ".claude/projects/-home-dev-app/1/subagents/agent-3.jsonl"),
        ];
        let others = [
            ".claude/projects/-home-dev-app/1/tool-results/a.txt",
            ".claude/projects/deep/er/and/deeper.jsonl",
            ".claude/history.jsonl",
            ".codex/history.jsonl",
            ".codex/sessions/2026/11/22/notes.jsonl",
            ".gemini/tmp/app/logs.json",
            ".gemini/tmp/app/.project_root",
        ];
        let all: Vec<&str> = sessions.iter().map(|(_, file)| *file).chain(others).collect();
        let home = home(&all);
        let link = home.path().join(".claude/projects/-home-dev-app/link.jsonl");
        std::os::unix::fs::symlink(home.path().join(".claude/history.jsonl"), link).expect("a link");
        let folder = home.path().join(".claude/projects/-home-dev-link");
        std::os::unix::fs::symlink(home.path().join(".claude/projects/-home-dev-app"), folder)
            .expect("a link");
        let expected: Vec<_> =
            sessions.iter().map(|(agent, file)| (*agent, home.path().join(file))).collect();
        assert_eq!(files(home.path()), expected);
        assert_eq!(files(&home.path().join("missing")), []);

        let chat = home.path().join(".gemini/tmp/app/chats/parent/child.jsonl");
        assert_eq!(root_of(&chat), Some("/home/dev/app".into()));
        assert_eq!(root_of(&home.path().join(".codex/history.jsonl")), None);
        assert_eq!(
            below(&home.path().join(".gemini")),
            [
                "tmp/app/chats/parent/child.jsonl",
                "tmp/app/chats/session-2026-03-01T10-00-1.json",
                "tmp/app/chats/session-2026-11-22T10-00-2.jsonl",
                "tmp/app/logs.json",
            ]
            .map(|file| home.path().join(".gemini").join(file))
        );
    }

    #[test]
    fn a_session_is_known_by_what_is_in_it_else_by_its_path() {
        let of = |path: &str, first: &str| agent_of(Path::new(path), first.as_bytes());
        for (first, agent) in [
            (r#"{"type":"summary","summary":"\"projectHash\"","leafUuid":"1"}"#, Some(Agent::ClaudeCode)),
            (r#"{"parentUuid":null,"type":"user","message":{"role":"us"#, Some(Agent::ClaudeCode)),
            (r#"{"type":"queue-operation","sessionId":"1"}"#, Some(Agent::ClaudeCode)),
            (r#"{"timestamp":"2026","type":"session_meta","payload":{"id":"1"#, Some(Agent::Codex)),
            (r#"{"sessionId":"1","projectHash":"2","startTime":"3"}"#, Some(Agent::GeminiCli)),
            ("{\n  \"sessionId\": \"1\",\n  \"projectHash\": \"2\",", Some(Agent::GeminiCli)),
            (r#"{"name":"cavra","type":"module"}"#, None),
            ("", None),
        ] {
            assert_eq!(of("/tmp/x.jsonl", first), agent, "{first}");
        }
        assert_eq!(of("/tmp/rollout-1.jsonl", r#"{"id":"1","instructions":null}"#), Some(Agent::Codex));
        assert_eq!(of("/x/.claude/projects/a/1.jsonl", ""), Some(Agent::ClaudeCode));
        assert_eq!(of("/x/chats/session-1.json", ""), Some(Agent::GeminiCli));
        assert_eq!(of("/x/chats/1.json", ""), None);
    }
}
