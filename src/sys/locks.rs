//! A lock between processes, by a file that only serves for that. It goes with the process that holds it, however
//! that ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::private;

/// How long to wait for a lock. Who is stopped while holding it must not stop everybody else for ever.
pub const LONGEST_WAIT: Duration = Duration::from_secs(20);

const FIRST_PAUSE: Duration = Duration::from_micros(50);
const LONGEST_PAUSE: Duration = Duration::from_millis(4);

/// A lock that is held until this is dropped.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the lock is the open file's")] File);

/// Takes the lock at `path` for itself alone, making the file (0600) if need be.
///
/// # Errors
/// What the system says; `TimedOut` if somebody else held it for [`LONGEST_WAIT`].
pub fn exclusive(path: &Path) -> io::Result<Lock> {
    wait(private::open_to_write(path)?, LONGEST_WAIT, File::try_lock)
}

/// Takes the lock at `path` for itself alone if it is free, without waiting; none if it is not.
///
/// # Errors
/// What the system says.
pub fn exclusive_now(path: &Path) -> io::Result<Option<Lock>> {
    let file = private::open_to_write(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Takes a lock for itself alone that is a folder which is there, so that nothing need be made for it.
///
/// # Errors
/// As [`exclusive`], and if the folder is not there.
pub fn folder(path: &Path) -> io::Result<Lock> {
    wait(File::open(path)?, LONGEST_WAIT, File::try_lock)
}

/// Takes the lock at `path` together with others who only read; none if there is no such file.
///
/// # Errors
/// As [`exclusive`].
pub fn shared(path: &Path) -> io::Result<Option<Lock>> {
    match private::open_to_read(path) {
        Ok(file) => wait(file, LONGEST_WAIT, File::try_lock_shared).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Asks again and again: a wait in the kernel could not be given up.
fn wait(
    file: File,
    longest: Duration,
    attempt: impl Fn(&File) -> Result<(), TryLockError>,
) -> io::Result<Lock> {
    let mut began = None;
    let mut pause = FIRST_PAUSE;
    loop {
        match attempt(&file) {
            Ok(()) => return Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
        if began.get_or_insert_with(Instant::now).elapsed() > longest {
            let seconds = longest.as_secs();
            return Err(io::Error::new(
                io::ErrorKind::TimedOut,
                format!("another process has held the lock for {seconds} seconds"),
            ));
        }
        thread::sleep(pause);
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_is_held_is_waited_for_and_then_given_up() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join("lock");
        let held = exclusive(&path).expect("it is free");
        let file = private::open_to_write(&path).expect("it is there");
        let error = wait(file, Duration::from_millis(20), File::try_lock).expect_err("it is held");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        drop(held);
        drop(exclusive(&path).expect("it is free again"));
    }

    #[test]
    fn a_folder_that_is_locked_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let held = super::folder(folder.path()).expect("it is free");
        let file = File::open(folder.path()).expect("it is there");
        let error = wait(file, Duration::from_millis(20), File::try_lock).expect_err("it is held");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        drop(held);
        drop(super::folder(folder.path()).expect("it is free again"));
        assert_eq!(std::fs::read_dir(folder.path()).expect("it is there").count(), 0);
        assert!(super::folder(&folder.path().join("missing")).is_err());
    }

    #[test]
    fn readers_share_and_a_lock_that_was_never_made_is_none() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join("lock");
        assert!(shared(&path).expect("no error").is_none());
        drop(exclusive(&path).expect("it is free"));
        let first = shared(&path).expect("it is free");
        let second = shared(&path).expect("it is shared");
        assert!(first.is_some() && second.is_some());
    }
}
