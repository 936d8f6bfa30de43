//! Who pushes to a server, as the server tells its hooks. It is a label for the record, and no more: whoever runs
//! a hook by hand may say what they like.

use crate::intercept::git::Pusher;
use crate::sys::environment;

/// The variables that carry a name, with what sets them.
const NAMES: [(&str, &str); 8] = [
    ("GL_USERNAME", "gitlab"),
    ("GL_ID", "gitlab"),
    ("GITEA_PUSHER_NAME", "gitea"),
    ("FORGEJO_PUSHER_NAME", "forgejo"),
    ("GITHUB_USER_LOGIN", "github-enterprise"),
    ("GL_USER", "gitolite"),
    ("REMOTE_USER", "http"),
    ("LOGNAME", "ssh"),
];

/// The longest name that is kept, in characters.
const MOST: usize = 200;

/// Who the server says it is.
pub(super) fn find() -> Pusher {
    for (variable, server) in NAMES {
        if server == "ssh" && environment::variable("SSH_CONNECTION").is_none() {
            continue;
        }
        if let Some(name) = environment::variable(variable) {
            let name = name.to_string_lossy().chars().take(MOST).collect();
            return Pusher { name, server };
        }
    }
    Pusher::default()
}
