//! Telling a person's desktop that something waits. It may fail and nobody is the worse for it: nothing depends on it.

use std::process::{Command, Stdio};

use super::programs;

/// How much of a text fits.
const MOST_LETTERS: usize = 200;

/// Shows a title and a text, where the system has a program for it. Nobody waits for that program.
pub fn tell(title: &str, text: &str) {
    let Some(program) = programs::notifier() else { return };
    let text: String = text.chars().filter(|letter| !letter.is_control()).take(MOST_LETTERS).collect();
    let mut command = Command::new(&program);
    if program.ends_with("osascript") {
        // The text is an operand, and so no part of the script.
        command.args(["-e", "on run argv", "-e"]);
        command.arg("display notification (item 2 of argv) with title (item 1 of argv)");
        command.args(["-e", "end run", "--", title, &text]);
    } else {
        // The text may hold marks of its own in that program.
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        command.args(["--app-name=Cavra", "--urgency=critical", "--", title, &text]);
    }
    // A desktop that is not there is none that could be told.
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}
