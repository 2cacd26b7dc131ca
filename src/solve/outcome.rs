//! What goes into a solve and what comes out.

use crate::base::stop::StopCriterion;
use crate::problem::Schedule;

/// Settings of a solve.
#[derive(Clone, Debug)]
pub struct SolveOptions {
    /// When to stop.
    pub stop: StopCriterion,
    /// Stop when (objective − bound) ÷ max(1, objective) is at most this.
    pub gap: f64,
    /// Seed of every random choice.
    pub seed: u64,
    /// Threads to use; never changes the result under a work limit.
    pub threads: usize,
}

/// What the engine is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// First rota by sequential best response.
    Start,
    /// Column generation at the root.
    Root,
    /// Diving on cells.
    Dive,
    /// Re-optimising neighbourhoods.
    Improve,
    /// Branching to close the gap.
    Branch,
}

/// Wall-clock seconds spent in the parts of column generation, over all threads that ran them side by side.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    /// Master programs.
    pub master: f64,
    /// Pricing problems.
    pub pricing: f64,
    /// Programs of the days.
    pub days: f64,
}

/// News of a running solve.
#[derive(Clone, Copy, Debug)]
pub struct SolveEvent {
    /// Seconds since the start.
    pub elapsed: f64,
    /// Best objective so far.
    pub best: Option<i64>,
    /// Proven lower bound so far.
    pub bound: Option<i64>,
    /// What is going on.
    pub phase: Phase,
    /// Columns generated so far.
    pub columns: u64,
    /// Where the time went.
    pub spent: Spent,
}

/// Receives the news. Called from the solving thread.
pub trait Observer {
    /// News.
    fn event(&mut self, event: SolveEvent);
}

/// How a solve ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// The schedule is proven optimal.
    Optimal,
    /// A schedule within the limits, with or without a bound.
    Feasible,
    /// Proven: nothing satisfies the hard rules. Names the people whose own line has no solution, if that is why.
    Infeasible {
        /// People without any line of work.
        people: Vec<usize>,
        /// Duty rows that cannot all be met, if that is why.
        rows: Vec<usize>,
    },
    /// A limit was reached before any schedule was found.
    Unknown,
}

/// The result of a solve.
#[derive(Clone, Debug, PartialEq)]
pub struct SolveOutcome {
    /// How it ended.
    pub status: Status,
    /// Best schedule with its objective ([`Status::Optimal`] and [`Status::Feasible`] carry one).
    pub best: Option<(Schedule, i64)>,
    /// Proven lower bound on the objective.
    pub bound: Option<i64>,
    /// Whether Ctrl-C ended it.
    pub interrupted: bool,
}
