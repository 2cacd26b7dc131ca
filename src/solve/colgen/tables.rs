//! The tables of one pricing: [`Dense`] filled backwards at given prices.
//!
//! Entries are 4 bytes wide. Every addend is rounded down to a multiple of a power of two so coarse that all sums
//! are exact, so an entry is never above the true price of a completion and at most [`Tables::slack`] below it;
//! duals that are multiples themselves give true prices.

use super::dense::{Dense, Dimension, Move, Spot, works};
use super::fill::Fill;
use super::line::LineMachine;
use super::pricing::LinePrices;
use crate::problem::LineProblem;
use std::cell::RefCell;

/// Bits of a number in the tables, less one for sums of both signs.
const BITS: i32 = 23;

/// Rounds addends down to what the tables can hold exactly.
struct Rounding {
    /// A power of two.
    quantum: f64,
}

impl Rounding {
    /// For sums of addends whose sizes add up to `most`.
    fn new(most: f64) -> Self {
        let size = most.clamp(1e-3, 1e30).log2().ceil() as i32;
        Self { quantum: 2f64.powi(size - BITS) }
    }

    fn down(&self, addend: f64) -> f64 {
        if addend.is_finite() { (addend / self.quantum).floor() * self.quantum } else { addend }
    }

    /// Whether [`Rounding::down`] changes an addend.
    fn changes(&self, addend: f64) -> bool {
        addend.is_finite() && (addend / self.quantum).fract() != 0.0
    }
}

/// The tables of one pricing.
pub(super) struct Tables<'d> {
    dense: &'d Dense,
    by_day: Vec<Vec<f32>>,
    /// How far below the true price of a completion an entry may lie.
    pub slack: f64,
}

thread_local! {
    /// Tables that this thread no longer needs: fresh memory costs more than filling them.
    static SPARE: RefCell<Vec<Vec<f32>>> = const { RefCell::new(Vec::new()) };
}

impl Drop for Tables<'_> {
    fn drop(&mut self) {
        SPARE.with(|spare| {
            let mut spare = spare.borrow_mut();
            if spare.is_empty() {
                spare.append(&mut self.by_day);
            }
        });
    }
}

impl<'d> Tables<'d> {
    /// Fills the tables backwards. The work done, in array operations, comes with them.
    pub(super) fn new(dense: &'d Dense, machine: &LineMachine<'_>, prices: &LinePrices) -> (Self, u64) {
        let line = machine.line;
        let days = line.options.len();
        let modes = &dense.modes;
        let overtime = line.overtime.price as f64 / prices.scale;
        let (rounding, slack) = rounding(dense, line, prices);
        let costs: Vec<f64> = modes.cost.iter().map(|&c| rounding.down(c as f64 / prices.scale)).collect();
        let weekend = rounding.down(prices.weekend);
        let unit = dense.fill.as_ref().map_or(0.0, |f| overtime * f64::from(f.unit));
        let per_unit = [rounding.down(unit), -rounding.down(-unit)];
        let mut by_day: Vec<Vec<f32>> = vec![Vec::new(); days + 1];
        let mut work = 0;
        let mut spare = SPARE.with(RefCell::take);
        let mut fresh = |len: usize| {
            let mut memory: Vec<f32> = spare.pop().unwrap_or_default();
            memory.clear();
            memory.resize(len, f32::INFINITY);
            memory
        };
        by_day[days] = fresh(modes.count * dense.sizes[days]);
        for (own, price) in by_day[days].chunks_exact_mut(dense.sizes[days].max(1)).zip(&modes.finish) {
            // The band of the end holds the levels allowed there and no others.
            if let Some(price) = price {
                own.fill(rounding.down(*price as f64 / prices.scale) as f32);
            }
        }
        for d in (0..days).rev() {
            let (flags, after) = (dense.flags(line, d), dense.flags(line, d + 1));
            let (size, then) = (dense.sizes[d], dense.sizes[d + 1]);
            let mut now = fresh(modes.count * flags * size);
            let later = &by_day[d + 1];
            for m in &dense.moves[d] {
                let price = m.options.iter().map(|&o| {
                    let o = usize::from(o);
                    prices.option[d][o] + overtime * f64::from(line.options[d][o].direct)
                });
                let price = rounding.down(price.fold(f64::INFINITY, f64::min));
                if price == f64::INFINITY {
                    continue;
                }
                for flag in 0..flags {
                    let begun = flag == 1;
                    let fresh = m.worked && (line.weekend[d] == 1 || (line.weekend[d] == 2 && !begun));
                    let price = price + if fresh { weekend } else { 0.0 };
                    let next = usize::from(after == 2 && line.weekend[d] == 1 && m.worked);
                    let dropped = line.weekend[d] == 2 && begun && d > 0;
                    let walk = Walk::new(dense, line, d, m, dropped, per_unit);
                    for mode in 0..modes.count {
                        let at = mode * modes.letters + usize::from(m.letter);
                        let to = modes.next[at];
                        if to == u32::MAX {
                            continue;
                        }
                        let (from, target) =
                            ((mode * flags + flag) * size, (to as usize * after + next) * then);
                        let price = (price + costs[at]) as f32;
                        walk.relax(price, &mut now[from..from + size], &later[target..target + then]);
                        work += size as u64;
                    }
                }
            }
            by_day[d] = now;
        }
        SPARE.with(|own| own.replace(spare));
        (Self { dense, by_day, slack }, work / 16)
    }

