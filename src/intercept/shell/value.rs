//! What a word may be when it runs.
//!
//! A value is a small set of forms; a form is text with holes where the text is not known. Joining more forms than
//! [`MOST_FORMS`] gives the form that is nothing but a hole, so values only ever lose knowledge, and work stays
//! bounded.

use std::borrow::Cow;
use std::rc::Rc;

/// The most forms that are told apart.
pub(super) const MOST_FORMS: usize = 16;

/// The longest form, in bytes; a longer one is not known.
const LONGEST: usize = 1 << 20;

/// A part of a form.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(in crate::intercept) enum Piece {
    Text(String),
    Hole(Hole),
}

/// What is not known.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(in crate::intercept) enum Hole {
    /// Any text, within one word.
    Unknown,
    /// Any number.
    Number,
    /// Any text that is then split: it may be several words, or none.
    Words,
    /// The rest of a path that a search finds: within one word, and it climbs nowhere.
    Found,
    /// What a pattern of file names stands for: `*`, `?`, or the letters in brackets.
    Star,
    Any,
    Class(String),
}

/// One thing that a value may be. Copies share their pieces.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(in crate::intercept) struct Form {
    pieces: Rc<Vec<Piece>>,
}

impl Form {
    pub(in crate::intercept) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.len() > LONGEST {
            return Self::hole(Hole::Words);
        }
        if text.is_empty() { Self::default() } else { Self::of(vec![Piece::Text(text)]) }
    }

    /// A text in which `*`, `?` and brackets stand for what a pattern of file names stands for.
    pub(in crate::intercept) fn pattern(text: impl Into<String>) -> Self {
        Self::text(text).unquoted()
    }

    pub(super) fn hole(hole: Hole) -> Self {
        Self::of(vec![Piece::Hole(hole)])
    }

    pub(super) fn of(pieces: Vec<Piece>) -> Self {
        Self { pieces: Rc::new(pieces) }
    }

    pub(in crate::intercept) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    pub(super) fn pieces_mut(&mut self) -> &mut Vec<Piece> {
        Rc::make_mut(&mut self.pieces)
    }

    pub(super) fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let pieces = self.pieces_mut();
        match pieces.last_mut() {
            Some(Piece::Text(last)) if last.len() + text.len() > LONGEST => {
                *pieces = vec![Piece::Hole(Hole::Words)];
            }
            Some(Piece::Text(last)) => last.push_str(text),
            Some(Piece::Hole(_)) | None => pieces.push(Piece::Text(text.to_owned())),
        }
    }

    pub(super) fn push_hole(&mut self, hole: Hole) {
        let repeats = matches!(hole, Hole::Unknown | Hole::Words | Hole::Found | Hole::Star);
        let pieces = self.pieces_mut();
        if (!repeats || pieces.last() != Some(&Piece::Hole(hole.clone()))) && pieces.len() < 64 {
            pieces.push(Piece::Hole(hole));
        } else if pieces.len() >= 64 {
            *pieces = vec![Piece::Hole(Hole::Words)];
        }
    }

    pub(super) fn append(&mut self, other: &Self) {
        if self.is_empty() {
            self.clone_from(other);
            return;
        }
        for piece in other.pieces() {
            match piece {
                Piece::Text(text) => self.push(text),
                Piece::Hole(hole) => self.push_hole(hole.clone()),
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The text, if all of it is known.
    pub(in crate::intercept) fn known(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Whether something in it is neither known nor a pattern of file names.
    pub(in crate::intercept) fn is_unknown(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Hole(Hole::Unknown | Hole::Number | Hole::Words)))
    }

    /// Whether it may be split into several words, or none.
    pub(in crate::intercept) fn splits(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Hole(Hole::Words)))
    }

    /// Whether a pattern of file names is in it.
    pub(in crate::intercept) fn is_glob(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Hole(Hole::Star | Hole::Any | Hole::Class(_))))
    }

    /// The known text at its start.
    pub(super) fn start(&self) -> &str {
        match self.pieces.first() {
            Some(Piece::Text(text)) => text,
            Some(Piece::Hole(_)) | None => "",
        }
    }

    /// The text, with a `*` for each hole.
    pub(in crate::intercept) fn open(&self) -> Cow<'_, str> {
        if let Some(known) = self.known() {
            return Cow::Borrowed(known);
        }
        let mut text = String::new();
        for piece in self.pieces() {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Hole(_) if text.ends_with('*') => {}
                Piece::Hole(_) => text.push('*'),
            }
        }
        Cow::Owned(text)
    }

    /// The same with a letter that stands for nothing instead of what is not known; patterns stay.
    pub(super) fn assumed(&self) -> Self {
        let mut form = Self::default();
        for piece in self.pieces() {
            match piece {
                Piece::Text(text) => form.push(text),
                Piece::Hole(Hole::Unknown | Hole::Number | Hole::Words | Hole::Found) => {
                    form.push("\u{fffd}");
                }
                Piece::Hole(hole @ (Hole::Star | Hole::Any | Hole::Class(_))) => form.push_hole(hole.clone()),
            }
        }
        form
    }

    /// A pattern of file names as it is written.
    pub(super) fn written(&self) -> String {
        let mut text = String::new();
        for piece in self.pieces() {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Hole(Hole::Any) => text.push('?'),
                Piece::Hole(Hole::Class(class)) => text.extend(["[", class, "]"]),
                Piece::Hole(Hole::Unknown | Hole::Number | Hole::Words | Hole::Found | Hole::Star) => {
                    text.push('*');
                }
            }
        }
        text
    }

    /// The same, as an unquoted expansion gives it before it is split: text that looks like a pattern is one.
    pub(super) fn unquoted(&self) -> Self {
        let mut form = Self::default();
        for piece in self.pieces() {
            match piece {
                Piece::Text(text) if text.contains(['*', '?', '[']) => {
                    for part in text.split_inclusive(['*', '?', '[']) {
                        let (before, sign) = match part.char_indices().next_back() {
                            Some((at, sign @ ('*' | '?' | '['))) => {
                                (part.get(..at).unwrap_or_default(), Some(sign))
                            }
                            _ => (part, None),
                        };
                        form.push(before);
                        match sign {
                            Some('*') => form.push_hole(Hole::Star),
                            Some('?') => form.push_hole(Hole::Any),
                            Some(_) => form.push("["),
                            None => {}
                        }
                    }
                }
                Piece::Text(text) => form.push(text),
                Piece::Hole(Hole::Unknown) => form.push_hole(Hole::Words),
                Piece::Hole(hole) => form.push_hole(hole.clone()),
            }
        }
        form
    }

    /// The same, with everything that could be split kept together.
    pub(super) fn quoted(&self) -> Self {
        let mut form = Self::default();
        for piece in self.pieces() {
            match piece {
                Piece::Text(text) => form.push(text),
                Piece::Hole(Hole::Words) => form.push_hole(Hole::Unknown),
                Piece::Hole(hole) => form.push_hole(hole.clone()),
            }
        }
        form
    }
}

