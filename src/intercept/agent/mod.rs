//! Agents: what the hook of each says, and what it means.
//!
//! One file for each agent, all of one shape: a [`profile::Profile`] that names its events, where its payloads name a
//! tool and what that is given, its tools, how it spells the tools of MCP servers, and what it takes to be called by
//! it. What all of them share is written once: [`payload`] reads a payload strictly, [`tool`] knows what a tool does
//! with what it is given, [`event`] makes requests of it.
//!
//! What holds:
//! - A payload that is not understood is an error, never an event that asks for nothing.
//! - A tool that is not known is answered by the policy's default, and every text that it is given is looked at as a
//!   path and as a command.
//! - Only what the host says is believed, not what the model wrote into a tool's input.

mod amp;
mod antigravity;
mod auggie;
mod claude_code;
mod cline;
mod codex;
mod copilot_cli;
mod copilot_cloud_agent;
mod cursor;
mod droid;
mod event;
mod gemini_cli;
mod goose;
mod grok;
mod installation;
mod kimi_code;
mod kiro_cli;
mod mcp_name;
mod opencode;
mod patch;
mod payload;
mod probe;
mod profile;
mod qwen_code;
mod sniff;
mod tool;
mod vscode;
mod windsurf;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use self::payload::Payload;
use self::profile::Profile;
use super::intercepted::Intercepted;

pub use self::event::unreadable;
pub use self::installation::{Form, Installation, OnFailure, Scope, Target};
pub use self::profile::Moment;

macro_rules! agents {
    ($( $(#[$doc:meta])* $name:ident = $module:ident ),+ $(,)?) => {
        /// An agent whose hooks Cavra answers.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum Agent {
            $( $(#[$doc])* $name ),+
        }

        impl Agent {
            /// Every agent.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            fn profile(self) -> &'static Profile {
                match self {
                    $(Self::$name => &$module::PROFILE),+
                }
            }
        }
    };
}

agents! {
    /// Amp of Sourcegraph.
    Amp = amp,
    /// Antigravity of Google.
    Antigravity = antigravity,
    /// Auggie of Augment.
    Auggie = auggie,
    /// Claude Code of Anthropic.
    ClaudeCode = claude_code,
    /// Cline.
    Cline = cline,
    /// Codex of OpenAI.
    Codex = codex,
    /// Copilot CLI of GitHub.
    CopilotCli = copilot_cli,
    /// The coding agent of GitHub Copilot, in the cloud.
    CopilotCloudAgent = copilot_cloud_agent,
    /// Cursor.
    Cursor = cursor,
    /// Droid of Factory.
    Droid = droid,
    /// Gemini CLI of Google.
    GeminiCli = gemini_cli,
    /// Goose of Block.
    Goose = goose,
    /// Grok CLI of xAI.
    Grok = grok,
    /// Kimi Code of Moonshot.
    KimiCode = kimi_code,
    /// Kiro of AWS.
    KiroCli = kiro_cli,
    /// OpenCode.
    OpenCode = opencode,
    /// Qwen Code of Alibaba.
    QwenCode = qwen_code,
    /// The agent of VS Code.
    VsCode = vscode,
    /// Windsurf, later Devin Desktop.
    Windsurf = windsurf,
}

impl Agent {
    /// Reads the word for an agent.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|agent| agent.as_str() == word)
    }

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.profile().name
    }

    /// What it takes to be called by it.
    #[must_use]
    pub fn installation(self) -> &'static Installation {
        &self.profile().installation
    }

    /// What it is about to do at an event; none if Cavra does not know the event.
    #[must_use]
    pub fn moment(self, event: &str) -> Option<Moment> {
        self.profile().events.iter().find(|(name, _)| *name == event).map(|(_, moment)| *moment)
    }

    /// A harmless payload of an event that must be denied, as the agent would send it; none for an event that runs no
    /// command.
    #[must_use]
    pub fn probe(self, event: &str, cwd: &str) -> Option<String> {
        probe::payload(self, event, cwd)
    }

    /// The event that a hook without a name for its event is called at.
    #[must_use]
    pub fn first_event(self) -> &'static str {
        self.profile().events.first().map_or("", |(name, _)| name)
    }
}

