//! The leaves: everything that touches the system, with no word of what it is for.

pub mod alarm;
pub mod allocator;
pub mod ancestry;
pub mod children;
pub mod clock;
pub mod digest;
pub mod dirs;
pub mod environment;
pub mod files;
pub mod frames;
pub mod halt;
pub mod listing;
pub mod locks;
pub mod net;
pub mod notify;
pub mod private;
pub mod process;
pub mod programs;
pub mod random;
pub mod scratch;
pub mod shims;
pub mod spool;
pub mod ssh;
pub mod terminal;
pub mod trial;
