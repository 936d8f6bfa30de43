//! The log under everything that can be done to it.

mod append;
mod export;
mod fixture;
mod random_walk;
mod retention;
mod ship;
mod tampering;
