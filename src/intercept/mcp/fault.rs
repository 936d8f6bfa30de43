//! Why a frame is not forwarded.

use thiserror::Error;

/// What is wrong with a frame. The texts are told to whoever sent it.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum Fault {
    /// It is longer than the bound.
    #[error("the frame is longer than {0} bytes")]
    TooLong(usize),
    /// It is no JSON.
    #[error("the frame is not one JSON value")]
    NotJson,
    /// It is not UTF-8.
    #[error("the frame is not UTF-8")]
    NotUtf8,
    /// It begins with a byte-order mark.
    #[error("the frame begins with a byte-order mark")]
    ByteOrderMark,
    /// There is something behind the value.
    #[error("there is something behind the JSON value of the frame")]
    Trailing,
    /// A carriage return, at which some readers end a line.
    #[error("there is a carriage return inside the frame, at which some readers would begin another")]
    Return,
    /// A half of a character.
    #[error("the frame holds one half of a surrogate pair")]
    LoneSurrogate,
    /// A NUL in the name of a member.
    #[error("the name of a member holds a NUL")]
    NulInName,
    /// Two members of one name.
    #[error("the member `{0}` stands twice in one object, be it in other letters")]
    Twice(String),
    /// A member that some parsers take for another one.
    #[error("the member `{0}` is `{1}` to parsers that fold the case of letters")]
    NearName(String, &'static str),
    /// It is nested too deep.
    #[error("the frame is nested deeper than 128 levels")]
    TooDeep,
    /// It holds too many values.
    #[error("the frame holds more than 1,048,576 values")]
    TooMany,
    /// A batch.
    #[error("the frame is a batch, which no revision of MCP in use allows")]
    Batch,
    /// It is no message of JSON-RPC.
    #[error("the frame is no JSON-RPC request, notification or response: {0}")]
    NotMessage(&'static str),
}