/// What an agent asked, as far as its host needs it for an answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Asked {
    /// Whose payload it is: mostly who the hook was installed for, but some agents call the hooks of others.
    pub agent: Agent,
    /// The name of the event, as that agent spells it.
    pub event: String,
    /// What it is about to do.
    pub moment: Moment,
    /// The mode in which it asks people.
    pub mode: Option<String>,
    /// Whether the payload is of the variant that spells its members as Claude Code does, where an agent has two.
    pub is_claude_shaped: bool,
}

/// A payload that was understood.
pub struct Decoded {
    /// What the host asked.
    pub asked: Asked,
    /// What would happen.
    pub event: Intercepted,
    /// The folders that the agent says it works in, the working directory first.
    pub folders: Vec<PathBuf>,
}

/// Why a payload was not understood, and whom that is to be told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The host, as far as it is known.
    pub asked: Asked,
    /// Why.
    pub reason: String,
}

impl Asked {
    /// What is known of a call before its payload was read.
    #[must_use]
    pub fn before(agent: Agent, event: Option<&str>) -> Self {
        let event = event.unwrap_or_else(|| agent.first_event());
        Self {
            agent,
            event: event.to_owned(),
            moment: agent.moment(event).unwrap_or(Moment::Tool),
            mode: None,
            is_claude_shaped: false,
        }
    }
}

/// Takes a payload apart. `named` is the event that the hook was installed for, `tool` the tool that the host names
/// beside the payload, and `cwd` the working directory of the process.
///
/// # Errors
/// [`Fault`].
pub fn decode(
    agent: Agent,
    named: Option<&str>,
    tool: Option<&str>,
    bytes: &[u8],
    cwd: Option<&Path>,
) -> Result<Decoded, Fault> {
    let mut asked = Asked::before(agent, named);
    let fault = |asked: &Asked, reason: String| Fault { asked: asked.clone(), reason };
    let payload = Payload::read(bytes).map_err(|reason| fault(&asked, reason))?;
    let real = sniff::agent(&payload).filter(|real| *real != agent && !sniff::is_kin(agent, *real));
    if let Some(real) = real {
        // The hook of another agent: this one's own words count.
        let own = payload.events().find(|event| real.moment(event).is_some());
        asked = Asked::before(real, own);
    }
    asked.mode = payload.mode().map(str::to_owned);
    asked.is_claude_shaped = payload.at("/tool_name").is_some();
    let said = payload.events().find(|event| asked.agent.moment(event).is_some()).map(str::to_owned);
    if let (None, Some(named)) = (real, named)
        && agent.moment(named).is_none()
    {
        return Err(fault(&asked, format!("`{named}` is no event of {}", agent.installation().shown)));
    }
    match (said, real.is_none().then_some(named).flatten()) {
        (Some(said), Some(named)) if !sniff::is_same_event(&said, named) => {
            let reason = format!("the hook was called for `{named}`, and the payload is of `{said}`");
            // Whichever of the two can be stopped is.
            if !asked.moment.can_be_stopped() {
                asked = Asked::before(asked.agent, Some(&said));
            }
            return Err(fault(&asked, reason));
        }
        (Some(said), None) => {
            asked = Asked {
                mode: asked.mode,
                is_claude_shaped: asked.is_claude_shaped,
                ..Asked::before(asked.agent, Some(&said))
            }
        }
        (Some(said), Some(_)) => asked.event = said,
        (None, _) => {
            if let Some(other) = payload.events().find(|event| !event.is_empty()) {
                return Err(fault(&asked, format!("the event `{other}` is not known")));
            }
        }
    }
    event::of(&asked, &payload, tool, cwd)
        .map(|(event, folders)| Decoded { asked: asked.clone(), event, folders })
        .map_err(|reason| fault(&asked, reason))
}
