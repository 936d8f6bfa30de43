//! Being killed in the middle of something, for tests: what is left behind then must be whole.

/// A place where a test may have the process end as if it were killed there. In a release it is nothing.
pub fn point() {
    #[cfg(feature = "test-roots")]
    {
        use std::sync::atomic::{AtomicU64, Ordering};

        static PASSED: AtomicU64 = AtomicU64::new(0);
        let wanted = super::environment::variable("CAVRA_TEST_HALT_AT");
        let wanted = wanted.and_then(|text| text.to_str()?.parse::<u64>().ok());
        if wanted == Some(PASSED.fetch_add(1, Ordering::Relaxed)) {
            std::process::abort();
        }
    }
}
