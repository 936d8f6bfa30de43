//! The hosts that commands contact: as their words name them, and those that programs contact by themselves.

use std::borrow::Cow;

use super::Interpreter;
use crate::grammar::contacts::{own_hosts, reads_addresses, takes_hosts};
use crate::intercept::host;
use crate::intercept::shell::state::State;
use crate::intercept::shell::value::{Form, Value};

/// The most hosts that are told of one command; beyond them, one that is not known stands for all.
const MOST_HOSTS: usize = 64;

/// The largest file of git's settings that is read for the addresses of remotes, in bytes.
const LARGEST_CONFIG: u64 = 256 << 10;

/// Options whose values lead somewhere: the program, the option, and which part of the value between colons is the host.
const LEADING: &[(&str, &str, usize)] = &[
    ("curl", "-x", 0),
    ("curl", "--proxy", 0),
    ("curl", "--preproxy", 0),
    ("curl", "--socks4", 0),
    ("curl", "--socks4a", 0),
    ("curl", "--socks5", 0),
    ("curl", "--socks5-hostname", 0),
    ("curl", "--doh-url", 0),
    ("curl", "--connect-to", 2),
    ("curl", "--resolve", 2),
    ("ssh", "-J", 0),
    ("ssh", "-W", 0),
    ("ssh", "-L", 1),
    ("ssh", "-R", 1),
    ("scp", "-J", 0),
    ("sftp", "-J", 0),
    ("nc", "-x", 0),
    ("ncat", "--proxy", 0),
    ("openssl", "-connect", 0),
    ("openssl", "-proxy", 0),
    ("openssl", "-host", 0),
];

/// Options whose values are files in which addresses stand that nobody has read.
const LISTING: &[(&str, &[&str])] =
    &[("wget", &["-i", "--input-file"]), ("curl", &["-K", "--config"]), ("aria2c", &["-i", "--input-file"])];

/// Variables that lead programs elsewhere.
const PROXIES: &[&str] = &["http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "gh_host", "docker_host"];

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
    pub(super) fn contacts(&mut self, name: &str, words: &[Form], state: &State) {
        let operands = words.get(1..).unwrap_or_default();
        for host in own_hosts(name, operands.iter().map(Form::start)).split_whitespace() {
            self.reaches(host.to_owned());
        }
        if !reads_addresses(name) {
            return;
        }
        self.led_by_variables(state);
        for (place, word) in operands.iter().enumerate() {
            let text = word.open();
            // `name @ https://…` is one word to an installer.
            let is_installer = matches!(name, "pip" | "pip3" | "uv" | "pipx" | "poetry" | "pdm");
            let text = match text.rsplit_once(char::is_whitespace) {
                Some((_, last)) if is_installer => Cow::Borrowed(last),
                Some(_) => continue,
                None => text,
            };
            let value =
                if text.starts_with('-') { text.split_once('=').map(|(_, value)| value) } else { None };
            if let Some(host) = host::of_url(value.unwrap_or(&text)) {
                self.reaches(host);
            } else if takes_hosts(name) && !text.starts_with('-') {
                self.reaches_by(&Form::text(text.trim_start_matches('@')));
            }
            self.leads(name, &text, operands.get(place + 1));
        }
        if matches!(name, "docker" | "podman" | "nerdctl") {
            self.contacts_registry(operands);
        }
    }

    /// What an option leads to; its value is the next word, or joined to it.
    fn leads(&mut self, name: &str, text: &str, next: Option<&Form>) {
        let value = |option: &str| {
            let joined = text.strip_prefix(option)?;
            match joined.strip_prefix('=').unwrap_or(joined) {
                "" => next.map(|form| form.open().into_owned()),
                // Only options of one letter are joined to their value by nothing.
                value if joined.starts_with('=') || option.len() == 2 => Some(value.to_owned()),
                _ => None,
            }
        };
        for (_, option, part) in LEADING.iter().filter(|(program, _, _)| *program == name) {
            let Some(value) = value(option) else { continue };
            for one in value.split(',') {
                let end = one.splitn(part + 1, ':').last().unwrap_or_default();
                self.reaches_by(&Form::text(if *part == 0 { one } else { end }));
            }
        }
        let lists = LISTING.iter().filter(|(program, _)| *program == name).flat_map(|(_, options)| *options);
        if lists.into_iter().any(|option| value(option).is_some()) {
            self.reaches(host::UNKNOWN.to_owned());
        }
        // `TCP4:host:port,fork`
        if name == "socat"
            && let Some((kind, rest)) = text.split_once(':')
            && !kind.to_ascii_uppercase().contains("LISTEN")
            && ["TCP", "UDP", "SCTP", "OPENSSL", "SSL", "SOCKS", "PROXY"]
                .iter()
                .any(|known| kind.to_ascii_uppercase().starts_with(known))
        {
            self.reaches_by(&Form::text(rest));
        }
    }

    /// What the variables lead to that a program is given.
    fn led_by_variables(&mut self, state: &State) {
        for name in PROXIES {
            for name in [(*name).to_owned(), name.to_ascii_uppercase()] {
                let Some(variable) = state.variable(&name) else { continue };
                let value = variable.value.element(Some("0")).unwrap_or_else(Value::unknown);
                for form in value.forms().to_vec() {
                    self.reaches_by(&form);
                }
            }
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
