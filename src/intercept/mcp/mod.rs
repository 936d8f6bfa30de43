//! Messages of the Model Context Protocol: from the bytes of a frame to requests.
//!
//! A frame is read strictly ([`Frame`]), so that what is judged is what any parser would execute; what cannot be read
//! so is not forwarded, and the ids in it are found by a reader that takes whatever comes ([`IdReader`]). A call comes
//! to a request for the tool and one for each file that its arguments name, and its command texts are taken apart as
//! anywhere else ([`Server`]). Nothing depends on the revision of the protocol or on what was said before.

mod arguments;
mod definition;
mod digest;
mod event;
mod fault;
mod frame;
mod ids;
mod scan;
mod url;

pub use definition::ToolDefinition;
pub use digest::digest;
pub use event::{Known, Server};
pub use fault::Fault;
pub use frame::{Frame, Id, Kind, PROTOCOL_VERSION};
pub use ids::{FoundId, IdReader};
pub use scan::{MOST_DEPTH, MOST_VALUES, Member, Node, Side, Value, folded, scan};

/// The requests of a client that are decided; every other passes.
pub const DECIDED: [&str; 5] =
    ["tools/call", "resources/read", "resources/subscribe", "prompts/get", "completion/complete"];

/// The requests of a server that are decided.
pub const DECIDED_OF_SERVER: [&str; 2] = ["sampling/createMessage", "elicitation/create"];
