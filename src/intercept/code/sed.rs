//! sed: its commands, one by one.

use super::Uses;

/// What a script of sed runs, reads and writes.
pub(in crate::intercept) fn sed(text: &str) -> Uses {
    let mut script = Script { letters: text.chars().collect(), at: 0 };
    let mut uses = Uses::default();
    if script.commands(&mut uses).is_none() {
        uses.is_unread = true;
    }
    uses.writes.retain(|file| !file.starts_with("/dev/std"));
    uses.reads.retain(|file| !file.starts_with("/dev/std"));
    uses
}

struct Script {
    letters: Vec<char>,
    at: usize,
}

impl Script {
    /// Reads all commands; none where it is not read.
    fn commands(&mut self, uses: &mut Uses) -> Option<()> {
        loop {
            while self.peek().is_some_and(|letter| letter.is_whitespace() || matches!(letter, ';' | '}')) {
                self.at += 1;
            }
            if self.peek().is_none() {
                return Some(());
            }
            self.addresses()?;
            let command = self.next()?;
            match command {
                '{' | '}' | '=' | 'd' | 'D' | 'g' | 'G' | 'h' | 'H' | 'n' | 'N' | 'p' | 'P' | 'x' | 'z'
                | 'F' => {}
                '#' => {
                    self.line();
                }
                'a' | 'i' | 'c' => self.text(),
                'b' | 't' | 'T' | ':' | 'l' | 'L' | 'q' | 'Q' => {
                    self.blanks();
                    while self
                        .peek()
                        .is_some_and(|letter| !matches!(letter, ';' | '}') && !letter.is_whitespace())
                    {
                        self.at += 1;
                    }
                }
                'e' => {
                    let command = self.line();
                    if command.trim().is_empty() {
                        uses.is_unread = true;
                    } else {
                        uses.commands.push(command.trim().to_owned());
                    }
                }
                'r' | 'R' => uses.reads.push(self.line().trim().to_owned()),
                'w' | 'W' => uses.writes.push(self.line().trim().to_owned()),
                's' => {
                    let delimiter = self.next()?;
                    self.pattern(delimiter)?;
                    let replacement = self.section(delimiter)?;
                    self.flags(&replacement, uses);
                }
                'y' => {
                    let delimiter = self.next()?;
                    self.section(delimiter)?;
                    self.section(delimiter)?;
                }
                'v' => {
                    self.line();
                }
                _ => return None,
            }
        }
    }

    fn flags(&mut self, replacement: &str, uses: &mut Uses) {
        while let Some(flag) = self.peek() {
            match flag {
                'g' | 'p' | 'i' | 'I' | 'm' | 'M' | '0'..='9' => {}
                'e' => {
                    uses.is_unread = true;
                    uses.commands.push(replacement.to_owned());
                }
                'w' => {
                    self.at += 1;
                    uses.writes.push(self.line().trim().to_owned());
                    return;
                }
                _ => return,
            }
            self.at += 1;
        }
    }

    /// `1`, `$`, `/re/I`, `\cREc`, `first~step`, joined by a comma, with `!`.
    fn addresses(&mut self) -> Option<()> {
        loop {
            self.blanks();
            match self.peek()? {
                '0'..='9' | '$' | '+' | '~' => self.at += 1,
                '/' => {
                    self.at += 1;
                    self.pattern('/')?;
                    while matches!(self.peek(), Some('I' | 'M')) {
                        self.at += 1;
                    }
                }
                '\\' => {
                    self.at += 1;
                    let delimiter = self.next()?;
                    self.pattern(delimiter)?;
                    while matches!(self.peek(), Some('I' | 'M')) {
                        self.at += 1;
                    }
                }
                ',' | '!' => self.at += 1,
                _ => return Some(()),
            }
        }
    }

    /// A pattern up to a delimiter, which is taken; in brackets the delimiter is a letter.
    fn pattern(&mut self, delimiter: char) -> Option<String> {
        let mut pattern = String::new();
        loop {
            let letter = self.next()?;
            match letter {
                '\\' => pattern.extend([letter, self.next()?]),
                '[' if delimiter != '[' => {
                    pattern.push(letter);
                    for first in ['^', ']'] {
                        if self.peek() == Some(first) {
                            pattern.extend(self.next());
                        }
                    }
                    while let Some(inside) = self.next() {
                        pattern.push(inside);
                        if inside == '[' && matches!(self.peek(), Some(':' | '.' | '=')) {
                            let sign = self.next()?;
                            pattern.push(sign);
                            while let Some(named) = self.next() {
                                pattern.push(named);
                                if named == sign && self.peek() == Some(']') {
                                    pattern.extend(self.next());
                                    break;
                                }
                            }
                        } else if inside == ']' {
                            break;
                        }
                    }
                }
                _ if letter == delimiter => return Some(pattern),
                _ => pattern.push(letter),
            }
        }
    }

    /// Text up to a delimiter, which is taken.
    fn section(&mut self, delimiter: char) -> Option<String> {
        let mut section = String::new();
        loop {
            let letter = self.next()?;
            match letter {
                '\\' => {
                    let escaped = self.next()?;
                    if escaped != delimiter {
                        section.push('\\');
                    }
                    section.push(escaped);
                }
                _ if letter == delimiter => return Some(section),
                _ => section.push(letter),
            }
        }
    }

    /// The text behind `a`, `i` and `c`, with the lines that a backslash joins to it.
    fn text(&mut self) {
        while let Some(letter) = self.next() {
            match letter {
                '\\' => {
                    self.next();
                }
                '\n' => return,
                _ => {}
            }
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        while let Some(letter) = self.next() {
            if letter == '\n' {
                break;
            }
            line.push(letter);
        }
        line
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += 1;
        Some(letter)
    }
}
