//! `cavra registry`: the trust registry of MCP servers.

mod file;
mod findings;

use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Subcommand};
use serde_json::{Map, Value, json};

use crate::policy::Registries;
use crate::sys::locks;

use self::file::RegistryFile;
use super::exit::Exit;
use super::failure::Failure;
use super::output::{self, Paint, Style, escaped};
use super::place;

/// Say which MCP servers are trusted, and for what.
///
/// Once there is a registry, it stands in for the policy's lists of servers: a server that it does not have is blocked.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
    /// The registry, if it is not your own
    #[arg(long, value_name = "FILE", global = true)]
    file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The servers of all registries in force, or of the file that is named
    List,
    /// Enter a server that waits for its approval
    Add(Record),
    /// Approve a server, entering it if need be
    Approve(Record),
    /// Deny a server, entering it if need be
    Deny {
        /// Its name
        server: String,
    },
    /// Look for what is wrong with a registry
    Validate,
}

#[derive(Debug, ClapArgs)]
struct Record {
    /// Its name, as clients and policies have it
    server: String,
    /// A tool that it may be used for; all if none is named
    #[arg(long = "tool", value_name = "NAME")]
    tools: Vec<String>,
    /// A capability that it may use; all if none is named
    #[arg(long = "capability", value_name = "NAME")]
    capabilities: Vec<String>,
    /// The command that starts it; it is then trusted for no other
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<String>,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    match args.what {
        What::List => list(args.file.as_deref()),
        What::Validate => validate(args.file.as_deref()),
        What::Add(record) => {
            change(args.file.as_deref(), &record.server, "added, and waits for its approval", |known| {
                if known.is_some() {
                    return Err(Failure::user(format!(
                        "the registry has `{}` already",
                        escaped(&record.server)
                    ))
                    .hint(format!("`cavra registry approve {}` approves it", escaped(&record.server))));
                }
                Ok(record.over(Map::new(), "unknown", "pending"))
            })
        }
        What::Approve(record) => change(args.file.as_deref(), &record.server, "approved", |known| {
            Ok(record.over(known.unwrap_or_default(), "approved", "approved"))
        }),
        What::Deny { server } => change(args.file.as_deref(), &server, "denied", |known| {
            let record = Record {
                server: server.clone(),
                tools: Vec::new(),
                capabilities: Vec::new(),
                command: Vec::new(),
            };
            Ok(record.over(known.unwrap_or_default(), "blocked", "denied"))
        }),
    }
}

impl Record {
    /// What is known of a server, with what is said here over it.
    fn over(&self, mut known: Map<String, Value>, tier: &str, state: &str) -> Map<String, Value> {
        let mut set = |name: &str, value: Value| {
            known.insert(name.to_owned(), value);
        };
        set("trust_tier", json!(tier));
        set("approval_state", json!(state));
        for (name, list) in
            [("allowed_tools", &self.tools), ("capabilities", &self.capabilities), ("command", &self.command)]
        {
            if !list.is_empty() {
                set(name, json!(list));
            }
        }
        let has_name = known.contains_key("server_id") || known.contains_key("name");
        if !has_name {
            known.insert("server_id".to_owned(), json!(self.server));
        }
        known
    }
}

fn change(
    file: Option<&Path>,
    server: &str,
    done: &str,
    change: impl FnOnce(Option<Map<String, Value>>) -> Result<Map<String, Value>, Failure>,
) -> Result<Exit, Failure> {
    if server.trim().is_empty() {
        return Err(Failure::usage("a server has a name"));
    }
    let places = place::places()?;
    let [_, own] = Registries::paths(&places);
    let path = file.unwrap_or(&own);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if file.is_none() {
        crate::sys::files::make_private_folder(folder)
            .map_err(|error| Failure::user(format!("`{}` cannot be made: {error}", folder.display())))?;
    }
    // Two who change it at once must not lose each other's change.
    let _held = locks::folder(folder)
        .map_err(|error| Failure::user(format!("`{}` cannot be locked: {error}", folder.display())))?;
    let (mut registry, is_new) = RegistryFile::load(path)?;
    let record = change(registry.find(server).cloned())?;
    registry.put(server, record);
    registry.save(path)?;
    let mut text = format!("{}: {done} in {}\n", escaped(server), escaped(&path.to_string_lossy()));
    if is_new {
        text.push_str("note: this registry now stands in for the policy's lists of MCP servers: what it does not have is blocked\n");
    }
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn list(file: Option<&Path>) -> Result<Exit, Failure> {
    let places = place::places()?;
    let paths: Vec<PathBuf> =
        file.map_or_else(|| Registries::paths(&places).to_vec(), |path| vec![path.to_owned()]);
    let paint = Paint::stdout();
    let mut text = String::new();
    for path in paths {
        let (registry, is_new) = RegistryFile::load(&path)?;
        if is_new {
            continue;
        }
        text.push_str(&format!("{}\n", escaped(&path.to_string_lossy())));
        for record in registry.records() {
            text.push_str(&line(record, paint));
        }
    }
    if text.is_empty() {
        text.push_str("there is no registry: the policy's lists of MCP servers count\n");
    }
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn line(record: &Map<String, Value>, paint: Paint) -> String {
    let word = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or("");
    let name = if word("server_id").is_empty() { word("name") } else { word("server_id") };
    let (tier, state) = (word("trust_tier"), word("approval_state"));
    let style = match (tier, state) {
        ("blocked", _) | (_, "denied") => Style::Bad,
        ("trusted" | "approved", "approved" | "not_required") => Style::Good,
        _ => Style::Doubt,
    };
    let mut line =
        format!("  {}: {}", escaped(name), paint.paint(style, &escaped(&format!("{tier}, {state}"))));
    for (name, what) in [("allowed_tools", "tools"), ("capabilities", "capabilities"), ("command", "command")]
    {
        let words: Vec<&str> = record
            .get(name)
            .and_then(Value::as_array)
            .map_or_else(Vec::new, |list| list.iter().filter_map(Value::as_str).collect());
        if !words.is_empty() {
            line.push_str(&format!("; {what}: {}", escaped(&words.join(" "))));
        }
    }
    line.push('\n');
    line
}

fn validate(file: Option<&Path>) -> Result<Exit, Failure> {
    let places = place::places()?;
    let paths: Vec<PathBuf> =
        file.map_or_else(|| Registries::paths(&places).to_vec(), |path| vec![path.to_owned()]);
    let mut text = String::new();
    let mut is_well = true;
    for path in paths {
        let (registry, is_new) = RegistryFile::load(&path)?;
        if is_new && file.is_none() {
            continue;
        }
        let found = findings::of(&registry);
        is_well &= found.is_empty();
        let shown = escaped(&path.to_string_lossy());
        text.push_str(&match found.is_empty() {
            true => format!("{shown}: {} servers, nothing wrong\n", registry.records().count()),
            false => found.iter().map(|finding| format!("{shown}: {}\n", escaped(finding))).collect(),
        });
    }
    if text.is_empty() {
        text.push_str("there is no registry\n");
    }
    output::data(text).map_err(Failure::user)?;
    Ok(if is_well { Exit::SUCCESS } else { Exit::FAILURE })
}
