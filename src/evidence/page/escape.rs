//! Outside text in a page: nothing of it is markup, and nothing of it is invisible or turns the text around.

use std::fmt::Write;

/// The text as the content of an element, or in an attribute within quotes.
pub(super) fn html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '`' => safe.push_str("&#96;"),
            '\n' => safe.push('\n'),
            '\t' => safe.push('\t'),
            unseen if is_unseen(unseen) => {
                // Writing to a string does not fail.
                let _ = write!(safe, "{}", unseen.escape_default());
            }
            other => safe.push(other),
        }
    }
    safe
}

/// The same, in one line.
pub(super) fn line(text: &str) -> String {
    html(&text.replace('\n', "\\n").replace('\t', "\\t"))
}

fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_a_page_or_cannot_be_seen_is_escaped() {
        assert_eq!(
            html("<script>\"'`&\u{202e}\u{0}\r\n\tx</script>"),
            "&lt;script&gt;&quot;&#39;&#96;&amp;\\u{202e}\\u{0}\\r\n\tx&lt;/script&gt;"
        );
        assert_eq!(line("a\nb\tc"), "a\\nb\\tc");
    }
}
