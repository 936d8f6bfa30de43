//! Lists of words without addresses, for the reason that [`super::packed`] gives.
//!
//! A list is written down as any other and packed while the program is compiled; a word is found by its hash.

/// Declares a list: `words! { /// What it is. pub NAME = ["a", "b"] }`.
macro_rules! words {
    ($(#[$about:meta])* $visibility:vis $name:ident = [$($word:literal),* $(,)?]) => {
        $(#[$about])*
        $visibility static $name: $crate::grammar::words::Words<
            { $crate::grammar::words::bytes(&[$($word),*]) },
            { $crate::grammar::words::slots(&[$($word),*]) },
        > = $crate::grammar::words::Words::pack(&[$($word),*]);
    };
}

pub(super) use words;

/// A list of words: their text, and where each begins and how long it is, in the first slot that was free from its hash
/// on. A slot of no length is free.
#[derive(Debug)]
pub struct Words<const BYTES: usize, const SLOTS: usize> {
    text: [u8; BYTES],
    slots: [(u16, u8); SLOTS],
}

impl<const BYTES: usize, const SLOTS: usize> Words<BYTES, SLOTS> {
    pub(super) const fn pack(mut words: &[&str]) -> Self {
        let mut packed = Self { text: [0; BYTES], slots: [(0, 0); SLOTS] };
        let mut at = 0;
        while let [word, others @ ..] = words {
            let (_, free) = packed.text.split_at_mut(at);
            let (into, _) = free.split_at_mut(word.len());
            into.copy_from_slice(word.as_bytes());
            assert!(at <= u16::MAX as usize && word.len() <= u8::MAX as usize, "more than a slot can say");
            let (before, from) = packed.slots.split_at_mut(hash(word) % SLOTS);
            let slot = (at as u16, word.len() as u8);
            assert!(fill_first_free(from, slot) || fill_first_free(before, slot), "more words than slots");
            at += word.len();
            words = others;
        }
        packed
    }

    /// Whether the list has this word.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        let Some((before, from)) = self.slots.split_at_checked(hash(word) % SLOTS) else { return false };
        let mut slots = from.iter().chain(before).take_while(|(_, length)| *length > 0);
        slots.any(|slot| self.word(*slot) == word)
    }

    /// Its words, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.slots.iter().filter(|(_, length)| *length > 0).map(|slot| self.word(*slot))
    }

    fn word(&self, (start, length): (u16, u8)) -> &str {
        let start = usize::from(start);
        let bytes = self.text.get(start..start + usize::from(length)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

/// How long all words are together.
pub(super) const fn bytes(mut words: &[&str]) -> usize {
    let mut bytes = 0;
    while let [word, others @ ..] = words {
        bytes += word.len();
        words = others;
    }
    bytes
}

/// How many slots a list gets: at least twice as many as it has words.
pub(super) const fn slots(words: &[&str]) -> usize {
    (2 * words.len() + 1).next_power_of_two()
}

/// The FNV-1a hash of a name.
pub(super) const fn hash(name: &str) -> usize {
    let mut hash: u32 = 0x811c_9dc5;
    let mut bytes = name.as_bytes();
    while let [byte, others @ ..] = bytes {
        hash = (hash ^ *byte as u32).wrapping_mul(0x0100_0193);
        bytes = others;
    }
    hash as usize
}

const fn fill_first_free(mut slots: &mut [(u16, u8)], slot: (u16, u8)) -> bool {
    while let [first, others @ ..] = slots {
        if first.1 == 0 {
            *first = slot;
            return true;
        }
        slots = others;
    }
    false
}

#[cfg(test)]
mod tests {
    words! { SOME = ["a", "if", "\u{e9}t\u{e9}", "terraform"] }

    #[test]
    fn a_list_has_its_words_and_no_others() {
        let mut words: Vec<&str> = SOME.iter().collect();
        words.sort_unstable();
        assert_eq!(words, ["a", "if", "terraform", "\u{e9}t\u{e9}"]);
        assert!(words.iter().all(|word| SOME.contains(word)));
        for other in ["", "aif", "i", "terrafor", "b", "\0"] {
            assert!(!SOME.contains(other), "{other}");
        }
    }
}
