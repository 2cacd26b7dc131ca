//! The engines: `solve(problem, options, observer) -> SolveOutcome`.

pub mod lp;
mod outcome;

pub use outcome::{Observer, Phase, SolveEvent, SolveOptions, SolveOutcome, Status};
