//! Texts that are known in part, and whether a pattern may meet one.
//!
//! A pattern and such a text are two sets of texts, and the question is whether they share one. Both are read from
//! left to right only, so one pass over the pattern that keeps the set of places in the text is enough: its cost is
//! the product of the two lengths, and beyond a bound the answer is that they may.

/// A text that is known in part: pieces that are known, pieces that may be anything, pieces that may be missing.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Open {
    letters: Vec<Letter>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Letter {
    /// This byte. A `*` here is one that only the `*` of a pattern stands for.
    Byte(u8),
    /// Any text.
    Any,
    /// Goes on behind it, and that many letters further too.
    Fork(usize),
    /// Goes on that many letters further.
    Jump(usize),
}

/// The most steps that are taken for one pattern: a hundred times what a long command under a long pattern needs.
const MOST_STEPS: usize = 1 << 22;

impl Open {
    /// A text in which each `*` stands for anything.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut open = Self::default();
        open.push_open(text);
        open
    }

    /// Goes on with a text that is known.
    pub fn push(&mut self, text: &str) {
        self.letters.extend(text.bytes().map(Letter::Byte));
    }

    /// Goes on with a text in which each `*` stands for anything.
    pub fn push_open(&mut self, text: &str) {
        let letter = |byte| if byte == b'*' { Letter::Any } else { Letter::Byte(byte) };
        self.letters.extend(text.bytes().map(letter));
    }

    /// Goes on with a text, or, if it may be missing, with nothing.
    pub fn push_piece(&mut self, text: &Self, may_be_missing: bool) {
        if may_be_missing {
            self.letters.push(Letter::Fork(text.letters.len()));
        }
        self.letters.extend(&text.letters);
    }

    /// Goes on with one of these texts.
    pub fn push_one_of(&mut self, texts: &[Self]) {
        let Some((first, rest)) = texts.split_first() else { return };
        if rest.is_empty() {
            self.letters.extend(&first.letters);
            return;
        }
        let mut others = Self::default();
        others.push_one_of(rest);
        self.letters.push(Letter::Fork(first.letters.len() + 1));
        self.letters.extend(&first.letters);
        self.letters.push(Letter::Jump(others.letters.len()));
        self.letters.append(&mut others.letters);
    }

    /// Whether some text that this may be is matched by the whole of `pattern`, whose `*` stand for newlines too.
    #[must_use]
    pub fn may_match(&self, pattern: &str) -> bool {
        if pattern.len().saturating_mul(self.letters.len()) > MOST_STEPS {
            return true;
        }
        let mut places = vec![false; self.letters.len() + 1];
        let mut further = places.clone();
        if let Some(start) = places.first_mut() {
            *start = true;
        }
        for byte in pattern.bytes() {
            self.spread(&mut places, byte == b'*');
            if byte == b'*' {
                continue;
            }
            further.fill(false);
            for (place, letter) in self.letters.iter().enumerate() {
                let goes_to = match letter {
                    Letter::Byte(own) if *own == byte => place + 1,
                    Letter::Any => place,
                    Letter::Byte(_) | Letter::Fork(_) | Letter::Jump(_) => continue,
                };
                if places.get(place) == Some(&true) {
                    reach(&mut further, goes_to);
                }
            }
            if !further.contains(&true) {
                return false;
            }
            std::mem::swap(&mut places, &mut further);
        }
        self.spread(&mut places, false);
        places.last() == Some(&true)
    }

    /// Every place that is reached without a letter of the pattern, or, under a `*` of it, by any letters.
    fn spread(&self, places: &mut [bool], under_star: bool) {
        for (place, letter) in self.letters.iter().enumerate() {
            if places.get(place) != Some(&true) {
                continue;
            }
            match letter {
                Letter::Byte(_) if under_star => reach(places, place + 1),
                Letter::Byte(_) => {}
                Letter::Any => reach(places, place + 1),
                Letter::Fork(length) => {
                    reach(places, place + 1);
                    reach(places, place + 1 + length);
                }
                Letter::Jump(length) => reach(places, place + 1 + length),
            }
        }
    }
}

fn reach(places: &mut [bool], place: usize) {
    if let Some(place) = places.get_mut(place) {
        *place = true;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn two_texts_with_stars_meet_where_some_text_is_both() {
        for (pattern, open, meets) in [
            ("rm -rf /", "rm -rf *", true),
            ("rm -rf /", "rm * /", true),
            ("rm -rf /", "rm -rf /*x", false),
            ("git push*--force* main", "git push *", true),
            ("git push*", "git fetch *", false),
            ("*.pem", "keys/*", true),
            ("**/.env", "*/.environment", false),
            ("a", "", false),
            ("*", "", true),
            ("", "*", true),
        ] {
            assert_eq!(Open::of(open).may_match(pattern), meets, "{pattern} {open}");
        }
    }

    #[test]
    fn a_piece_may_be_missing_and_a_piece_may_be_one_of_several() {
        let mut open = Open::default();
        open.push("rm");
        open.push_piece(&Open::of(" *"), true);
        open.push_one_of(&[Open::of(" ns"), Open::of(" namespace"), Open::of(" namespaces")]);
        for (pattern, meets) in [
            ("rm ns", true),
            ("rm namespace", true),
            ("rm namespaces", true),
            ("rm x namespaces", true),
            ("rmx ns", false),
            ("rm namespacess", false),
            ("rm namespace ns", true),
        ] {
            assert_eq!(open.may_match(pattern), meets, "{pattern}");
        }
    }

    #[test]
    fn beyond_the_bound_they_may_meet() {
        let long = "a".repeat(3_000);
        assert!(Open::of(&long).may_match(&"b".repeat(3_000)));
        assert!(!Open::of("a").may_match(&"b".repeat(3_000)));
    }

    /// Every text of at most eight letters `a` and `b`: no shorter pair of patterns meets in a longer one alone.
    fn texts() -> Vec<String> {
        let mut all = vec![String::new()];
        let mut latest = all.clone();
        for _ in 0..8 {
            latest = latest.iter().flat_map(|text| [format!("{text}a"), format!("{text}b")]).collect();
            all.extend(latest.iter().cloned());
        }
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_is_what_trying_every_text_says(pattern in "[ab*]{0,4}", open in "[ab*]{0,4}") {
            let matches = |pattern: &str, text: &str| {
                let mut exact = Open::default();
                exact.push(text);
                exact.may_match(pattern)
            };
            let tried = texts().iter().any(|text| matches(&pattern, text) && matches(&open, text));
            prop_assert_eq!(Open::of(&open).may_match(&pattern), tried);
        }
    }
}
