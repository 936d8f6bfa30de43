//! The clients whose servers are put behind Cavra: where they keep their configuration, and under which names.

use std::path::{Path, PathBuf};

/// How a file is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    /// JSON, with comments and trailing commas where an author left them.
    Json,
    /// TOML.
    Toml,
}

/// Where a client may keep servers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The client.
    pub(super) client: &'static str,
    base: Base,
    path: &'static str,
    pub(super) format: Format,
    /// The names that lead to the servers; `*` is any name.
    pub(super) keys: &'static [&'static [&'static str]],
}

#[derive(Clone, Copy, Debug)]
enum Base {
    Home,
    Project,
    /// Where programs with a window keep their settings.
    Settings,
}

impl Place {
    /// The file.
    pub(super) fn file(&self, home: &Path, project: &Path) -> PathBuf {
        let base = match self.base {
            Base::Home => home.to_owned(),
            Base::Project => project.to_owned(),
            Base::Settings if cfg!(target_os = "macos") => home.join("Library/Application Support"),
            Base::Settings => home.join(".config"),
        };
        base.join(self.path)
    }
}

const SERVERS: &[&[&str]] = &[&["mcpServers"]];
const OF_PROJECTS: &[&[&str]] = &[&["mcpServers"], &["projects", "*", "mcpServers"]];
const VS_CODE: &[&[&str]] = &[&["servers"]];
const CODEX: &[&[&str]] = &[&["mcp_servers"]];

const fn json(
    client: &'static str,
    base: Base,
    path: &'static str,
    keys: &'static [&'static [&'static str]],
) -> Place {
    Place { client, base, path, format: Format::Json, keys }
}

/// Every place that is known, by client.
pub(super) const PLACES: [Place; 14] = [
    json("claude-code", Base::Project, ".mcp.json", SERVERS),
    json("claude-code", Base::Home, ".claude.json", OF_PROJECTS),
    json("cursor", Base::Project, ".cursor/mcp.json", SERVERS),
    json("cursor", Base::Home, ".cursor/mcp.json", SERVERS),
    json("vs-code", Base::Project, ".vscode/mcp.json", VS_CODE),
    json("vs-code", Base::Settings, "Code/User/mcp.json", VS_CODE),
    json("vs-code", Base::Home, ".copilot/mcp-config.json", SERVERS),
    Place {
        client: "codex",
        base: Base::Project,
        path: ".codex/config.toml",
        format: Format::Toml,
        keys: CODEX,
    },
    Place {
        client: "codex",
        base: Base::Home,
        path: ".codex/config.toml",
        format: Format::Toml,
        keys: CODEX,
    },
    json("gemini-cli", Base::Project, ".gemini/settings.json", SERVERS),
    json("gemini-cli", Base::Home, ".gemini/settings.json", SERVERS),
    json("claude-desktop", Base::Settings, "Claude/claude_desktop_config.json", SERVERS),
    json("windsurf", Base::Home, ".codeium/windsurf/mcp_config.json", SERVERS),
    json(
        "cline",
        Base::Settings,
        "Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json",
        SERVERS,
    ),
];
