//! The log under everything that can be done to it.

pub(super) use fixture::entry;

mod append;
mod attacks;
mod export;
mod fixture;
mod random_walk;
mod retention;
mod seals;
mod ship;
mod tampering;
