//! `cavra policy init`: a project policy to start from, by four questions or by flags.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;

use clap::Args as ClapArgs;

use crate::policy::{self, PROJECT_POLICY};
use crate::sys::files;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, escaped};
use super::super::{place, report};
use super::questions::{self, Wishes};

/// Write a commented project policy that inherits a pack.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// A built-in pack that it inherits; may be given again, the strictest last. Without one, it asks on a terminal,
    /// and elsewhere takes `cavra-ai-agent-baseline`
    #[arg(long, value_name = "NAME")]
    pack: Vec<String>,
    /// A branch that people alone push to, `*` is any text; may be given again
    #[arg(long, value_name = "BRANCH")]
    protect: Vec<String>,
    /// Write over a policy that is there; it is kept beside it as `.bak`
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    for pack in &args.pack {
        policy::load_pack(pack).map_err(|error| report::policy_failure(&error))?;
    }
    let surroundings = place::surroundings()?;
    let top = surroundings.repo.unwrap_or(surroundings.cwd);
    let path = top.join(PROJECT_POLICY);
    let shown = escaped(&path.display().to_string());
    let failed = |error: io::Error| Failure::user(format!("`{shown}`: {error}"));
    if let Some(folder) = path.parent() {
        refuse_link(folder)?;
    }
    refuse_link(&path)?;
    let was_there = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
        Ok(_) if !args.force => {
            return Err(Failure::user(format!("`{shown}` is there already"))
                .hint("`cavra policy init --force` writes over it, and keeps it as `policy.yaml.bak`"));
        }
        Ok(bytes) => Some(bytes),
    };
    let wishes = wishes(args)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    if let Some(bytes) = was_there {
        files::write_atomically(&path.with_extension("yaml.bak"), &bytes, 0o644).map_err(failed)?;
    }
    files::write_atomically(&path, template(&wishes).as_bytes(), 0o644).map_err(failed)?;
    let text = format!(
        "wrote {shown}, which inherits {}\nhint: `cavra policy show --effective` shows what is in force now\n\
         hint: commit it before `cavra install git`; from then on a change to it is a person's to commit\n",
        wishes.packs.iter().map(|pack| format!("`{pack}`")).collect::<Vec<_>>().join(", ")
    );
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

/// What the flags say, or else the person at the terminal.
fn wishes(args: Args) -> Result<Wishes, Failure> {
    let has_flags = !args.pack.is_empty() || !args.protect.is_empty();
    if !has_flags && io::stdin().is_terminal() && io::stderr().is_terminal() {
        return questions::ask(&mut io::stdin().lock(), &mut io::stderr().lock());
    }
    if args.protect.iter().any(|branch| branch.trim().is_empty()) {
        return Err(Failure::usage("`--protect` needs the name of a branch"));
    }
    let packs = if args.pack.is_empty() { vec![FALLBACK.to_owned()] } else { args.pack };
    Ok(Wishes { packs, protected: args.protect })
}

/// The pack where nobody says another.
const FALLBACK: &str = "cavra-ai-agent-baseline";

/// What would be written through a link is not the project's.
fn refuse_link(path: &Path) -> Result<(), Failure> {
    if fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) {
        let shown = escaped(&path.display().to_string());
        return Err(
            Failure::user(format!("`{shown}` is a symbolic link")).hint("remove it, and run this again")
        );
    }
    Ok(())
}

fn template(wishes: &Wishes) -> String {
    let inherits = match wishes.packs.as_slice() {
        [pack] => pack.clone(),
        packs => format!("[{}]", packs.join(", ")),
    };
    // JSON in quotes is YAML in quotes, whatever the name holds.
    let branches: Vec<String> =
        wishes.protected.iter().map(|name| serde_json::Value::from(name.as_str()).to_string()).collect();
    let git = if branches.is_empty() {
        "# git:\n#   protected_branches: [\"release/*\"]\n".to_owned()
    } else {
        format!(
            "git:\n  protected_branches: [{}]\n  block_direct_push_to_protected_branch: true\n",
            branches.join(", ")
        )
    };
    format!(
        "# What AI agents may do in this repository. Checked into git, it holds for everybody who works here.
# It can only tighten what the machine's and the user's policies say: `cavra policy show --effective`.
# Check it after each change: `cavra policy validate {PROJECT_POLICY}`
metadata:
  id: project
  title: What agents may do here
  version: \"1\"
  inherits: {inherits}

# In patterns, `*` stands for any text, `/` included; everything else stands for itself.
# filesystem:
#   block_write:
#     - \"migrations/**\"
#   block_read:
#     - \"secrets/**\"
#   require_approval_write:
#     - \"**/Dockerfile\"

# commands:
#   block:
#     - pattern: \"make release*\"
#       reason: releases are made by a person
#       alternative: make test
#       match: [\"make release\", \"make release VERSION=2\"]
#       not_match: [\"make test\"]
#   require_approval:
#     - \"make deploy*\"
#   effects: # what commands do, whatever they are called: `cavra policy effects`
#     publishes: block

{git}
# mcp:
#   blocked_servers: [personal-drive]
"
    )
}
