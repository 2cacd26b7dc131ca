//! Ranges of counts that fairness asks nobody to leave, and what a line costs for the counts that do.

use super::model::{Column, Model};
use crate::problem::{FairCount, Fairness};

/// Hours that a line can lie above or below what fractions of lines reach.
const HALF_SHIFT: f64 = 4.0;
/// Distance from a whole number that does not matter.
const NEARLY: f64 = 0.25;

/// By fairness term the range, the history counted, and the price of a unit outside in scaled units.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranges(Vec<(f64, f64, f64)>);

impl Ranges {
    /// Ranges around what fractions of lines reach by term, wide enough for whole shifts and whole days; `share` of a term's
    /// weight is the price of a unit.
    pub(super) fn around(
        model: &Model<'_>,
        reached: impl IntoIterator<Item = (f64, f64)>,
        share: impl Fn(&Fairness) -> f64,
    ) -> Self {
        let wide = |(term, (low, high)): (&Fairness, (f64, f64))| {
            let price = share(term) * term.weight as f64 / model.scale;
            match term.count {
                FairCount::PaidHours => (low - HALF_SHIFT, high + HALF_SHIFT, price),
                FairCount::Weekends | FairCount::Marked(_) => {
                    ((low + NEARLY).floor(), (high - NEARLY).ceil(), price)
                }
            }
        };
        Self(model.problem.fairness.iter().zip(reached).map(wide).collect())
    }

    /// What a line costs for its counts outside, in scaled units.
    pub(super) fn price(&self, model: &Model<'_>, column: &Column) -> f64 {
        let counts = model.fair[column.person].iter().zip(&column.fair);
        let outside = |(&(f, history), &(_, own)): (&(u32, f64), &(u32, f64))| {
            let (low, high, price) = self.0[f as usize];
            let count = history + own;
            price * ((low - count).max(0.0) + (count - high).max(0.0))
        };
        counts.map(outside).sum()
    }

    /// What a unit more of a count costs, history included.
    pub(super) fn slope(&self, term: u32, count: f64) -> f64 {
        let (low, high, price) = self.0[term as usize];
        if count > high {
            price
        } else if count < low {
            -price
        } else {
            0.0
        }
    }
}
