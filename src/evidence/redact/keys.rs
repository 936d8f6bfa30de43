//! Private keys: from `-----BEGIN … PRIVATE KEY…` to the end of the block, or of the text.

use super::Hidden;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// The longest line with which a block begins, in bytes.
const MOST_HEADER: usize = 80;

pub(super) fn find(text: &str, hidden: &mut Hidden) {
    let mut from = 0;
    while let Some(start) = place_of(text, BEGIN, from) {
        from = start + BEGIN.len();
        let header: String = text.get(from..).unwrap_or_default().chars().take(MOST_HEADER).collect();
        let header = header.split(DASHES).next().unwrap_or_default();
        if !header.contains("PRIVATE KEY") {
            continue;
        }
        let end = place_of(text, END, from)
            .and_then(|end| place_of(text, DASHES, end + END.len()))
            .map_or(text.len(), |end| end + DASHES.len());
        hidden.add(start, end, "private-key");
        from = end;
    }
}

fn place_of(text: &str, what: &str, from: usize) -> Option<usize> {
    text.get(from..)?.find(what).map(|place| from + place)
}
