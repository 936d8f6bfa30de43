//! Patterns of a shell against known text.

use crate::intercept::shell::value::{Form, Hole, Piece};

/// The most pairs of letters that are compared.
const MOST_STEPS: usize = 1 << 16;

/// Whether the pattern meets the whole of a text; none if that is not known.
pub(super) fn matches(pattern: &Form, text: &str) -> Option<bool> {
    let mut signs = Vec::new();
    for piece in pattern.pieces() {
        match piece {
            Piece::Text(piece) => signs.extend(piece.chars().map(Sign::Letter)),
            Piece::Hole(Hole::Unknown | Hole::Number | Hole::Words | Hole::Found) => return None,
            Piece::Hole(Hole::Star) => signs.push(Sign::Star),
            Piece::Hole(Hole::Any) => signs.push(Sign::Any),
            Piece::Hole(Hole::Class(class)) => signs.push(Sign::Class(class)),
        }
    }
    let letters: Vec<char> = text.chars().collect();
    if signs.len().checked_mul(letters.len())? > MOST_STEPS {
        return None;
    }
    let (mut at, mut read) = (0, 0);
    let mut latest: Option<(usize, usize)> = None;
    loop {
        match (signs.get(at), letters.get(read)) {
            (Some(Sign::Star), _) => {
                at += 1;
                latest = Some((at, read));
            }
            (None, None) => return Some(true),
            (Some(sign), Some(letter)) if sign.meets(*letter) => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((behind, swallowed)) = latest else { return Some(false) };
                if swallowed >= letters.len() {
                    return Some(false);
                }
                latest = Some((behind, swallowed + 1));
                at = behind;
                read = swallowed + 1;
            }
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Sign<'p> {
    Letter(char),
    Star,
    Any,
    Class(&'p str),
}

impl Sign<'_> {
    fn meets(self, letter: char) -> bool {
        match self {
            Self::Letter(own) => own == letter,
            Self::Star => false,
            Self::Any => true,
            Self::Class(class) => class_meets(class, letter),
        }
    }
}

/// Whether the letters in brackets hold this one.
fn class_meets(class: &str, letter: char) -> bool {
    let (is_negated, class) = match class.strip_prefix(['!', '^']) {
        Some(rest) => (true, rest),
        None => (false, class),
    };
    let letters: Vec<char> = class.chars().collect();
    let mut place = 0;
    let mut is_in = false;
    while let Some(first) = letters.get(place) {
        if *first == '[' && letters.get(place + 1) == Some(&':') {
            let rest: String = letters.get(place + 2..).unwrap_or_default().iter().collect();
            if let Some((name, _)) = rest.split_once(":]") {
                is_in |= match name {
                    "alpha" => letter.is_alphabetic(),
                    "digit" => letter.is_ascii_digit(),
                    "alnum" => letter.is_alphanumeric(),
                    "upper" => letter.is_uppercase(),
                    "lower" => letter.is_lowercase(),
                    "space" => letter.is_whitespace(),
                    "punct" => letter.is_ascii_punctuation(),
                    "blank" => matches!(letter, ' ' | '\t'),
                    "xdigit" => letter.is_ascii_hexdigit(),
                    "print" => !letter.is_control(),
                    "graph" => !letter.is_control() && !letter.is_whitespace(),
                    "cntrl" => letter.is_control(),
                    _ => false,
                };
                place += name.chars().count() + 4;
                continue;
            }
        }
        if letters.get(place + 1) == Some(&'-')
            && let Some(last) = letters.get(place + 2)
        {
            is_in |= (*first..=*last).contains(&letter);
            place += 3;
        } else {
            is_in |= *first == letter;
            place += 1;
        }
    }
    is_in != is_negated
}

/// A pattern as programs read it (`fnmatch`): `*`, `?`, `[…]`, and a backslash before what is meant as it is.
pub(super) fn written(text: &str) -> Form {
    let mut form = Form::default();
    let mut rest = text;
    while let Some(at) = rest.find(['*', '?', '[', '\\']) {
        let (before, behind) = rest.split_at(at);
        form.push(before);
        let mut letters = behind.chars();
        let sign = letters.next();
        rest = letters.as_str();
        match sign {
            Some('*') => form.push_hole(Hole::Star),
            Some('?') => form.push_hole(Hole::Any),
            Some('[') if class_end(rest).is_some() => {
                let end = class_end(rest).unwrap_or_default();
                form.push_hole(Hole::Class(rest.get(..end).unwrap_or_default().to_owned()));
                rest = rest.get(end + 1..).unwrap_or_default();
            }
            Some('[') => form.push("["),
            _ => {
                form.push(letters.next().map(String::from).as_deref().unwrap_or("\\"));
                rest = letters.as_str();
            }
        }
    }
    form.push(rest);
    form
}

/// Where the brackets that are open close: a `]` in front, and those of `[:names:]`, are letters.
pub(super) fn class_end(text: &str) -> Option<usize> {
    let mut at = usize::from(text.starts_with(['!', '^']));
    at += usize::from(text.get(at..)?.starts_with(']'));
    loop {
        let rest = text.get(at..)?;
        let next = rest.find([']', '['])?;
        at += next;
        match rest.get(next..)? {
            named if named.starts_with("[:") => at += named.find(":]").map_or(1, |end| end + 2),
            open if open.starts_with('[') => at += 1,
            _ => return Some(at),
        }
    }
}

/// What is left of a text without the part at its front or back that the pattern meets.
pub(super) fn strip(text: &str, pattern: &Form, is_front: bool, is_longest: bool) -> Option<String> {
    if let Some(literal) = pattern.known() {
        let stripped = if is_front { text.strip_prefix(literal) } else { text.strip_suffix(literal) };
        return Some(stripped.unwrap_or(text).to_owned());
    }
    if text.len() > 4_096 {
        return None;
    }
    let mut cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    if is_front == is_longest {
        cuts.reverse();
    }
    for cut in cuts {
        let (before, behind) = text.split_at_checked(cut)?;
        let (met, left) = if is_front { (before, behind) } else { (behind, before) };
        if matches(pattern, met)? {
            return Some(left.to_owned());
        }
    }
    Some(text.to_owned())
}

/// A text in which what the pattern meets is replaced.
pub(super) fn replace(text: &str, pattern: &Form, with: &str, is_all: bool) -> Option<String> {
    // An `&` may stand for what was met.
    if with.contains('&') || text.len().checked_mul(with.len() + 1)? > 1 << 20 {
        return None;
    }
    if let Some(literal) = pattern.known() {
        return Some(match (literal.is_empty(), is_all) {
            (true, _) => text.to_owned(),
            (false, true) => text.replace(literal, with),
            (false, false) => text.replacen(literal, with, 1),
        });
    }
    if text.len() > 256 {
        return None;
    }
    let mut made = String::new();
    let mut rest = text;
    'places: while !rest.is_empty() {
        let ends: Vec<usize> = rest.char_indices().map(|(at, _)| at).skip(1).chain([rest.len()]).collect();
        for end in ends.into_iter().rev() {
            let (met, behind) = rest.split_at_checked(end)?;
            if matches(pattern, met)? {
                made.push_str(with);
                rest = behind;
                if !is_all {
                    break 'places;
                }
                continue 'places;
            }
        }
        let mut letters = rest.chars();
        made.extend(letters.next());
        rest = letters.as_str();
    }
    made.push_str(rest);
    Some(made)
}
