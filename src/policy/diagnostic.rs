//! What is wrong with a policy: a stable code, the place, the way out.

use std::fmt::{self, Write as _};
use std::path::PathBuf;

use thiserror::Error;

use crate::sys::files::ReadError;

/// Whether a finding stops the policy from being used.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Level {
    /// It is used all the same.
    Warning,
    /// It is not used.
    Error,
}

/// One finding.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    /// Whether it stops the policy from being used.
    pub level: Level,
    /// The stable code, in kebab case.
    pub code: &'static str,
    /// What is wrong, in a sentence without a period.
    pub message: String,
    /// The file, blob or pack.
    pub path: String,
    /// The line, from 1; 0 if the whole file is meant.
    pub line: u32,
    /// The column in characters, from 1; 0 if the whole line is meant.
    pub column: u32,
    /// How many characters are at fault.
    pub width: u32,
    /// The line of the file, for showing; empty if there is none.
    pub excerpt: String,
    /// The way out, if there is one to tell.
    pub hint: Option<String>,
}

/// Why a policy cannot be used.
#[derive(Debug, Error)]
pub enum PolicyError {
    /// It could not be read.
    #[error("{0}")]
    Unreadable(#[from] ReadError),
    /// It has errors; at least one, the first one first.
    #[error("{}", first_line(.0))]
    Invalid(Vec<Diagnostic>),
    /// There is no pack of this name.
    #[error("there is no policy pack `{}`", .name.escape_debug())]
    UnknownPack {
        /// The name asked for.
        name: String,
        /// The nearest name that exists.
        nearest: Option<&'static str>,
    },
    /// There is nothing where a policy was named.
    #[error("`{}` does not exist", .0.display())]
    Missing(PathBuf),
}

impl Diagnostic {
    /// The finding without its level and code: the message, the place, the line underlined, the way out. Every
    /// control character is spelled out, so that what an author wrote cannot pass for a line of this text.
    #[must_use]
    pub fn body(&self) -> String {
        let mut text = shown(&self.message);
        let path = shown(&self.path);
        if self.line == 0 {
            if !path.is_empty() {
                let _ = write!(text, "\n  --> {path}");
            }
        } else {
            let _ = write!(text, "\n  --> {path}:{}:{}", self.line, self.column);
            if !self.excerpt.is_empty() {
                let number = self.line.to_string();
                let margin = " ".repeat(number.len());
                let (excerpt, before) = self.window();
                let width = usize::try_from(self.width.max(1)).unwrap_or(1);
                let width = width.min(excerpt.chars().count().saturating_sub(before).max(1));
                let _ = write!(
                    text,
                    "\n{margin} |\n{number} | {excerpt}\n{margin} | {}{}",
                    " ".repeat(before),
                    "^".repeat(width)
                );
            }
        }
        if let Some(hint) = &self.hint {
            let _ = write!(text, "\nhint: {}", shown(hint));
        }
        text
    }

    /// As much of the line as fits on a screen, each character that a terminal would act on as one `?`, and how
    /// many characters stand before the fault.
    fn window(&self) -> (String, usize) {
        let before = usize::try_from(self.column.saturating_sub(1)).unwrap_or(0);
        let from = if before + WIDEST / 6 > WIDEST { before - WIDEST / 4 } else { 0 };
        let mut excerpt: String = self
            .excerpt
            .chars()
            .skip(from)
            .take(WIDEST)
            .map(|letter| match letter {
                '\t' => ' ',
                letter if is_unshowable(letter) => '?',
                letter => letter,
            })
            .collect();
        excerpt.truncate(excerpt.trim_end().len());
        (excerpt, before - from)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Warning => "warning",
            Level::Error => "error",
        };
        write!(formatter, "{level}[{}]: {}", self.code, self.body())
    }
}

impl PolicyError {
    /// The findings, if it could be read and is wrong.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Self::Invalid(diagnostics) => diagnostics,
            Self::Unreadable(_) | Self::UnknownPack { .. } | Self::Missing(_) => &[],
        }
    }

    /// A way out, where there is one to tell besides those of the findings.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::UnknownPack { nearest: Some(nearest), .. } => Some(format!("did you mean `{nearest}`?")),
            Self::UnknownPack { nearest: None, .. } => Some("`cavra policy list` names the packs".to_owned()),
            Self::Unreadable(ReadError::Untrusted { path, .. }) => Some(format!(
                "look at it, then: `chmod go-w {0}` and `chown` to whom it belongs",
                shown(&path.display().to_string())
            )),
            Self::Unreadable(_) | Self::Invalid(_) | Self::Missing(_) => None,
        }
    }
}

fn first_line(diagnostics: &[Diagnostic]) -> String {
    diagnostics.first().map_or_else(String::new, |first| {
        let (path, message) = (shown(&first.path), shown(&first.message));
        if first.line == 0 {
            format!("{path}: {message} [{}]", first.code)
        } else {
            format!("{path}:{}:{}: {message} [{}]", first.line, first.column, first.code)
        }
    })
}

fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_unshowable(letter) { shown.extend(letter.escape_default()) } else { shown.push(letter) }
    }
    shown
}

/// Control characters, and those that are invisible or change the direction of writing.
fn is_unshowable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' | '\u{00ad}' | '\u{061c}')
}

/// How many characters of a line are shown at most.
const WIDEST: usize = 120;
