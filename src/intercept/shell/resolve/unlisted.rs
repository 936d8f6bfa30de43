//! Programs of no table: what their words may name and run.

use super::Interpreter;
use super::assign::strip_start;
use crate::contract::Cause;
use crate::grammar::base_name;
use crate::grammar::operands::takes_data;
use crate::intercept::shell::effect::{Access, Extent};
use crate::intercept::shell::state::State;
use crate::intercept::shell::value::Form;

/// The most words that are looked at for another command.
const MOST_ENDS: usize = 64;

impl Interpreter<'_> {
    /// An option of no table: a file may be named in it.
    pub(super) fn unknown_option(&mut self, word: &Form, state: &State) {
        if let Some((option, value)) = word.start().split_once('=')
            && !value.is_empty()
        {
            let mut value = word.clone();
            strip_start(&mut value, option.len() + 1);
            if let Some(code) = value.known().filter(|text| text.contains(' ')).map(str::to_owned) {
                self.perhaps(&code, state);
            }
            self.uses(&value, Access::Read, Extent::One, state);
        }
    }

    /// Where the word before says that a file is written.
    fn names_output(before: Option<&Form>) -> bool {
        matches!(
            before.and_then(Form::known),
            Some("-o" | "--output" | "--out" | "--outfile" | "--output-file" | "-O")
        )
    }

    /// A program of no table: it may read what its words name, and run what stands behind its own.
    pub(super) fn unlisted(&mut self, name: &str, words: &[Form], state: &mut State) {
        for (place, word) in words.iter().enumerate().skip(1) {
            if let Some((_, code)) =
                word.known().and_then(|text| text.split_once('!')).filter(|_| !takes_data(name))
            {
                let code = code.to_owned();
                self.perhaps(&code, state);
            }
            if place.checked_sub(1).and_then(|place| words.get(place)).and_then(Form::known)
                == Some("-wrapper")
                && let Some(code) = word.known()
            {
                self.perhaps(&code.replace(',', " "), state);
                self.tell(Cause::RunsAnother, code);
            }
            if Self::names_output(place.checked_sub(1).and_then(|place| words.get(place))) {
                self.uses(word, Access::Write, Extent::One, state);
                self.makes(word, state);
            }
            if word.start().starts_with('-') {
                self.unknown_option(word, state);
            } else {
                self.uses(word, Access::Read, Extent::One, state);
                self.reads_inside(word, state);
            }
        }
        if takes_data(name) {
            return;
        }
        for place in 1..words.len().min(MOST_ENDS) {
            let end = words.get(place..).unwrap_or_default();
            let Some(first) = end.first().and_then(Form::known) else { return };
            if takes_data(base_name(first)) {
                return;
            }
            if first.starts_with('-') || first.contains(char::is_whitespace) || first.is_empty() {
                continue;
            }
            if !self.handles(end) {
                return;
            }
            if let Some(runs) = &mut self.runs {
                if runs.len() >= 256 {
                    return;
                }
                runs.push(end.to_vec());
            }
        }
    }

    /// A file that is named somewhere in a word.
    pub(super) fn reads_inside(&mut self, word: &Form, state: &State) {
        let Some(text) = word.known() else { return };
        for part in text.split(['=', ':', ',', '@']).skip(1) {
            if part.contains(['/', '.']) && !part.starts_with("//") {
                self.uses(&Form::text(part), Access::Read, Extent::One, state);
            }
        }
    }
}
