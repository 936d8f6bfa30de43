//! Python: calls that read, write or look at files which they name, taken out of the code.
//!
//! Only code is looked at: what stands in quotes, or behind a `#`, is passed over as Python does, so that no text can
//! pass for code, nor code for a text.

/// Code without the calls that were understood, and the files that these name, with whether they are written.
pub(in crate::intercept) fn calls(text: &str) -> (String, Vec<(String, bool)>) {
    let mut left = String::new();
    let mut files = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(behind) = call(rest, ends_name(&left), &mut files) {
            // What it gives is data, as what is read from the input is.
            left.push_str("(stdin");
            rest = behind;
            continue;
        }
        let step = literal(rest).unwrap_or_else(|| rest.chars().next().map_or(0, char::len_utf8));
        let (taken, behind) = rest.split_at(step.max(1).min(rest.len()));
        left.push_str(taken);
        rest = behind;
    }
    (without_imports(&left), files)
}

/// Whether a name goes on behind this text, or the member of something.
fn ends_name(text: &str) -> bool {
    text.ends_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.'))
}

/// What a call at the start of `text` names; gives what follows it, from where its value stands for itself.
fn call<'t>(text: &'t str, is_inside: bool, files: &mut Vec<(String, bool)>) -> Option<&'t str> {
    if is_inside {
        return None;
    }
    opened(text, files)
        .or_else(|| copied(text, files))
        .or_else(|| path_method(text, files))
        .or_else(|| looked_at(text))
}

/// `open('name', 'mode')`
fn opened<'t>(text: &'t str, files: &mut Vec<(String, bool)>) -> Option<&'t str> {
    let (file, behind) = named(text.strip_prefix("open(")?)?;
    let (operands, behind) = behind.split_once(')')?;
    let is_plain = !operands.contains(['(', '+', '#', '\n']) && !operands.contains("opener");
    let mode = operands.trim_start_matches([',', ' ']).trim_start_matches("mode=");
    let is_written = mode.starts_with(['\'', '"']) && mode.get(1..)?.starts_with(['w', 'a', 'x']);
    let is_known = operands.is_empty() || operands.starts_with(',');
    if !is_plain || !is_known {
        return None;
    }
    files.push((file.to_owned(), is_written));
    text.get(text.len() - behind.len() - 1..)
}

/// `shutil.copy('from', 'to')`
fn copied<'t>(text: &'t str, files: &mut Vec<(String, bool)>) -> Option<&'t str> {
    let behind = ["shutil.copyfile(", "shutil.copy(", "shutil.copy2("]
        .iter()
        .find_map(|head| text.strip_prefix(head))?;
    let (from, behind) = named(behind)?;
    let (to, behind) = named(behind.strip_prefix(',')?.trim_start_matches(' '))?;
    behind.starts_with(')').then(|| files.extend([(from.to_owned(), false), (to.to_owned(), true)]))?;
    Some(behind)
}

/// `Path('name').read_text()`, and what else of a path reads or writes it, or looks at it.
fn path_method<'t>(text: &'t str, files: &mut Vec<(String, bool)>) -> Option<&'t str> {
    let behind = text.strip_prefix("pathlib.").unwrap_or(text).strip_prefix("Path(")?;
    let (file, behind) = named(behind)?;
    let behind = behind.strip_prefix(").")?;
    let (method, _) = behind.split_once('(')?;
    let is_written = match method {
        "read_text" | "read_bytes" => Some(false),
        "write_text" | "write_bytes" | "touch" | "mkdir" => Some(true),
        "exists" | "is_file" | "is_dir" | "stat" | "resolve" | "absolute" => None,
        _ => return None,
    };
    files.extend(is_written.map(|is_written| (file.to_owned(), is_written)));
    // Its operands are code of their own; the parenthesis before them stands already.
    behind.get(method.len() + 1..).filter(|operands| !operands.is_empty())
}

