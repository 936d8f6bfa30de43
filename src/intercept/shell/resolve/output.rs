//! What the few programs write that only repeat their words.

use super::Interpreter;
use crate::intercept::shell::value::{Form, Value};

impl Interpreter<'_> {
    /// `echo`: with escapes read and not read, as shells differ.
    pub(super) fn echoed(&mut self, operands: &[Form]) -> Value {
        if !self.is_captured {
            return Value::text("");
        }
        let mut rest = operands;
        let mut has_newline = true;
        let mut escapes = false;
        while let Some(letters) = rest.first().and_then(Form::known).and_then(|text| text.strip_prefix('-')) {
            if letters.is_empty() || !letters.chars().all(|letter| matches!(letter, 'n' | 'e' | 'E')) {
                break;
            }
            has_newline &= !letters.contains('n');
            escapes |= letters.contains('e');
            rest = rest.get(1..).unwrap_or_default();
        }
        let mut form = Form::default();
        for (place, word) in rest.iter().enumerate() {
            if place > 0 {
                form.push(" ");
            }
            form.append(word);
        }
        let plain = form.clone();
        let read = form
            .known()
            .filter(|text| text.contains('\\'))
            .and_then(|text| unescaped(text, true))
            .map(Form::text);
        let forms = match read {
            Some(read) if escapes => vec![read],
            // `sh` may be one whose echo always reads them.
            Some(read) => vec![plain, read],
            None => vec![plain],
        };
        Value::of(forms.into_iter().map(|mut form| {
            if has_newline {
                form.push("\n");
            }
            form
        }))
    }

    /// `printf FORMAT WORD…`
    pub(super) fn printed(&mut self, operands: &[Form]) -> Value {
        let operands = if operands.first().and_then(Form::known) == Some("--") {
            operands.get(1..).unwrap_or_default()
        } else {
            operands
        };
        let Some((format, values)) = operands.split_first() else { return Value::text("") };
        let Some(format) = format.known() else { return Value::unknown() };
        let mut form = Form::default();
        let mut values = values.iter();
        for _ in 0..1_000 {
            let before = values.len();
            if !formatted(format, &mut values, &mut form) {
                return Value::unknown();
            }
            if values.len() == 0 || values.len() == before {
                return Value::of([form]);
            }
        }
        Value::unknown()
    }

    /// `command -v NAME` and its kin: the name, at some place.
    pub(super) fn located(&mut self, operands: &[Form]) -> Value {
        let names = operands.iter().filter(|form| !form.start().starts_with('-'));
        let mut value = Value::text("");
        for name in names {
            value = value.followed(&Value::of([name.clone()])).followed(&Value::text("\n"));
        }
        value
    }
}

/// One round of a format; false if it is not read.
fn formatted(format: &str, values: &mut std::slice::Iter<'_, Form>, form: &mut Form) -> bool {
    let mut rest = format;
    while let Some(at) = rest.find(['%', '\\']) {
        let (before, behind) = rest.split_at(at);
        form.push(before);
        if behind.starts_with('\\') {
            let end = escape_length(behind);
            let Some(text) = behind.get(..end).and_then(|escape| unescaped(escape, false)) else {
                return false;
            };
            form.push(&text);
            rest = behind.get(end..).unwrap_or_default();
            continue;
        }
        let letters = behind.trim_start_matches('%');
        if behind.starts_with("%%") {
            form.push("%");
            rest = behind.get(2..).unwrap_or_default();
            continue;
        }
        let spec = letters.trim_start_matches(|letter: char| {
            letter.is_ascii_digit() || matches!(letter, '-' | '.' | '+' | ' ' | '0' | '#')
        });
        let width = letters.len() - spec.len();
        let mut letters = spec.chars();
        let value = values.next();
        match letters.next() {
            Some('q') if width == 0 => match value.map(Form::known) {
                Some(Some(text)) => form.push(&shell_words::quote(text)),
                Some(None) => return false,
                None => {}
            },
            Some('s' | 'd' | 'i' | 'c') if width == 0 => match value {
                Some(value) if spec.starts_with('c') => match value.known() {
                    Some(text) => form.push(&text.chars().take(1).collect::<String>()),
                    None => form.append(value),
                },
                Some(value) => form.append(value),
                None if spec.starts_with(['d', 'i']) => form.push("0"),
                None => {}
            },
            Some('b') if width == 0 => {
                match value.map(|value| value.known().and_then(|text| unescaped(text, true))) {
                    Some(Some(text)) => form.push(&text),
                    Some(None) => return false,
                    None => {}
                }
            }
            Some('x') if width == 0 => match value.and_then(|value| value.known()?.parse::<u64>().ok()) {
                Some(number) => form.push(&format!("{number:x}")),
                None => return false,
            },
            Some('o') => match value.and_then(|value| value.known()?.parse::<u64>().ok()) {
                Some(number) => form.push(&format!("{number:03o}")),
                None => return false,
            },
            _ => return false,
        }
        rest = letters.as_str();
    }
    form.push(rest);
    true
}

/// How many bytes the escape at the start of a text takes.
fn escape_length(text: &str) -> usize {
    let mut letters = text.chars();
    letters.next();
    let Some(first) = letters.next() else { return text.len() };
    let digits = |most: usize, base: u32| {
        letters.as_str().chars().take(most).take_while(|letter| letter.is_digit(base)).count()
    };
    1 + first.len_utf8()
        + match first {
            'x' => digits(2, 16),
            'u' => digits(4, 16),
            'U' => digits(8, 16),
            '0' => digits(3, 8),
            '1'..='7' => digits(2, 8),
            _ => 0,
        }
}

/// A text with its escapes read; none if one is not.
pub(super) fn unescaped(text: &str, is_argument: bool) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, behind) = rest.split_at(at);
        bytes.extend_from_slice(before.as_bytes());
        let end = escape_length(behind);
        let escape = behind.get(1..end).unwrap_or_default();
        let first = escape.chars().next();
        let code = |base: u32| {
            let digits = escape.trim_start_matches(['x', 'u', 'U']);
            u32::from_str_radix(digits, base).ok()
        };
        match first {
            Some('n') => bytes.push(b'\n'),
            Some('t') => bytes.push(b'\t'),
            Some('r') => bytes.push(b'\r'),
            Some('a') => bytes.push(7),
            Some('b') => bytes.push(8),
            Some('f') => bytes.push(12),
            Some('v') => bytes.push(11),
            Some('e' | 'E') => bytes.push(27),
            Some('\\') => bytes.push(b'\\'),
            Some(quote @ ('"' | '\'')) if !is_argument => bytes.extend(quote.to_string().bytes()),
            Some('c') => return String::from_utf8(bytes).ok(),
            Some('x') => bytes.push(u8::try_from(code(16)?).ok()?),
            Some('u' | 'U') => bytes.extend(char::from_u32(code(16)?)?.to_string().bytes()),
            Some('0'..='7') => bytes.push(u8::try_from(code(8)? & 0xff).ok()?),
            _ => bytes.extend_from_slice(behind.get(..end)?.as_bytes()),
        }
        rest = behind.get(end..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok()
}
