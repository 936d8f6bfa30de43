//! Identifiers that nobody can guess, made fast.

use std::cell::Cell;
use std::io;

thread_local! {
    static STATE: Cell<Option<u64>> = const { Cell::new(None) };
}

/// Twelve hexadecimal digits. They name a decision; they are no secret, so one seed from the system serves all
/// of a process, stepped by SplitMix64 (Steele, Lea and Flood, 2014).
#[must_use]
pub fn hex12() -> String {
    let state = STATE.get().unwrap_or_else(seed).wrapping_add(0x9e37_79b9_7f4a_7c15);
    STATE.set(Some(state));
    let mut mixed = state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    format!("{:012x}", mixed >> 16)
}

/// Thirty-two hexadecimal digits that nobody else has, from the system's source alone.
///
/// # Errors
/// If there is none.
pub fn nonce() -> io::Result<String> {
    Ok(super::digest::hex(&bytes::<16>()?))
}

/// A key that nobody can guess, from the system's source alone.
///
/// # Errors
/// If there is none.
pub fn key() -> io::Result<[u8; 32]> {
    bytes()
}

fn bytes<const COUNT: usize>() -> io::Result<[u8; COUNT]> {
    let mut bytes = [0; COUNT];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes)
}

/// A build for tests that is told the time is told the seed with it.
fn seed() -> u64 {
    #[cfg(feature = "test-roots")]
    if super::dirs::test_root().is_some_and(|root| root.join("clock").exists()) {
        return 0;
    }
    // Without a source of randomness the time and the process id still tell decisions apart.
    getrandom::u64().unwrap_or_else(|_| {
        let seconds = u64::try_from(super::clock::now_seconds()).unwrap_or_default();
        seconds.rotate_left(32) ^ u64::from(std::process::id())
    })
}
