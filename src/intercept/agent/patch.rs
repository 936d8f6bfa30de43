//! The files of a patch that an agent hands to a tool.
//!
//! Readers of patches are lenient: they pass over blanks before a header and over the case of its letters. So every
//! line that may be a header counts as one; a file too many only refuses more.

/// How the lines begin that name a file.
const HEADERS: [&str; 7] = [
    "*** add file:",
    "*** update file:",
    "*** delete file:",
    "*** move to:",
    "*** move file to:",
    "*** rename file to:",
    "*** move file:",
];

/// The same in a unified diff.
const DIFF_HEADERS: [&str; 6] = ["--- ", "+++ ", "rename from ", "rename to ", "copy from ", "copy to "];

/// The files that a patch adds, changes, deletes or moves, and those that it moves them to.
pub(super) fn files(text: &str) -> Vec<&str> {
    text.lines().filter_map(named).filter(|path| !path.is_empty() && *path != "/dev/null").collect()
}

/// Whether a text holds a patch that a tool of the agent would take.
pub(super) fn is_in(text: &str) -> bool {
    text.lines().any(|line| starts_with(line.trim_start(), "*** begin patch").is_some())
}

fn named(line: &str) -> Option<&str> {
    let trimmed = line.trim();
    if let Some(path) = HEADERS.iter().find_map(|header| starts_with(trimmed, header)) {
        return Some(path.trim());
    }
    let path = DIFF_HEADERS.iter().find_map(|header| line.strip_prefix(header))?;
    // A time may stand behind a tab, and `a/` and `b/` before the path.
    let path = path.split('\t').next().unwrap_or(path).trim();
    Some(path.strip_prefix("a/").or_else(|| path.strip_prefix("b/")).unwrap_or(path))
}

fn starts_with<'a>(line: &'a str, header: &str) -> Option<&'a str> {
    let start = line.get(..header.len())?;
    start.eq_ignore_ascii_case(header).then(|| line.get(header.len()..)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_a_patch_is_found() {
        let text = "*** Begin Patch\n*** Update File: a.rs\r\n*** Move to: b.rs\n@@\n-x\n+y\n  *** ADD FILE:c d.rs \n\
                    *** Delete File: /e\n*** End Patch";
        assert_eq!(files(text), ["a.rs", "b.rs", "c d.rs", "/e"]);
        assert!(is_in(text) && !is_in("git diff"));
        assert_eq!(files("--- a/x y\t2026\n+++ b/z\n@@\n--- \n+++ /dev/null"), ["x y", "z"]);
    }
}