    /// The line whose price the tables promise; `None` when they promise none.
    pub(super) fn trace(&self, machine: &LineMachine<'_>, prices: &LinePrices) -> Option<Vec<u16>> {
        let line = machine.line;
        let mut spot = self.dense.start(line);
        let mut choice = Vec::with_capacity(line.options.len());
        while choice.len() < line.options.len() {
            let best = self.least(machine, prices, choice.len(), spot, |_| true)?;
            choice.push(best.option);
            spot = best.spot;
        }
        Some(choice)
    }

    /// The best `most` of the lines that first leave a traced one on different days, by what the tables promise.
    pub(super) fn beside(
        &self,
        machine: &LineMachine<'_>,
        prices: &LinePrices,
        traced: &[u16],
        most: usize,
    ) -> Vec<Vec<u16>> {
        let mut left: Vec<(f64, usize, Step)> = Vec::new();
        let (mut spot, mut paid) = (self.dense.start(machine.line), 0.0);
        for (d, &taken) in traced.iter().enumerate() {
            if let Some(other) = self.least(machine, prices, d, spot, |o| o != taken) {
                left.push((paid + other.promised, d, other));
            }
            let Some(step) = self.least(machine, prices, d, spot, |o| o == taken) else { break };
            paid += step.promised - step.rest;
            spot = step.spot;
        }
        left.sort_by(|a, b| a.0.total_cmp(&b.0));
        let rest = |(_, d, other): (f64, usize, Step)| {
            let mut choice = traced[..d].to_vec();
            choice.push(other.option);
            let mut spot = other.spot;
            while choice.len() < traced.len() {
                let best = self.least(machine, prices, choice.len(), spot, |_| true)?;
                choice.push(best.option);
                spot = best.spot;
            }
            Some(choice)
        };
        left.into_iter().take(most).filter_map(rest).collect()
    }

    /// The option of a day, among the allowed ones, whose price with the best rest is least.
    fn least(
        &self,
        machine: &LineMachine<'_>,
        prices: &LinePrices,
        d: usize,
        spot: Spot,
        allowed: impl Fn(u16) -> bool,
    ) -> Option<Step> {
        let line = machine.line;
        let modes = &self.dense.modes;
        let overtime = line.overtime.price as f64 / prices.scale;
        let mut best: Option<Step> = None;
        for (o, option) in line.options[d].iter().enumerate().filter(|(o, _)| allowed(*o as u16)) {
            let Some(to) = self.dense.step(line, d, o, spot) else { continue };
            let rest = self.at(line, d + 1, to);
            if rest == f64::INFINITY {
                continue;
            }
            let letter = usize::from(modes.letter[d][o]);
            let cost = modes.cost[spot.mode as usize * modes.letters + letter] as f64 / prices.scale;
            let fresh = works(option) && (line.weekend[d] == 1 || (line.weekend[d] == 2 && !spot.begun));
            let mut minutes = option.direct;
            if let Some(f) = &self.dense.fill {
                minutes +=
                    f.step(line, d, usize::from(spot.fill), (option.fill / f.unit) as usize).1 * f.unit;
            }
            let weekend = if fresh { prices.weekend } else { 0.0 };
            let promised = prices.option[d][o] + cost + weekend + overtime * f64::from(minutes) + rest;
            if promised < best.as_ref().map_or(f64::INFINITY, |b| b.promised) {
                best = Some(Step { promised, rest, option: o as u16, spot: to });
            }
        }
        best
    }

