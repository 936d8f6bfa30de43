//! Values that are harmless or not by what stands in them: settings of ssh, options of mounts, names of pictures.

use super::Interpreter;
use super::assign::strip_start;
use crate::grammar::settings::{self, SshSetting};
use crate::grammar::tool::Role;
use crate::intercept::shell::effect::{Access, Extent};
use crate::intercept::shell::state::State;
use crate::intercept::shell::value::{Form, Hole};

impl Interpreter<'_> {
    /// A value of one of these roles: what is not plainly harmless is opaque.
    pub(super) fn value_of_tool(&mut self, name: &str, role: Role, word: &Form, state: &mut State) {
        let is_line = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match role {
            Role::SshSetting => self.ssh_setting(name, word, state),
            Role::MountOptions if word.known().is_some_and(settings::is_harmless_mount) => {}
            Role::StartAt if word.known().is_some_and(is_line) => {}
            Role::Media if is_name_of_media(&word.open()) => self.takes(name, Role::Update, word, state),
            _ => self.takes(name, Role::Opaque, word, state),
        }
    }

    /// `Key=Value` or `Key Value` of ssh.
    fn ssh_setting(&mut self, name: &str, word: &Form, state: &mut State) {
        let start = word.start().trim_start();
        let key =
            start.split(|letter: char| letter == '=' || letter.is_whitespace()).next().unwrap_or_default();
        let is_whole = key.len() < start.len() && !word.open().contains(char::is_control);
        let setting = if is_whole { settings::ssh(key) } else { SshSetting::Opaque };
        let access = match setting {
            SshSetting::Harmless => return,
            SshSetting::Opaque => return self.takes(name, Role::Opaque, word, state),
            SshSetting::Reads => Access::Read,
            SshSetting::Updates => Access::Update,
        };
        let mut value = word.clone();
        let before = word.start().len() - start.len() + key.len();
        let rest = word.start().get(before..).unwrap_or_default();
        let behind = rest.trim_start_matches(|letter: char| letter == '=' || letter.is_whitespace());
        let skipped = word.start().len() - behind.len();
        strip_start(&mut value, skipped);
        match value.known() {
            // Several files may be named, and quotes are taken away.
            Some(files) => {
                for file in
                    files.split([' ', '\t', '"']).filter(|file| !matches!(*file, "" | "none" | "/dev/null"))
                {
                    self.uses(&Form::text(file), access, Extent::One, state);
                }
            }
            None => self.uses(&value, access, Extent::One, state),
        }
    }

    /// `cpio -p FOLDER`: the files that the input names are put there under the same names.
    pub(super) fn passes_through(&mut self, target: &Form, state: &State) {
        let input = self.read(&state.input.clone());
        let mut names: Vec<Form> = input
            .texts()
            .flat_map(|text| text.split(['\n', '\0']))
            .filter(|name| !name.is_empty())
            .map(Form::text)
            .collect();
        if input.is_unknown() {
            names.push(Form::hole(Hole::Unknown));
        }
        for name in names.into_iter().take(1_000) {
            self.uses(&name, Access::Read, Extent::One, state);
            let mut inside = target.clone();
            inside.push("/");
            inside.append(&name);
            self.uses(&inside, Access::Write, Extent::One, state);
        }
    }
}

/// Whether a word can be nothing but a file's name or a plain value to programs that take languages, libraries and
/// pipes for names.
fn is_name_of_media(word: &str) -> bool {
    let is_plain = word.chars().all(|letter| letter.is_alphanumeric() || "/._-+*? %,\\".contains(letter));
    let is_known = match word.rsplit_once('.') {
        Some((_, kind)) => {
            let kind = kind.to_ascii_lowercase();
            MEDIA.contains(&kind.as_str()) || word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        }
        None => word != "ladspa",
    };
    is_plain && is_known
}

/// Endings of pictures, sounds and films, none of which is a program to those that read them.
const MEDIA: &[&str] = &[
    "3gp", "aac", "aiff", "au", "avi", "avif", "bmp", "flac", "flv", "gif", "heic", "ico", "jpeg", "jpg",
    "jxl", "m4a", "m4v", "mkv", "mov", "mp2", "mp3", "mp4", "mpeg", "mpg", "ogg", "opus", "pbm", "pgm",
    "png", "ppm", "tif", "tiff", "wav", "webm", "webp", "wma",
];
