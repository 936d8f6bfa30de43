//! Lines of Cavra's in a file of git's settings: put at its end and taken out again, the rest byte for byte as it was.

use std::path::Path;

use super::site::Sets;

/// How the first line begins.
const FIRST: &[u8] = b"# >>> Cavra git hooks: `cavra uninstall git` takes these lines out";

/// What the first line says besides, where the line before it had no end.
const UNENDED: &[u8] = b" (the line above had no end)";

/// How the last line reads.
const LAST: &[u8] = b"# <<< Cavra git hooks\n";

/// The name of Cavra's hook for an event.
pub(super) fn hook_name(event: &str) -> String {
    format!("cavra-{event}")
}

/// The command of Cavra's hook for an event. Git gives it to a shell.
pub(super) fn command(binary: &Path, event: &str) -> String {
    format!("{} hook git {event}", shell_words::quote(&binary.to_string_lossy()))
}

/// The text with the lines that set this, in place of such as are there.
pub(super) fn with(text: &[u8], binary: &Path, sets: &Sets) -> Vec<u8> {
    let mut text = without(text).unwrap_or_else(|| text.to_owned());
    let is_unended = !text.is_empty() && text.last() != Some(&b'\n');
    if is_unended {
        text.push(b'\n');
    }
    text.extend_from_slice(FIRST);
    if is_unended {
        text.extend_from_slice(UNENDED);
    }
    text.push(b'\n');
    match sets {
        Sets::Hooks(events) => {
            for event in events {
                let (name, command) = (hook_name(event), quoted(&command(binary, event)));
                let section = format!("[hook \"{name}\"]\n\tcommand = {command}\n\tevent = {event}\n");
                text.extend_from_slice(section.as_bytes());
            }
        }
        Sets::HooksPath(folder) => {
            let folder = quoted(&folder.to_string_lossy());
            text.extend_from_slice(format!("[core]\n\thooksPath = {folder}\n").as_bytes());
        }
    }
    text.extend_from_slice(LAST);
    text
}

/// The text without the lines; none if it has none.
pub(super) fn without(text: &[u8]) -> Option<Vec<u8>> {
    let start = find(text, FIRST, 0)?;
    let end = find(text, LAST, start)? + LAST.len();
    let mut before = text.get(..start)?.to_owned();
    let said = text.get(start + FIRST.len()..)?;
    if said.starts_with(UNENDED) && before.last() == Some(&b'\n') {
        before.pop();
    }
    before.extend_from_slice(text.get(end..)?);
    Some(before)
}

/// Where a line begins with `what`.
fn find(text: &[u8], what: &[u8], from: usize) -> Option<usize> {
    (from..text.len()).find(|at| {
        let is_start = at.checked_sub(1).is_none_or(|before| text.get(before) == Some(&b'\n'));
        is_start && text.get(*at..).is_some_and(|rest| rest.starts_with(what))
    })
}

/// The value as git's settings are written.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_comes_out_and_leaves_every_byte_as_it_was() {
        let binary = Path::new("/usr/local/bin/cavra");
        let sets = [
            Sets::Hooks(vec!["pre-commit", "pre-push"]),
            Sets::HooksPath("/home/me/a \"b\\c/git-hooks".into()),
        ];
        for set in &sets {
            for text in ["", "[user]\n\tname = me\n", "[user]\n\tname = me", "\n\n", "# only words"] {
                let put = with(text.as_bytes(), binary, set);
                assert_eq!(without(&put).as_deref(), Some(text.as_bytes()), "{text:?}");
                assert_eq!(with(&put, binary, set), put, "a second time changes nothing: {text:?}");
                let mut more = put.clone();
                more.extend_from_slice(b"[core]\n\tpager = less\n");
                let left = [text.as_bytes(), b"[core]\n\tpager = less\n"].concat();
                assert_eq!(without(&more), Some(left), "what came later stays: {text:?}");
            }
        }
        assert_eq!(without(b"[user]\n"), None);
    }
}
