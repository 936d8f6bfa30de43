//! The hosts that programs contact by themselves, and the programs whose words are no addresses.

use super::operands::takes_data;
use super::words::words;

words! {
    /// Programs that take data, and contact hosts all the same.
    CONTACTING = [
        "curl", "wget", "pip", "pip3", "npm", "pnpm", "yarn", "cargo", "gem", "brew", "snap", "apt", "apt-get",
        "dnf", "yum", "apk", "pacman", "zypper", "hg", "svn", "gh", "code", "rpm",
    ]
}

words! {
    /// Programs whose operands are hosts, or may be.
    HOSTS = [
        "telnet", "ftp", "ncftp", "tftp", "lftp", "ping", "ping6", "fping", "arping", "dig", "drill", "nslookup",
        "host", "whois", "traceroute", "traceroute6", "tracepath", "mtr", "nmap", "masscan", "http", "https", "xh",
        "xhs", "httpie", "lynx", "w3m", "links", "elinks", "ab", "wrk", "hey", "siege", "websocat", "wscat", "grpcurl",
        "evil-winrm", "smbclient", "ldapsearch", "snmpwalk", "redis-cli", "mongosh", "psql", "mysql",
    ]
}

/// Whether words of a program that look like URLs are addresses that it contacts. git says by itself what it contacts.
#[must_use]
pub fn reads_addresses(name: &str) -> bool {
    name != "git" && (!takes_data(name) || CONTACTING.contains(name))
}

/// Whether the operands of a program are hosts.
#[must_use]
pub fn takes_hosts(name: &str) -> bool {
    HOSTS.contains(name)
}

/// The hosts that a program contacts where nothing tells it others, separated by blanks; empty where it contacts none, or
/// where only its settings know. `words` are its operands, of which the first may be a subcommand.
#[must_use]
pub fn own_hosts<'w>(name: &str, words: impl IntoIterator<Item = &'w str>) -> &'static str {
    let first = words.into_iter().find(|word| !word.starts_with('-')).unwrap_or_default();
    match (name, first) {
        ("gh", "auth" | "config" | "alias" | "completion" | "help" | "") => "",
        ("gh", _) => "api.github.com github.com",
        ("glab", "config" | "alias" | "completion" | "help" | "") => "",
        ("glab", _) => "gitlab.com",
        (
            "npm" | "pnpm" | "yarn" | "yarnpkg" | "cnpm" | "bun",
            "install" | "i" | "in" | "ci" | "add" | "update" | "up" | "upgrade" | "publish" | "unpublish"
            | "view" | "info" | "show" | "search" | "audit" | "outdated" | "create" | "init" | "exec" | "x"
            | "dlx" | "login" | "adduser" | "deprecate" | "dist-tag" | "owner" | "access" | "token",
        )
        | ("npx" | "pnpx" | "bunx", _) => "registry.npmjs.org",
        (
            "pip" | "pip3" | "uv" | "uvx" | "pipx" | "poetry" | "pdm" | "pipenv",
            "list" | "freeze" | "show" | "",
        ) => "",
        ("pip" | "pip3" | "uv" | "uvx" | "pipx" | "poetry" | "pdm" | "pipenv", _) => {
            "pypi.org files.pythonhosted.org"
        }
        ("twine", "upload" | "register") => "upload.pypi.org",
        (
            "cargo",
            "install" | "add" | "update" | "publish" | "search" | "fetch" | "yank" | "owner" | "login"
            | "info",
        ) => "index.crates.io static.crates.io crates.io",
        ("gem", "install" | "update" | "push" | "fetch" | "search" | "yank" | "owner") => "rubygems.org",
        ("go", "get" | "install" | "mod") => "proxy.golang.org sum.golang.org",
        ("brew", "install" | "update" | "upgrade" | "fetch" | "tap" | "search") => {
            "formulae.brew.sh ghcr.io github.com"
        }
        ("rustup", "install" | "update" | "toolchain" | "component" | "target" | "self") => {
            "static.rust-lang.org"
        }
        ("aws", "configure" | "help" | "") => "",
        ("aws", _) => "*.amazonaws.com",
        ("gcloud" | "gsutil" | "bq", "config" | "help" | "version" | "") => "",
        ("gcloud" | "gsutil" | "bq", _) => "*.googleapis.com",
        ("az", "config" | "version" | "") => "",
        ("az", _) => "management.azure.com login.microsoftonline.com",
        ("docker" | "podman" | "nerdctl", "login" | "search") => "registry-1.docker.io",
        _ => "",
    }
}