/// Calls that compute, or look at what lies around, and open nothing.
fn looked_at(text: &str) -> Option<&str> {
    const HEADS: &[&str] = &[
        "os.getcwd(",
        "os.getpid(",
        "os.cpu_count(",
        "os.getenv(",
        "os.environ.get(",
        "os.listdir(",
        "Path.cwd(",
        "Path.home(",
        "os.path.join(",
        "os.path.exists(",
        "os.path.isfile(",
        "os.path.isdir(",
        "os.path.basename(",
        "os.path.dirname(",
        "os.path.abspath(",
        "os.path.relpath(",
        "os.path.splitext(",
        "os.path.getsize(",
        "os.path.expanduser(",
        "os.path.realpath(",
        "os.path.normpath(",
    ];
    HEADS.iter().find_map(|head| text.strip_prefix(head)).filter(|operands| !operands.is_empty())
}

/// A text in quotes of one line and without a backslash, and what follows it.
fn named(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let (name, behind) = text.get(1..)?.split_once(quote)?;
    let is_plain = !name.is_empty() && !name.contains(['\\', '\n']);
    is_plain.then_some((name, behind))
}

/// How long a text in quotes, or a comment, is that begins here.
fn literal(text: &str) -> Option<usize> {
    if text.starts_with('#') {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    let quote = text.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let tripled = quote.to_string().repeat(3);
    let close = if text.starts_with(&tripled) { tripled } else { quote.to_string() };
    let mut at = close.len();
    while let Some(rest) = text.get(at..) {
        let Some(letter) = rest.chars().next() else { break };
        if rest.starts_with(&close) {
            return Some(at + close.len());
        }
        at += letter.len_utf8();
        if letter == '\\' {
            at += text.get(at..)?.chars().next().map_or(0, char::len_utf8);
        }
    }
    // One that is never closed is an error to Python, which runs nothing then.
    Some(text.len())
}

/// The code without the imports of modules that nothing in it uses any more.
fn without_imports(text: &str) -> String {
    const MODULES: &[&str] = &["os", "shutil", "pathlib", "Path"];
    let uses = |name: &str| {
        let words = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
        words.filter(|word| *word == name).count()
    };
    let mut left = String::new();
    for statement in text.split_inclusive([';', '\n']) {
        let (body, end) = match statement.strip_suffix([';', '\n']) {
            Some(body) => (body, statement.get(body.len()..).unwrap_or_default()),
            None => (statement, ""),
        };
        let is_unused = |name: &str| MODULES.contains(&name) && uses(name) == 1;
        match body.trim().strip_prefix("import ") {
            Some(names) => {
                let kept: Vec<&str> =
                    names.split(',').map(str::trim).filter(|name| !is_unused(name)).collect();
                if !kept.is_empty() {
                    left.push_str("import ");
                    left.push_str(&kept.join(", "));
                }
            }
            None if body.trim() == "from pathlib import Path"
                && uses("Path") == 1
                && uses("pathlib") == 1 => {}
            None => left.push_str(body),
        }
        left.push_str(end);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(text: &str) -> Vec<(String, bool)> {
        calls(text).1
    }

    #[test]
    fn what_calls_name_is_taken_out() {
        let read = |file: &str| (file.to_owned(), false);
        let written = |file: &str| (file.to_owned(), true);
        for (text, named, left) in [
            ("print(open('a').read())", vec![read("a")], "print((stdin).read())"),
            ("open('a', 'w').write('x')", vec![written("a")], "(stdin).write('x')"),
            ("from pathlib import Path; print(Path('a').read_text())", vec![read("a")], "; print((stdin))"),
            ("import os, sys; print(os.getcwd())", vec![], "import sys; print((stdin))"),
            ("import shutil; shutil.copyfile('a', 'b')", vec![read("a"), written("b")], "; (stdin)"),
            ("import os; os.system('x'); os.getcwd()", vec![], "import os; os.system('x'); (stdin)"),
        ] {
            assert_eq!(calls(text), (left.to_owned(), named), "{text}");
        }
    }

    #[test]
    fn no_text_passes_for_code_and_no_code_for_a_text() {
        for text in [
            "a=\"open(\" ; os.system(chr(105)) ; b=\")\"",
            "a='open(\\'' ; os.system('x')",
            "a=\"\"\"open(\"\"\" ; x(\"\"\")\"\"\"",
            "x.open('a')",
            "reopen('a')",
            "# open('a')\n",
            "open('a\\x41')",
            "open(name)",
            "open('a', opener=x)",
        ] {
            assert_eq!(files(text), [], "{text}");
            assert_eq!(calls(text).0, text);
        }
    }
}
