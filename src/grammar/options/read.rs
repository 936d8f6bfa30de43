//! One bounded pass over the words: each is looked at once, and nothing is kept of an option but its name.

use super::{Arity, NUMBER, Options, Part, Style};

/// The state of one pass over the words.
pub(super) struct Reader<'o, 'w, 's> {
    options: &'o Options,
    more: &'o Options,
    words: &'s [&'w str],
    /// The word to be read next.
    pub(super) next: usize,
    operands: usize,
    ended: bool,
    pub(super) parts: Vec<Part<'w>>,
}

impl<'o, 'w, 's> Reader<'o, 'w, 's> {
    pub(super) fn new(options: &'o Options, more: &'o Options, words: &'s [&'w str]) -> Self {
        Self {
            options,
            more,
            words,
            next: 0,
            operands: 0,
            ended: false,
            parts: Vec::with_capacity(words.len()),
        }
    }

    /// Reads one word, with its value; false at the end.
    pub(super) fn step(&mut self) -> bool {
        let Some((text, word)) = self.take() else {
            return false;
        };
        if self.ended {
            self.parts.push(Part::Operand { word });
            return true;
        }
        match (text, text.strip_prefix('-'), text.strip_prefix('+')) {
            ("--", ..) => self.ended = true,
            ("-", ..) => match self.find("-", "") {
                Some((name, _)) => self.option(name, None, word, word),
                None if self.options.style == Style::Shell => self.ended = true,
                None => self.operand(text, word),
            },
            (_, Some(letters), _) if letters.starts_with('-') || self.options.style == Style::OneDash => {
                self.long(text, word);
            }
            (_, Some(letters), _) => {
                // `zip -TT CMD`: a name of two letters is no cluster.
                if letters.len() > 1 && self.find(text, "").is_some() {
                    self.long(text, word);
                } else {
                    self.short("-", letters, word);
                }
            }
            (_, _, Some(letters)) => self.plus(text, letters, word),
            (_, None, None) => self.operand(text, word),
        }
        true
    }

    fn operand(&mut self, text: &'w str, word: usize) {
        if self.options.style == Style::Pairs
            && let Some((name, value)) = text.split_once('=')
            && let Some((name, _)) = self.find(name, "=")
        {
            self.option(name, Some(value), word, word);
            return;
        }
        self.parts.push(Part::Operand { word });
        self.operands += 1;
        self.ended = match self.options.style {
            Style::Posix | Style::Leading | Style::Shell => true,
            Style::Assigning => !text.contains('='),
            Style::Second => self.operands > 1,
            Style::Gnu | Style::OneDash | Style::Plain | Style::Bundled | Style::Pairs => false,
        };
    }

    /// A word that begins with two dashes, or with one where these are no clusters.
    fn long(&mut self, text: &'w str, word: usize) {
        let (spelled, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
        let Some((name, arity)) = self.long_name(spelled) else {
            self.joined_or_unknown(text, word);
            return;
        };
        match (arity, value) {
            (Arity::Flag, Some(_)) if self.options.style.shortens() => {
                self.parts.push(Part::Unknown { word });
            }
            (Arity::Flag | Arity::Joined, value) | (Arity::Value, value @ Some(_)) => {
                self.option(name, value, word, word);
            }
            (Arity::Value, None) => self.option_with_next(name, word),
            (Arity::Two | Arity::Three, value) => self.option_with_several(name, arity, value, word),
        }
    }

    fn long_name(&self, spelled: &str) -> Option<(&'static str, Arity)> {
        match self.options.style {
            Style::OneDash => {
                let bare = spelled.trim_start_matches('-');
                return self.find("-", bare).or_else(|| self.find("--", bare));
            }
            Style::Shell | Style::Plain | Style::Leading | Style::Pairs => {
                return self.find(spelled, "");
            }
            Style::Gnu | Style::Posix | Style::Assigning | Style::Second | Style::Bundled => {}
        }
        if let Some(exact) = self.find(spelled, "") {
            return Some(exact);
        }
        let mut begun = self.options.begun(spelled).chain(self.more.begun(spelled));
        let (name, arity) = begun.next()?;
        begun.all(|(other, _)| other == name).then_some((name, arity))
    }

    /// A cluster behind one dash or a plus.
    fn short(&mut self, sign: &str, letters: &'w str, word: usize) {
        if self.options.style == Style::Shell
            && let Some((name, arity)) = self.find("--", letters)
        {
            match arity {
                Arity::Value | Arity::Two | Arity::Three => self.option_with_next(name, word),
                Arity::Flag | Arity::Joined => self.option(name, None, word, word),
            }
            return;
        }
        let mut rest = letters;
        loop {
            let mut chars = rest.chars();
            if chars.next().is_none() {
                return;
            }
            let one = rest.strip_suffix(chars.as_str()).unwrap_or(rest);
            let Some((name, arity)) = self.find(sign, one) else {
                let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                if behind.len() < rest.len()
                    && let Some((name, _)) = self.find(NUMBER, "")
                {
                    let number = rest.strip_suffix(behind).unwrap_or(rest);
                    self.option(name, Some(number), word, word);
                    rest = behind;
                    continue;
                }
                self.number_or_unknown(letters, word);
                return;
            };
            rest = chars.as_str();
            match arity {
                Arity::Flag => self.option(name, None, word, word),
                Arity::Value if rest.is_empty() || self.options.style == Style::Shell => {
                    self.option_with_next(name, word);
                }
                Arity::Joined if rest.is_empty() => self.option(name, None, word, word),
                Arity::Two | Arity::Three => {
                    let value = (!rest.is_empty()).then_some(rest);
                    self.option_with_several(name, arity, value, word);
                    return;
                }
                Arity::Value | Arity::Joined => {
                    let plain = matches!(self.options.style, Style::Plain | Style::Leading);
                    let value = rest.strip_prefix('=').filter(|_| plain).unwrap_or(rest);
                    self.option(name, Some(value), word, word);
                    return;
                }
            }
        }
    }

    fn plus(&mut self, text: &'w str, letters: &'w str, word: usize) {
        if let Some((name, _)) = self.find("+", "") {
            self.option(name, Some(letters), word, word);
        } else if self.options.begun("+").next().is_some() && !letters.is_empty() {
            self.short("+", letters, word);
        } else {
            self.operand(text, word);
        }
    }

    /// The first word without a dash as a cluster.
    pub(super) fn bundle(&mut self) {
        let Some(first) = self.words.first().copied().filter(|first| !first.starts_with('-')) else {
            return;
        };
        self.next = 1;
        for letter in first.split("").filter(|letter| !letter.is_empty()) {
            match self.find("-", letter) {
                Some((name, Arity::Value | Arity::Two | Arity::Three)) => self.option_with_next(name, 0),
                Some((name, Arity::Flag | Arity::Joined)) => self.option(name, None, 0, 0),
                None => self.parts.push(Part::Unknown { word: 0 }),
            }
        }
    }

    /// `gcc -oFILE`, else what is in no list.
    fn joined_or_unknown(&mut self, text: &'w str, word: usize) {
        if self.options.style == Style::OneDash
            && let Some(letters) = text.strip_prefix('-')
            && let Some(rest) = letters.chars().next().and_then(|first| letters.strip_prefix(first))
            && let Some((name, Arity::Value | Arity::Joined)) =
                letters.strip_suffix(rest).and_then(|letter| self.find("-", letter))
        {
            self.option(name, Some(rest), word, word);
            return;
        }
        self.number_or_unknown(text, word);
    }

    /// `nice --5`, where a number has a sign of its own.
    fn number_or_unknown(&mut self, text: &'w str, word: usize) {
        let number = text.trim_start_matches('-').trim_start_matches('+');
        let listed = self.find(NUMBER, "");
        match listed.filter(|_| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())) {
            Some((name, _)) => self.option(name, Some(number), word, word),
            None => self.parts.push(Part::Unknown { word }),
        }
    }

    fn option_with_next(&mut self, name: &'static str, word: usize) {
        let (value, at) = self.take().map_or((None, word), |(value, at)| (Some(value), at));
        self.option(name, value, word, at);
    }

    /// An option with two or three values, of which the first may be joined to it.
    fn option_with_several(
        &mut self,
        name: &'static str,
        arity: Arity,
        joined: Option<&'w str>,
        word: usize,
    ) {
        match joined {
            Some(_) => self.option(name, joined, word, word),
            None => self.option_with_next(name, word),
        }
        self.option_with_next(name, word);
        if arity == Arity::Three {
            self.option_with_next(name, word);
        }
    }

    fn option(&mut self, name: &'static str, value: Option<&'w str>, word: usize, at: usize) {
        self.parts.push(Part::Option { name, value, word, at });
    }

    fn take(&mut self) -> Option<(&'w str, usize)> {
        let at = self.next;
        let text = self.words.get(at)?;
        self.next += 1;
        Some((text, at))
    }

    /// The listed option whose name is `head` and `tail` together, under the name that stands for it.
    fn find(&self, head: &str, tail: &str) -> Option<(&'static str, Arity)> {
        self.options.find(head, tail).or_else(|| self.more.find(head, tail))
    }
}
