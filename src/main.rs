//! The `cavra` program.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: cavra::sys::allocator::Allocator = cavra::sys::allocator::Allocator::new();

fn main() -> ExitCode {
    cavra::cli::run(std::env::args_os())
}
