//! The network: used by the commands that a person names a server to, and by nothing that decides.
//!
//! TLS is `rustls` with the cipher code of `ring`. Whom to trust is the machine's own list or a file that was named:
//! no variable of the environment moves it, and none sends a request by way of a proxy.

mod http;
mod stream;
mod trust;

use std::io;
use std::path::PathBuf;

use thiserror::Error;

pub use http::{Answer, Client};
pub use stream::{Address, Stream};
pub use trust::Trust;

/// Why the network does not do it.
#[derive(Debug, Error)]
pub enum NetError {
    /// The address is none, or one that may not be used.
    #[error("`{address}` {fault}")]
    Address {
        /// The address.
        address: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// A file with certificates or a key cannot be used.
    #[error("`{path}`: {fault}", path = .path.display())]
    Certificates {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
    /// No list of certificates is where systems have one.
    #[error("this machine has no list of certificate authorities where one is looked for")]
    NoAuthorities,
    /// The other side cannot be reached, does not answer, or is not whom it must be.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// TLS does not come to be.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// HTTP fails.
    #[error("{0}")]
    Http(String),
}

/// Whether the name is this machine's own, so that nothing leaves it.
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
