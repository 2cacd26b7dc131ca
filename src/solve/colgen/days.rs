//! The linear programs of all day blocks, kept warm between calls.

use super::master::Cut;
use super::model::Model;
use crate::intraday::program::{DayLp, DayValue, Depth, Estimate};
use rayon::prelude::*;

struct Entry {
    block: usize,
    cells: Vec<u32>,
    value: DayLp,
    conjugate: Option<DayLp>,
    /// Head counts to which the guide was fitted last.
    expected: Vec<f64>,
    /// The last value asked for: most days stay as they are from round to round.
    last: Option<(Vec<f64>, Estimate, DayValue)>,
}

impl Entry {
    fn value(&mut self, counts: &[f64], estimate: Estimate) -> DayValue {
        let n: Vec<f64> = self.cells.iter().map(|&c| counts[c as usize]).collect();
        if let Some((_, _, value)) = self.last.as_ref().filter(|l| l.0 == n && l.1 == estimate) {
            return DayValue { pivots: 0, ..value.clone() };
        }
        let value = self.value.value(&n, estimate);
        self.last = Some((n, estimate, value.clone()));
        value
    }

    fn expect(&mut self, counts: &[f64]) -> u64 {
        let n: Vec<f64> = self.cells.iter().map(|&c| counts[c as usize]).collect();
        if self.expected == n {
            return 0;
        }
        let pivots = self.value.expect(&n);
        self.expected = n;
        self.last = None;
        pivots
    }
}

/// One program a day block for values and one for conjugates. Each task that runs beside others has its own
/// set, so that no result depends on which thread came first.
pub(super) struct Days {
    entries: Vec<Entry>,
}

impl Days {
    pub(super) fn new(model: &Model<'_>) -> Self {
        let blocks: Vec<_> = model.days().collect();
        let entries = blocks
            .into_par_iter()
            .map(|(block, day)| Entry {
                block,
                cells: day.supplies.iter().map(|s| s.cell).collect(),
                value: DayLp::new(day),
                conjugate: None,
                expected: Vec::new(),
                last: None,
            })
            .collect();
        Self { entries }
    }

    /// Cost and slopes of all day blocks at these head counts (by cell), in block order: (block, value).
    pub(super) fn values(&mut self, counts: &[f64], estimate: Estimate) -> Vec<(usize, DayValue)> {
        self.entries.par_iter_mut().map(|e| (e.block, e.value(counts, estimate))).collect()
    }

    /// Makes the guide exact where head counts are near these, by cell; also the pivots spent.
    pub(super) fn expect(&mut self, counts: &[f64]) -> u64 {
        self.entries.par_iter_mut().map(|e| e.expect(counts)).sum()
    }

    /// Whether a cut holds as the handovers are expected to go.
    pub(super) fn admits(&self, cut: &Cut) -> bool {
        let entry = || self.entries.iter().find(|e| e.block == cut.block);
        cut.course.as_ref().is_none_or(|c| entry().is_some_and(|e| e.value.expected() == c))
    }

    /// Cuts of all day blocks at these head counts whose value lies above `theta(block)` by a relative
    /// `tolerance`; also the pivots spent.
    pub(super) fn cuts(
        &mut self,
        counts: &[f64],
        theta: impl Fn(usize) -> f64,
        tolerance: f64,
        estimate: Estimate,
    ) -> (Vec<Cut>, u64) {
        let values = self.values(counts, estimate);
        let pivots = values.iter().map(|v| v.1.pivots).sum();
        let cuts = values
            .into_iter()
            .zip(&self.entries)
            .filter(|((block, v), _)| v.value > theta(*block) + tolerance * (1.0 + v.value.abs()))
            .map(|((block, v), e)| {
                let at: f64 = e.cells.iter().zip(&v.slopes).map(|(&c, s)| counts[c as usize] * s).sum();
                let course = (estimate == Estimate::Guide).then(|| e.value.expected().clone());
                Cut { block, base: v.value - at, slopes: v.slopes, course }
            })
            .collect();
        (cuts, pivots)
    }

    /// For every block a lower bound on min (cost of n + Σ price·n) over the boxes, as a cut that holds for whole
    /// head counts; also the pivots spent. All by cell; prices in true units.
    pub(super) fn conjugates(
        &mut self,
        model: &Model<'_>,
        prices: &[f64],
        low: &[f64],
        high: &[f64],
        depth: Depth,
    ) -> (Vec<Cut>, u64) {
        let problem = model.problem;
        let parts: Vec<(Cut, u64)> = self
            .entries
            .par_iter_mut()
            .map(|e| {
                let of = |v: &[f64]| -> Vec<f64> { e.cells.iter().map(|&c| v[c as usize]).collect() };
                let (slopes, l, h) = (of(prices).iter().map(|x| -x).collect::<Vec<_>>(), of(low), of(high));
                let program = e.conjugate.get_or_insert_with(|| match &problem.blocks[e.block] {
                    crate::problem::Block::Day(day) => DayLp::new(day),
                    crate::problem::Block::HeadCount { .. } => unreachable!("entries are day blocks"),
                });
                let (base, pivots) = program.conjugate(&slopes, &l, &h, depth);
                (Cut { block: e.block, base, slopes, course: None }, pivots)
            })
            .collect();
        let pivots = parts.iter().map(|p| p.1).sum();
        (parts.into_iter().map(|p| p.0).collect(), pivots)
    }
}
