//! The hosts that commands contact: as their words name them, and those that programs contact by themselves.

use super::Interpreter;
use crate::grammar::contacts::{own_hosts, reads_addresses, takes_hosts};
use crate::intercept::host;
use crate::intercept::shell::state::State;
use crate::intercept::shell::value::Form;

/// The most hosts that are told of one command; beyond them, one that is not known stands for all.
const MOST_HOSTS: usize = 64;

/// The largest file of git's settings that is read for the addresses of remotes, in bytes.
const LARGEST_CONFIG: u64 = 256 << 10;

/// Options of curl whose values lead somewhere, with the first part of the value that is a host.
const CURL_OPTIONS: &[(&str, usize)] = &[
    ("-x", 0),
    ("--proxy", 0),
    ("--preproxy", 0),
    ("--socks4", 0),
    ("--socks4a", 0),
    ("--socks5", 0),
    ("--socks5-hostname", 0),
    ("--doh-url", 0),
    ("--connect-to", 2),
    ("--resolve", 2),
];

impl Interpreter<'_> {
    /// A host is contacted, in the form that [`host`] gives.
    pub(super) fn reaches(&mut self, host: String) {
        let hosts = &mut self.does.hosts;
        if hosts.contains(&host) {
            return;
        }
        if hosts.len() < MOST_HOSTS {
            hosts.push(host);
        } else if !hosts.iter().any(|known| known == host::UNKNOWN) {
            hosts.push(host::UNKNOWN.to_owned());
        }
    }

    /// A word that names where it leads.
    pub(super) fn reaches_by(&mut self, word: &Form) {
        let text = word.open();
        // A number by itself is a port, but for addresses that are written as one.
        if text.parse::<u32>().is_ok_and(|number| number <= u32::from(u16::MAX)) {
            return;
        }
        if let Some(host) = host::of_destination(&text) {
            self.reaches(host);
        }
    }

    /// What a program contacts that its words name, or that it contacts by itself.
    pub(super) fn contacts(&mut self, name: &str, words: &[Form]) {
        let operands = words.get(1..).unwrap_or_default();
        for host in own_hosts(name, operands.iter().map(Form::start)).split_whitespace() {
            self.reaches(host.to_owned());
        }
        if !reads_addresses(name) {
            return;
        }
        for (place, word) in operands.iter().enumerate() {
            let text = word.open();
            if text.contains(char::is_whitespace) {
                continue;
            }
            let value =
                if text.starts_with('-') { text.split_once('=').map(|(_, value)| value) } else { None };
            if let Some(host) = host::of_url(value.unwrap_or(&text)) {
                self.reaches(host);
            } else if takes_hosts(name) && !text.starts_with('-') {
                self.reaches_by(&Form::text(text.trim_start_matches('@')));
            }
            if name == "curl"
                && let Some((_, part)) = CURL_OPTIONS.iter().find(|(option, _)| *option == text)
                && let Some(value) = operands.get(place + 1)
            {
                let value = value.open().into_owned();
                let end = value.splitn(part + 1, ':').last().unwrap_or_default().to_owned();
                self.reaches_by(&Form::text(if *part == 0 { value } else { end }));
            }
        }
        if matches!(name, "docker" | "podman" | "nerdctl") {
            self.contacts_registry(operands);
        }
    }

    /// The registry that an image comes from, or goes to: what stands before the first `/`, if it looks like a host.
    fn contacts_registry(&mut self, operands: &[Form]) {
        let mut words = operands.iter().filter(|form| !form.start().starts_with('-'));
        let Some("pull" | "push" | "run" | "create" | "login") = words.next().and_then(Form::known) else {
            return;
        };
        let image = words.find_map(|form| {
            let text = form.open().into_owned();
            let (registry, _) = text.split_once('/')?;
            (registry.contains(['.', ':']) || registry == "localhost").then(|| registry.to_owned())
        });
        match image {
            Some(registry) => self.reaches_by(&Form::text(registry)),
            None => self.reaches("registry-1.docker.io".to_owned()),
        }
    }

    /// What git contacts: the addresses and the remotes among its words, or all remotes where it names none.
    pub(super) fn git_contacts(&mut self, subcommand: &str, rest: &[Form], state: &State) {
        let words: Vec<&Form> = rest.iter().filter(|form| !form.start().starts_with('-')).collect();
        let named = match (subcommand, words.first().and_then(|form| form.known())) {
            ("clone" | "fetch" | "pull" | "push" | "ls-remote" | "fetch-pack" | "send-pack", _) => {
                words.first().copied()
            }
            ("remote", Some("add" | "set-url")) => words.get(2).copied(),
            ("remote", Some("update" | "prune" | "show" | "set-head")) => words.get(1).copied(),
            ("submodule", Some("add")) => words.get(1).copied(),
            ("submodule", Some("update" | "init" | "sync")) => {
                self.reaches(host::UNKNOWN.to_owned());
                return;
            }
            ("archive", _) => {
                let remote = rest.iter().find_map(|form| form.known()?.strip_prefix("--remote="));
                if let Some(remote) = remote.map(Form::text) {
                    self.reaches_remote(Some(&remote), state);
                }
                return;
            }
            _ => return,
        };
        self.reaches_remote(named, state);
    }

    /// A remote by its name or its address; every one of the repository if none is named.
    fn reaches_remote(&mut self, named: Option<&Form>, state: &State) {
        let Some(named) = named else {
            for url in self.remote_urls(None, state) {
                self.reaches_address(&url);
            }
            return;
        };
        let Some(text) = named.known() else {
            let host = host::of_url(&named.open()).unwrap_or_else(|| host::UNKNOWN.to_owned());
            self.reaches(host);
            return;
        };
        let text = text.to_owned();
        if text.contains([':', '/']) {
            self.reaches_address(&text);
            return;
        }
        let urls = self.remote_urls(Some(&text), state);
        if urls.is_empty() {
            self.reaches(host::UNKNOWN.to_owned());
        }
        for url in urls {
            self.reaches_address(&url);
        }
    }

    /// `scheme://host/…`, `host:path`, or a path of this machine.
    fn reaches_address(&mut self, url: &str) {
        let is_short = url.split_once(':').is_some_and(|(host, _)| !host.contains('/') && !host.is_empty());
        if let Some(host) =
            host::of_url(url).or_else(|| is_short.then(|| host::of_destination(url)).flatten())
        {
            self.reaches(host);
        }
    }

    /// The addresses of one remote, or of all, as git's settings of the repository have them; one that leads anywhere
    /// where these rewrite addresses.
    fn remote_urls(&self, name: Option<&str>, state: &State) -> Vec<String> {
        let Some(text) = self.git_file("config", LARGEST_CONFIG, state) else {
            return vec!["https://*".to_owned()];
        };
        let mut urls = Vec::new();
        let mut is_meant = false;
        for line in text.lines().map(str::trim) {
            if let Some(section) = line.strip_prefix('[') {
                let section = section.split(']').next().unwrap_or_default().trim();
                if section.to_ascii_lowercase().starts_with("url")
                    || section.to_ascii_lowercase().starts_with("include")
                {
                    return vec!["https://*".to_owned()];
                }
                is_meant = section
                    .strip_prefix("remote")
                    .is_some_and(|remote| name.is_none_or(|name| remote.trim().trim_matches('"') == name));
            } else if is_meant
                && let Some((key, url)) = line.split_once('=')
                && matches!(key.trim().to_ascii_lowercase().as_str(), "url" | "pushurl")
            {
                urls.push(url.trim().trim_matches('"').to_owned());
            }
        }
        urls
    }
}
