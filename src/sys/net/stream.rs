//! A stream of TLS whose end is agreed upon.
//!
//! What a socket has taken, nobody has read yet. So who sends here says that it has ended, by TLS's own word, and
//! waits until the other side says the same: it reads in order, and so has read all that came before.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConnection, StreamOwned};

use super::{NetError, Trust};

/// How long to wait for a connection, and for each read and write.
const PATIENCE: Duration = Duration::from_secs(30);

/// A host and a port.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Address {
    /// The name that the other side must prove.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl Address {
    /// Reads `host`, `host:port` or `[v6]:port`; `port` stands in where none is said.
    ///
    /// # Errors
    /// If it is none of these.
    pub fn parse(text: &str, port: u16) -> Result<Self, NetError> {
        let fault = |fault| NetError::Address { address: text.to_owned(), fault };
        let (host, rest) = match text.strip_prefix('[') {
            Some(bracketed) => bracketed.split_once(']').ok_or_else(|| fault("has a `[` without a `]`"))?,
            None => text.find(':').map_or((text, ""), |at| text.split_at(at)),
        };
        let port = match rest.strip_prefix(':') {
            Some(digits) => digits.parse().map_err(|_| fault("has a port that is no number up to 65535"))?,
            None if rest.is_empty() => port,
            None => return Err(fault("has something behind the host that is no port")),
        };
        ServerName::try_from(host).map_err(|_| fault("is no name of a host"))?;
        Ok(Self { host: host.to_owned(), port })
    }
}

/// A stream to a server that has proved its name.
pub struct Stream(StreamOwned<ClientConnection, TcpStream>);

impl Stream {
    /// Connects.
    ///
    /// # Errors
    /// If the server cannot be reached, or is not whom it must be.
    pub fn connect(address: &Address, trust: &Trust) -> Result<Self, NetError> {
        let Address { host, port } = address;
        let name = ServerName::try_from(host.clone()).map_err(io::Error::other)?;
        let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
        for socket in (host.as_str(), *port).to_socket_addrs()? {
            match TcpStream::connect_timeout(&socket, PATIENCE) {
                Ok(socket) => {
                    socket.set_read_timeout(Some(PATIENCE))?;
                    socket.set_write_timeout(Some(PATIENCE))?;
                    let mut stream = StreamOwned::new(ClientConnection::new(trust.config()?, name)?, socket);
                    stream.flush()?;
                    return Ok(Self(stream));
                }
                Err(error) => last = error,
            }
        }
        Err(last.into())
    }

    /// Sends all of it, says that this is the end, and waits until the other side says so too.
    ///
    /// # Errors
    /// If it does not come to that: what was sent may have been read or not.
    pub fn send_and_end(mut self, bytes: &[u8]) -> Result<(), NetError> {
        self.0.write_all(bytes)?;
        self.0.conn.send_close_notify();
        self.0.flush()?;
        self.0.sock.shutdown(Shutdown::Write)?;
        let mut buffer = [0; 512];
        loop {
            match self.0.read(&mut buffer) {
                Ok(0) => return Ok(()),
                // Receivers of logs have nothing to say, and what they say is not listened to.
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_host_with_or_without_a_port_and_nothing_else() {
        let read = |text| Address::parse(text, 6514).map(|address| (address.host, address.port)).ok();
        let host = |host: &str, port| Some((host.to_owned(), port));
        assert_eq!(read("logs.example"), host("logs.example", 6514));
        assert_eq!(read("logs.example:99"), host("logs.example", 99));
        assert_eq!(read("[::1]:99"), host("::1", 99));
        assert_eq!(read("127.0.0.1"), host("127.0.0.1", 6514));
        for text in ["", ":99", "a:b", "a:99999", "[::1", "[::1]x", "a b", "a/b"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
