//! awk: `system`, pipes, redirections and `getline`.

use super::Uses;

/// What a program of awk runs, reads and writes. `variables` are those that it is given values for.
pub(in crate::intercept) fn awk(text: &str, variables: &[(String, String)]) -> Uses {
    let mut uses = Uses::default();
    let mut tokens = tokens(text);
    uses.is_unread |= text.contains("ARGV");
    for token in &mut tokens {
        let Token::Word(word) = token else { continue };
        if let Some((_, value)) = variables.iter().find(|(name, _)| name == word) {
            uses.is_unread |= value.contains('\\');
            *token = Token::Text(value.clone());
        }
    }
    let mut is_printing = false;
    let mut depth = 0usize;
    for (place, token) in tokens.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| tokens.get(place));
        let next = tokens.get(place + 1);
        match token {
            Token::Word(word) => match word.as_str() {
                "print" | "printf" => {
                    is_printing = true;
                    depth = 0;
                }
                "system" => match (next, tokens.get(place + 2), tokens.get(place + 3)) {
                    (Some(Token::Sign('(')), Some(Token::Text(command)), Some(Token::Sign(')'))) => {
                        uses.commands.push(command.clone());
                    }
                    _ => uses.is_unread = true,
                },
                "getline" => match (before, next, tokens.get(place + 2)) {
                    (Some(Token::Sign('|')), _, _) => {}
                    (_, Some(Token::Sign('<')), Some(Token::Text(file))) => uses.reads.push(file.clone()),
                    (_, Some(Token::Word(_)), Some(Token::Sign('<'))) => match tokens.get(place + 3) {
                        Some(Token::Text(file)) => uses.reads.push(file.clone()),
                        _ => uses.is_unread = true,
                    },
                    (_, Some(Token::Sign('<')), _) => uses.is_unread = true,
                    _ => {}
                },
                _ => {}
            },
            Token::Text(_) | Token::Both => {}
            Token::Sign('@') => uses.is_unread = true,
            Token::Sign('|') => match (before, next) {
                (Some(Token::Text(command)), Some(Token::Word(word))) if word == "getline" => {
                    uses.commands.push(command.clone());
                }
                (_, Some(Token::Text(_)))
                    if is_printing
                        && matches!(tokens.get(place + 2), Some(Token::Text(_) | Token::Word(_))) =>
                {
                    uses.is_unread = true;
                }
                (_, Some(Token::Text(command))) if is_printing => {
                    // What is printed into a shell is code.
                    let is_shell = matches!(
                        command.trim().rsplit('/').next(),
                        Some("sh" | "bash" | "dash" | "zsh" | "ksh")
                    );
                    match (is_shell, before) {
                        (true, Some(Token::Text(code))) => {
                            uses.commands.push(code.clone());
                            // Only a lone text is all of it.
                            let is_alone = place.checked_sub(2).and_then(|place| tokens.get(place))
                                == Some(&Token::Word("print".to_owned()));
                            uses.is_unread |= !is_alone;
                        }
                        (true, _) => uses.is_unread = true,
                        (false, _) => uses.commands.push(command.clone()),
                    }
                }
                _ => uses.is_unread = true,
            },
            Token::Sign('(') => depth += 1,
            Token::Sign(')') => depth = depth.saturating_sub(1),
            Token::Sign('>') if is_printing && depth == 0 => match next {
                Some(Token::Sign('>')) => {}
                Some(Token::Text(file)) => {
                    uses.writes.push(file.clone());
                    uses.is_unread |= matches!(tokens.get(place + 2), Some(Token::Text(_) | Token::Word(_)));
                }
                _ => uses.is_unread = true,
            },
            Token::Sign('\n') if matches!(before, Some(Token::Sign(',') | Token::Both)) => {}
            Token::Sign(';' | '}' | '\n' | '{') => is_printing = false,
            Token::Sign(_) => {}
        }
    }
    uses.writes.retain(|file| !file.starts_with("/dev/std"));
    uses
}

#[derive(Debug, Eq, PartialEq)]
enum Token {
    Word(String),
    /// A string, its escapes read where they are simple.
    Text(String),
    Sign(char),
    /// `||`
    Both,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                let mut inside = String::new();
                while let Some(letter) = letters.next() {
                    match letter {
                        '"' => break,
                        '\\' => match letters.next() {
                            Some(digit @ '0'..='7') => {
                                let mut digits = digit.to_string();
                                while digits.len() < 3
                                    && let Some(digit) = letters.next_if(|next| matches!(next, '0'..='7'))
                                {
                                    digits.push(digit);
                                }
                                match u8::from_str_radix(&digits, 8) {
                                    Ok(code) if code.is_ascii() => inside.push(char::from(code)),
                                    Ok(_) | Err(_) => tokens.push(Token::Sign('@')),
                                }
                            }
                            // How long these codes are differs: what they hide is asked about.
                            Some('x' | 'u') => tokens.push(Token::Sign('@')),
                            Some('n') => inside.push('\n'),
                            Some('t') => inside.push('\t'),
                            Some(other) => inside.push(other),
                            None => {}
                        },
                        other => inside.push(other),
                    }
                }
                tokens.push(Token::Text(inside));
            }
            '#' => while letters.next_if(|letter| *letter != '\n').is_some() {},
            '/' => {
                // A regex where a value may stand, else a division.
                let is_after_word = matches!(tokens.last(), Some(Token::Word(word)) if matches!(word.as_str(), "print" | "printf" | "return" | "in" | "case" | "getline" | "else" | "do" | "and" | "or" | "not"));
                let is_value = is_after_word
                    || matches!(
                        tokens.last(),
                        None | Some(
                            Token::Both
                                | Token::Sign(
                                    '(' | ','
                                        | '{'
                                        | '}'
                                        | ';'
                                        | '\n'
                                        | '!'
                                        | '~'
                                        | '&'
                                        | '|'
                                        | '='
                                        | '?'
                                        | ':'
                                )
                        )
                    );
                if is_value {
                    while let Some(letter) = letters.next() {
                        match letter {
                            '\\' => {
                                letters.next();
                            }
                            '[' => {
                                // A slash in brackets is a letter.
                                letters.next_if(|letter| *letter == '^');
                                letters.next_if(|letter| *letter == ']');
                                while letters.next_if(|letter| *letter != ']' && *letter != '\n').is_some() {}
                            }
                            '/' | '\n' => break,
                            _ => {}
                        }
                    }
                    tokens.push(Token::Word(String::new()));
                } else {
                    tokens.push(Token::Sign('/'));
                }
            }
            '|' if letters.peek() == Some(&'|') => {
                letters.next();
                tokens.push(Token::Both);
            }
            '|' if letters.peek() == Some(&'&') => {
                letters.next();
                tokens.push(Token::Sign('|'));
            }
            '>' if letters.peek() == Some(&'=') => {
                letters.next();
                tokens.push(Token::Sign('='));
            }
            ' ' | '\t' | '\r' => {}
            letter if letter.is_alphanumeric() || letter == '_' => {
                let mut word = letter.to_string();
                while let Some(letter) = letters.next_if(|letter| letter.is_alphanumeric() || *letter == '_')
                {
                    word.push(letter);
                }
                tokens.push(Token::Word(word));
            }
            sign => tokens.push(Token::Sign(sign)),
        }
    }
    tokens
}
