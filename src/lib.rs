//! Cavra: before an AI agent acts on a machine, Cavra decides.
//!
//! One pipeline serves every seam. A seam hands what is about to happen to an interceptor, which turns it into
//! requests and never decides; the gate has the pure evaluator answer each, combines the answers, applies the
//! mode, writes the evidence, and gives the one verdict that the seam acts on.

pub mod approval;
pub mod cli;
pub mod contract;
pub mod evaluate;
pub mod evidence;
pub mod gate;
pub mod grammar;
pub mod install;
pub mod intercept;
pub mod policy;
pub mod seam;
pub mod sys;
