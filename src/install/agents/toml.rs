//! Settings in TOML, changed as text.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

use super::edit::calls;
use crate::intercept::agent::Agent;

/// The text with a table for each event in the list that `into` and the event lead to.
pub(super) fn with(
    text: &str,
    into: &[&str],
    entries: &[(&str, String)],
    beside: &str,
    agent: Agent,
) -> Result<String, String> {
    let mut document = parsed(text)?;
    add_missing(document.as_table_mut(), parsed(beside)?.as_table());
    for (event, entry) in entries {
        let table = parsed(entry)?.as_table().clone();
        let list = list(&mut document, into, event)?;
        let ours: Vec<usize> =
            list.iter().enumerate().filter(|(_, table)| is_ours(table, agent)).map(|(at, _)| at).collect();
        match ours.split_first() {
            Some((first, others)) => {
                if let Some(known) = list.get_mut(*first)
                    && known.to_string() != table.to_string()
                {
                    for (name, item) in &table {
                        known.insert(name, item.clone());
                    }
                }
                for at in others.iter().rev() {
                    list.remove(*at);
                }
            }
            None => list.push(table),
        }
    }
    Ok(document.to_string())
}

/// The text without Cavra's tables, and without lists that are empty then.
pub(super) fn without(text: &str, into: &[&str], events: &[&str], agent: Agent) -> Result<String, String> {
    let mut document = parsed(text)?;
    for event in events {
        let is_empty = {
            let list = list(&mut document, into, event)?;
            list.retain(|table| !is_ours(table, agent));
            list.is_empty()
        };
        if is_empty {
            let path: Vec<&str> =
                into.iter().copied().chain(Some(*event).filter(|event| !event.is_empty())).collect();
            if let Some((last, outer)) = path.split_last()
                && let Some(table) = outer
                    .iter()
                    .try_fold(document.as_table_mut(), |table, name| table.get_mut(name)?.as_table_mut())
            {
                table.remove(last);
            }
        }
    }
    Ok(document.to_string())
}

/// The tables of Cavra's in the text, with their events.
pub(super) fn entries(
    text: &str,
    into: &[&str],
    events: &[&str],
    agent: Agent,
) -> Result<Vec<(String, serde_json::Value)>, String> {
    let mut document = parsed(text)?;
    let mut found = Vec::new();
    for event in events {
        let list = list(&mut document, into, event)?;
        let ours = list.iter().filter(|table| is_ours(table, agent));
        found.extend(ours.map(|table| ((*event).to_owned(), serde_json::Value::String(table.to_string()))));
    }
    Ok(found)
}

/// The texts in a table, wherever they stand; none if it is no table.
pub(super) fn texts(table: &str) -> Option<Vec<String>> {
    fn of(value: &toml_edit::Value, found: &mut Vec<String>) {
        match value {
            toml_edit::Value::String(text) => found.push(text.value().clone()),
            toml_edit::Value::Array(items) => items.iter().for_each(|item| of(item, found)),
            toml_edit::Value::InlineTable(members) => members.iter().for_each(|(_, item)| of(item, found)),
            toml_edit::Value::Integer(_)
            | toml_edit::Value::Float(_)
            | toml_edit::Value::Boolean(_)
            | toml_edit::Value::Datetime(_) => {}
        }
    }
    let document = parsed(table).ok()?;
    let mut found = Vec::new();
    document.iter().filter_map(|(_, item)| item.as_value()).for_each(|value| of(value, &mut found));
    Some(found)
}

fn parsed(text: &str) -> Result<DocumentMut, String> {
    text.parse().map_err(|error| format!("it is no TOML: {error}"))
}

fn is_ours(table: &Table, agent: Agent) -> bool {
    calls(&serde_json::Value::String(table.to_string()), agent)
}

/// Adds the settings of `from` that are not there.
fn add_missing(to: &mut Table, from: &Table) {
    for (name, item) in from {
        match (to.get_mut(name), item) {
            (Some(Item::Table(inner)), Item::Table(more)) => add_missing(inner, more),
            (Some(_), _) => {}
            (None, _) => {
                to.insert(name, item.clone());
            }
        }
    }
}

fn list<'d>(
    document: &'d mut DocumentMut,
    into: &[&str],
    event: &str,
) -> Result<&'d mut ArrayOfTables, String> {
    let path: Vec<&str> = into.iter().copied().chain(Some(event).filter(|event| !event.is_empty())).collect();
    let (last, outer) = path.split_last().ok_or("no list is named")?;
    let mut table = document.as_table_mut();
    for name in outer {
        let item = table.entry(name).or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        table = item.as_table_mut().ok_or(format!("its `{name}` is no table"))?;
    }
    let item = table.entry(last).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    item.as_array_of_tables_mut().ok_or(format!("its `{last}` is no list of tables"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str =
        "event = \"PreToolUse\"\ncommand = \"/x/cavra hook agent kimi-code --event PreToolUse\"\n";

    fn put(text: &str) -> String {
        with(text, &["hooks"], &[("", ENTRY.to_owned())], "", Agent::KimiCode).unwrap()
    }

    #[test]
    fn comments_and_order_stay() {
        let before = "# mine\nmodel = \"x\" # why\n\n[[hooks]]\nevent = \"Stop\"\n\n[tools]\nz = 1\na = 2\n";
        let after = put(before);
        assert!(after.starts_with("# mine\nmodel = \"x\" # why\n\n[[hooks]]\nevent = \"Stop\"\n"), "{after}");
        assert!(after.contains("z = 1\na = 2\n"), "{after}");
        assert_eq!(put(&after), after);
        assert_eq!(without(&after, &["hooks"], &[""], Agent::KimiCode).unwrap(), before);
    }

    #[test]
    fn what_is_no_settings_is_left() {
        for text in ["hooks = 1", "[", "[hooks]\na = 1\n"] {
            assert!(
                with(text, &["hooks"], &[("", ENTRY.to_owned())], "", Agent::KimiCode).is_err(),
                "{text}"
            );
        }
    }
}
