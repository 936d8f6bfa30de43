//! The canonical form of JSON, RFC 8785: one value, one text.
//!
//! Strings are written as serde_json writes them, which is what the RFC asks for; members are sorted by UTF-16 code
//! units; numbers have the shortest form that ECMAScript gives them. The last is left to `serde_json_canonicalizer`
//! but for whole numbers that a double holds exactly, whose digits are what they are. That crate could write all of
//! it, at several times the cost of the rest of an append; a property test holds the two together.

use serde::Serialize;
use serde_json::{Map, Number, Value};

/// The largest whole number up to which a double holds every one.
const EXACT: u64 = 1 << 53;

/// Writes a value.
pub(super) fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => write_number(number, out),
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                write(item, out);
            }
            out.push(b']');
        }
        Value::Object(members) => {
            out.push(b'{');
            for (place, (name, value)) in sorted(members).into_iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                write_string(name, out);
                out.push(b':');
                write(value, out);
            }
            out.push(b'}');
        }
    }
}

/// Writes a string.
pub(super) fn write_string(text: &str, out: &mut Vec<u8>) {
    serialize(text, out);
}

/// The members in the order of the RFC.
pub(super) fn sorted(members: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut sorted: Vec<_> = members.iter().collect();
    // ASCII sorts the same by bytes, which is how the map holds it.
    if !sorted.iter().all(|(name, _)| name.is_ascii()) {
        sorted.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
    }
    sorted
}

fn write_number(number: &Number, out: &mut Vec<u8>) {
    let is_exact = match (number.as_u64(), number.as_i64()) {
        (Some(whole), _) => whole <= EXACT,
        (None, Some(whole)) => whole.unsigned_abs() <= EXACT,
        (None, None) => false,
    };
    if is_exact {
        serialize(number, out);
    } else {
        // Numbers of JSON are finite, and a vector takes all that is written: neither can fail.
        let _ = serde_json_canonicalizer::to_writer(number, out);
    }
}

fn serialize<T: Serialize + ?Sized>(plain: &T, out: &mut Vec<u8>) {
    // A string or a number into a vector: nothing of that can fail.
    let _ = serde_json::to_writer(out, plain);
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;

    use super::*;

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[\u{0}-\u{20}\"\\\\/\u{7f}\u{2028}]{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..6).prop_map(Value::from),
                btree_map("[a-c\u{e000}-\u{ffff}\u{10000}-\u{10100}]{0,3}", inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_form_is_the_one_of_the_rfc_and_reads_back_to_itself(value in values()) {
            let mut written = Vec::new();
            write(&value, &mut written);
            let reference = serde_json_canonicalizer::to_vec(&value).expect("it is JSON");
            prop_assert_eq!(&written, &reference);
            let read: Value = serde_json::from_slice(&written).expect("it is JSON");
            let mut again = Vec::new();
            write(&read, &mut again);
            prop_assert_eq!(&written, &again);
        }
    }

    #[test]
    fn whole_numbers_at_the_edge_of_a_double_are_written_as_a_double_has_them() {
        for (number, written) in [
            (Value::from(EXACT), "9007199254740992"),
            (Value::from(EXACT + 1), "9007199254740992"),
            (Value::from(u64::MAX), "18446744073709552000"),
            (Value::from(i64::MIN), "-9223372036854776000"),
            (Value::from(1e21), "1e+21"),
            (Value::from(-0.0), "0"),
        ] {
            let mut out = Vec::new();
            write(&number, &mut out);
            assert_eq!(String::from_utf8(out).expect("text"), written);
        }
    }
}
