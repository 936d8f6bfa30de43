//! Patterns: the one matching language of the contract.
//!
//! A pattern is anchored at both ends; a run of `*` stands for any text without a newline (so it crosses `/`);
//! everything else is literal and case-sensitive. There is nothing to compile: matching walks the pattern and
//! the text once, going back only to the latest `*`.

use crate::contract::Location;

use super::open::Open;

/// A pattern, and where its author wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    text: String,
    location: Option<Location>,
    note: Option<Box<Note>>,
}

/// What an author says of a rule.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Note {
    /// Why it is there: refusals tell it.
    pub reason: Option<String>,
    /// One thing to do instead: refusals tell it.
    pub alternative: Option<String>,
}

impl Pattern {
    /// Trims the text by Unicode white space; none if nothing is left.
    #[must_use]
    pub fn new(text: &str, location: Option<Location>) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self { text: text.to_owned(), location, note: None })
    }

    /// The pattern with what its author says of it.
    #[must_use]
    pub fn with_note(mut self, note: Note) -> Self {
        self.note = (note != Note::default()).then(|| Box::new(note));
        self
    }

    /// What its author says of it.
    #[must_use]
    pub fn note(&self) -> Option<&Note> {
        self.note.as_deref()
    }

    /// The pattern's text, trimmed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where it stands, if the policy came with positions.
    #[must_use]
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }

    /// Whether the whole of `text` matches, as the contract has it.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        matches_bytes::<false>(self.text.as_bytes(), text.as_bytes())
    }

    /// Whether the whole of `text` matches where a `*` stands for newlines too: for rules that refuse, from which
    /// a newline in an operand or a path is no way out.
    #[must_use]
    pub fn matches_across_lines(&self, text: &str) -> bool {
        matches_bytes::<true>(self.text.as_bytes(), text.as_bytes())
    }

    /// Whether some text that `open` could be is matched, where a `*` in it stands for anything, newlines too.
    #[must_use]
    pub fn may_meet(&self, open: &str) -> bool {
        Open::of(open).may_match(&self.text)
    }

    /// Whether every text that `other` matches is matched by this pattern too. The other pattern is matched as
    /// if it were a text: its `*` is then a letter that only a `*` of this one can stand for.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.matches(&other.text)
    }
}

/// Patterns sorted by code point, each once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PatternSet {
    patterns: Vec<Pattern>,
}

impl PatternSet {
    /// Sorts, and keeps the first of equal patterns, with the first note among them.
    #[must_use]
    pub fn new(mut patterns: Vec<Pattern>) -> Self {
        patterns.sort_by(|a, b| a.text.cmp(&b.text));
        patterns.dedup_by(|later, first| {
            let is_equal = later.text == first.text;
            if is_equal && first.note.is_none() {
                first.note = later.note.take();
            }
            is_equal
        });
        Self { patterns }
    }

    /// The first pattern, in order, that matches the whole of `text`.
    #[must_use]
    pub fn first_match(&self, text: &str) -> Option<&Pattern> {
        self.patterns.iter().find(|pattern| pattern.matches(text))
    }

    /// The first pattern, in order, that matches the whole of `text`, its newlines too.
    #[must_use]
    pub fn first_match_across_lines(&self, text: &str) -> Option<&Pattern> {
        self.patterns.iter().find(|pattern| pattern.matches_across_lines(text))
    }

    /// The first pattern, in order, that matches the whole of `text`, its newlines too, where letters of either case
    /// are the same. It folds each pattern anew: it is for the few volumes that fold.
    #[must_use]
    pub fn first_match_folded(&self, text: &str) -> Option<&Pattern> {
        let text = text.to_lowercase();
        self.patterns.iter().find(|pattern| {
            matches_bytes::<true>(pattern.as_str().to_lowercase().as_bytes(), text.as_bytes())
        })
    }

    /// The first pattern, in order, that matches some text that `open` may be.
    #[must_use]
    pub fn first_that_may_meet(&self, open: &Open) -> Option<&Pattern> {
        self.patterns.iter().find(|pattern| open.may_match(&pattern.text))
    }

