//! The changes of a tree, and git's raw form of them (`--raw -z`).

use std::io::{self, BufRead, Read};

use super::child::GitError;

/// The longest line before a path, in bytes: two modes, two names of objects, a status.
const MOST_HEADER: u64 = 512;

/// The longest path, in bytes. No system that git runs on could check out a longer one.
const MOST_PATH: u64 = 64 * 1024;

/// The mode of a symbolic link.
pub(super) const LINK: u32 = 0o120_000;

/// The mode of a submodule.
pub(super) const SUBMODULE: u32 = 0o160_000;

/// The bits of a mode that say what kind of entry it is.
const KIND: u32 = 0o170_000;

/// One changed path.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Change {
    /// As git has it: relative to the top, bytes.
    pub(super) path: Vec<u8>,
    /// The mode at HEAD, 0 if it is not there.
    pub(super) old_mode: u32,
    /// The mode in the index, 0 if it is not there.
    pub(super) new_mode: u32,
    /// The object that was there, in hexadecimal.
    pub(super) old_object: String,
    /// The object that comes, in hexadecimal.
    pub(super) new_object: String,
    /// What the symbolic link in the index says, if it is one.
    pub(super) link: Option<Vec<u8>>,
}

impl Change {
    /// The word for the kind of change.
    pub(super) fn word(&self) -> &'static str {
        let (old, new) = (self.old_mode & KIND, self.new_mode & KIND);
        if self.new_mode == 0 {
            "delete"
        } else if self.old_mode == 0 {
            "add"
        } else if old != new {
            "change_type"
        } else if new == SUBMODULE {
            "move_submodule"
        } else if self.old_object == self.new_object {
            "change_mode"
        } else {
            "modify"
        }
    }

    /// Whether the index has a symbolic link there.
    pub(super) fn is_link(&self) -> bool {
        self.new_mode & KIND == LINK
    }
}

/// The arguments of a command of git's that lists changes in the raw form: what a setting could leave out or make
/// different is asked for outright.
pub(super) fn options(command: &[&str], rest: &[&str]) -> Vec<String> {
    const FORM: [&str; 9] = [
        "--raw",
        "-z",
        "--no-renames",
        "--no-abbrev",
        "--no-relative",
        "--no-ext-diff",
        "--no-textconv",
        "--ignore-submodules=none",
        "--no-color",
    ];
    command.iter().chain(&FORM).chain(rest).map(|word| (*word).to_owned()).collect()
}

/// Reads the next change; none at the end.
pub(super) fn read_change(input: &mut impl BufRead) -> Result<Option<Change>, GitError> {
    let Some(header) = read_field(input, MOST_HEADER)? else { return Ok(None) };
    let Some(path) = read_field(input, MOST_PATH)? else { return Err(fault("a change without its path")) };
    if path.is_empty() {
        return Err(fault("a change without its path"));
    }
    parse(&header, path).map(Some)
}

/// Reads the name of a commit that its changes follow.
///
/// # Errors
/// If it is none.
pub(super) fn read_name(input: &mut impl BufRead) -> Result<String, GitError> {
    let field = read_field(input, MOST_HEADER)?.unwrap_or_default();
    let name = String::from_utf8_lossy(&field).into_owned();
    if is_object_name(&name) { Ok(name) } else { Err(fault("a line that is no commit")) }
}

fn parse(header: &[u8], path: Vec<u8>) -> Result<Change, GitError> {
    let odd = || fault("a line that is no change");
    let text = std::str::from_utf8(header).ok().and_then(|text| text.strip_prefix(':')).ok_or_else(odd)?;
    let mut fields = text.split(' ');
    let mut next = || fields.next().filter(|field| !field.is_empty()).ok_or_else(odd);
    let old_mode = u32::from_str_radix(next()?, 8).map_err(|_| odd())?;
    let new_mode = u32::from_str_radix(next()?, 8).map_err(|_| odd())?;
    let old_object = next()?.to_owned();
    let new_object = next()?.to_owned();
    let status = next()?.to_owned();
    if fields.next().is_some() || !is_object_name(&new_object) || !is_object_name(&old_object) {
        return Err(odd());
    }
    match status.as_str() {
        "A" | "D" | "M" | "T" => {}
        "U" => return Err(unmerged(&path)),
        _ => return Err(fault("a kind of change that is not known")),
    }
    Ok(Change { path, old_mode, new_mode, old_object, new_object, link: None })
}

