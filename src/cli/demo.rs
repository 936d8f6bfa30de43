//! `cavra demo`: a scratch repository in which each seam is seen to refuse and to let through.
//!
//! Nothing is staged: the hooks are put in by `cavra install git`, git and this very binary run as processes of
//! their own, their output is shown as it comes, and a step counts only if the exit code, the rule that is named
//! and the state of the repositories are what they must be. The caller's `GIT_*` variables and git configuration
//! reach none of it. The decisions are real ones, so they are recorded in the person's own evidence.

mod program;
mod scene;
mod step;

use clap::Args as ClapArgs;

use super::exit::Exit;
use super::failure::Failure;
use super::output::{self, Paint, Style, escaped};
use super::place;

use self::scene::Scene;
use self::step::STEPS;

/// See it at work in a scratch repository: commits, pushes and commands, refused and let through.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Keep the scratch repository, with its hooks, to try more
    #[arg(long)]
    keep: bool,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let paint = Paint::stdout();
    let evidence = place::places()?.evidence();
    let mut scene = Scene::make()?;
    say(&format!(
        "{}\nScratch repository: {}\nEvidence: your own log, {}\n",
        paint.paint(Style::Strong, "Cavra, shown on real git with real refusals"),
        escaped(&scene.repository().display().to_string()),
        escaped(&evidence.display().to_string()),
    ))?;
    let shown = show(&scene, paint);
    if args.keep {
        scene.keep();
        say(&format!(
            "\nKept: {}\n`cd` there and try more; `cavra uninstall git` takes the hooks out again.\n",
            escaped(&scene.repository().display().to_string())
        ))?;
    } else {
        scene.take_hooks_out();
    }
    shown?;
    say(&format!("\n{}\n", paint.paint(Style::Good, "Every step ended as it should.")))?;
    Ok(Exit::SUCCESS)
}

fn show(scene: &Scene, paint: Paint) -> Result<(), Failure> {
    for (number, step) in (1..).zip(&STEPS) {
        say(&format!("\n{}\n", paint.paint(Style::Strong, &format!("{number}. {}", step.title))))?;
        match step.run(scene, paint)? {
            Ok(proof) => say(&format!("{} {}\n", paint.paint(Style::Good, "✓"), escaped(&proof)))?,
            Err(fault) => {
                say(&format!("{} {}\n", paint.paint(Style::Bad, "✗"), escaped(&fault)))?;
                return Err(Failure::user(format!(
                    "step {number} of the demonstration, `{}`, did not end as it should: {}",
                    step.title,
                    escaped(&fault)
                ))
                .hint(
                    "`cavra status` shows which policy is in force; `cavra demo --keep` keeps the repository",
                )
                .hint("hooks need a folder that may hold programs: `TMPDIR=~/tmp cavra demo` uses another"));
            }
        }
    }
    Ok(())
}

fn say(text: &str) -> Result<(), Failure> {
    output::data(text).map_err(|error| Failure::user(format!("stdout cannot be written: {error}")))
}
