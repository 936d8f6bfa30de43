//! The other implementation's command line: words, with places for the policy and the registry of a case.

use std::fmt;

use crate::cli::failure::Failure;

/// A command line with places in it. Never run by a shell.
#[derive(Debug)]
pub(super) struct Template {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Word(String),
    /// Left out where a place in it has nothing to hold.
    Group(Vec<String>),
}

/// A place that a case has nothing for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Missing {
    Policy,
    Registry,
}

impl Missing {
    const ALL: [Self; 2] = [Self::Policy, Self::Registry];

    fn word(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Registry => "registry",
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

impl Template {
    /// Splits the text into words as a shell would, and finds the groups.
    ///
    /// # Errors
    /// If a quote or a group is not closed, or there is no word at all.
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        let words = shell_words::split(text)
            .map_err(|_| Failure::usage("the command of `--against` has a quote that is not closed"))?;
        let mut parts = Vec::new();
        let mut rest = words.as_slice();
        while let Some((word, after)) = rest.split_first() {
            let (part, left) = match group(rest)? {
                Some((group, left)) => (Part::Group(group), left),
                None => (Part::Word(word.clone()), after),
            };
            parts.push(part);
            rest = left;
        }
        match parts.first() {
            Some(Part::Word(program)) if !program.is_empty() => Ok(Self { parts }),
            Some(Part::Word(_) | Part::Group(_)) | None => Err(Failure::usage(
                "the command of `--against` names no program",
            )
            .hint(
                "cavra parity --against 'cavra evaluate --parity --policy {policy} [--registry {registry}]'",
            )),
        }
    }

    /// The program and its arguments for one case.
    ///
    /// # Errors
    /// The first place outside a group that the case has nothing for.
    pub(super) fn fill(
        &self,
        policy: Option<&str>,
        registry: Option<&str>,
    ) -> Result<(String, Vec<String>), Missing> {
        let mut words = Vec::new();
        for part in &self.parts {
            match part {
                Part::Word(word) => words.push(filled(word, policy, registry)?),
                Part::Group(group) => {
                    let group: Result<Vec<String>, Missing> =
                        group.iter().map(|word| filled(word, policy, registry)).collect();
                    words.extend(group.unwrap_or_default());
                }
            }
        }
        let args = words.split_off(words.len().min(1));
        Ok((words.pop().unwrap_or_default(), args))
    }
}

type Group<'a> = (Vec<String>, &'a [String]);

/// The group that these words begin with, if they do, and what follows it. Brackets without a place between them
/// are words like others.
fn group(words: &[String]) -> Result<Option<Group<'_>>, Failure> {
    if !words.first().is_some_and(|word| word.starts_with('[')) {
        return Ok(None);
    }
    let Some(last) = words.iter().position(|word| word.ends_with(']')) else {
        return if has_place(words) {
            Err(Failure::usage("the command of `--against` has a `[` that is not closed"))
        } else {
            Ok(None)
        };
    };
    let (inside, after) = words.split_at(last + 1);
    if !has_place(inside) {
        return Ok(None);
    }
    let mut inside = inside.to_vec();
    if let Some(first) = inside.first_mut() {
        first.remove(0);
    }
    if let Some(last) = inside.last_mut() {
        last.pop();
    }
    inside.retain(|word| !word.is_empty());
    Ok(Some((inside, after)))
}

fn has_place(words: &[String]) -> bool {
    words.iter().any(|word| Missing::ALL.iter().any(|place| word.contains(&format!("{{{place}}}"))))
}

/// The word with its places filled, all at once, so that what is filled in is not looked at again.
fn filled(word: &str, policy: Option<&str>, registry: Option<&str>) -> Result<String, Missing> {
    let mut text = String::with_capacity(word.len());
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let place = Missing::ALL
            .into_iter()
            .find_map(|place| Some((place, after.strip_prefix(place.word())?.strip_prefix('}')?)));
        match place {
            Some((Missing::Policy, after)) => {
                text.push_str(policy.ok_or(Missing::Policy)?);
                rest = after;
            }
            Some((Missing::Registry, after)) => {
                text.push_str(registry.ok_or(Missing::Registry)?);
                rest = after;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled_with(text: &str, policy: Option<&str>, registry: Option<&str>) -> Result<Vec<String>, Missing> {
        let (program, args) = Template::parse(text).unwrap().fill(policy, registry)?;
        Ok(std::iter::once(program).chain(args).collect())
    }

    #[test]
    fn places_are_filled_and_groups_without_anything_to_hold_are_left_out() {
        let text = "other 'a b' --policy={policy} [--registry {registry}] -x";
        assert_eq!(
            filled_with(text, Some("/p"), Some("/r")).unwrap(),
            ["other", "a b", "--policy=/p", "--registry", "/r", "-x"]
        );
        assert_eq!(filled_with(text, Some("/p"), None).unwrap(), ["other", "a b", "--policy=/p", "-x"]);
        assert_eq!(filled_with(text, None, None), Err(Missing::Policy));
    }

    #[test]
    fn a_group_stands_in_one_word_or_in_several_and_with_spaces() {
        let all = |text| filled_with(text, Some("/p"), Some("/r")).unwrap();
        assert_eq!(all("o [{policy}]"), ["o", "/p"]);
        assert_eq!(all("o [ -p {policy} ]"), ["o", "-p", "/p"]);
        assert_eq!(all("o [-p {policy} -r {registry}]"), ["o", "-p", "/p", "-r", "/r"]);
        assert_eq!(filled_with("o [-p {policy} -r {registry}]", Some("/p"), None).unwrap(), ["o"]);
    }

    #[test]
    fn brackets_and_braces_that_hold_no_place_are_words() {
        let text = "o [a b] [ {} {x} {policy {{policy}} ]";
        assert_eq!(filled_with("o [a b] [ {} {x}", None, None).unwrap(), ["o", "[a", "b]", "[", "{}", "{x}"]);
        assert_eq!(
            filled_with(text, Some("{registry}"), None).unwrap(),
            ["o", "[a", "b]", "{}", "{x}", "{policy", "{{registry}}"]
        );
    }

    #[test]
    fn a_command_that_cannot_be_run_is_told() {
        let failure = |text| Template::parse(text).unwrap_err().to_string();
        assert_eq!(failure("a 'b"), "error: the command of `--against` has a quote that is not closed");
        assert_eq!(
            failure("a [b {policy}"),
            "error: the command of `--against` has a `[` that is not closed"
        );
        let nothing = "error: the command of `--against` names no program\nhint: cavra parity --against 'cavra \
                       evaluate --parity --policy {policy} [--registry {registry}]'";
        assert_eq!(failure(" "), nothing);
        assert_eq!(failure("'' a"), nothing);
        assert_eq!(failure("[{policy}]"), nothing);
    }
}
