//! Lists of patterns: plain texts, or mappings that say why a rule is there, what to do instead, and what it must
//! match and must not.

use crate::grammar::secrets;

use super::super::codes;
use super::super::pattern::{Note, Pattern, PatternSet};
use super::super::said::Example;
use super::super::tree::{Node, Spot, Value};
use super::Reader;

/// What the patterns of a list are matched against.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Of {
    /// Paths of files.
    Paths,
    /// Commands, trimmed.
    Commands,
    /// Hosts, in small letters and without ports.
    Hosts,
    /// Names of branches.
    Branches,
    /// Names of tools.
    Tools,
    /// Words of any text.
    Words,
    /// Names of shapes that secrets have.
    Shapes,
}

const RULE_KEYS: [&str; 6] = ["pattern", "reason", "alternative", "controls", "match", "not_match"];

impl Reader<'_, '_> {
    pub(super) fn patterns(&mut self, node: &Node, name: &str, of: Of) -> PatternSet {
        let items = self.list(node, name).unwrap_or_default();
        let mut patterns = Vec::with_capacity(items.len());
        for item in items {
            patterns.extend(self.pattern(item, name, of));
        }
        if self.rigour.lints {
            self.repeated(&patterns, name);
        }
        PatternSet::new(patterns)
    }

    fn pattern(&mut self, item: &Node, name: &str, of: Of) -> Option<Pattern> {
        match &item.value {
            Value::Text(text) => self.plain(text, item.at, name, of),
            Value::Map(_) => self.rule(item, name, of),
            Value::Null if !self.rigour.is_authored => None,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) => {
                self.wrong_type(item, name, "a pattern");
                None
            }
        }
    }

    fn plain(&mut self, text: &str, at: Spot, name: &str, of: Of) -> Option<Pattern> {
        let pattern = Pattern::new(text, Some(self.text.location(at)));
        let Some(pattern) = pattern else {
            if self.rigour.is_authored {
                let hint = "write what it is to match, or remove the line".to_owned();
                self.error(
                    codes::BLANK_PATTERN,
                    at,
                    format!("a pattern in `{name}` is blank, and can match nothing"),
                    Some(hint),
                );
            }
            return None;
        };
        if self.rigour.is_authored
            && let Some(fault) = never(pattern.as_str(), of)
        {
            let message = format!("`{}` can match nothing: {fault}", text.escape_debug());
            self.error(codes::MATCHES_NOTHING, at, message, None);
        }
        if self.rigour.lints {
            self.lint(text, &pattern, at, of);
        }
        Some(pattern)
    }

    fn lint(&mut self, text: &str, pattern: &Pattern, at: Spot, of: Of) {
        let shown = pattern.as_str().escape_debug().to_string();
        if pattern.as_str() != text {
            let message = format!("`{}` is trimmed to `{shown}`", text.escape_debug());
            self.warn(codes::PATTERN_SPACE, at, message, Some("remove the white space around it".to_owned()));
        } else if pattern.as_str().contains('\n') {
            let message = format!("`{shown}` holds a new line, which no `*` matches");
            self.warn(
                codes::PATTERN_SPACE,
                at,
                message,
                Some("make it one pattern for each line".to_owned()),
            );
        } else if of == Of::Commands && pattern.as_str().contains("  ") {
            let message =
                format!("`{shown}` holds two spaces in a row, and commands are also judged with one");
            self.warn(codes::PATTERN_SPACE, at, message, Some("write one space".to_owned()));
        }
        if of == Of::Paths && pattern.as_str().ends_with('/') {
            let message = format!("`{shown}` names a folder, and nothing in it");
            self.warn(
                codes::FOLDER_PATTERN,
                at,
                message,
                Some(format!("write `{shown}**` for what is in it")),
            );
        }
    }

    /// A rule with more to say than its pattern.
    fn rule(&mut self, item: &Node, name: &str, of: Of) -> Option<Pattern> {
        let members = self.members(item, name, &RULE_KEYS);
        let text = match item.get("pattern") {
            Some(Node { value: Value::Text(text), at }) => self.plain(text, *at, name, of),
            Some(other) => {
                self.wrong_type(other, "pattern", "a text");
                None
            }
            None => {
                let hint = Some("write `pattern: \"…\"`".to_owned());
                self.error(codes::WRONG_TYPE, item.at, format!("a rule in `{name}` has no `pattern`"), hint);
                None
            }
        };
        let mut note = Note::default();
        let mut examples = Vec::new();
        let mut controls = None;
        for (key, value) in members {
            match key {
                "reason" => note.reason = self.text(value, "reason"),
                "alternative" => note.alternative = self.text(value, "alternative"),
                "controls" => controls = Some(value),
                "match" | "not_match" => {
                    for example in self.list(value, key).unwrap_or_default() {
                        match &example.value {
                            Value::Text(text) => examples.push((text.as_str(), key == "match", example.at)),
                            _ => self.wrong_type(example, key, "a text"),
                        }
                    }
                }
                _ => {}
            }
        }
        let pattern = text?.with_note(note);
        for (example, is_wanted, at) in examples {
            self.example(&pattern, example, is_wanted, at, of);
            self.said.examples.push(Example {
                list: name.to_owned(),
                pattern: pattern.as_str().to_owned(),
                text: example.to_owned(),
                is_match: is_wanted,
                location: self.text.location(at),
            });
        }
        if let Some(controls) = controls {
            self.controls(controls, name, pattern.as_str());
        }
        Some(pattern)
    }

    fn example(&mut self, pattern: &Pattern, example: &str, is_wanted: bool, at: Spot, of: Of) {
        let tried = if of == Of::Commands { example.trim() } else { example };
        if pattern.matches(tried) == is_wanted {
            return;
        }
        let (shown, rule) = (example.escape_debug(), pattern.as_str().escape_debug());
        if is_wanted {
            let hint = "a pattern is anchored at both ends: end it with `*` to match what follows".to_owned();
            self.error(
                codes::EXAMPLE_NOT_MATCHED,
                at,
                format!("`{rule}` does not match its example `{shown}`"),
                Some(hint),
            );
        } else {
            let message = format!("`{rule}` matches `{shown}`, which it says it does not");
            self.error(codes::EXAMPLE_MATCHED, at, message, None);
        }
    }

    /// Rules of one list that another rule of it covers.
    fn repeated(&mut self, patterns: &[Pattern], name: &str) {
        for (place, rule) in patterns.iter().enumerate().take(MOST_COMPARED) {
            let cover = patterns.iter().enumerate().take(MOST_COMPARED).find(|(other_place, other)| {
                *other_place != place && other.covers(rule) && (!rule.covers(other) || *other_place < place)
            });
            if let Some((_, cover)) = cover {
                self.shadowed(rule, name, cover, name);
            }
        }
    }

    /// Rules that one of a stronger list covers.
    pub(super) fn covered(&mut self, rules: &PatternSet, name: &str, by: &PatternSet, by_name: &str) {
        if !self.rigour.lints {
            return;
        }
        for rule in rules.iter().take(MOST_COMPARED) {
            if let Some(cover) = by.iter().take(MOST_COMPARED).find(|cover| cover.covers(rule)) {
                self.shadowed(rule, name, cover, by_name);
            }
        }
    }

    fn shadowed(&mut self, rule: &Pattern, name: &str, cover: &Pattern, by_name: &str) {
        let at = rule.location().map_or_else(Spot::default, |location| Spot {
            line: location.line,
            column: location.column,
            width: u32::try_from(rule.as_str().chars().count()).unwrap_or(1),
        });
        let line = cover.location().map_or(0, |location| location.line);
        let message = format!(
            "`{}` in `{name}` never decides: `{}` in `{by_name}` on line {line} covers it",
            rule.as_str().escape_debug(),
            cover.as_str().escape_debug(),
        );
        self.warn(codes::SHADOWED_RULE, at, message, Some("remove the one that is not meant".to_owned()));
    }
}

