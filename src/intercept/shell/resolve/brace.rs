//! Brace expansion: before anything else, on the parts of a word.

use crate::intercept::shell::syntax::Part;

/// The most words that one word may become.
const MOST: usize = 4_096;

/// The most braces and commas of one word.
const MOST_BRACES: usize = 10_000;

/// The words that a word becomes; none if they are too many.
pub(super) fn expand(parts: &[Part]) -> Option<Vec<Vec<Part>>> {
    if parts.iter().filter(|part| matches!(part, Part::Brace(_))).count() > MOST_BRACES {
        return None;
    }
    let mut budget = MOST;
    expanded(parts, &mut budget, 0)
}

fn expanded(parts: &[Part], budget: &mut usize, depth: usize) -> Option<Vec<Vec<Part>>> {
    if depth > 32 {
        return None;
    }
    for (open, close, commas) in pairs(parts) {
        let inside = parts.get(open + 1..close).unwrap_or_default();
        let alternatives: Vec<Vec<Part>> = if commas.is_empty() {
            match sequence(inside) {
                Some(Some(words)) => words.into_iter().map(|word| vec![Part::Literal(word)]).collect(),
                Some(None) => return None,
                None => continue,
            }
        } else {
            let mut alternatives = Vec::new();
            let mut start = open + 1;
            for end in commas.into_iter().chain([close]) {
                alternatives.extend(expanded(parts.get(start..end).unwrap_or_default(), budget, depth + 1)?);
                start = end + 1;
            }
            alternatives
        };
        let before = parts.get(..open).unwrap_or_default();
        let behind = expanded(parts.get(close + 1..).unwrap_or_default(), budget, depth + 1)?;
        *budget = budget.checked_sub(alternatives.len().checked_mul(behind.len())?)?;
        let mut words = Vec::with_capacity(alternatives.len() * behind.len());
        for alternative in &alternatives {
            for rest in &behind {
                words.push(before.iter().chain(alternative).chain(rest).cloned().collect());
            }
        }
        return Some(words);
    }
    Some(vec![parts.to_vec()])
}

/// The braces that belong together, by the place of the first, with the commas directly in between.
fn pairs(parts: &[Part]) -> Vec<(usize, usize, Vec<usize>)> {
    let mut pairs = Vec::new();
    let mut open: Vec<(usize, Vec<usize>)> = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        match part {
            Part::Brace('{') => open.push((place, Vec::new())),
            Part::Brace(',') => {
                if let Some((_, commas)) = open.last_mut() {
                    commas.push(place);
                }
            }
            Part::Brace(_) => {
                if let Some((start, commas)) = open.pop() {
                    pairs.push((start, place, commas));
                }
            }
            _ => {}
        }
    }
    pairs.sort_by_key(|(start, _, _)| *start);
    pairs
}

/// `1..9`, `a..e`, `01..10..3`; the outer none if it is no sequence, the inner one if it is too long.
fn sequence(inside: &[Part]) -> Option<Option<Vec<String>>> {
    let mut text = String::new();
    for part in inside {
        let Part::Literal(literal) = part else { return None };
        text.push_str(literal);
    }
    let mut ends = text.split("..");
    let (from, to, step) = (ends.next()?, ends.next()?, ends.next());
    if ends.next().is_some() {
        return None;
    }
    let step: i64 = match step {
        Some(step) => step.parse().ok()?,
        None => 1,
    };
    let step = step.checked_abs()?.max(1);
    let count = |first: i64, last: i64| first.abs_diff(last) / step.unsigned_abs() + 1;
    let walk = |first: i64, last: i64| {
        let sign = if first <= last { step } else { -step };
        let count = i64::try_from(count(first, last)).unwrap_or(i64::MAX);
        (0..count).map(move |place| first.saturating_add(sign.saturating_mul(place)))
    };
    let most = u64::try_from(MOST).unwrap_or(u64::MAX);
    if let (Ok(first), Ok(last)) = (from.parse::<i64>(), to.parse::<i64>()) {
        if count(first, last) > most {
            return Some(None);
        }
        let is_padded =
            |end: &str| end.trim_start_matches('-').starts_with('0') && end.trim_start_matches('-').len() > 1;
        let width = if is_padded(from) || is_padded(to) { from.len().max(to.len()) } else { 0 };
        return Some(Some(walk(first, last).map(|number| format!("{number:0width$}")).collect()));
    }
    let letter = |end: &str| {
        let mut letters = end.chars();
        letters.next().filter(|letter| letter.is_ascii_alphabetic() && letters.next().is_none())
    };
    let (first, last) = (letter(from)?, letter(to)?);
    let letters = walk(i64::from(u32::from(first)), i64::from(u32::from(last)));
    Some(Some(
        letters
            .filter_map(|code| u32::try_from(code).ok().and_then(char::from_u32))
            .map(|letter| letter.to_string())
            .collect(),
    ))
}
