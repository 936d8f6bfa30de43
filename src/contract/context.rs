//! Where an action happens, and what an interceptor found out about its target.
//!
//! Nothing here loosens: spellings and facts of a ref update are more to refuse by, and the rules that allow
//! look at the request's own target alone.

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
