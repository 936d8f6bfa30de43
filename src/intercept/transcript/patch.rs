//! The files of a patch in the form of `apply_patch`.

/// How the lines begin that name a file.
const HEADERS: [&str; 4] = ["*** Add File: ", "*** Update File: ", "*** Delete File: ", "*** Move to: "];

/// The files that a patch adds, changes, deletes, or moves to. Lines of content begin with a sign or a blank, so none
/// of them is taken for a header.
pub(super) fn files(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .skip_while(|line| !line.contains("*** Begin Patch"))
        .filter_map(|line| HEADERS.iter().find_map(|header| line.strip_prefix(header)))
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_a_patch_is_found_and_no_content() {
        let text = "apply_patch <<'EOF'\n*** Begin Patch\n*** Update File: a.rs\r\n*** Move to: b.rs\n@@\n \
                    *** Add File: context\n+*** Add File: added\n*** Delete File: c d.rs \n*** Add File: /e\n+x\n\
                    *** End Patch\nEOF";
        assert_eq!(files(text).collect::<Vec<_>>(), ["a.rs", "b.rs", "c d.rs", "/e"]);
        assert_eq!(files("*** Add File: a").count(), 0);
    }
}
