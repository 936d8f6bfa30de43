//! `cavra doctor`: a harmless probe through each installed seam, the way its host would go, and whether the answer was
//! the one that stops the host.
//!
//! What the probes ask for is what Cavra's own protection denies under any policy; nothing of it is ever run.

use std::ffi::OsString;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use clap::Args as ClapArgs;
use serde::Serialize;

use crate::install::agents::{self, Configured, Ground};
use crate::install::git::{self, HookState, Place};
use crate::install::shims;
use crate::intercept::agent::Agent;
use crate::intercept::repository;
use crate::seam::agent_hook::says_no;
use crate::sys::dirs::Places;
use crate::sys::environment;
use crate::sys::scratch::Scratch;
use crate::sys::shims as shim_places;

use super::exit::Exit;
use super::failure::Failure;
use super::install::{carry_out, own_binary};
use super::output::{self, Paint, Style, escaped};
use super::{installation, place};

/// Send a harmless probe through each installed seam, and check the answer
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Mend first what moved: a binary that was upgraded, an entry that was changed
    #[arg(long)]
    fix: bool,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
}

/// What one probe came to.
#[derive(Debug, Serialize)]
struct Finding {
    seam: &'static str,
    name: String,
    holds: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    detail: String,
}

#[derive(Debug, Serialize)]
struct Report {
    holds: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mended: Vec<String>,
    findings: Vec<Finding>,
}

/// What a probe asks for.
const PROBE: &str = "cavra uninstall doctor-probe";

/// The rule that has to answer it.
const RULE: &str = "cavra.self_protection";

/// How long a hook may take, in steps of [`STEP`].
const MOST_STEPS: u32 = 500;
const STEP: Duration = Duration::from_millis(20);

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let places = place::places()?;
    let grounds = grounds(&places);
    let mended = if args.fix { mend(&places, &grounds)? } else { Vec::new() };
    let mut findings = Vec::new();
    shell_seam(&mut findings)?;
    git_hooks(&places, &mut findings);
    for ground in &grounds {
        for agent in Agent::ALL {
            agent_hooks(ground, *agent, &mut findings);
        }
    }
    shim_folder(&places, &mut findings);
    let report = Report { holds: findings.iter().all(|finding| finding.holds), mended, findings };
    let text = if args.json { installation::json(&report)? } else { report.text(Paint::stdout()) };
    output::data(text).map_err(Failure::user)?;
    Ok(if report.holds { Exit::SUCCESS } else { Exit::FAILURE })
}

/// The settings that count here: the person's, the machine's, and the project's.
pub(super) fn grounds(places: &Places) -> Vec<Ground> {
    let mut grounds = vec![Ground::user(places), Ground::managed(places)];
    if let Ok(cwd) = environment::working_directory() {
        let top = repository::top_of(&cwd).unwrap_or(cwd);
        if top != places.home {
            grounds.push(Ground::project(top));
        }
    }
    grounds
}

fn shell_seam(findings: &mut Vec<Finding>) -> Result<(), Failure> {
    let binary = own_binary()?;
    for (name, words) in
        [("exec", vec!["exec", "--", "cavra", "uninstall"]), ("shell", vec!["shell", "-c", PROBE])]
    {
        let mut command = Command::new(&binary);
        command.args(words);
        findings.push(refused("shell", name.to_owned(), command, 126));
    }
    Ok(())
}

/// A command that has to be refused with this exit code, by the rule.
fn refused(seam: &'static str, name: String, command: Command, code: i32) -> Finding {
    let (holds, detail) = match ended(command, "") {
        Ok(answer) if answer.code == Some(code) && answer.stderr.contains(RULE) => (true, String::new()),
        Ok(answer) => (false, format!("the probe was not refused ({})", answer.shown())),
        Err(error) => (false, error),
    };
    Finding { seam, name, holds, detail }
}

