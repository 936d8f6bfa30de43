//! Input that is read once and needed twice.
//!
//! What fits is held in memory; what does not goes to a file that has no name any more, so that nothing is left
//! behind however the process ends. Each reader starts at the first byte and disturbs no other.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::PathBuf;
use std::sync::Arc;

/// How much is held in memory, in bytes.
pub const MOST_IN_MEMORY: usize = 1 << 20;

/// Bytes that can be read again.
#[derive(Clone, Debug)]
pub enum Spool {
    /// They fit in memory.
    Memory(Arc<Vec<u8>>),
    /// They are in a file without a name.
    File(Arc<File>),
}

impl Spool {
    /// Reads `input` to its end. The file, if one is needed, is made in the folder that is then asked for, which is
    /// made too.
    ///
    /// # Errors
    /// What the input or the system says, such as a full disk.
    pub fn read(mut input: impl Read, folder: impl FnOnce() -> io::Result<PathBuf>) -> io::Result<Self> {
        let mut bytes = Vec::new();
        input.by_ref().take(MOST_IN_MEMORY as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() <= MOST_IN_MEMORY {
            return Ok(Self::Memory(Arc::new(bytes)));
        }
        let folder = folder()?;
        super::files::make_private_folder(&folder)?;
        let path = folder.join(format!(".spool.{}", super::random::hex12()));
        let mut file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
        fs::remove_file(&path)?;
        file.write_all(&bytes)?;
        io::copy(&mut input, &mut file)?;
        Ok(Self::File(Arc::new(file)))
    }

    /// A reader of all the bytes.
    #[must_use]
    pub fn reader(&self) -> SpoolReader {
        SpoolReader { spool: self.clone(), offset: 0 }
    }
}

/// Reads a [`Spool`] from its first byte.
#[derive(Debug)]
pub struct SpoolReader {
    spool: Spool,
    offset: u64,
}

impl Read for SpoolReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match &self.spool {
            Spool::Memory(bytes) => {
                let start = usize::try_from(self.offset).unwrap_or(usize::MAX);
                bytes.get(start..).unwrap_or_default().read(buffer)?
            }
            Spool::File(file) => file.read_at(buffer, self.offset)?,
        };
        self.offset += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_twice(length: usize) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
        let spool = Spool::read(bytes.as_slice(), || Ok(folder.path().to_owned())).unwrap();
        for _ in 0..2 {
            let mut again = Vec::new();
            spool.reader().read_to_end(&mut again).unwrap();
            assert!(again == bytes, "{length} bytes do not come back");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "a file is left behind");
        matches!(spool, Spool::File(_))
    }

    #[test]
    fn what_fits_stays_in_memory() {
        assert!(!read_twice(0));
        assert!(!read_twice(MOST_IN_MEMORY));
    }

    #[test]
    fn what_does_not_fit_goes_to_a_file_without_a_name() {
        assert!(read_twice(MOST_IN_MEMORY + 1));
        assert!(read_twice(3 * MOST_IN_MEMORY + 17));
    }
}