    /// Lower bound on the price of days `d..` from a spot before day `d`.
    pub(super) fn at(&self, line: &LineProblem, d: usize, spot: Spot) -> f64 {
        let dense = self.dense;
        let flags = dense.flags(line, d);
        let flag = usize::from(flags == 2 && spot.begun);
        let mut at = (spot.mode as usize * flags + flag) * dense.sizes[d];
        for ((dim, level), stride) in dense.dims.iter().zip(spot.levels).zip(dense.strides[d]) {
            let (low, high) = dim.bands[d];
            let level = usize::from(level);
            if level < low || level >= high {
                return f64::INFINITY;
            }
            at += (level - low) * stride;
        }
        f64::from(self.by_day[d][at + usize::from(spot.fill)])
    }
}

/// An option of a day, what it and the best rest come to, and where it leads.
struct Step {
    promised: f64,
    rest: f64,
    option: u16,
    spot: Spot,
}

/// How addends are rounded, and by how much a line's price can fall in all.
fn rounding(dense: &Dense, line: &LineProblem, prices: &LinePrices) -> (Rounding, f64) {
    let overtime = line.overtime.price as f64 / prices.scale;
    let finish = dense.modes.finish.iter().flatten().map(|f| f.abs()).max().unwrap_or(0) as f64;
    let costs = dense.modes.cost.iter().map(|c| c.abs()).max().unwrap_or(0) as f64;
    // What fills can be overtime, and be answered, and be open before.
    let times = if dense.fill.as_ref().is_some_and(Fill::answers) { 3.0 } else { 1.0 };
    let minutes =
        |o: &crate::problem::DayOption| overtime * (f64::from(o.direct) + times * f64::from(o.fill));
    let mut most = finish / prices.scale;
    for (d, options) in line.options.iter().enumerate() {
        let sizes = options.iter().zip(&prices.option[d]).filter(|p| p.1.is_finite());
        let largest = sizes.map(|(o, p)| p.abs() + minutes(o)).fold(0.0, f64::max);
        most += largest + costs / prices.scale + prices.weekend.abs();
    }
    let rounding = Rounding::new(most);
    let mut changed = 1.0;
    if dense.modes.cost.iter().any(|&c| rounding.changes(c as f64 / prices.scale)) {
        changed += line.options.len() as f64;
    }
    if rounding.changes(prices.weekend) {
        changed += line.weekend.iter().filter(|&&w| w > 0).count() as f64;
    }
    for (options, own) in line.options.iter().zip(&prices.option) {
        let prices = options.iter().zip(own).map(|(o, p)| p + overtime * f64::from(o.direct));
        if prices.into_iter().any(|p| rounding.changes(p)) {
            changed += 1.0;
        }
    }
    let mut slack = changed * rounding.quantum;
    if let Some(f) = dense.fill.as_ref().filter(|f| rounding.changes(overtime * f64::from(f.unit))) {
        // A unit of overtime loses up to a quantum.
        let units: i32 =
            line.options.iter().map(|list| list.iter().map(|o| o.fill / f.unit).max().unwrap_or(0)).sum();
        slack += times * f64::from(units) * rounding.quantum;
    }
    (rounding, slack)
}

/// A move of a day through all levels, whatever the mode.
struct Walk {
    /// Pairs of rows, this day's and the next day's, by the place of their first entries.
    rows: Vec<(usize, usize)>,
    inner: Inner,
}

