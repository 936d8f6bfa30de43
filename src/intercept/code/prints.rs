//! Code that only prints what stands in it.

use crate::grammar::tool::Language;

/// Whether a text does nothing but print texts and numbers that stand in it.
pub(super) fn only_prints(language: Language, text: &str) -> bool {
    let names: &[&str] = match language {
        Language::Ruby => &["puts", "print", "p"],
        Language::Lua => &["print"],
        Language::Node => &["console.log", "console.error"],
        Language::Php => &["echo", "print"],
        _ => return false,
    };
    let mut rest = text.trim();
    while !rest.is_empty() {
        match statement(language, names, rest) {
            Some(behind) => {
                rest = behind.trim_start_matches(|letter: char| letter == ';' || letter.is_whitespace());
            }
            None => return false,
        }
    }
    true
}

/// What is behind the statement at the start of a text, if it prints what stands in it.
fn statement<'t>(language: Language, names: &[&str], text: &'t str) -> Option<&'t str> {
    let behind = names.iter().find_map(|name| text.strip_prefix(name))?;
    let bare = behind.trim_start_matches(' ');
    let (mut rest, is_closed) = match bare.strip_prefix('(') {
        Some(inside) => (inside.trim_start(), true),
        None if bare.len() < behind.len() || bare.starts_with(['"', '\'']) => (bare, false),
        None => return None,
    };
    loop {
        rest = literal(language, rest)?.trim_start_matches(' ');
        match rest.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None => break,
        }
    }
    if is_closed {
        rest = rest.strip_prefix(')')?.trim_start_matches(' ');
    }
    (rest.is_empty() || rest.starts_with([';', '\n'])).then_some(rest)
}

/// What is behind the text or the number at the start of a text. Between quotes nothing is put in.
fn literal(language: Language, text: &str) -> Option<&str> {
    let quote = text.chars().next()?;
    if quote.is_ascii_digit() {
        return Some(text.trim_start_matches(|letter: char| letter.is_ascii_digit()));
    }
    if !matches!(quote, '"' | '\'') {
        return None;
    }
    let inside = text.get(1..)?;
    let (held, behind) = inside.split_at_checked(inside.find(quote)?)?;
    // `\"` would end it elsewhere; `#{…}` of Ruby and `{$…}` of PHP are code.
    let signs: &[char] = match language {
        Language::Ruby => &['\\', '#'],
        Language::Php => &['\\', '$', '{'],
        _ => &['\\'],
    };
    let is_plain = !held.contains(signs) || held.replace("\\n", "").find(signs).is_none();
    is_plain.then(|| behind.get(1..)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_printed() {
        for (language, text) in [
            (Language::Ruby, "puts 'ok'"),
            (Language::Ruby, "puts \"a\\n\"; print 1, 'b'"),
            (Language::Lua, "print(\"Hello World\")"),
            (Language::Php, "echo \"hi\\n\";"),
            (Language::Node, "console.log('x', 2)"),
        ] {
            assert!(only_prints(language, text), "{text}");
        }
    }

    #[test]
    fn anything_else_is_code() {
        for (language, text) in [
            (Language::Ruby, "puts \"#{system('id')}\""),
            (Language::Ruby, "puts `id`"),
            (Language::Ruby, "puts 'a' + system('id')"),
            (Language::Ruby, "puts 'a' 'b', system('id')"),
            (Language::Ruby, "puts 'a' if system('id')"),
            (Language::Ruby, "puts 'a'; system('id')"),
            (Language::Ruby, "puts 'a\\', system(\"id\") #'"),
            (Language::Ruby, "puts ''\nsystem 'id'"),
            (Language::Ruby, "putsx 'a'"),
            (Language::Php, "echo \"{${system('id')}}\";"),
            (Language::Lua, "print(\"x\")os.execute(\"id\")"),
            (Language::Lua, "print(\"x\"):f()"),
            (Language::Python, "print('a')"),
        ] {
            assert!(!only_prints(language, text), "{text}");
        }
    }
}
