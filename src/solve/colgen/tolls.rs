//! Tolls: prices on what counts against limits that the tables of a pricing leave out.

use super::dense::{Dense, Left};
use super::pricing::LinePrices;
use crate::problem::LineProblem;

/// By resource of the person: price of a unit of its amounts. Positive where the upper limit is priced, negative
/// where the lower one is.
pub(super) type Tolls = Vec<f64>;

/// No tolls.
pub(super) fn none(line: &LineProblem) -> Tolls {
    vec![0.0; line.resources.len()]
}

/// Tolls are multiples of this, so that the tables hold them exactly.
pub(super) const GRID: f64 = 1.0 / 128.0;

/// Prices with the tolls in them.
pub(super) fn tolled(dense: &Dense, line: &LineProblem, prices: &LinePrices, tolls: &Tolls) -> LinePrices {
    let mut out = prices.clone();
    for limit in dense.omitted.iter().filter(|l| tolls[l.resource] != 0.0) {
        let toll = tolls[limit.resource];
        if limit.weekend {
            out.weekend += toll;
            continue;
        }
        for (own, options) in out.option.iter_mut().zip(&line.options) {
            for (price, option) in own.iter_mut().zip(options) {
                *price += toll * f64::from(option.amounts[limit.resource] / limit.unit);
            }
        }
    }
    out
}

/// What a line that keeps the limits pays in tolls at most.
pub(super) fn credit(dense: &Dense, tolls: &Tolls) -> f64 {
    dense
        .omitted
        .iter()
        .map(|l| {
            let toll = tolls[l.resource];
            if toll > 0.0 { toll * l.most.map_or(0.0, f64::from) } else { toll * f64::from(l.least) }
        })
        .sum()
}

/// By limit: units that a line counts.
pub(super) fn sums(dense: &Dense, line: &LineProblem, choice: &[u16]) -> Vec<i32> {
    let days = line.options.len();
    dense.omitted.iter().map(|l| line.amount(l.resource, choice, 0..days) / l.unit).collect()
}

/// By limit: units above the upper limit, negative below the lower one, 0 within.
pub(super) fn missed(dense: &Dense, sums: &[i32]) -> Vec<f64> {
    let missed = |(l, &sum): (&Left, &i32)| match l.most {
        Some(most) if sum > most => f64::from(sum - most),
        _ => f64::from((sum - l.least).min(0)),
    };
    dense.omitted.iter().zip(sums).map(missed).collect()
}

/// By limit: how the bound changes with its toll.
pub(super) fn slopes(dense: &Dense, tolls: &Tolls, sums: &[i32]) -> Vec<f64> {
    let missed = missed(dense, sums);
    let slope = |((l, &sum), missed): ((&Left, &i32), f64)| {
        let toll = tolls[l.resource];
        match l.most {
            Some(most) if toll > 0.0 => f64::from(sum - most),
            _ if toll < 0.0 => f64::from(sum - l.least),
            // A limit that is kept and has no toll has nothing to give back.
            _ => missed,
        }
    };
    dense.omitted.iter().zip(sums).zip(missed).map(slope).collect()
}

/// The tolls after a step along `slopes`, as long that the bound would rise by `gain` if it were linear; `None` when
/// they stay as they are.
pub(super) fn raised(dense: &Dense, tolls: &Tolls, slopes: &[f64], gain: f64) -> Option<Tolls> {
    let square: f64 = slopes.iter().map(|s| s * s).sum();
    if square == 0.0 {
        return None;
    }
    let mut next = tolls.clone();
    for (l, slope) in dense.omitted.iter().zip(slopes) {
        let before = tolls[l.resource];
        let own = ((before + gain / square * slope) / GRID).round() * GRID;
        // A toll turns to the other limit only by way of none.
        let turned = before * own < 0.0 || (l.most.is_none() && own > 0.0);
        next[l.resource] = if turned { 0.0 } else { own };
    }
    (next != *tolls).then_some(next)
}
