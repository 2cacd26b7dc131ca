//! The compiled problem: typed indices and integers only, no names, no dates. Immutable once built.
//!
//! A person's rules become [`SequenceAutomaton`]s, [`CountResource`]s and one [`Overtime`] ledger over the
//! person's *options* of each day; everything that couples people is a price on head counts of *cells*
//! (block, shift code, supply group), a [`DutyRow`] or a [`Fairness`] term.

mod codec;
mod comp_rest;
mod compile;
pub mod day;
mod evaluate;
mod line;
pub mod nrp24;
mod schedule;
mod window;

pub use codec::{decode, encode};
pub use comp_rest::{Answered, MOST_OPEN};
pub use compile::{
    Compiled, Contradiction, Reason, compile, compile_with, fairness_terms, impossible_duty, line_of,
};
pub use day::DayProblem;
pub use evaluate::{Broken, LineScore, fair_count, head_counts, line_cost, score};
pub use line::{
    Checkpoint, CountResource, DayOption, FORBIDDEN, FillWindow, LineProblem, Overtime, OvertimeWindow,
    SequenceAutomaton, What,
};
pub use schedule::Schedule;
pub use window::{Windowed, can_be_windowed};

/// Index of a supply cell: people of one supply group who work one shift code on one day.
pub type Cell = u32;

/// A complete rostering problem.
#[derive(Clone, Debug, Default)]
pub struct RosterProblem {
    /// Days of the horizon.
    pub days: usize,
    /// Number of work codes; [`What::Work`] holds an index below it.
    pub codes: usize,
    /// One line of work a person.
    pub people: Vec<LineProblem>,
    /// Number of supply cells; every working option points at one.
    pub cells: usize,
    /// What head counts cost; every cell belongs to exactly one block.
    pub blocks: Vec<Block>,
    /// Least and largest numbers of people on duty.
    pub duty_rows: Vec<DutyRow>,
    /// Fairness terms.
    pub fairness: Vec<Fairness>,
    /// Penalties that no decision changes.
    pub constant: i64,
}

/// A convex (or nearly convex) price on the head counts of a few cells that no other block prices.
#[derive(Clone, Debug)]
pub enum Block {
    /// One price per cell: `under` for every person below `required`, `over` for every one above.
    HeadCount {
        /// The cell priced.
        cell: Cell,
        /// People required.
        required: i64,
        /// Price of a missing person.
        under: i64,
        /// Price of a spare person.
        over: i64,
    },
    /// A day (or a run of days chained by night shifts) with channels, meals, meetings and handovers.
    Day(Box<DayProblem>),
}

/// A linear row over people's options: `low ≤ Σ ≤ high` people.
#[derive(Clone, Debug, PartialEq)]
pub struct DutyRow {
    /// Day of the horizon.
    pub day: usize,
    /// Who counts with what: (person, option index of that day).
    pub members: Vec<(u32, u16)>,
    /// Least number; 0 for none.
    pub low: i64,
    /// Largest number; `i64::MAX` for none.
    pub high: i64,
    /// Price of a person missing or spare; `None`: the row is hard.
    pub price: Option<i64>,
    /// Row of the rule book it comes from.
    pub rule: usize,
}

/// `weight × (largest − smallest)` of a count over a group of people.
#[derive(Clone, Debug, PartialEq)]
pub struct Fairness {
    /// Price of a unit of difference.
    pub weight: i64,
    /// Who is compared: (person, count of the history).
    pub members: Vec<(u32, i64)>,
    /// What is counted.
    pub count: FairCount,
    /// Row of the rule book it comes from.
    pub rule: usize,
}

/// What a fairness term counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FairCount {
    /// Paid minutes ([`DayOption::paid`]), turned into whole hours by rounding down the sum with the history
    /// (whose count is in minutes too).
    PaidHours,
    /// Weekends with any work, counted by their Saturday. `begun` holds for a person whose first weekend of
    /// the horizon was already counted by the history.
    Weekends,
    /// Options whose bit is set in [`DayOption::marks`].
    Marked(u32),
}

impl FairCount {
    /// A count as the term judges it, from hours or numbers: hours rounded down to whole ones, by the minute.
    pub(crate) fn whole(&self, total: f64) -> i64 {
        match self {
            Self::PaidHours => ((total * 60.0).round() as i64).div_euclid(60),
            Self::Weekends | Self::Marked(_) => total.round() as i64,
        }
    }
}
