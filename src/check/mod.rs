//! The independent checker and scorer: reads only the case, the requirement, the rota and the inside of its days.
//!
//! Shares no rule code with the engines and never imports them.

mod score;

pub use score::{Match, ScoreAnalysis};
