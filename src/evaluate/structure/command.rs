//! An argv as its program reads it.

use crate::grammar::options::Part;
use crate::grammar::synonyms;
use crate::grammar::tool::Tool;
use crate::policy::Open;

use super::grammar::Grammar;
use super::rule::{Requirement, Rule};

/// A word of an argv.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'r> {
    pub(super) text: &'r str,
    /// Whether a `*` in it stands for any text.
    pub(super) is_open: bool,
    /// Whether it is one word whatever that is.
    pub(super) is_whole: bool,
}

/// A command.
pub(super) struct Command {
    grammar: Grammar,
    /// Each option in all its spellings.
    options: Vec<Vec<String>>,
    /// The places of those that may be the value of the option before.
    uncertain: Vec<usize>,
    /// Whether an operand right behind an option says no (`--dry-run false`).
    says_no: bool,
    /// The operands, each behind a blank.
    operands: Open,
    /// All that they may be, where words are known in part.
    open_operands: Option<Open>,
    /// Whether any option may be among the words that are known in part.
    may_have_more_options: bool,
    hides_subcommand: bool,
    /// What the first operand may be, if it is a subcommand under one of its names; none where it may be more.
    first_operands: Option<Vec<String>>,
}

impl Command {
    /// Reads the words behind the program.
    pub(super) fn read(name: &str, words: &[Word<'_>], tool: Option<&'static Tool>) -> Self {
        let texts: Vec<&str> = words.iter().map(|word| word.text).collect();
        let grammar = Grammar::of(tool, &texts);
        let parts = grammar.read(&texts);
        let mut reader = Reader { name, words, grammar, options: Vec::new(), items: Vec::new() };
        reader.read(&parts);
        let moves = words.iter().enumerate().position(|(place, word)| reader.moves(place, word, &parts));
        let first_open = moves.unwrap_or(words.len());
        let hides_subcommand = grammar.has_subcommands()
            && reader.items.first().map_or(moves.is_some(), |first| {
                first_open <= first.word || words.get(first.word).is_some_and(|word| word.is_open)
            });
        Self {
            grammar,
            operands: reader.operands(),
            open_operands: words.iter().any(|word| word.is_open).then(|| reader.open_operands(first_open)),
            may_have_more_options: moves.is_some(),
            hides_subcommand,
            first_operands: reader.first_operands(),
            says_no: reader.says_no(&parts),
            uncertain: reader.uncertain(&parts),
            options: reader.options,
        }
    }

    pub(super) fn grammar(&self) -> &Grammar {
        &self.grammar
    }

    /// Whether its subcommand is not known, or may stand in a word that is known in part.
    pub(super) fn hides_subcommand(&self) -> bool {
        self.hides_subcommand
    }

    /// Whether a rule may be met whose first operand begins so. Only for words that are known.
    pub(super) fn may_begin_with(&self, start: &str) -> bool {
        let Some(firsts) = &self.first_operands else { return true };
        start.is_empty() || firsts.iter().any(|first| first.starts_with(start))
    }

    /// Whether each option of the rule is plainly there: once, with no value that the rule has not, not negated, and not
    /// where it may be the value of an option that no table lists; and, unless there may be more, no other option.
    pub(super) fn has_only(&self, rule: &Rule<'_>, may_have_more: bool) -> bool {
        rule.readings().any(|reading| {
            let count = reading.requires().count();
            (may_have_more || self.options.len() == count)
                && reading
                    .requires()
                    .all(|requirement| requirement.one_of.iter().any(|text| self.has_plainly(text)))
        })
    }

    fn has_plainly(&self, text: &str) -> bool {
        let names =
            |spellings: &Vec<String>, name: &str| spellings.iter().any(|spelling| name_of(spelling) == name);
        let mut given =
            self.options.iter().enumerate().filter(|(_, spellings)| names(spellings, name_of(text)));
        let (Some((place, spellings)), None) = (given.next(), given.next()) else { return false };
        let has_no_more =
            text.contains('=') || spellings.first().is_some_and(|spelled| !spelled.contains('='));
        // An option that is shortened or negated is told by what its name begins with.
        let longs: Vec<&str> =
            spellings.iter().filter_map(|spelling| name_of(spelling).strip_prefix("--")).collect();
        let is_taken_back = self.options.iter().flatten().any(|spelling| {
            let name = name_of(spelling);
            let negated = name.strip_prefix("--no-").or_else(|| name.strip_prefix("-no-"));
            negated.is_some_and(|negated| {
                longs.iter().any(|long| long.starts_with(negated) || negated.starts_with(long))
            })
        });
        let may_be_value = self.uncertain.contains(&place);
        has_no_more && !is_taken_back && !may_be_value && !self.says_no
    }

    /// Whether the rule is met, whatever the words are that are known in part.
    pub(super) fn meets(&self, rule: &Rule<'_>) -> bool {
        // Most rules on a program fail by their operands, which are cheaper to compare.
        rule.readings().any(|reading| {
            reading.allows(&self.operands, self.options.len())
                && reading.requires().all(|requirement| self.has(requirement, exact))
        })
    }

    /// Whether the rule is met by some words that those may be which are known in part.
    pub(super) fn may_meet(&self, rule: &Rule<'_>) -> bool {
        let Some(operands) = &self.open_operands else { return false };
        rule.readings().any(|reading| {
            let options = if self.may_have_more_options { usize::MAX } else { self.options.len() };
            let has = |requirement| self.may_have_more_options || self.has(requirement, Open::of);
            reading.allows(operands, options) && reading.requires().all(has)
        })
    }

    fn has(&self, requirement: &Requirement, read: impl Fn(&str) -> Open) -> bool {
        let shortens = self.grammar.may_shorten();
        let has = |text: &String| {
            self.options.iter().any(|spellings| {
                // What is known to have a value is not met without it.
                let has_value = spellings.iter().any(|spelling| spelling.contains('='));
                let shortens = shortens && !(has_value && text.contains('='));
                spellings.iter().any(|spelling| is_option(text, spelling, shortens, &read))
            })
        };
        requirement.one_of.iter().any(has)
            || !requirement.or_all.is_empty() && requirement.or_all.iter().all(has)
    }
}

/// Whether the option that a rule has as `text` is the one that is spelled so.
fn is_option(text: &str, spelling: &str, shortens: bool, read: &impl Fn(&str) -> Open) -> bool {
    let has_wildcard = text.contains('*') || spelling.contains('*');
    if text == spelling || has_wildcard && read(spelling).may_match(text) {
        return true;
    }
    let with_value = spelling.strip_prefix(text).is_some_and(|rest| rest.starts_with(['=', ' ']));
    let shortened = shortens && spelling.len() > "--".len() && spelling.starts_with("--");
    with_value || shortened && text.starts_with(spelling)
}

/// An option without its value, or the wildcard behind it.
fn name_of(option: &str) -> &str {
    option.split(['=', ' ', '*']).next().unwrap_or(option)
}

fn begins_with(words: &[&str], name: &str) -> bool {
    let mut words = words.iter();
    name.split(' ').all(|part| words.next().is_some_and(|word| *word == part))
}

struct Item<'r> {
    text: &'r str,
    word: usize,
    /// Whether it may be the value of an option, and no operand.
    may_be_value: bool,
}

