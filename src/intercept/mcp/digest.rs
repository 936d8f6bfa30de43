//! The digest of a JSON value in a canonical form: members sorted by name, strings decoded, numbers as they are
//! written, nothing between.

use super::scan::{Node, Value};
use crate::sys::digest::Sha256Sum;

/// The SHA-256 digest of a value, 64 hexadecimal digits.
#[must_use]
pub fn digest(node: &Node<'_>) -> String {
    let mut sum = Sha256Sum::default();
    add(&mut sum, node);
    sum.finish()
}

/// The SHA-256 digest of the members of an object that are called `names`.
#[must_use]
pub(super) fn digest_of(object: &Node<'_>, names: &[&str]) -> String {
    let mut sum = Sha256Sum::default();
    for name in names {
        if let Some(value) = object.get(name) {
            text(&mut sum, name);
            add(&mut sum, value);
        }
    }
    sum.finish()
}

/// Each value begins with a letter for its kind, and texts and lists with their length, so that no two values come to
/// the same bytes.
fn add(sum: &mut Sha256Sum, node: &Node<'_>) {
    match &node.value {
        Value::Null => sum.update(b"z"),
        Value::Bool(truth) => sum.update(if *truth { b"t" } else { b"f" }),
        Value::Number(number) => {
            sum.update(b"n");
            text(sum, number);
        }
        Value::Text(string) => {
            sum.update(b"s");
            text(sum, string);
        }
        Value::List(items) => {
            sum.update(b"l");
            length(sum, items.len());
            items.iter().for_each(|item| add(sum, item));
        }
        Value::Object(members) => {
            sum.update(b"o");
            length(sum, members.len());
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|a, b| a.name.cmp(&b.name));
            for member in sorted {
                text(sum, &member.name);
                add(sum, &member.value);
            }
        }
    }
}

fn text(sum: &mut Sha256Sum, text: &str) {
    length(sum, text.len());
    sum.update(text.as_bytes());
}

fn length(sum: &mut Sha256Sum, length: usize) {
    sum.update(&(length as u64).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::super::scan::{Side, scan};
    use super::*;

    fn of(text: &str) -> String {
        digest(&scan(text.as_bytes(), Side::Client).expect("JSON"))
    }

    #[test]
    fn only_the_value_counts_and_all_of_it() {
        assert_eq!(of(r#"{"a":1,"b":"x"}"#), of(r#" { "b" : "\u0078", "a" : 1 } "#));
        let others = [
            r#"{"a":1,"b":"y"}"#,
            r#"{"a":"1","b":"x"}"#,
            r#"{"a":1}"#,
            r#"{"a":[1],"b":"x"}"#,
            "[]",
            "{}",
            "null",
            "[[],[]]",
            "[[[]]]",
            r#"["ab"]"#,
            r#"["a","b"]"#,
        ];
        let digests: std::collections::BTreeSet<_> = others.iter().map(|text| of(text)).collect();
        assert_eq!(digests.len(), others.len());
    }
}