/// The hook files of this repository, as they are, under a name that no event has: they must block.
fn git_hooks(places: &Places, findings: &mut Vec<Finding>) {
    let Ok(cwd) = environment::working_directory() else { return };
    let Ok(here) = Place::observe(places, &cwd) else { return };
    let Ok(hooks) = git::status(places, &here) else { return };
    for hook in
        hooks.into_iter().filter(|hook| hook.state != HookState::Missing && hook.state != HookState::Foreign)
    {
        let probed = if hook.state == HookState::Installed {
            probe_hook(&hook.path)
        } else {
            Err(format!("it is {}", hook.state.words()))
        };
        let (holds, detail) = match probed {
            Ok(()) => (true, String::new()),
            Err(error) => (false, error),
        };
        findings.push(Finding { seam: "git_hook", name: hook.name.to_owned(), holds, detail });
    }
}

fn probe_hook(hook: &Path) -> Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    let scratch = Scratch::make("cavra-doctor-").map_err(text)?;
    let copy = scratch.path().join("doctor-probe");
    fs::copy(hook, &copy).map_err(text)?;
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o700)).map_err(text)?;
    let mut command = Command::new(&copy);
    command.current_dir(scratch.path());
    let answer = ended(command, "")?;
    if answer.code == Some(1) {
        Ok(())
    } else {
        Err(format!("the probe was not blocked ({})", answer.shown()))
    }
}

/// Each command of an agent, run as its host would.
fn agent_hooks(ground: &Ground, agent: Agent, findings: &mut Vec<Finding>) {
    let name = |event: &str| format!("{} {event} ({})", agent.as_str(), ground.scope.as_str());
    let configured = match agents::configured(ground, agent) {
        Ok(configured) => configured,
        Err(error) => {
            let detail = error.to_string();
            findings.push(Finding { seam: "agent_hook", name: name("settings"), holds: false, detail });
            return;
        }
    };
    if let Ok(states) = agents::status(ground, agent) {
        for state in states {
            let is_well = matches!(state.state, agents::HookState::Installed | agents::HookState::Missing);
            if !is_well {
                let detail = state.detail.unwrap_or_else(|| state.state.words().to_owned());
                let name = name(&state.path.to_string_lossy());
                findings.push(Finding { seam: "agent_hook", name, holds: false, detail });
            }
        }
    }
    for Configured { path: _, event, command } in configured {
        let Some(payload) = agent.probe(&event, "/") else { continue };
        let process = match command {
            agents::Command::Shell(text) => {
                let mut process = Command::new("/bin/sh");
                process.args(["-c", &text]);
                process
            }
            agents::Command::Exec(words) => {
                let mut process = Command::new(words.first().map(OsString::from).unwrap_or_default());
                process.args(words.iter().skip(1));
                process
            }
        };
        let (holds, detail) = match ended(process, &payload) {
            Ok(answer) if answer.says_no(&event) => (true, String::new()),
            Ok(answer) => (false, format!("the probe was not denied ({})", answer.shown())),
            Err(error) => (false, error),
        };
        findings.push(Finding { seam: "agent_hook", name: name(&event), holds, detail });
    }
}

fn shim_folder(places: &Places, findings: &mut Vec<Finding>) {
    let found = match shims::status(places) {
        Ok(found) => found,
        Err(error) => {
            let detail = error.to_string();
            findings.push(Finding { seam: "shim", name: "shims".to_owned(), holds: false, detail });
            return;
        }
    };
    for shim in found {
        if let Some(detail) = shim.fault {
            findings.push(Finding { seam: "shim", name: shim.name, holds: false, detail });
            continue;
        }
        let mut command = Command::new(&shim.path);
        match shim.name.as_str() {
            "git" => command.args(["config", "cavra.doctor", "probe"]),
            "cavra-exec" => command.arg(PROBE),
            _ if shim.program.is_none() => command.args(["-c", PROBE]),
            // What another program's operands mean is not known; that it starts as Cavra is.
            _ => continue,
        };
        findings.push(refused("shim", shim.name, command, 126));
    }
}

/// What a process answered.
struct Answer {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Answer {
    fn says_no(&self, event: &str) -> bool {
        let is_told = self.stdout.contains(RULE) || self.stderr.contains(RULE);
        // Where Amp hands a call to a program, a question is an exit code too.
        is_told && (says_no(self.code, &self.stdout) || event == "delegate" && self.code == Some(2))
    }