/// Everything that a value may be; never empty.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Value {
    forms: Vec<Form>,
}

impl Value {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { forms: vec![Form::text(text)] }
    }

    pub(super) fn unknown() -> Self {
        Self { forms: vec![Form::hole(Hole::Unknown)] }
    }

    pub(super) fn number() -> Self {
        Self { forms: vec![Form::hole(Hole::Number)] }
    }

    /// One of these; not known if there are none or too many.
    pub(super) fn of(forms: impl IntoIterator<Item = Form>) -> Self {
        let mut all: Vec<Form> = Vec::new();
        for form in forms {
            if all.contains(&form) {
                continue;
            }
            if all.len() >= MOST_FORMS {
                // What is told apart stays: it may be worth a refusal. The rest is a hole.
                if let Some(last) = all.last_mut() {
                    *last = Form::hole(Hole::Unknown);
                }
                break;
            }
            all.push(form);
        }
        if all.is_empty() { Self::unknown() } else { Self { forms: all } }
    }

    /// How many bytes of text it holds.
    pub(super) fn length(&self) -> usize {
        let of = |piece: &Piece| match piece {
            Piece::Text(text) => text.len(),
            Piece::Hole(_) => 1,
        };
        self.forms.iter().flat_map(Form::pieces).map(of).sum()
    }

    pub(super) fn forms(&self) -> &[Form] {
        &self.forms
    }

    pub(super) fn joined(&self, other: &Self) -> Self {
        if self == other {
            return self.clone();
        }
        Self::of(self.forms.iter().chain(&other.forms).cloned())
    }

    /// Each form of this one followed by each of the other.
    pub(super) fn followed(&self, other: &Self) -> Self {
        Self::of(self.forms.iter().flat_map(|first| {
            other.forms.iter().map(move |second| {
                let mut form = first.clone();
                form.append(second);
                form
            })
        }))
    }

    /// The only text that it may be.
    pub(super) fn known(&self) -> Option<&str> {
        match self.forms.as_slice() {
            [only] => only.known(),
            _ => None,
        }
    }

    /// The texts that it may be, as far as they are known.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().filter_map(Form::known)
    }

    /// Whether some form of it has an unknown part.
    pub(super) fn is_unknown(&self) -> bool {
        self.forms.iter().any(|form| form.known().is_none())
    }

    /// Whether it may be anything but text that is known and numbers.
    pub(super) fn is_open(&self) -> bool {
        self.forms.iter().flat_map(Form::pieces).any(|piece| match piece {
            Piece::Text(_) | Piece::Hole(Hole::Number) => false,
            Piece::Hole(
                Hole::Unknown | Hole::Words | Hole::Found | Hole::Star | Hole::Any | Hole::Class(_),
            ) => true,
        })
    }

    /// What `change` makes of each form.
    pub(super) fn map(&self, change: impl FnMut(&Form) -> Form) -> Self {
        Self::of(self.forms.iter().map(change))
    }

    /// What `change` makes of each text; a form that is not known stays unknown.
    pub(super) fn map_text(&self, mut change: impl FnMut(&str) -> Option<String>) -> Self {
        self.map(|form| {
            form.known().and_then(&mut change).map_or_else(|| Form::hole(Hole::Unknown), Form::text)
        })
    }
}
