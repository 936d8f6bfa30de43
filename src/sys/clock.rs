//! The time, in UTC.

#[cfg(feature = "test-roots")]
use std::sync::OnceLock;
use std::time::Instant;

use jiff::Timestamp;

/// Now, as RFC 3339 in UTC with milliseconds, such as `2026-11-23T09:31:30.123Z`.
#[must_use]
pub fn now() -> String {
    format!("{:.3}", timestamp())
}

/// Now, in seconds since 1970.
#[must_use]
pub fn now_seconds() -> i64 {
    timestamp().as_second()
}

/// Tells how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// How long ago that was, in milliseconds.
    #[must_use]
    pub fn milliseconds(self) -> u128 {
        self.0.elapsed().as_millis()
    }
}

/// The seconds since 1970 of a time in RFC 3339, rounded down; none if it is no such time.
#[must_use]
pub fn seconds_of(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// The seconds since 1970 as a time in RFC 3339, in UTC; none if no such time can be written.
#[must_use]
pub fn told(seconds: i64) -> Option<String> {
    Timestamp::from_second(seconds).ok().map(|time| time.to_string())
}

/// The nanoseconds since 1970 of a time in RFC 3339; none if it is no such time, or none after 1970.
#[must_use]
pub fn nanoseconds_of(text: &str) -> Option<u64> {
    let nanoseconds = text.parse::<Timestamp>().ok()?.as_nanosecond();
    u64::try_from(nanoseconds).ok()
}

/// In a build for tests, `$CAVRA_TEST_ROOT/clock` holds the time to tell, read once; a clock that says `broken` panics,
/// so that tests can see what a panic comes to.
#[cfg(feature = "test-roots")]
#[expect(clippy::panic, reason = "only in a build for tests, and only where a test asks for it")]
fn timestamp() -> Timestamp {
    static TOLD: OnceLock<Option<String>> = OnceLock::new();
    let told = TOLD.get_or_init(|| {
        super::dirs::test_root().and_then(|root| std::fs::read_to_string(root.join("clock")).ok())
    });
    match told.as_deref().map(str::trim) {
        Some("broken") => panic!("the clock is broken"),
        Some(text) => text.parse().unwrap_or_else(|_| Timestamp::now()),
        None => Timestamp::now(),
    }
}

#[cfg(not(feature = "test-roots"))]
fn timestamp() -> Timestamp {
    Timestamp::now()
}
