//! Look-ups in a list of names that is one text: sorted by the bytes of the names, so that a name, and all names
//! with one beginning, are found in as many steps as the list has doublings.

use std::cmp::Ordering;

/// The name that an entry is found by: `--arg` of `--arg*2`, `-f` of `-f=--force`.
pub(super) fn key(entry: &str) -> &str {
    match entry.find(['*', '=']) {
        // `of=` is a name with its sign.
        Some(at) if at + 1 < entry.len() => entry.get(..at).unwrap_or(entry),
        Some(_) | None => entry,
    }
}

/// The entry whose name is `head` and `tail` together.
pub(super) fn entry(list: &'static str, head: &str, tail: &str) -> Option<&'static str> {
    let found = list.get(first_not_before(list, head, tail)..)?.split(' ').next()?;
    (compare(key(found), head, tail) == Ordering::Equal && !found.is_empty()).then_some(found)
}

/// The entries whose names begin with `beginning`.
pub(super) fn begun(list: &'static str, beginning: &str) -> impl Iterator<Item = &'static str> {
    let from = list.get(first_not_before(list, beginning, "")..).unwrap_or_default();
    from.split(' ').take_while(move |entry| !entry.is_empty() && key(entry).starts_with(beginning))
}

/// The place of the first entry whose name is not before `head` and `tail` together.
fn first_not_before(list: &str, head: &str, tail: &str) -> usize {
    let bytes = list.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low.midpoint(high);
        let blank_before =
            bytes.get(low..middle).and_then(|part| part.iter().rposition(|byte| *byte == b' '));
        let start = blank_before.map_or(low, |blank| low + blank + 1);
        let blank_behind = bytes.get(start..).and_then(|part| part.iter().position(|byte| *byte == b' '));
        let end = blank_behind.map_or(bytes.len(), |blank| start + blank);
        match compare(list.get(start..end).map_or("", key), head, tail) {
            Ordering::Less => low = (end + 1).min(bytes.len()),
            Ordering::Equal => return start,
            Ordering::Greater => high = start,
        }
    }
    low
}

fn compare(name: &str, head: &str, tail: &str) -> Ordering {
    name.bytes().cmp(head.bytes().chain(tail.bytes()))
}
