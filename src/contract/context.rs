//! Where an action happens, and what an interceptor found out about its target.
//!
//! Nothing here loosens: spellings, files in a folder and facts of a ref update are more to refuse by, what is
//! known only in part is refused by all that it may be, and the rules that allow look at the request's own target
//! alone.

use super::fields::object;

object! {
    /// The surroundings of a request.
    pub struct Context {
        /// The working directory.
        pub cwd: String,
        /// The top of the repository that holds it.
        pub repo: String,
        /// The branch that is checked out there.
        pub branch: String,
        /// The seam that saw the action.
        pub seam: String,
        /// The argv, where the action is a command and the seam has one.
        pub argv: Vec<String>,
        /// Other spellings of the target, each of which a rule may meet.
        pub spellings: Vec<String>,
        /// What is known of a ref update.
        pub ref_update: Option<RefUpdate>,
        /// Whether the volume takes letters of either case for the same.
        pub folds_case: bool,
        /// The places in `argv` whose words are known only in part. There, and only there, a `*` in the word stands
        /// for any text, blanks included: such a word may be several, or none.
        pub open_words: Vec<u32>,
        /// Those of them whose words are one word each, whatever they are (a variable in quotes).
        pub whole_words: Vec<u32>,
        /// Where in the text of the subject it stands, and what runs it: for people.
        pub origin: String,
        /// The SHA-256 digest of the file that was read to see what it runs.
        pub digest: String,
        /// The commands that it runs in turn (`sudo`, `xargs`): more to refuse by.
        pub runs: Vec<Run>,
        /// Whether a `*` in the target of a file action stands for any text.
        pub open_target: bool,
        /// The files in it, where the target stands for a folder that is read or written with all that is in it;
        /// as the rules know them.
        pub tree: Vec<String>,
        /// What it does that a policy may answer for as a whole (`commands.effects`), beyond what its words show.
        pub effects: Vec<String>,
        /// The hosts that it contacts, in small letters, without ports; a `*` in one stands for what is not known of it.
        pub hosts: Vec<String>,
        /// What was found in the text that a write adds, where a policy looks at it.
        pub content: Vec<Content>,
        /// What is known of a message between an MCP client and a server.
        pub mcp: Option<McpFacts>,
    }
}

object! {
    /// A place in a text that looks like what a content rule names.
    pub struct Content {
        /// The name of what it looks like, such as `github-token`.
        pub shape: String,
        /// The line, from 1.
        pub line: u32,
        /// The place without what is secret in it: for people.
        pub excerpt: String,
    }
}

object! {
    /// A command that another one runs.
    pub struct Run {
        /// Its words.
        pub argv: Vec<String>,
        /// The places in `argv` whose words are known only in part, as in the context.
        pub open_words: Vec<u32>,
        /// Those of them whose words are one word each.
        pub whole_words: Vec<u32>,
    }
}

object! {
    /// What is known of a message between an MCP client and a server.
    pub struct McpFacts {
        /// The method of the message; `result` for what a server answers.
        pub method: String,
        /// The argv by which the server was started.
        pub command: Vec<String>,
        /// The SHA-256 digest of the arguments in their canonical form.
        pub arguments: String,
        /// How the tool's definition stands against what was accepted: a word of [`super::Definition`]; left out
        /// where it is the accepted one.
        pub definition: String,
        /// What is suspicious in the definition: hidden instructions, invisible characters.
        pub flags: Vec<String>,
        /// The kinds of secrets that a result holds.
        pub secrets: Vec<String>,
    }
}

object! {
    /// What a push would do to one ref.
    pub struct RefUpdate {
        /// The ref on the other side, in full.
        pub remote_ref: String,
        /// The URL that is really pushed to.
        pub remote: String,
        /// Commits would be lost; also true where the ancestry is not known.
        pub forced: bool,
        /// The ref would be deleted.
        pub deletes: bool,
    }
}
