//! The codes of findings: stable words that tests, editors and people refer to.
//!
//! A code is never given a second meaning and never renamed. Whether it is an error or a warning is said where it
//! is found.

macro_rules! codes {
    ($( $name:ident = $text:literal, $meaning:literal; )+) => {
        $( #[doc = $meaning] pub const $name: &str = $text; )+

        /// Every code, with what it means.
        pub const ALL: &[(&str, &str)] = &[$(($text, $meaning)),+];
    };
}

codes! {
    NOT_UTF8 = "not-utf8", "the text is not UTF-8";
    NUL_BYTE = "nul-byte", "the text holds a NUL";
    YAML_SYNTAX = "yaml-syntax", "the text is not YAML";
    JSON_SYNTAX = "json-syntax", "the text is not JSON";
    TOO_DEEP = "too-deep", "the text nests deeper than 128";
    TOO_MANY_VALUES = "too-many-values", "the text holds more than 100,000 values";
    DUPLICATE_KEY = "duplicate-key", "a key stands twice in one mapping";
    KEY_NOT_TEXT = "key-not-text", "a key is not plain text";
    YAML_ANCHOR = "yaml-anchor", "an anchor or an alias, which policies do without";
    YAML_TAG = "yaml-tag", "a tag, which policies do without";
    YAML_MERGE_KEY = "yaml-merge-key", "a merge key, which policies do without";
    MULTIPLE_DOCUMENTS = "multiple-documents", "the file holds more than one YAML document";
    EMPTY_POLICY = "empty-policy", "the file holds no policy";
    UNKNOWN_SECTION = "unknown-section", "a section that no policy has";
    UNKNOWN_KEY = "unknown-key", "a key that its section does not have";
    UNKNOWN_VALUE = "unknown-value", "a word that is not one of the words for this key";
    WRONG_TYPE = "wrong-type", "a value of the wrong type";
    MISSING_ID = "missing-id", "an authored policy without `metadata.id`";
    MISSING_VERSION = "missing-version", "an authored policy without `metadata.version`";
    BLANK_PATTERN = "blank-pattern", "a pattern of white space alone, which can match nothing";
    MATCHES_NOTHING = "matches-nothing", "a pattern that can match nothing";
    PATTERN_SPACE = "pattern-space", "white space in a pattern that is probably not meant";
    FOLDER_PATTERN = "folder-pattern", "a path pattern that ends with `/`, which names the folder and nothing in it";
    SHADOWED_RULE = "shadowed-rule", "a rule that never decides, because another covers it";
    EXAMPLE_NOT_MATCHED = "example-not-matched", "a `match` example that its rule does not match";
    EXAMPLE_MATCHED = "example-matched", "a `not_match` example that its rule matches";
    UNKNOWN_PACK = "unknown-pack", "`inherits` names a pack that is not built in";
    INHERITS_FILE = "inherits-file", "`inherits` names a file where only packs may be inherited, or one that cannot be read";
    INHERITS_CYCLE = "inherits-cycle", "a policy inherits itself";
    INHERITS_TOO_DEEP = "inherits-too-deep", "inheritance is deeper than 16";
    INHERITS_WEAKER = "inherits-weaker", "one of several policies that are inherited weakens what another says";
    COMPILED_FORMAT = "compiled-format", "a compiled policy that this build does not read";
    COMPILED_POSITIONS = "compiled-positions", "a compiled policy that was edited: its positions do not fit its lists";
    LAYER_LOOSENS = "layer-loosens", "a layer would loosen what a layer above it decides";
    OUTSIDE_PROJECT = "outside-project", "a project policy that leads out of its project";
    SIGNERS_UNUSABLE = "signers-unusable", "a line of signers that names none";
    POLICY_UNSIGNED = "policy-unsigned", "a policy without a signature where one is required";
    POLICY_SIGNATURE = "policy-signature", "a policy whose signature does not count";
    POLICY_OLDER = "policy-older", "a policy of an older version than the one that was in force";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_in_kebab_case() {
        let texts: BTreeSet<_> = ALL.iter().map(|(text, _)| text).collect();
        assert_eq!(texts.len(), ALL.len());
        for (text, _) in ALL {
            assert!(
                text.chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'),
                "{text}"
            );
        }
    }

    /// A code that goes missing or changes here was promised to somebody.
    #[test]
    fn the_codes_that_people_rely_on_are_all_there() {
        let texts: Vec<_> = ALL.iter().map(|(text, _)| *text).collect();
        similar_asserts::assert_eq!(
            texts.join(" "),
            "not-utf8 nul-byte yaml-syntax json-syntax too-deep too-many-values duplicate-key key-not-text \
             yaml-anchor yaml-tag yaml-merge-key multiple-documents empty-policy unknown-section unknown-key \
             unknown-value wrong-type missing-id missing-version blank-pattern matches-nothing pattern-space \
             folder-pattern shadowed-rule example-not-matched example-matched unknown-pack inherits-file \
             inherits-cycle inherits-too-deep inherits-weaker compiled-format compiled-positions layer-loosens \
             outside-project signers-unusable policy-unsigned policy-signature policy-older"
        );
    }
}
