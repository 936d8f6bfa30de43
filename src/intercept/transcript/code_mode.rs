//! The commands in a program of Codex's code mode.
//!
//! There the model writes JavaScript that calls the shell: `await tools.exec_command({cmd: "…", workdir: "…"})`. No
//! JavaScript is run or fully parsed here: a call counts where its argument is an object whose `cmd` is one literal.
//! One that is put together at run time is said to be unknown.

use std::str::Chars;

/// The end of the functions' names that run a command, and their beginnings.
const CALL: &str = "_command(";
const FUNCTIONS: [&str; 2] = ["exec", "shell"];

/// The most calls of one program.
const MOST_CALLS: usize = 1_000;

/// A command of a program.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Command {
    pub(super) text: String,
    pub(super) workdir: Option<String>,
}

/// The commands of a program, in their order; none in the place of one that is not known.
pub(super) fn commands(source: &str) -> Vec<Option<Command>> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some((before, behind)) = rest.split_once(CALL).filter(|_| found.len() < MOST_CALLS) {
        rest = behind;
        if FUNCTIONS.iter().any(|name| before.ends_with(name)) {
            let mut scanner = Scanner { chars: behind.chars() };
            found.push(scanner.command());
            // What was read is not looked at again, so the time is linear.
            rest = scanner.chars.as_str();
        }
    }
    found
}

struct Scanner<'a> {
    chars: Chars<'a>,
}

impl Scanner<'_> {
    /// An object with a command in it.
    fn command(&mut self) -> Option<Command> {
        self.skip(char::is_whitespace);
        if self.chars.next() != Some('{') {
            return None;
        }
        let (mut command, mut workdir) = (None, None);
        loop {
            self.skip(|c| c.is_whitespace() || c == ',');
            if self.peek()? == '}' {
                self.chars.next();
                return Some(Command { text: command?, workdir });
            }
            let name = self.name()?;
            self.skip(char::is_whitespace);
            let value = match self.peek()? {
                ':' => {
                    self.chars.next();
                    self.value()
                }
                // The variable of that name.
                ',' | '}' => None,
                _ => return None,
            };
            match name.as_str() {
                "cmd" | "command" => command = value,
                // Without the folder the command is another one.
                "workdir" => workdir = Some(value?),
                _ => {}
            }
        }
    }

    fn name(&mut self) -> Option<String> {
        if matches!(self.peek()?, '"' | '\'') {
            return self.string();
        }
        let mut name = String::new();
        while let Some(c) = self.peek().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '$')) {
            name.push(c);
            self.chars.next();
        }
        (!name.is_empty()).then_some(name)
    }

    /// A value, if it is one literal; whatever it is, what follows is the comma or brace behind it.
    fn value(&mut self) -> Option<String> {
        self.skip(char::is_whitespace);
        let literal = if matches!(self.peek()?, '"' | '\'' | '`') { self.string() } else { None };
        self.skip(char::is_whitespace);
        let is_whole = matches!(self.peek()?, ',' | '}');
        let mut depth = 0_usize;
        while let Some(c) = self.peek() {
            match c {
                ',' | '}' if depth == 0 => break,
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.checked_sub(1)?,
                '"' | '\'' | '`' => {
                    self.string();
                    continue;
                }
                _ => {}
            }
            self.chars.next();
        }
        literal.filter(|_| is_whole)
    }

    /// A string, read to its end; none if something is put into it at run time.
    fn string(&mut self) -> Option<String> {
        let quote = self.chars.next()?;
        let mut text = String::new();
        let mut is_literal = true;
        loop {
            match self.chars.next()? {
                c if c == quote => return is_literal.then_some(text),
                '\\' => self.escape(&mut text)?,
                '$' if quote == '`' && self.peek() == Some('{') => is_literal = false,
                c => text.push(c),
            }
        }
    }

    fn escape(&mut self, text: &mut String) -> Option<()> {
        match self.chars.next()? {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'v' => text.push('\u{b}'),
            '0' => text.push('\0'),
            'x' => text.push(self.code(2)?),
            'u' if self.peek() == Some('{') => {
                self.chars.next();
                let mut code = 0_u32;
                loop {
                    match self.chars.next()? {
                        '}' => break,
                        digit => code = code.checked_mul(16)?.checked_add(digit.to_digit(16)?)?,
                    }
                }
                text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            'u' => text.push(self.code(4)?),
            // A line that goes on.
            '\n' => {}
            other => text.push(other),
        }
        Some(())
    }

    fn code(&mut self, digits: usize) -> Option<char> {
        let mut code = 0_u32;
        for _ in 0..digits {
            code = code * 16 + self.chars.next()?.to_digit(16)?;
        }
        Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn peek(&self) -> Option<char> {
        self.chars.clone().next()
    }

    fn skip(&mut self, is_skipped: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&is_skipped) {
            self.chars.next();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(text: &str, workdir: Option<&str>) -> Option<Command> {
        Some(Command { text: text.into(), workdir: workdir.map(str::to_owned) })
    }

    #[test]
    fn commands_that_are_literals_are_found_in_order() {
        let source = r#"
            const a = await tools.exec_command({cmd: "git status", workdir: '/srv/app', yield_time_ms: 1e4});
            const b = await tools.shell_command( { "command" : `ls -la` , } );
            text(await tools.exec_command({login: f({a: [1, "}"]}), cmd: 'echo \'a\'\n\x41\u0042\u{43}'}));
        "#;
        assert_eq!(
            commands(source),
            [
                command("git status", Some("/srv/app")),
                command("ls -la", None),
                command("echo 'a'\nABC", None),
            ]
        );
    }

    #[test]
    fn a_command_that_is_put_together_is_unknown() {
        for source in [
            "tools.exec_command({cmd})",
            "tools.exec_command({cmd: command, tty: false})",
            "tools.exec_command({cmd: 'rm ' + path})",
            "tools.exec_command({cmd: `rm ${path}`})",
            "tools.exec_command({cmd: 'ls', workdir: folder})",
            "tools.exec_command({...options, cmd: 'ls'})",
            "tools.exec_command(options)",
            "tools.exec_command({cmd: 'ls'",
            "tools.exec_command({cmd: 'ls",
            "tools.exec_command({cmd: ]})",
            "tools.exec_command(",
        ] {
            assert_eq!(commands(source), [None], "{source}");
        }
        assert_eq!(commands("tools.write_stdin({chars: 'exec_command'}); run_command({cmd: 'ls'})"), []);
    }

    #[test]
    fn many_calls_are_read_in_linear_time() {
        assert_eq!(commands(&"exec_command(".repeat(100_000)).len(), MOST_CALLS);
    }
}
