//! A changed path in all the spellings that a rule may know it by.

use unicode_normalization::UnicodeNormalization;

use crate::contract::{Action, Context, Request};

use super::raw::Change;
use super::repository::Repository;

/// The longest symbolic link that is read, in bytes; no system makes one that is longer.
pub(super) const MOST_LINK: usize = 16 * 1024;

/// Makes requests of changes.
pub(super) struct Speller {
    context: Context,
    folds_case: bool,
    composes: bool,
}

impl Speller {
    pub(super) fn new(repository: &Repository) -> Self {
        Self {
            context: repository.context(),
            folds_case: repository.folds_case(),
            composes: repository.composes(),
        }
    }

    /// The surroundings of every request.
    pub(super) fn context(&self) -> &Context {
        &self.context
    }

    /// The request to write the path of this change.
    pub(super) fn request(&self, change: &Change) -> Request {
        let target = String::from_utf8_lossy(&change.path).into_owned();
        let mut spellings = Spellings { top: &self.context.repo, found: Vec::new() };
        spellings.add_path(&target);
        if let Some(link) = &change.link {
            spellings.add_link(&target, &String::from_utf8_lossy(link));
        }
        let mut found = spellings.found;
        for spelling in found.clone() {
            let folded = self.folded(&spelling);
            if !found.contains(&folded) {
                found.push(folded);
            }
        }
        if std::str::from_utf8(&change.path).is_err() {
            // Which bytes they were: two names that are not UTF-8 may look alike.
            found.push(quoted(&change.path));
        }
        found.retain(|spelling| *spelling != target);
        let mut request = Request::new(Action::WriteFile, target);
        request.operation = "write".to_owned();
        request.requested_operation = change.word().to_owned();
        request.context =
            Some(Context { spellings: found, folds_case: self.folds_case, ..self.context.clone() });
        request
    }

    /// The name as the volume takes it.
    fn folded(&self, name: &str) -> String {
        let composed: String = if self.composes {
            // Such volumes also skip over characters that cannot be seen.
            name.chars().filter(|c| !is_ignorable(*c)).nfc().collect()
        } else {
            name.to_owned()
        };
        if self.folds_case { composed.to_lowercase() } else { composed }
    }
}

fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
}

struct Spellings<'a> {
    top: &'a str,
    found: Vec<String>,
}

impl Spellings<'_> {
    fn add(&mut self, spelling: String) {
        if !spelling.is_empty() && !self.found.contains(&spelling) {
            self.found.push(spelling);
        }
    }

    /// A path that is relative to the top.
    fn add_path(&mut self, path: &str) {
        self.add(path.to_owned());
        self.add(format!("./{path}"));
        self.add(base_name(path).to_owned());
        self.add(format!("{}/{path}", self.top));
    }

    /// What a link at `path` leads to, by the words of it alone.
    fn add_link(&mut self, path: &str, link: &str) {
        self.add(link.to_owned());
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let absolute =
            if link.starts_with('/') { clean(link) } else { clean(&format!("{}/{folder}/{link}", self.top)) };
        let inside = absolute.strip_prefix(self.top).and_then(|rest| rest.strip_prefix('/'));
        match inside {
            Some(inside) => self.add_path(inside),
            None => {
                self.add(base_name(&absolute).to_owned());
                self.add(absolute);
            }
        }
    }
}

fn base_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// An absolute path without `.`, `..` and empty parts, by its words alone.
fn clean(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// The path as git prints one that cannot be printed as it is.
fn quoted(path: &[u8]) -> String {
    let mut text = String::from("\"");
    for byte in path {
        match byte {
            b'"' | b'\\' => {
                text.push('\\');
                text.push(char::from(*byte));
            }
            b' '..=b'~' => text.push(char::from(*byte)),
            _ => text.push_str(&format!("\\{byte:03o}")),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::super::raw::LINK;
    use super::*;

    fn spelled(path: &[u8], link: Option<&str>, folds_case: bool, composes: bool) -> Vec<String> {
        let context = Context { repo: "/r".to_owned(), ..Context::default() };
        let change = Change {
            path: path.to_owned(),
            old_mode: 0,
            new_mode: if link.is_some() { LINK } else { 0o100_644 },
            old_object: String::new(),
            new_object: String::new(),
            link: link.map(|link| link.as_bytes().to_owned()),
        };
        let request = Speller { context, folds_case, composes }.request(&change);
        std::iter::once(request.target.clone()).chain(request.spellings().iter().cloned()).collect()
    }

    #[test]
    fn a_path_is_spelled_in_all_the_ways_that_rules_are_written() {
        assert_eq!(spelled(b"a/.env", None, false, false), ["a/.env", "./a/.env", ".env", "/r/a/.env"]);
        assert_eq!(spelled(b"key.pem", None, false, false), ["key.pem", "./key.pem", "/r/key.pem"]);
    }

    #[test]
    fn a_link_is_also_what_it_leads_to() {
        assert_eq!(
            spelled(b"a/b/link", Some("../../.env"), false, false),
            ["a/b/link", "./a/b/link", "link", "/r/a/b/link", "../../.env", ".env", "./.env", "/r/.env"]
        );
        assert_eq!(
            spelled(b"l", Some("../../../etc//shadow"), false, false),
            ["l", "./l", "/r/l", "../../../etc//shadow", "shadow", "/etc/shadow"]
        );
        assert_eq!(
            spelled(b"l", Some("/r/./x/../.env"), false, false),
            ["l", "./l", "/r/l", "/r/./x/../.env", ".env", "./.env", "/r/.env"]
        );
    }

    #[test]
    fn where_the_volume_folds_names_the_folded_name_counts_too() {
        assert_eq!(
            spelled(b".ENV", None, true, false),
            [".ENV", "./.ENV", "/r/.ENV", ".env", "./.env", "/r/.env"]
        );
        assert_eq!(
            spelled("e\u{301}\u{200d}".as_bytes(), None, false, true).get(3..),
            Some(&["\u{e9}".to_owned(), "./\u{e9}".to_owned(), "/r/\u{e9}".to_owned()][..])
        );
    }

    #[test]
    fn a_name_that_is_not_unicode_says_which_bytes_it_has() {
        assert_eq!(
            spelled(b"\xff\n\".pem", None, false, false),
            ["\u{fffd}\n\".pem", "./\u{fffd}\n\".pem", "/r/\u{fffd}\n\".pem", "\"\\377\\012\\\".pem\""]
        );
    }
}
