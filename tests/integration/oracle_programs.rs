//! The programs that other parsers of bash find in a text, where their names are literal.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use rable::{Node, NodeKind};
use serde_json::Value;

/// The literal names of the commands that the text runs, as `rable` finds them; none where it is not shell text, or
/// where it defines functions or aliases, whose names mean something else.
pub(crate) fn programs_by_rable(text: &str) -> Option<BTreeSet<String>> {
    let mut found = Found::default();
    for node in &rable::parse(text, false).ok()? {
        found.visit(node);
    }
    (!found.renames).then_some(found.names)
}

/// The same as `shfmt` finds them, a program that need not be there.
pub(crate) fn programs_by_shfmt(text: &str) -> Option<BTreeSet<String>> {
    let mut command = Command::new("shfmt");
    command
        .args(["--to-json", "-ln", "bash"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    // One that ends early closes the pipe; what it says then is not JSON.
    let _ = child.stdin.take()?.write_all(text.as_bytes());
    let output = child.wait_with_output().ok()?;
    let tree = serde_json::from_slice(&output.stdout).ok().filter(|_| output.status.success())?;
    let mut found = Found::default();
    found.visit_json(&tree);
    (!found.renames).then_some(found.names)
}

#[derive(Default)]
struct Found {
    names: BTreeSet<String>,
    renames: bool,
}

impl Found {
    fn visit(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Command { assignments, words, redirects } => {
                if let Some(NodeKind::Word { value, .. }) = words.first().map(|word| &word.kind) {
                    self.name(value);
                }
                self.all(assignments);
                self.all(words);
                self.all(redirects);
            }
            NodeKind::Pipeline { commands, .. } => self.all(commands),
            NodeKind::List { items } => items.iter().for_each(|item| self.visit(&item.command)),
            NodeKind::If { condition, then_body, else_body, redirects } => {
                self.visit(condition);
                self.visit(then_body);
                else_body.iter().for_each(|body| self.visit(body));
                self.all(redirects);
            }
            NodeKind::While { condition, body, redirects }
            | NodeKind::Until { condition, body, redirects } => {
                self.visit(condition);
                self.visit(body);
                self.all(redirects);
            }
            NodeKind::For { words, body, redirects, .. }
            | NodeKind::Select { words, body, redirects, .. } => {
                let words = words.as_deref().unwrap_or_default();
                self.all(words);
                // Over no words, the body does not run.
                if !words.is_empty() {
                    self.visit(body);
                }
                self.all(redirects);
            }
            NodeKind::ForArith { body, redirects, .. }
            | NodeKind::Subshell { body, redirects }
            | NodeKind::BraceGroup { body, redirects } => {
                self.visit(body);
                self.all(redirects);
            }
            NodeKind::Case { word, patterns, redirects } => {
                self.visit(word);
                for pattern in patterns {
                    self.all(&pattern.patterns);
                    pattern.body.iter().for_each(|body| self.visit(body));
                }
                self.all(redirects);
            }
            NodeKind::Function { .. } => self.renames = true,
            NodeKind::Coproc { command, .. }
            | NodeKind::CommandSubstitution { command, .. }
            | NodeKind::ProcessSubstitution { command, .. } => self.visit(command),
            NodeKind::Word { parts, .. } => self.all(parts),
            NodeKind::Redirect { target, .. } => self.visit(target),
            NodeKind::Negation { pipeline } | NodeKind::Time { pipeline, .. } => self.visit(pipeline),
            NodeKind::Array { elements } => self.all(elements),
            _ => {}
        }
    }

    fn all(&mut self, nodes: &[Node]) {
        nodes.iter().for_each(|node| self.visit(node));
    }

    fn visit_json(&mut self, node: &Value) {
        match node {
            Value::Array(nodes) => nodes.iter().for_each(|node| self.visit_json(node)),
            Value::Object(fields) => {
                match fields.get("Type").and_then(Value::as_str) {
                    Some("FuncDecl") => self.renames = true,
                    Some("CallExpr") => {
                        let parts = node.pointer("/Args/0/Parts").and_then(Value::as_array);
                        if let Some([only]) = parts.map(Vec::as_slice)
                            && only["Type"] == "Lit"
                            && let Some(name) = only["Value"].as_str()
                        {
                            self.name(name);
                        }
                    }
                    Some("ForClause")
                        if node["Loop"]["Type"] == "WordIter" && node["Loop"]["Items"].is_null() =>
                    {
                        return;
                    }
                    _ => {}
                }
                fields.values().for_each(|node| self.visit_json(node));
            }
            _ => {}
        }
    }

    /// A command by the text of its first word, if that says itself.
    fn name(&mut self, word: &str) {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./+".contains(&byte);
        if !word.is_empty() && word.bytes().all(is_plain) {
            self.renames |= matches!(word, "alias" | "unalias" | "shopt" | "hash" | "enable");
            self.names.insert(word.to_owned());
        }
    }
}