    /// The same, where letters of either case are the same and `open` has lower-case letters. It folds each pattern
    /// anew: it is for the few volumes that fold.
    #[must_use]
    pub fn first_that_may_meet_folded(&self, open: &Open) -> Option<&Pattern> {
        self.patterns.iter().find(|pattern| open.may_match(&pattern.text.to_lowercase()))
    }

    /// Whether one pattern here covers `other`: see [`Pattern::covers`].
    #[must_use]
    pub fn covers(&self, other: &Pattern) -> bool {
        self.patterns.iter().any(|pattern| pattern.covers(other))
    }

    /// The patterns in order.
    pub fn iter(&self) -> impl Iterator<Item = &Pattern> {
        self.patterns.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.patterns.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Adds the patterns of `other`.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        Self::new(self.iter().chain(other.iter()).cloned().collect())
    }
}

/// Going back to the latest `*` alone is enough: the leftmost place for the text between two stars leaves the
/// most to what follows, and no earlier star could have reached past a newline that a later one cannot.
fn matches_bytes<const ACROSS_LINES: bool>(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut read) = (0, 0);
    let mut latest_star: Option<(usize, usize)> = None;
    loop {
        match (pattern.get(at), text.get(read)) {
            (Some(b'*'), _) => {
                at += 1;
                latest_star = Some((at, read));
            }
            (Some(literal), Some(byte)) if literal == byte => {
                at += 1;
                read += 1;
            }
            (None, None) => return true,
            (_, _) => {
                let Some((after_star, swallowed)) = latest_star else { return false };
                match text.get(swallowed) {
                    None => return false,
                    Some(b'\n') if !ACROSS_LINES => return false,
                    Some(_) => {
                        latest_star = Some((after_star, swallowed + 1));
                        at = after_star;
                        read = swallowed + 1;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::new(text, None).expect("not blank")
    }

    #[test]
    fn a_star_crosses_slashes_and_stops_at_a_newline() {
        assert!(pattern("a*c").matches("a/b/c"));
        assert!(pattern("a*").matches("a"));
        assert!(!pattern("a*c").matches("a\nc"));
        assert!(pattern("*a*\nb").matches("xaya\nb"));
        assert!(!pattern("rm").matches("rm "));
        assert!(pattern("a+b(c)[d]{e}^f$g|h?i.j").matches("a+b(c)[d]{e}^f$g|h?i.j"));
    }

    #[test]
    fn a_pattern_may_meet_what_is_known_in_part() {
        assert!(pattern("**/.env").may_meet("config/*"));
        assert!(!pattern("**/.env").may_meet("config/*.rs"));
        let set = PatternSet::new(vec![pattern("b*"), pattern("A*")]);
        let first = |text: &str| set.first_that_may_meet(&Open::of(text)).map(Pattern::as_str);
        assert_eq!([first("*"), first("b*c"), first("a*")], [Some("A*"), Some("b*"), None]);
        assert_eq!(set.first_that_may_meet_folded(&Open::of("a*")).map(Pattern::as_str), Some("A*"));
    }

    #[test]
    fn covering_is_matching_with_stars_as_letters() {
        assert!(pattern("git *").covers(&pattern("git push*")));
        assert!(pattern("*").covers(&pattern("*a*")));
        assert!(!pattern("git push*").covers(&pattern("git *")));
        assert!(!pattern("a*b").covers(&pattern("a*")));
        assert!(pattern("a*").covers(&pattern("a**")));
    }

    #[test]
    fn blank_patterns_are_dropped_and_equal_ones_stand_once() {
        assert_eq!(Pattern::new(" \u{2003}\n", None), None);
        let set = PatternSet::new(vec![pattern("b"), pattern(" a "), pattern("b")]);
        assert_eq!(set.iter().map(Pattern::as_str).collect::<Vec<_>>(), ["a", "b"]);
    }
}
