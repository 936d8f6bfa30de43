//! Secrets do not reach the log.
//!
//! A text is looked through a few times, each time from left to right and once, for the shapes that secrets have
//! (`tokens`), private keys (`keys`), passwords in URLs (`urls`), and values whose name says what they are
//! (`assignments`). What is found is replaced by `[redacted:KIND]`. Where a quotation or a key has no end, all of the
//! rest is hidden: too much rather than too little.
//!
//! What has no such shape and no such name is not found. For that a policy names words of its own.

mod assignments;
mod keys;
mod names;
mod tokens;
mod urls;
mod value;

use serde::Serialize;
use serde_json::Value;

/// A value from which secrets were taken. Only a [`Redactor`] makes one.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Redacted<T>(T);

impl<T> Redacted<T> {
    /// The value.
    pub fn get(&self) -> &T {
        &self.0
    }
}

/// Takes secrets out of texts.
pub struct Redactor<'a> {
    hides: Option<&'a dyn Fn(&str) -> bool>,
}

impl<'a> Redactor<'a> {
    /// A redactor that hides the well-known shapes of secrets, and every word that `hides` says yes to, if it is there.
    #[must_use]
    pub fn new(hides: Option<&'a dyn Fn(&str) -> bool>) -> Self {
        Self { hides }
    }

    /// The text without its secrets.
    #[must_use]
    pub fn text(&self, text: &str) -> Redacted<String> {
        Redacted(self.redact(text))
    }

    /// The value with every string in it, keys too, without its secrets. A string whose member's name says that it
    /// is a secret, or that follows an option in a list whose name does, is hidden whole.
    #[must_use]
    pub fn value(&self, value: Value) -> Redacted<Value> {
        Redacted(value::redact(self, value, 0))
    }

    fn redact(&self, text: &str) -> String {
        let mut hidden = Hidden::default();
        if text.len() >= tokens::LEAST || text.bytes().any(|byte| matches!(byte, b'=' | b':' | b'-' | b'@')) {
            keys::find(text, &mut hidden);
            tokens::find(text, &mut hidden);
            urls::find(text, &mut hidden);
            assignments::find(text, &mut hidden);
        }
        self.find_words(text, &mut hidden);
        hidden.replace(text)
    }

    /// The words that the policy hides: between white space and quotes, and what follows a `=` in such a word.
    fn find_words(&self, text: &str, hidden: &mut Hidden) {
        let Some(hides) = self.hides else { return };
        let mut begin = 0;
        for part in text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`')) {
            let word = part.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`'));
            if !word.is_empty() {
                if hides(word) {
                    hidden.add(begin, begin + word.len(), POLICY);
                } else if let Some((name, value)) = word.split_once('=')
                    && !value.is_empty()
                    && hides(value)
                {
                    hidden.add(begin + name.len() + 1, begin + word.len(), POLICY);
                }
            }
            begin += part.len();
        }
    }
}

const POLICY: &str = "policy";

/// The parts of a text that are to be hidden.
#[derive(Default)]
struct Hidden(Vec<Span>);

struct Span {
    start: usize,
    end: usize,
    kind: &'static str,
}

impl Hidden {
    fn add(&mut self, start: usize, end: usize, kind: &'static str) {
        if start < end {
            self.0.push(Span { start, end, kind });
        }
    }

    /// The text with each part replaced. Parts that overlap are one, of the kind of the first.
    fn replace(mut self, text: &str) -> String {
        self.0.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut clean = String::with_capacity(text.len());
        let mut shown_to = 0;
        let mut hidden_to = 0;
        for Span { start, end, kind } in self.0 {
            if start >= hidden_to {
                // A part begins and ends beside ASCII; were it ever not so, the text between would be hidden too.
                clean.push_str(text.get(shown_to..start).unwrap_or_default());
                clean.push_str("[redacted:");
                clean.push_str(kind);
                clean.push(']');
            }
            hidden_to = hidden_to.max(end);
            shown_to = hidden_to;
        }
        clean.push_str(text.get(shown_to..).unwrap_or_default());
        clean
    }
}

/// The byte at a place, 0 beyond the end.
fn at(bytes: &[u8], place: usize) -> u8 {
    bytes.get(place).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;
