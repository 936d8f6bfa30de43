//! `cavra policy init`: a project policy to start from.

use std::fs;
use std::io;
use std::path::Path;

use clap::Args as ClapArgs;

use crate::policy::{self, PROJECT_POLICY};
use crate::sys::files;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, escaped};
use super::super::{place, report};

/// Write a commented project policy that inherits a pack.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The built-in pack that it inherits
    #[arg(long, value_name = "NAME", default_value = "cavra-ai-agent-baseline")]
    pack: String,
    /// Write over a policy that is there; it is kept beside it as `.bak`
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    policy::load_pack(&args.pack).map_err(|error| report::policy_failure(&error))?;
    let surroundings = place::surroundings()?;
    let top = surroundings.repo.unwrap_or(surroundings.cwd);
    let path = top.join(PROJECT_POLICY);
    let shown = escaped(&path.display().to_string());
    let failed = |error: io::Error| Failure::user(format!("`{shown}`: {error}"));
    if let Some(folder) = path.parent() {
        refuse_link(folder)?;
        fs::create_dir_all(folder).map_err(failed)?;
    }
    refuse_link(&path)?;
    match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
        Ok(_) if !args.force => {
            return Err(Failure::user(format!("`{shown}` is there already"))
                .hint("`cavra policy init --force` writes over it, and keeps it as `policy.yaml.bak`"));
        }
        Ok(bytes) => {
            files::write_atomically(&path.with_extension("yaml.bak"), &bytes, 0o644).map_err(failed)?;
        }
    }
    files::write_atomically(&path, template(&args.pack).as_bytes(), 0o644).map_err(failed)?;
    let text = format!(
        "wrote {shown}, which inherits `{}`\nhint: `cavra policy show --effective` shows what is in force now\n\
         hint: commit it before `cavra install git`; from then on a change to it is a person's to commit\n",
        args.pack
    );
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

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

fn template(pack: &str) -> String {
    format!(
        "# What AI agents may do in this repository. Checked into git, it holds for everybody who works here.
# It can only tighten what the machine's and the user's policies say: `cavra policy show --effective`.
# Check it after each change: `cavra policy validate {PROJECT_POLICY}`
metadata:
  id: project
  title: What agents may do here
  version: \"1\"
  inherits: {pack}

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

# git:
#   protected_branches: [\"release/*\"]

# mcp:
#   blocked_servers: [personal-drive]
"
    )
}
