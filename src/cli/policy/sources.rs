//! Where actions are taken from that a policy is tried on: recorded evidence, sessions of agents, case files.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::super::failure::Failure;
use super::super::place;
use super::cases::{self, Case, Counts};

/// What to go through.
#[derive(Debug, ClapArgs)]
pub(super) struct Sources {
    /// Over the evidence in this folder; without a folder, over one's own
    #[arg(long, value_name = "FOLDER", num_args = 0..=1)]
    evidence: Option<Option<PathBuf>>,
    /// Over the sessions of Claude Code, Codex and Gemini CLI in these files and folders; without one, over all that
    /// they keep in the home
    #[arg(long, value_name = "PATH", num_args = 0..)]
    transcripts: Option<Vec<PathBuf>>,
    /// Over these cases, JSON Lines as for `cavra policy test`
    #[arg(long, value_name = "FILE")]
    cases: Vec<PathBuf>,
}

impl Sources {
    /// Hands every action on; gives what came of reading them.
    ///
    /// # Errors
    /// If nothing is named, or something that is cannot be read.
    pub(super) fn each(&self, take: &mut dyn FnMut(Case)) -> Result<Counts, Failure> {
        if self.cases.is_empty() && self.evidence.is_none() && self.transcripts.is_none() {
            return Err(Failure::usage(
                "say what to go through: `--evidence`, `--transcripts` or `--cases FILE`",
            ));
        }
        let mut counts = Counts::default();
        let mut add = |more: Counts| {
            counts.lines += more.lines;
            counts.unread += more.unread;
            counts.unclear += more.unclear;
        };
        if let Some(folder) = &self.evidence {
            let folder = match folder {
                Some(folder) => folder.clone(),
                None => place::places()?.evidence(),
            };
            add(cases::of_evidence(&folder, take)?);
        }
        if let Some(named) = &self.transcripts {
            add(cases::of_transcripts(named, &place::places()?.home, take)?);
        }
        for file in &self.cases {
            add(cases::of_file(file, take)?);
        }
        Ok(counts)
    }
}