/// The innermost dimension of a walk.
enum Inner {
    /// Entries `first..last` take those of the next day from `first + ahead` on; entries from `last` to `end` take
    /// the next day's entry `top`, if there is one.
    Slide { first: usize, last: usize, ahead: isize, end: usize, top: usize, width: (usize, usize) },
    /// Next level and price of each level.
    Fill(Vec<(u16, f32)>),
}

impl Walk {
    fn new(dense: &Dense, line: &LineProblem, d: usize, m: &Move, dropped: bool, per_unit: [f64; 2]) -> Self {
        let shift = |k: usize| if dense.dims[k].weekend && dropped { 0 } else { usize::from(m.shifts[k]) };
        let inner = match (&dense.fill, dense.dims.last()) {
            (Some(f), _) => {
                let priced = |level| {
                    let (next, over) = f.step(line, d, level, usize::from(m.fill));
                    (next as u16, (f64::from(over) * per_unit[usize::from(over < 0)]) as f32)
                };
                Inner::Fill((0..f.levels).map(priced).collect())
            }
            (None, Some(dim)) => slide_of(dim, d, shift(dense.dims.len() - 1)),
            (None, None) => Inner::Slide { first: 0, last: 1, ahead: 0, end: 1, top: 0, width: (1, 1) },
        };
        let outer = if dense.fill.is_some() { dense.dims.len() } else { dense.dims.len().saturating_sub(1) };
        let mut rows = vec![(0, 0)];
        for (k, dim) in dense.dims.iter().enumerate().take(outer) {
            let (low, high) = dim.bands[d];
            let (least, most) = dim.bands[d + 1];
            let mut longer = Vec::with_capacity(rows.len() * (high - low));
            for (from, to) in rows {
                for level in low..high {
                    let mut next = level + shift(k);
                    if next >= dim.levels && dim.saturates {
                        next = dim.levels - 1;
                    }
                    if least <= next && next < most {
                        let from = from + (level - low) * dense.strides[d][k];
                        longer.push((from, to + (next - least) * dense.strides[d + 1][k]));
                    }
                }
            }
            rows = longer;
        }
        Self { rows, inner }
    }

    /// now = min(now, price + later) along the walk.
    fn relax(&self, price: f32, now: &mut [f32], later: &[f32]) {
        match &self.inner {
            &Inner::Slide { first, last, ahead, end, top, width } => {
                for &(from, to) in &self.rows {
                    let row = &mut now[from..from + width.0];
                    let target = &later[to..to + width.1];
                    if first < last {
                        let begin = first.wrapping_add_signed(ahead);
                        slide(&mut row[first..last], &target[begin..begin + last - first], price);
                    }
                    if last < end {
                        let value = price + target[top];
                        for cell in &mut row[last..end] {
                            *cell = cell.min(value);
                        }
                    }
                }
            }
            Inner::Fill(steps) => {
                for &(from, to) in &self.rows {
                    let target = &later[to..];
                    for (cell, &(next, over)) in now[from..from + steps.len()].iter_mut().zip(steps) {
                        *cell = cell.min(price + over + target[usize::from(next)]);
                    }
                }
            }
        }
    }
}

/// The slide of the innermost dimension on a day.
fn slide_of(dim: &Dimension, d: usize, shift: usize) -> Inner {
    let ((low, high), (least, most)) = (dim.bands[d], dim.bands[d + 1]);
    let width = (high - low, most - least);
    // Where every level still has a place of its own on the next day.
    let first = least.saturating_sub(low + shift).min(width.0);
    let last = most.saturating_sub(low + shift).clamp(first, width.0);
    let ahead = (low + shift) as isize - least as isize;
    let open = dim.saturates && most == dim.levels && width.1 > 0;
    let end = if open { width.0 } else { last };
    Inner::Slide { first, last, ahead, end, top: width.1.saturating_sub(1), width }
}

/// row[i] = min(row[i], price + target[i]).
fn slide(row: &mut [f32], target: &[f32], price: f32) {
    for (cell, value) in row.iter_mut().zip(target) {
        let value = price + value;
        *cell = if value < *cell { value } else { *cell };
    }
}
