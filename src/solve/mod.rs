//! The engines: `solve(problem, options, observer) -> SolveOutcome`.

mod outcome;

pub use outcome::{Observer, Phase, SolveEvent, SolveOptions, SolveOutcome, Status};