    fn shown(&self) -> String {
        let code = self.code.map_or_else(|| "a signal".to_owned(), |code| format!("exit code {code}"));
        let said =
            [&self.stdout, &self.stderr].into_iter().find_map(|text| text.lines().next()).unwrap_or_default();
        if said.is_empty() { code } else { format!("{code}: {}", escaped(said)) }
    }
}

/// Runs a command to its end, and not for longer than a host would wait.
fn ended(mut command: Command, stdin: &str) -> Result<Answer, String> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("it cannot be started: {error}"))?;
    if let Some(mut pipe) = child.stdin.take() {
        // A hook that reads nothing is judged by what it answers.
        let _ = pipe.write_all(stdin.as_bytes());
    }
    let stdout = child.stdout.take().map(read_aside);
    let stderr = child.stderr.take().map(read_aside);
    for _ in 0..MOST_STEPS {
        match child.try_wait() {
            Ok(Some(status)) => {
                let text = |thread: Option<thread::JoinHandle<String>>| {
                    thread.and_then(|thread| thread.join().ok()).unwrap_or_default()
                };
                return Ok(Answer { code: status.code(), stdout: text(stdout), stderr: text(stderr) });
            }
            Ok(None) => thread::sleep(STEP),
            Err(error) => return Err(error.to_string()),
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    Err("it took longer than a host would wait".to_owned())
}

/// Reads a pipe to its end beside everything else, as a process whose pipe is full does not end.
fn read_aside(pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = Vec::new();
        // What could be read says enough of a hook that is broken.
        let _ = pipe.take(1 << 20).read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    })
}

/// Puts in again what is in place but not as it should be.
fn mend(places: &Places, grounds: &[Ground]) -> Result<Vec<String>, Failure> {
    let binary = own_binary()?;
    let failed = |error: &dyn std::fmt::Display| Failure::user(escaped(&error.to_string()));
    let mut mended = Vec::new();
    for ground in grounds {
        let mut moved = Vec::new();
        for agent in Agent::ALL {
            let states = agents::status(ground, *agent).map_err(|error| failed(&error))?;
            let is_moved = |state: &agents::HookStatus| {
                matches!(state.state, agents::HookState::Changed | agents::HookState::BinaryUnusable)
            };
            if states.iter().any(is_moved) {
                moved.push(*agent);
            }
        }
        if !moved.is_empty() {
            let plan = agents::put_in(places, ground, &moved, &binary).map_err(|error| failed(&error))?;
            carry_out(&plan)?;
            mended.extend(plan.changes.iter().map(ToString::to_string));
        }
    }
    if shim_places::folder(places).is_dir() {
        let plan = shims::put_in(places, &[], &binary).map_err(|error| failed(&error))?;
        carry_out(&plan)?;
        mended.extend(plan.changes.iter().map(ToString::to_string));
    }
    if let Ok(here) = environment::working_directory()
        .map_err(|_| ())
        .and_then(|cwd| Place::observe(places, &cwd).map_err(|_| ()))
    {
        let hooks = git::status(places, &here).map_err(|error| failed(&error))?;
        let is_moved = |state: HookState| {
            matches!(state, HookState::Changed | HookState::NotExecutable | HookState::BinaryUnusable)
        };
        if hooks.iter().any(|hook| is_moved(hook.state)) {
            let site = here.site().map_err(|error| failed(&error))?;
            let plan = git::put_in(places, &site, &binary).map_err(|error| failed(&error))?;
            carry_out(&plan)?;
            mended.extend(plan.changes.iter().map(ToString::to_string));
        }
    }
    Ok(mended)
}

impl Report {
    fn text(&self, paint: Paint) -> String {
        let mut text = String::new();
        for mended in &self.mended {
            text.push_str(&format!("mended: {}\n", escaped(mended)));
        }
        for Finding { seam, name, holds, detail } in &self.findings {
            let word = if *holds {
                paint.paint(Style::Good, "holds")
            } else {
                paint.paint(Style::Bad, "does not hold")
            };
            text.push_str(&format!("{seam}: {}: {word}", escaped(name)));
            if !detail.is_empty() {
                text.push_str(&format!(": {}", escaped(detail)));
            }
            text.push('\n');
        }
        if !self.holds {
            text.push_str("hint: `cavra doctor --fix` mends what moved; `cavra status` says more\n");
        }
        text
    }
}
