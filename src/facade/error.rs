//! Why there is no rota.

use super::Difference;
use crate::check::Match;
use crate::explain::Conflict;

/// Why a solve gives no rota.
#[derive(Clone, Debug)]
pub enum SolveError {
    /// The hard rules contradict each other: nobody's fault but that of the inputs.
    Infeasible(Vec<Conflict>),
    /// A limit, or Ctrl-C, came before any rota.
    NoRota {
        /// Whether it was Ctrl-C.
        interrupted: bool,
    },
    /// Engine and checker disagree: a mistake of this program, and nothing may be written.
    Disagreement(Box<Disagreement>),
}

/// Where engine and checker disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The engine's objective.
    pub engine: i64,
    /// The checker's.
    pub checker: i64,
    /// The proven bound, when it lies above the checker's objective.
    pub bound_above: Option<i64>,
    /// Both scores by family of rules, where they differ.
    pub differences: Vec<Difference>,
    /// Hard rules broken by a rota that the engine called good.
    pub violations: Vec<Match>,
}
