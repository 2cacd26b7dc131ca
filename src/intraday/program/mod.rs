//! The day as a linear program on head counts: its cost V(n), a subgradient, and its conjugate.
//!
//! V is the linear relaxation of [`DayProblem`]: meals, channels, receivers of handovers and people kept from
//! meetings are continuous. Handovers are the one part that is not convex: as many distinct people receive as a
//! largest matching allows. Two estimates serve two ends:
//!
//! * *guide*: a leaver without a receiver of their own costs what a receiver would, so a day in which everybody
//!   finds one is priced exactly; its duals steer column generation, but it is no bound;
//! * *relaxed*: leavers without a receiver cost nothing, which bounds the day's true cost from below; the search
//!   of [`DayLp::conjugate`] makes that bound sharp.

mod build;
mod conjugate;
mod readings;
#[cfg(test)]
mod tests;

pub(crate) use conjugate::Depth;

use crate::lp::{KinkLp, Slopes};
use crate::problem::DayProblem;
use readings::Readings;

/// Price of what must not happen.
const BARRED: f64 = 1e7;

/// Pivots of one solve at most.
const PIVOTS: u64 = 20_000;

/// How handovers are priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Estimate {
    /// Everybody is matched or pays the price of it.
    Guide,
    /// Never above the true cost.
    Relaxed,
}

/// A group of leavers at an event.
struct Leavers {
    /// Column: leavers that nobody receives.
    unmatched: usize,
    /// Price of one in the guide.
    price: f64,
    /// Row: unmatched leavers + people who can receive from this group ≤ all leavers; absent when nobody ever
    /// can, or when they are relieved by people who come early.
    short_row: Option<usize>,
}

/// People of a supply who take one meal, with the rows that bound their number.
struct Meal {
    column: usize,
    low: usize,
    high: usize,
    most: f64,
}

/// The program of one day block.
pub(crate) struct DayLp {
    lp: KinkLp,
    supply_rows: Vec<usize>,
    low_rows: Vec<usize>,
    /// More than one person of each supply can cost or save.
    worth: Vec<f64>,
    events: Vec<Vec<Leavers>>,
    meals: Vec<Meal>,
    readings: Readings,
}

/// Cost of head counts with a subgradient.
pub(crate) struct DayValue {
    /// V(n).
    pub value: f64,
    /// One slope a supply.
    pub slopes: Vec<f64>,
    /// Pivots spent.
    pub pivots: u64,
}

impl DayLp {
    /// Builds the program of a day.
    pub(crate) fn new(day: &DayProblem) -> Self {
        build::Builder::new(day).build()
    }

    /// V(n) as an estimate, with a subgradient.
    pub(crate) fn value(&mut self, counts: &[f64], estimate: Estimate) -> DayValue {
        let before = self.lp.pivots();
        for (s, &row) in self.supply_rows.iter().enumerate() {
            self.lp.set_rhs(row, counts[s]);
            // Dearer than anybody's worth bars. Much dearer would give cuts at n = 0 a slope so steep that a
            // millionth of a person undoes them.
            self.lp.set_row_slopes(row, Slopes::new(-self.worth[s], self.worth[s]));
            self.lp.set_rhs(self.low_rows[s], 0.0);
        }
        for group in self.events.iter().flatten() {
            let price = if estimate == Estimate::Guide { group.price } else { 0.0 };
            self.lp.set_column_slopes(group.unmatched, Slopes::new(-BARRED, price));
            if let Some(row) = group.short_row {
                self.lp.set_row_slopes(row, Slopes::new(0.0, 0.0));
            }
        }
        for meal in &self.meals {
            self.lp.set_rhs(meal.low, 0.0);
            self.lp.set_rhs(meal.high, meal.most);
        }
        // Cuts hold for all head counts.
        let (none, all) = (vec![0.0; counts.len()], vec![f64::INFINITY; counts.len()]);
        for (row, most) in self.readings.most(&none, &all) {
            self.lp.set_rhs(row, most);
        }
        self.lp.solve(PIVOTS);
        DayValue {
            value: self.lp.objective(),
            slopes: self.supply_rows.iter().map(|&r| self.lp.dual(r)).collect(),
            pivots: self.lp.pivots() - before,
        }
    }
}
