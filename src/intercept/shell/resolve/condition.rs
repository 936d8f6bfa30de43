//! `[[ … ]]` and `test`: their words are looked at for what they evaluate.

use super::Interpreter;
use crate::intercept::shell::state::State;
use crate::intercept::shell::syntax::Word;
use crate::intercept::shell::value::Value;

/// Operators of which both sides are expressions.
const NUMERIC: &[&str] = &["-eq", "-ne", "-lt", "-le", "-gt", "-ge"];

impl Interpreter<'_> {
    pub(super) fn condition(&mut self, words: &[Word], state: &mut State) {
        let values: Vec<Value> = words.iter().map(|word| self.scalar(word, state)).collect();
        self.tested(&values, true, state);
    }

    /// What the operands of a test run. `evaluates`: its numbers are expressions, as in `[[ … ]]`.
    pub(super) fn tested(&mut self, values: &[Value], evaluates: bool, state: &mut State) {
        for (place, value) in values.iter().enumerate() {
            let Some(operator) = value.known() else { continue };
            if evaluates && NUMERIC.contains(&operator) {
                let sides = [place.checked_sub(1), place.checked_add(1)];
                for side in sides.into_iter().flatten().filter_map(|place| values.get(place)) {
                    for text in side.texts().map(str::to_owned).collect::<Vec<_>>() {
                        self.expression(&text, state);
                    }
                }
            }
            if operator == "-v" || operator == "-R" {
                for text in values
                    .get(place + 1)
                    .into_iter()
                    .flat_map(Value::texts)
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
                {
                    self.subscripted(&text, state);
                }
            }
        }
    }
}
