//! The nearest of a closed set of words: "did you mean".

/// The word of `words` that is at most a third of its letters away from `given`.
pub(super) fn nearest<'w>(given: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    if given.len() > LONGEST {
        return None;
    }
    words
        .into_iter()
        .map(|word| (distance(given, word), word))
        .filter(|(distance, word)| *distance <= (word.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// How many letters must be put in, taken out or changed (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, letter) in a.chars().enumerate() {
        let mut next = vec![line + 1];
        for ((other, above), diagonal) in b.iter().zip(row.iter().skip(1)).zip(row.iter()) {
            let left = next.last().copied().unwrap_or_default();
            let changed = diagonal + usize::from(letter != *other);
            next.push(changed.min(left + 1).min(above + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// No word of the policy language is longer; beyond it there is nothing to mean.
const LONGEST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        let words = ["block", "allow", "require_approval"];
        assert_eq!(nearest("blokc", words), None);
        assert_eq!(nearest("blocks", words), Some("block"));
        assert_eq!(nearest("require-aproval", words), Some("require_approval"));
        assert_eq!(nearest("filesystem", words), None);
        assert_eq!(nearest(&"a".repeat(10_000), words), None);
    }
}
