//! HiGHS as the reference of the master's simplex: one model a master, hot from call to call.
//!
//! A slack with two slopes is a pair of columns; a slope of 0 is left to the row's bounds. Between calls rows and
//! columns are added and costs and bounds changed, never anything rebuilt.

use super::Slopes;
use highs::{Col, HighsModelStatus, Model, Row, RowProblem, Sense};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// The halves of a row's slack that have a column.
struct Halves {
    above: Option<Col>,
    below: Option<Col>,
}

/// A one-kink program in HiGHS.
pub(crate) struct Reference {
    model: Option<Model>,
    rows: Vec<Row>,
    slacks: Vec<Halves>,
    columns: Vec<Col>,
}

/// What a call brought.
pub(crate) struct Solved {
    pub(crate) optimal: bool,
    pub(crate) objective: f64,
    pub(crate) pivots: i64,
    /// Inside HiGHS' run alone.
    pub(crate) time: Duration,
}

impl Reference {
    /// An empty program: primal simplex from the last basis, one thread, no presolve.
    pub(crate) fn new() -> Self {
        let mut model = RowProblem::new().optimise(Sense::Minimise);
        model.make_quiet();
        model.set_option("presolve", "off");
        model.set_option("simplex_strategy", 4);
        model.set_option("threads", 1);
        Self { model: Some(model), rows: Vec::new(), slacks: Vec::new(), columns: Vec::new() }
    }

    /// Feasibility tolerances of the primal and the dual program.
    pub(crate) fn set_tolerance(&mut self, tolerance: f64) {
        self.model().set_option("primal_feasibility_tolerance", tolerance);
        self.model().set_option("dual_feasibility_tolerance", tolerance);
    }

    fn model(&mut self) -> &mut Model {
        self.model.as_mut().expect("the model is back after each call")
    }

    /// Adds Σ entries + slack = `side`; entries are (column, coefficient).
    pub(crate) fn add_row(&mut self, entries: &[(u32, f64)], side: f64, slopes: Slopes) {
        let low = if slopes.above == 0.0 { f64::NEG_INFINITY } else { side };
        let high = if slopes.below == 0.0 { f64::INFINITY } else { side };
        let entries: Vec<(Col, f64)> = entries.iter().map(|&(c, a)| (self.columns[c as usize], a)).collect();
        let row = self.model().add_row(low..=high, entries);
        let above = (slopes.above != 0.0).then(|| self.model().add_col(slopes.above, 0.0.., [(row, 1.0)]));
        let below = (slopes.below != 0.0).then(|| self.model().add_col(-slopes.below, 0.0.., [(row, -1.0)]));
        self.rows.push(row);
        self.slacks.push(Halves { above, below });
    }

    /// Adds a column with entries (row, coefficient): of at least 0, or free.
    pub(crate) fn add_column(&mut self, entries: &[(u32, f64)], cost: f64, free: bool) {
        let entries: Vec<(Row, f64)> = entries.iter().map(|&(r, a)| (self.rows[r as usize], a)).collect();
        let low = if free { f64::NEG_INFINITY } else { 0.0 };
        let column = self.model().add_col(cost, low.., entries);
        self.columns.push(column);
    }

    /// Changes what a column costs.
    pub(crate) fn set_cost(&mut self, column: usize, cost: f64) {
        let column = self.columns[column];
        self.model().change_column_cost(column, cost);
    }

    /// Changes what a row's slack costs; `None` lets the row hold exactly.
    pub(crate) fn set_slopes(&mut self, row: usize, slopes: Option<Slopes>) {
        let Halves { above, below } = self.slacks[row];
        let most = if slopes.is_some() { f64::INFINITY } else { 0.0 };
        let slopes = slopes.unwrap_or(Slopes::new(0.0, 0.0));
        assert!(above.is_some() || slopes.above == 0.0, "a slope of 0 above stays 0");
        assert!(below.is_some() || slopes.below == 0.0, "a slope of 0 below stays 0");
        for (half, cost) in [(above, slopes.above), (below, -slopes.below)] {
            if let Some(column) = half {
                self.model().change_column_cost(column, cost);
                self.model().change_column_bounds(column, 0.0..=most);
            }
        }
    }

    /// Solves it from the last basis.
    pub(crate) fn solve(&mut self) -> Solved {
        let model = self.model.take().expect("the model is back after each call");
        let started = thread_time();
        let solved = model.solve();
        let time = thread_time().saturating_sub(started);
        let answer = Solved {
            optimal: solved.status() == HighsModelStatus::Optimal,
            objective: solved.objective_value(),
            pivots: solved.simplex_iteration_count(),
            time,
        };
        self.model = Some(solved.into());
        answer
    }
}

/// Processor time of this thread where the system tells it, so that other programs do not count; else the clock. It
/// moves in steps of milliseconds: right for the sum of many calls, not for one.
pub(crate) fn thread_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|t| t.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
