//! The servers in a configuration, with the places where their commands stand.

use std::ops::Range;

use jsonc_parser::ast::{Object, Value as Json};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use toml_edit::{Document, Item, TableLike, Value as Toml};

use super::clients::Format;

/// A server of a client.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// The kinds of servers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// It is started by a command.
    Command(Command),
    /// It is somewhere else.
    Remote,
    /// It has a command that is not a text, or operands that are not texts.
    Odd,
}

/// A command as it stands in the text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Command {
    pub(super) program: Token,
    /// None if there is no list of operands.
    pub(super) operands: Option<Operands>,
    /// Whether a list of operands would stand on the same line as the program.
    pub(super) is_inline: bool,
}

/// A text in the text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) at: Range<usize>,
}

/// A list of texts in the text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Operands {
    /// From its opening to its closing bracket.
    pub(super) at: Range<usize>,
    pub(super) items: Vec<Token>,
}

/// The servers that stand under these names. None if the text cannot be read, or an object has a name twice.
pub(super) fn read(text: &str, format: Format, keys: &[&[&str]]) -> Option<Vec<Entry>> {
    match format {
        Format::Json => of_json(text, keys),
        Format::Toml => of_toml(text, keys),
    }
}

fn of_json(text: &str, keys: &[&[&str]]) -> Option<Vec<Entry>> {
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        ..ParseOptions::default()
    };
    let parsed = parse_to_ast(text, &CollectOptions::default(), &options).ok()?;
    let root = match parsed.value {
        None => return Some(Vec::new()),
        Some(Json::Object(root)) => root,
        Some(_) => return None,
    };
    let mut entries = Vec::new();
    for path in keys {
        walk_json(&root, path, &mut entries)?;
    }
    Some(entries)
}

fn walk_json(object: &Object<'_>, path: &[&str], entries: &mut Vec<Entry>) -> Option<()> {
    let Some((key, rest)) = path.split_first() else {
        for property in &object.properties {
            if let Json::Object(server) = &property.value {
                entries.push(Entry { name: property.name.as_str().to_owned(), kind: json_kind(server)? });
            }
        }
        return Some(());
    };
    let mut found = 0;
    for property in &object.properties {
        let is_meant = *key == "*" || property.name.as_str() == *key;
        if let (true, Json::Object(inner)) = (is_meant, &property.value) {
            found += 1;
            walk_json(inner, rest, entries)?;
        }
    }
    // Which of two is read is the client's affair.
    (*key == "*" || found <= 1).then_some(())
}

fn json_kind(server: &Object<'_>) -> Option<Kind> {
    let of = |name: &str| {
        let mut found = server.properties.iter().filter(|property| property.name.as_str() == name);
        let first = found.next();
        found.next().is_none().then_some(first.map(|property| &property.value))
    };
    let (command, args) = (of("command")?, of("args")?);
    let token = |value: &Json<'_>| {
        let text = value.as_string_lit()?;
        Some(Token { text: text.value.to_string(), at: text.range.start..text.range.end })
    };
    let program = match command {
        None => return Some(Kind::Remote),
        Some(value) => token(value),
    };
    let operands = match args {
        None => Some(None),
        Some(Json::Array(list)) => {
            let items: Option<Vec<Token>> = list.elements.iter().map(token).collect();
            items.map(|items| Some(Operands { at: list.range().start..list.range().end, items }))
        }
        Some(_) => None,
    };
    Some(match (program, operands) {
        (Some(program), Some(operands)) => Kind::Command(Command { program, operands, is_inline: true }),
        (_, _) => Kind::Odd,
    })
}

fn of_toml(text: &str, keys: &[&[&str]]) -> Option<Vec<Entry>> {
    let document = Document::parse(text).ok()?;
    let mut entries = Vec::new();
    for path in keys {
        let mut item = Some(document.as_item());
        for key in *path {
            item = item.and_then(|item| item.as_table_like()).and_then(|table| table.get(key));
        }
        let Some(servers) = item.and_then(Item::as_table_like) else { continue };
        for (name, server) in servers.iter() {
            if let Some(table) = server.as_table_like() {
                let is_inline = server.is_inline_table() || table.is_dotted();
                entries.push(Entry { name: name.to_owned(), kind: toml_kind(table, is_inline) });
            }
        }
    }
    Some(entries)
}

fn toml_kind(server: &dyn TableLike, is_inline: bool) -> Kind {
    let token = |value: &Toml| {
        let span = value.span()?;
        Some(Token { text: value.as_str()?.to_owned(), at: span })
    };
    let Some(command) = server.get("command") else { return Kind::Remote };
    let program = command.as_value().and_then(token);
    let operands = match server.get("args") {
        None => Some(None),
        Some(args) => args.as_array().and_then(|list| {
            let items: Option<Vec<Token>> = list.iter().map(token).collect();
            Some(Some(Operands { at: list.span()?, items: items? }))
        }),
    };
    match (program, operands) {
        (Some(program), Some(operands)) => Kind::Command(Command { program, operands, is_inline }),
        (_, _) => Kind::Odd,
    }
}
