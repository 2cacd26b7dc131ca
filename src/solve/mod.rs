//! The engines: `solve(problem, options, observer) -> SolveOutcome`.

mod anneal;
pub mod colgen;
pub mod compact;
pub mod duties;
mod mip;
mod modes;
mod mps;
mod outcome;

pub use colgen::solve;
pub use outcome::{Observer, Phase, SolveEvent, SolveOptions, SolveOutcome, Spent, Status};