struct Reader<'r, 's> {
    name: &'r str,
    words: &'s [Word<'r>],
    grammar: Grammar,
    options: Vec<Vec<String>>,
    items: Vec<Item<'r>>,
}

impl<'r> Reader<'r, '_> {
    fn read(&mut self, parts: &[Part<'r>]) {
        let mut may_have_value = None;
        for part in parts {
            match part {
                Part::Option { name, value, word, at: _ } => {
                    let spellings = self.spellings(name, *value, *word);
                    self.options.push(spellings);
                }
                Part::Operand { word } => {
                    let may_be_value = may_have_value == Some(*word);
                    self.items.push(Item { text: self.text(*word), word: *word, may_be_value });
                }
                Part::Unknown { word } => {
                    let spellings = self.unlisted(*word);
                    self.options.push(spellings);
                    may_have_value = (!self.text(*word).contains('=')).then_some(word + 1);
                }
            }
        }
    }

    /// The places among the options of those that stand right behind one that no table lists, and may be its value.
    fn uncertain(&self, parts: &[Part<'_>]) -> Vec<usize> {
        let mut places = Vec::new();
        let mut unlisted = None;
        let options = parts.iter().filter(|part| !matches!(part, Part::Operand { .. }));
        for (place, part) in options.enumerate() {
            let (Part::Option { word, .. } | Part::Unknown { word } | Part::Operand { word }) = part;
            if unlisted.is_some_and(|before: usize| before + 1 == *word) {
                places.push(place);
            }
            if matches!(part, Part::Unknown { .. }) {
                unlisted = (!self.text(*word).contains('=')).then_some(*word);
            }
        }
        places
    }

    /// Whether an operand stands right behind an option, and says no to it.
    fn says_no(&self, parts: &[Part<'_>]) -> bool {
        const NO: [&str; 6] = ["0", "false", "no", "none", "null", "off"];
        let ends: Vec<usize> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Option { word, value: None, .. } | Part::Unknown { word } => Some(word + 1),
                Part::Option { .. } | Part::Operand { .. } => None,
            })
            .collect();
        self.items
            .iter()
            .any(|item| ends.contains(&item.word) && NO.iter().any(|no| item.text.eq_ignore_ascii_case(no)))
    }

    /// What the first operand may be: each first word of the subcommand's names, and the word itself.
    fn first_operands(&self) -> Option<Vec<String>> {
        if !self.grammar.begins_with_subcommand() {
            return None;
        }
        let Some(first) = self.items.first() else { return Some(Vec::new()) };
        if first.may_be_value || synonyms::kinds(self.name, first.text).is_some() {
            return None;
        }
        let sets = synonyms::subcommands(self.name)
            .filter(|set| set.split('=').any(|name| name.split(' ').next() == Some(first.text)));
        let names = self.grammar.subcommand_names().chain(sets.flat_map(|set| set.split('=')));
        let firsts = names.filter_map(|name| name.split(' ').next());
        Some(firsts.chain([first.text]).map(str::to_owned).collect())
    }

    fn text(&self, word: usize) -> &'r str {
        self.words.get(word).map_or("", |word| word.text)
    }

    fn spellings(&self, name: &'static str, value: Option<&str>, word: usize) -> Vec<String> {
        let mut spellings = vec![self.text(word).to_owned()];
        for name in self.grammar.names(name) {
            spellings.push(name.to_owned());
            if let Some(value) = value {
                spellings.extend([format!("{name}={value}"), format!("{name} {value}")]);
            }
        }
        spellings
    }

    fn unlisted(&self, word: usize) -> Vec<String> {
        let text = self.text(word);
        let mut spellings = vec![text.to_owned()];
        match text.split_once('=') {
            Some((name, value)) => spellings.extend([name.to_owned(), format!("{name} {value}")]),
            None => {
                let next = self.text(word + 1);
                spellings.extend([format!("{text}={next}"), format!("{text} {next}")]);
            }
        }
        spellings.extend(letters(text));
        spellings
    }

    /// Whether the words behind this one may be read in another way because it is known in part: it may end the
    /// options, have the next word for its value, or be several words. One that is the value of a listed option is
    /// that, whatever it is.
    fn moves(&self, place: usize, word: &Word<'_>, parts: &[Part<'_>]) -> bool {
        let may_be_option = |part: &Part<'_>| match part {
            Part::Option { .. } => false,
            Part::Operand { word: at } => *at == place && word.text.starts_with('*'),
            Part::Unknown { word: at } => *at == place,
        };
        word.is_open && (!word.is_whole || parts.iter().any(may_be_option))
    }

    fn operands(&self) -> Open {
        let mut operands = Open::default();
        self.push_items(&mut operands, &self.items, false);
        operands
    }

    /// All that the operands may be. From the first word on that may move others, every word may be an operand, and
    /// may be none.
    fn open_operands(&self, first: usize) -> Open {
        let mut operands = Open::default();
        let known = self.items.iter().take_while(|item| item.word < first).count();
        self.push_items(&mut operands, self.items.get(..known).unwrap_or_default(), true);
        for (place, word) in self.words.iter().enumerate().skip(first) {
            let mut operand = Open::default();
            match (word.is_open, word.is_whole) {
                (true, false) => push_words(&mut operand, word.text),
                (true, true) => push_word(&mut operand, *word),
                (false, _) => self.push_operand(&mut operand, word.text),
            }
            let is_operand = self.items.iter().any(|item| item.word == place && !item.may_be_value);
            let may_be_none = place > first || !is_operand || word.text.starts_with(['*', '-']);
            operands.push_piece(&operand, may_be_none);
        }
        operands
    }

    fn push_items(&self, operands: &mut Open, items: &[Item<'_>], may_be_open: bool) {
        let named = self.push_subcommand(operands, items);
        for item in items.iter().skip(named) {
            let mut operand = Open::default();
            match self.words.get(item.word) {
                Some(word) if word.is_open && may_be_open => push_word(&mut operand, *word),
                Some(_) | None => self.push_operand(&mut operand, item.text),
            }
            operands.push_piece(&operand, item.may_be_value);
        }
    }

    /// Goes on with the subcommand under each of its names; tells how many words it is.
    fn push_subcommand(&self, operands: &mut Open, items: &[Item<'_>]) -> usize {
        let words: Vec<&str> =
            items.iter().take_while(|item| !item.may_be_value).map(|item| item.text).collect();
        let mut names: Vec<&str> = self.grammar.subcommand_names().collect();
        let mut named = names.iter().copied().filter(|name| begins_with(&words, name)).collect::<Vec<_>>();
        for set in synonyms::subcommands(self.name) {
            if let Some(name) = set.split('=').find(|name| begins_with(&words, name)) {
                named.push(name);
                names.extend(set.split('='));
            }
        }
        let Some(longest) = named.into_iter().max_by_key(|name| name.len()) else { return 0 };
        // A name that is a part of another one would leave the rest of that behind.
        let names = names.into_iter().filter(|name| *name == longest || !begins_with(&words, name));
        let names: Vec<Open> = names.map(|name| exact(&format!(" {name}"))).collect();
        operands.push_one_of(&names);
        longest.split(' ').count()
    }

    /// Goes on with a blank and an operand under each of its names.
    fn push_operand(&self, operands: &mut Open, text: &str) {
        let (kind, name) = text.split_once('/').map_or((text, None), |(kind, name)| (kind, Some(name)));
        let Some(kinds) = synonyms::kinds(self.name, kind) else {
            operands.push(" ");
            operands.push(text);
            return;
        };
        let spelled = |kind: &str| match name {
            Some(name) => vec![exact(&format!(" {kind}/{name}")), exact(&format!(" {kind} {name}"))],
            None => vec![exact(&format!(" {kind}"))],
        };
        let all: Vec<Open> = kinds.split(' ').flat_map(spelled).collect();
        operands.push_one_of(&all);
    }
}

fn exact(text: &str) -> Open {
    let mut open = Open::default();
    open.push(text);
    open
}

/// The letters of a cluster of short options, each as an option.
pub(super) fn letters(word: &str) -> Vec<String> {
    let Some(cluster) = word.strip_prefix('-') else { return Vec::new() };
    if cluster.len() < 2 || !cluster.bytes().all(|letter| letter.is_ascii_alphanumeric()) {
        return Vec::new();
    }
    cluster.chars().map(|letter| format!("-{letter}")).collect()
}

/// Goes on with a blank and the operands among the words that a word may be: the first of them, unless it is an
/// option, and any others, of which the last may be the value of one.
fn push_words(operands: &mut Open, word: &str) {
    let first = word.split('*').next().filter(|first| !first.starts_with('-')).unwrap_or_default();
    operands.push(" ");
    operands.push(first);
    operands.push_open("*");
}

/// Goes on with a blank and a word. A word of which nothing is known may be none at all.
pub(super) fn push_word(text: &mut Open, word: Word<'_>) {
    let mut piece = Open::default();
    piece.push(" ");
    if word.is_open {
        piece.push_open(word.text);
    } else {
        piece.push(word.text);
    }
    let may_be_none = word.is_open && !word.is_whole && word.text.bytes().all(|letter| letter == b'*');
    text.push_piece(&piece, may_be_none);
}
