//! Here-documents: data, but for the substitutions of those whose delimiter is not quoted.

use super::MOST_DEPTH;
use super::parser::Parser;
use super::word::{Draft, Word};

/// A here-document whose body is still to come.
#[derive(Debug)]
pub(super) struct HereDocument {
    delimiter: String,
    strips_tabs: bool,
    /// Whether the body is data as it is written.
    is_quoted: bool,
}

impl Parser<'_, '_> {
    /// A here-document was announced; its body follows the line.
    pub(super) fn document(&mut self, delimiter: Word, strips_tabs: bool, start: usize) {
        if delimiter.value.contains('\n') {
            self.grammar(start);
        }
        let is_quoted = !delimiter.is_bare;
        self.pending.push(HereDocument { delimiter: delimiter.value, strips_tabs, is_quoted });
    }

    /// Reads the body that starts here, and leaves the place behind its delimiter.
    pub(super) fn body(&mut self, document: &HereDocument) {
        let start = self.at();
        let delimiter = document.delimiter.as_bytes();
        let mut is_continued = false;
        loop {
            let at = self.at();
            let rest = self.rest();
            if rest.is_empty() {
                // The shells take the end of the text for the delimiter, with or without a word of warning.
                self.found.syntax(self.since(start));
                break self.scan(self.since(start), document);
            }
            let length = rest.iter().position(|byte| *byte == b'\n');
            let line = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
            let text = if document.strips_tabs { without_tabs(line) } else { line };
            let continues = !document.is_quoted && ends_in_lone_backslash(line);
            let joins = text.strip_suffix(b"\\").is_some_and(|start| delimiter.starts_with(start));
            if (continues && joins) || (is_continued && text == delimiter) {
                // A joined line that may or may not make the delimiter: the shells differ.
                self.grammar(start);
            }
            self.set_at(at + line.len() + usize::from(length.is_some()));
            if text == delimiter {
                let body = self.since(start);
                let length = body.len() - (self.at() - at);
                break self.scan(body.get(..length).unwrap_or_default(), document);
            }
            is_continued = continues;
        }
    }

    fn scan(&mut self, body: &[u8], document: &HereDocument) {
        if document.is_quoted || !body.iter().any(|byte| matches!(byte, b'$' | b'`')) {
            return;
        }
        if !self.found.may_reread(body.len()) || self.depth >= MOST_DEPTH {
            return self.found.gives_up(body);
        }
        let mut parser = Parser::new(body, self.depth + 1, self.found);
        let mut ignored = Draft::default();
        while let Some(byte) = parser.peek() {
            match byte {
                b'\\' => parser.jump(parser.at() + 2),
                b'$' => parser.dollar(&mut ignored, true),
                b'`' => parser.backticks(&mut ignored, true),
                _ => parser.bump(),
            }
        }
    }
}

fn without_tabs(line: &[u8]) -> &[u8] {
    let tabs = line.iter().take_while(|byte| **byte == b'\t').count();
    line.get(tabs..).unwrap_or_default()
}

fn ends_in_lone_backslash(line: &[u8]) -> bool {
    line.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}
