//! One prepared view of a finished rota that every exporter and the terminal read.
//!
//! Input: the case, its requirement, the rota with the inside of its days, the score, the overtime ledger and
//! the facts of the run. Output: a [`Report`] with every row of every output file as typed data, dates as
//! dates, times as minutes, hours as minutes. Formatting and language belong to [`crate::io::write`].

mod attendance;
mod board;
mod comparison;
mod coverage;
mod days;
mod hours;
mod ledger;
mod overview;
mod passed_on;
mod payroll;
mod service;
mod shortfalls;
mod simulation;
mod substitutes;
mod summary;
mod tails;
mod tasks;
#[cfg(test)]
pub(crate) mod testing;

pub use attendance::{Attendance, AttendanceLine, attendance};
pub use board::{Board, BoardDay, DayTone, ShiftKey, WishLine};
pub use comparison::{Change, Comparison, Shown, Side};
pub use coverage::CoverageRow;
pub use days::{DutyLine, HandoverLine, RotaLine};

pub(crate) use hours::hundredths;
pub use hours::{Grid, GridLine, HoursRow};
pub use ledger::{LedgerGroup, LedgerPerson, LedgerShare, LedgerView, Shared};
pub use overview::{FairnessLine, Overview, PendingLeave};
pub use passed_on::HandoverTally;
pub use payroll::{PayrollLine, RateType};
pub use service::{ServiceDay, ServiceSummary};
pub use shortfalls::{Customers, Shortfall};
pub use simulation::{
    CLOSE, SimulatedChannel, SimulatedDay, SimulatedInterval, SimulationReport, SimulationSummary,
};
pub(crate) use summary::hex;
pub use summary::{
    CustomerEntry, DayEntry, InsideSummary, PendingEntry, RunFacts, RunStatus, RunSummary, Summary, TeamPay,
    gap, inputs_digest,
};

pub use substitutes::{Substitute, SubstituteLine};
pub use tails::TailLine;
pub use tasks::{MissingTask, TaskSummary, TaskTally};

use crate::check::{Match, ScoreAnalysis};
use crate::explain::Behind;
use crate::intraday::DayPromise;
use crate::model::{Case, DayPlan, Requirement, Rota};
use crate::pay::PersonLedger;

/// A finished rota with everything that is known of it.
#[derive(Clone, Copy)]
pub struct Finished<'a> {
    /// What the user wrote.
    pub case: &'a Case,
    /// What was to be covered.
    pub requirement: &'a Requirement,
    /// Who works when.
    pub rota: &'a Rota,
    /// The inside of the days.
    pub plan: &'a DayPlan,
    /// What the month counted on for each day; empty when not known.
    pub promises: &'a [DayPromise],
    /// The checker's score.
    pub score: &'a ScoreAnalysis,
    /// Paid minutes and overtime, one ledger a person.
    pub pay: &'a [PersonLedger],
    /// Who cannot have more of what a group shares.
    pub behind: &'a [Behind],
    /// How the solve went.
    pub run: &'a RunFacts,
}

/// All rows of all output files.
#[derive(Clone, Debug)]
pub struct Report {
    /// `rota.csv`, by date, then by person in file order.
    pub rota: Vec<RotaLine>,
    /// `duties.csv`.
    pub duties: Vec<DutyLine>,
    /// `handover.csv`.
    pub handovers: Vec<HandoverLine>,
    /// `tails.csv`, by date, end and channel.
    pub tails: Vec<TailLine>,
    /// `substitutes.csv`, by date and person, the first to ask first.
    pub substitutes: Vec<SubstituteLine>,
    /// `coverage.csv`.
    pub coverage: Vec<CoverageRow>,
    /// `hours.csv`.
    pub hours: Vec<HoursRow>,
    /// `payroll.csv`, by person in file order, then by date and rate type.
    pub payroll: Vec<PayrollLine>,
    /// `grid.csv`.
    pub grid: Grid,
    /// Days, legend and wishes of the wide rota.
    pub board: Board,
    /// `score.csv`.
    pub score: Vec<Match>,
    /// `summary.json`.
    pub summary: Summary,
    /// The figures of the terminal summary.
    pub overview: Overview,
}

impl Report {
    /// Prepares all rows.
    #[must_use]
    pub fn new(finished: &Finished<'_>) -> Self {
        let coverage = coverage::rows(finished);
        let hours = hours::rows(finished);
        let mut overview = overview::overview(finished, &coverage, &hours);
        overview.service = service::summaries(finished, &coverage);
        Self {
            rota: days::rota(finished),
            duties: days::duties(finished),
            handovers: days::handovers(finished),
            tails: tails::rows(finished),
            substitutes: substitutes::rows(finished, &coverage),
            payroll: payroll::rows(finished),
            grid: hours::grid(finished, &hours),
            board: board::board(finished, &coverage),
            score: finished.score.matches.clone(),
            summary: summary::summary(finished, &overview, &hours),
            coverage,
            hours,
            overview,
        }
    }
}
