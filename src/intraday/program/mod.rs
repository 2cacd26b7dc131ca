//! The day as a linear program on head counts: its cost V(n), a subgradient, and its conjugate.
//!
//! V is the linear relaxation of [`DayProblem`]: meals, channels, receivers of handovers and people kept from
//! meetings are continuous. Handovers are the one part that is not convex: as many distinct people receive as a
//! largest matching allows. By König's theorem the unmatched are max over sets T of leavers of |T| − |receivers of
//! T|, so V is the least of one convex function for each way its handovers can go: everybody finds a receiver, or a
//! certain set T is short ([`ShortSet`]). Two estimates serve two ends:
//!
//! * *guide*: the handovers go as [`DayLp::expect`] found best for some head counts; it is exact for head counts at
//!   which they do, and its duals steer column generation, but it is no bound;
//! * *relaxed*: leavers without a receiver cost nothing, which bounds the day's true cost from below; the search
//!   of [`DayLp::conjugate`] makes that bound sharp.

mod build;
mod conjugate;
mod readings;
mod tasks;
#[cfg(test)]
mod tests;
mod whole;

pub(crate) use conjugate::Depth;

use crate::lp::{KinkLp, Slopes};
use crate::problem::DayProblem;
use readings::Readings;

/// Price of what must not happen.
const BARRED: f64 = 1e7;

/// Pivots of one solve at most.
pub(super) const PIVOTS: u64 = 20_000;

/// How handovers are priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Estimate {
    /// As they are expected to go.
    Guide,
    /// Never above the true cost.
    Relaxed,
}

/// How each event of a day goes: 0 when everybody finds a receiver, k + 1 when set k of its leavers is short.
pub(crate) type Course = Vec<u8>;

/// An event.
#[derive(Clone)]
struct Handover {
    groups: Vec<Leavers>,
    sets: Vec<ShortSet>,
    /// More than a receiver's minutes are worth.
    price: f64,
}

/// A group of leavers at an event.
#[derive(Clone)]
struct Leavers {
    /// Column: leavers that nobody receives.
    unmatched: usize,
    /// Price of one when everybody should find a receiver; 0 where that is not asked for.
    price: f64,
}

/// A set of leavers that may be short: row of unmatched + receivers of the set − leavers of the set − receivers who
/// may be receiving in an earlier event ≤ 0.
#[derive(Clone)]
struct ShortSet {
    row: usize,
    /// Supplies that leave, and those that receive from them and never read messages meanwhile.
    leavers: Vec<usize>,
    receivers: Vec<usize>,
}

/// People of a supply who take one of several meals, with the rows that bound their number from below and above,
/// if there are any.
#[derive(Clone)]
struct Meal {
    supply: usize,
    column: usize,
    bounds: Option<(usize, usize)>,
    most: f64,
}

/// The program of one day block.
#[derive(Clone)]
pub(crate) struct DayLp {
    lp: KinkLp,
    supply_rows: Vec<usize>,
    low_rows: Vec<usize>,
    /// More than one person of each supply can cost or save.
    worth: Vec<f64>,
    events: Vec<Handover>,
    /// How the guide expects the handovers to go.
    expected: Course,
    meals: Vec<Meal>,
    readings: Readings,
}

/// Cost of head counts with a subgradient.
#[derive(Clone)]
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
        for (event, &course) in self.events.iter().zip(&self.expected) {
            let guide = estimate == Estimate::Guide;
            for group in &event.groups {
                let price = if guide && course == 0 { group.price } else { 0.0 };
                self.lp.set_column_slopes(group.unmatched, Slopes::new(-BARRED, price));
            }
            for (k, set) in event.sets.iter().enumerate() {
                let below = if guide && usize::from(course) == k + 1 { -event.price } else { 0.0 };
                self.lp.set_row_slopes(set.row, Slopes::new(below, 0.0));
            }
        }
        for m in 0..self.meals.len() {
            self.bound_meal(m, 0.0, self.meals[m].most);
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
    /// Expects the handovers to go as is cheapest, so as they do, at these head counts: one event after the other.
    pub(crate) fn expect(&mut self, counts: &[f64]) -> u64 {
        let before = self.lp.pivots();
        for e in 0..self.events.len() {
            let known = self.expected[e];
            let mut best = (f64::INFINITY, known);
            let others = (0..=self.events[e].sets.len() as u8).filter(|&c| c != known);
            if self.events[e].sets.is_empty() {
                continue;
            }
            for course in std::iter::once(known).chain(others) {
                self.expected[e] = course;
                let value = self.value(counts, Estimate::Guide).value;
                if value < best.0 - 1e-6 * (1.0 + value.abs()) {
                    best = (value, course);
                }
            }
            self.expected[e] = best.1;
        }
        self.lp.pivots() - before
    }

    fn bound_meal(&mut self, meal: usize, low: f64, high: f64) {
        if let Some((least, most)) = self.meals[meal].bounds {
            self.lp.set_rhs(least, low);
            self.lp.set_rhs(most, high);
        }
    }

    /// How the handovers are expected to go.
    pub(crate) fn expected(&self) -> &Course {
        &self.expected
    }
}