/// What is said of a path that a merge left in conflict.
pub(super) fn unmerged(path: &[u8]) -> GitError {
    GitError::Content(format!(
        "`{}` has conflicts; resolve them and `git add` it",
        String::from_utf8_lossy(path)
    ))
}

/// Whether the text names an object: 40 or 64 hexadecimal digits.
pub(super) fn is_object_name(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Reads to the next NUL, which is taken off; none at the end of the input.
fn read_field(input: &mut impl BufRead, limit: u64) -> Result<Option<Vec<u8>>, GitError> {
    let mut field = Vec::new();
    input.by_ref().take(limit + 1).read_until(0, &mut field).map_err(unread)?;
    match field.pop() {
        None => Ok(None),
        Some(0) => Ok(Some(field)),
        Some(_) => Err(fault("a field that does not end, or is too long")),
    }
}

fn unread(err: io::Error) -> GitError {
    GitError::Io { what: "diff-index".to_owned(), err }
}

fn fault(fault: &str) -> GitError {
    GitError::Answer { what: "diff-index", fault: fault.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OLD: &str = "1111111111111111111111111111111111111111";
    const NEW: &str = "2222222222222222222222222222222222222222";

    fn all(mut input: &[u8]) -> Result<Vec<Change>, String> {
        let mut changes = Vec::new();
        while let Some(change) = read_change(&mut input).map_err(|error| error.to_string())? {
            changes.push(change);
        }
        Ok(changes)
    }

    #[test]
    fn each_kind_of_change_has_its_word() {
        let cases = [
            ("000000 100644", "A", "add"),
            ("100644 000000", "D", "delete"),
            ("100644 100644", "M", "modify"),
            ("100644 120000", "T", "change_type"),
            ("160000 160000", "M", "move_submodule"),
        ];
        for (modes, status, word) in cases {
            let changes = all(format!(":{modes} {OLD} {NEW} {status}\0a\0").as_bytes()).unwrap();
            assert_eq!(changes.iter().map(Change::word).collect::<Vec<_>>(), [word]);
        }
        let mode = all(format!(":100644 100755 {OLD} {OLD} M\0a\0").as_bytes()).unwrap();
        assert_eq!(mode.iter().map(Change::word).collect::<Vec<_>>(), ["change_mode"]);
    }

    #[test]
    fn a_path_is_bytes_and_may_hold_anything_but_nul() {
        let mut input = format!(":000000 100644 {OLD} {NEW} A\0").into_bytes();
        input.extend_from_slice(b"a\n\xff:b\0");
        assert_eq!(all(&input).unwrap().remove(0).path, b"a\n\xff:b");
    }

    #[test]
    fn what_is_cut_short_odd_or_too_long_is_an_error() {
        let long = "a".repeat(usize::try_from(MOST_PATH).unwrap() + 1);
        let cases = [
            format!(":000000 100644 {OLD} {NEW} A\0"),
            format!(":000000 100644 {OLD} {NEW} A\0a"),
            format!(":000000 100644 {OLD} {NEW} A\0\0"),
            format!(":000000 100644 {OLD} {NEW} A x\0a\0"),
            format!(":000000 100644 {OLD} {NEW} R100\0a\0b\0"),
            format!(":000000 100644 {OLD} short A\0a\0"),
            format!(":0000x0 100644 {OLD} {NEW} A\0a\0"),
            format!("000000 100644 {OLD} {NEW} A\0a\0"),
            format!(":000000 100644 {OLD} {NEW} A\0{long}\0"),
            "x".repeat(10_000),
            "\0".to_owned(),
        ];
        for case in cases {
            assert!(all(case.as_bytes()).is_err(), "{case:.80}");
        }
    }

    #[test]
    fn a_path_as_long_as_it_may_be_is_read() {
        let long = "a".repeat(usize::try_from(MOST_PATH).unwrap());
        let input = format!(":000000 100644 {OLD} {NEW} A\0{long}\0");
        assert_eq!(all(input.as_bytes()).unwrap().remove(0).path.len(), long.len());
    }

    #[test]
    fn a_conflict_says_what_to_do() {
        let input = format!(":000000 000000 {OLD} {OLD} U\0dir/c\0");
        assert_eq!(
            all(input.as_bytes()).unwrap_err(),
            "`dir/c` has conflicts; resolve them and `git add` it"
        );
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = all(&bytes);
        }
    }
}