/// Why no text of that kind can match, if none can.
fn never(pattern: &str, of: Of) -> Option<&'static str> {
    match of {
        Of::Branches => {
            let forbidden = |letter: char| letter.is_ascii_control() || " ~^:?[\\".contains(letter);
            if pattern.contains(forbidden) {
                Some("the name of a branch holds neither spaces nor any of `~ ^ : ? [ \\`")
            } else if pattern.contains("..") || pattern.starts_with('/') || pattern.ends_with('/') {
                Some("the name of a branch holds no `..`, and neither begins nor ends with `/`")
            } else {
                None
            }
        }
        Of::Hosts => {
            if pattern.contains(['/', '@', ' ']) || pattern.contains(':') && !pattern.contains("::") {
                Some("a host is written alone, without a scheme, a user, a port or a path")
            } else if pattern.chars().any(|letter| letter.is_uppercase() || !letter.is_ascii()) {
                Some("hosts are told in small letters of ASCII; write other letters as `xn--…`")
            } else {
                None
            }
        }
        Of::Shapes => {
            let is_known = Pattern::new(pattern, None)
                .is_some_and(|pattern| secrets::names().any(|name| pattern.matches(name)));
            (!is_known).then_some("no shape of a secret has such a name; `cavra policy schema` lists them")
        }
        Of::Paths | Of::Commands | Of::Tools | Of::Words => None,
    }
}

/// Lists beyond this are not searched for shadows: it takes the square of their length.
const MOST_COMPARED: usize = 2_000;
