//! The Lagrangian bound: the cheapest line of every person at given prices, plus what the coupling rows can
//! save at most at these prices. Valid for any prices, so it needs no converged master
//! (Lasdon 1970; Lübbecke and Desrosiers, Selected topics in column generation, 2005).

use super::days::Days;
use super::master::{Cut, Duals, Mask, Master, line_prices, rounding};
use super::model::Model;
use super::pricing::{Search, price_line};
use crate::base::stop::StopCriterion;
use crate::intraday::program::Depth;
use crate::problem::{Block, DutyRow};
use rayon::prelude::*;

/// Makes fairness duals usable in a bound: the two ends of a term cancel and stay within its weight.
pub(super) fn normalise(model: &Model<'_>, duals: &mut Duals) {
    for (f, members) in duals.fair.iter_mut().enumerate() {
        let weight = model.problem.fairness[f].weight as f64 / model.scale;
        for m in members.iter_mut() {
            m.1 = m.1.min(0.0);
            m.2 = m.2.max(0.0);
        }
        let high: f64 = -members.iter().map(|m| m.1).sum::<f64>();
        let low: f64 = members.iter().map(|m| m.2).sum();
        let s = high.min(low).min(weight);
        for m in members.iter_mut() {
            m.1 *= if high > 0.0 { s / high } else { 0.0 };
            m.2 *= if low > 0.0 { s / low } else { 0.0 };
        }
    }
}

/// A Lagrangian bound.
pub(super) struct Lagrangian {
    /// In true prices.
    pub value: f64,
    /// What the day blocks proved at these prices.
    pub cuts: Vec<Cut>,
    /// Pivots spent.
    pub pivots: u64,
}

/// The bound for a master in which everybody is free. `minima`: the price of the cheapest line of each person at
/// `duals` (normalised).
pub(super) fn lagrangian(
    model: &Model<'_>,
    duals: &Duals,
    minima: &[f64],
    masks: &[Mask],
    days: &mut Days,
    depth: Depth,
) -> Lagrangian {
    let problem = model.problem;
    let mut scaled: f64 = minima.iter().sum();
    let (low, high) = boxes(model, masks);
    for block in &problem.blocks {
        if let Block::HeadCount { cell, required, under, over } = *block {
            let c = cell as usize;
            let price = |n: f64| {
                let r = required as f64;
                let own = if n < r { (r - n) * under as f64 } else { (n - r) * over as f64 };
                own / model.scale + duals.cell[c] * n
            };
            let kink = (required as f64).clamp(low[c], high[c]);
            scaled += price(low[c]).min(price(high[c])).min(price(kink));
        }
    }
    for (row, &dual) in problem.duty_rows.iter().zip(&duals.duty) {
        scaled += duty_part(row, dual, model.scale);
    }
    for (f, members) in duals.fair.iter().enumerate() {
        let slack = rounding(&problem.fairness[f].count);
        for &(p, high, low) in members {
            let history = model.fair[p].iter().find(|h| h.0 as usize == f).map_or(0.0, |h| h.1);
            scaled += high * (slack - history) - low * history;
        }
    }
    let prices: Vec<f64> = duals.cell.iter().map(|p| p * model.scale).collect();
    let (cuts, pivots) = days.conjugates(model, &prices, &low, &high, depth);
    let day_part: f64 = cuts.iter().map(|c| c.base).sum();
    Lagrangian { value: scaled * model.scale + day_part + problem.constant as f64, cuts, pivots }
}

/// The price of everybody's cheapest line at given prices.
pub(super) fn minima(master: &Master<'_, '_>, duals: &Duals, stop: &StopCriterion) -> Option<Vec<f64>> {
    let least = |i: usize| {
        let prices = line_prices(master.model, master.people[i], duals, None);
        let known = master.cheapest_known(i, &prices);
        let how = Search { limit: known - 1e-7, beam: None, tolls: &master.tolls[i], stop: Some(stop) };
        let found = price_line(&master.model.machines[master.people[i]], &prices, how);
        (found.complete.then_some(found.least.min(known)), found.labels)
    };
    let found: Vec<(Option<f64>, u64)> = (0..master.people.len()).into_par_iter().map(least).collect();
    stop.charge(found.iter().map(|f| f.1).sum());
    found.into_iter().map(|f| f.0).collect()
}

/// Smallest and largest head count of each cell that the masks leave.
fn boxes(model: &Model<'_>, masks: &[Mask]) -> (Vec<f64>, Vec<f64>) {
    let mut low = vec![0.0; model.problem.cells];
    let mut high = vec![0.0; model.problem.cells];
    for (line, mask) in model.problem.people.iter().zip(masks) {
        for (d, options) in line.options.iter().enumerate() {
            for (o, option) in options.iter().enumerate() {
                if let Some(c) = option.cell
                    && mask.allows(d, o)
                {
                    high[c as usize] += 1.0;
                    if mask.fixed(d) {
                        low[c as usize] += 1.0;
                    }
                }
            }
        }
    }
    (low, high)
}

/// min over n of price(n) + dual·n for a duty row.
fn duty_part(row: &DutyRow, dual: f64, scale: f64) -> f64 {
    let most = row.members.len() as f64;
    let (low, high) = (row.low as f64, if row.high == i64::MAX { most } else { row.high as f64 });
    let price = |n: f64| {
        let missed = (low - n).max(0.0) + (n - high).max(0.0);
        let own = row.price.map_or(if missed > 0.0 { f64::INFINITY } else { 0.0 }, |p| p as f64 * missed);
        own / scale + dual * n
    };
    [0.0, most, low.clamp(0.0, most), high.clamp(0.0, most)]
        .into_iter()
        .map(price)
        .fold(f64::INFINITY, f64::min)
}

/// The integer bound that a floating-point bound proves: rounded up after giving away 1e-9 of its size and 1e-3
/// of a unit, far more than the rounding errors of its sum.
pub(super) fn safe_ceil(bound: f64) -> i64 {
    let safe = bound - 1e-3 - 1e-9 * bound.abs();
    if safe >= i64::MAX as f64 { i64::MAX } else { safe.ceil() as i64 }
}
