//! The kinds of action that a request can name.

/// An action type that the evaluator has rules for; every other text is asked about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Action {
    /// `read_file`
    ReadFile,
    /// `write_file`
    WriteFile,
    /// `execute_command`
    ExecuteCommand,
    /// `git_operation`
    GitOperation,
    /// `mcp_tool_call`
    McpToolCall,
    /// `release_governance_record`
    ReleaseGovernanceRecord,
}

/// The action type of a call of an agent's own tool that Cavra has no rules for: the policy's default answers it.
pub const AGENT_TOOL_CALL: &str = "agent_tool_call";

/// The action type of whatever would take Cavra itself out of the way: it is blocked, whatever a policy says.
pub const SELF_PROTECTION: &str = "cavra.self_protection";

impl Action {
    /// Every action type that has rules.
    pub const ALL: [Self; 6] = [
        Self::ReadFile,
        Self::WriteFile,
        Self::ExecuteCommand,
        Self::GitOperation,
        Self::McpToolCall,
        Self::ReleaseGovernanceRecord,
    ];

    /// Reads the word of the contract, exactly: no trimming, no folding.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }

    /// The word of the contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReadFile => "read_file",
            Self::WriteFile => "write_file",
            Self::ExecuteCommand => "execute_command",
            Self::GitOperation => "git_operation",
            Self::McpToolCall => "mcp_tool_call",
            Self::ReleaseGovernanceRecord => "release_governance_record",
        }
    }
}
