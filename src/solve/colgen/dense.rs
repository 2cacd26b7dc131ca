//! The cheapest completion of a line over dense state arrays: a backward dynamic program over
//! [day][mode][weekend begun][outer levels][inner level].
//!
//! Modes are all automata as one ([`super::modes`]); levels are the running sums that fit into the budget and the
//! fill of the overtime week. When everything fits, the tables are the exact pricing; what does not fit is left
//! out, which can only lower them, and the label search works out the rest. The innermost loops run over
//! contiguous arrays with a constant shift.

use super::line::LineMachine;
use super::modes::Modes;
use super::pricing::LinePrices;
use crate::problem::LineProblem;
use std::cell::RefCell;
use std::sync::Arc;

/// Entries that the tables of one pricing may have, from the first try to the last.
const BUDGETS: [usize; 3] = [1_500_000, 6_000_000, 24_000_000];
/// Array operations that cost as much as extending a label.
const OPERATIONS_A_LABEL: u64 = 128;
/// Level dimensions at most.
const DIMENSIONS: usize = 6;

/// A running sum as levels.
struct Dimension {
    resource: usize,
    unit: i32,
    levels: usize,
    /// The last level stands for all above it (lower limits only); otherwise it may not be passed.
    saturates: bool,
    /// Smallest level allowed at the end.
    least: usize,
    weekend: bool,
}

/// The fill of the overtime week as levels.
struct Fill {
    unit: i32,
    levels: usize,
}

/// One distinct thing to do on a day.
struct Move {
    letter: u16,
    worked: bool,
    shifts: [u16; DIMENSIONS],
    fill: u16,
    options: Vec<u16>,
}

/// What does not depend on prices.
pub(super) struct Dense {
    modes: Arc<Modes>,
    dims: Vec<Dimension>,
    fill: Option<Fill>,
    moves: Vec<Vec<Move>>,
    /// Whether weekends are told apart.
    weekends: bool,
    /// Product of the levels of all dimensions, and strides.
    size: usize,
    strides: [usize; DIMENSIONS],
    /// By day: first and one past the last level of the innermost dimension from which the limits can be kept and
    /// that days before can have reached.
    bands: Vec<(usize, usize)>,
}

/// Where a partial line stands in the tables.
#[derive(Clone, Copy, Default)]
pub(super) struct Spot {
    mode: u32,
    begun: bool,
    levels: [u16; DIMENSIONS],
    fill: u16,
}

fn gcd(a: i32, b: i32) -> i32 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

impl Dense {
    /// The tables of a line, each with more dimensions than the one before; none when the automata have too many
    /// product states.
    pub(super) fn all(line: &LineProblem, weekends: bool) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let Some(modes) = Modes::new(line).map(Arc::new) else { return all };
        for budget in BUDGETS {
            let next = Self::new(line, weekends, &modes, budget);
            if all.last().is_none_or(|last| last.dims.len() < next.dims.len()) {
                all.push(next);
            }
        }
        all
    }

    fn new(line: &LineProblem, weekends: bool, modes: &Arc<Modes>, budget: usize) -> Self {
        let modes = Arc::clone(modes);
        let days = line.options.len();
        let mut work = days * modes.count;
        let fill = fill_of(line);
        work *= fill.as_ref().map_or(1, |f| f.levels);
        let mut candidates = dimensions(line);
        candidates.sort_by_key(|c| (c.least == 0 || c.saturates, c.levels));
        let mut dims: Vec<Dimension> = Vec::new();
        for dim in candidates {
            if dims.len() < DIMENSIONS && work.saturating_mul(dim.levels) <= budget {
                work *= dim.levels;
                dims.push(dim);
            }
        }
        // The longest dimension runs innermost, unless the fill does.
        dims.sort_by_key(|d| d.levels);
        let mut strides = [0; DIMENSIONS];
        let mut size = fill.as_ref().map_or(1, |f| f.levels);
        for (k, dim) in dims.iter().enumerate().rev() {
            strides[k] = size;
            size *= dim.levels;
        }
        let bands = bands(line, fill.is_some(), dims.last());
        let mut dense = Self { modes, dims, fill, moves: Vec::new(), weekends, size, strides, bands };
        dense.moves = (0..days).map(|d| dense.moves_of(line, d)).collect();
        dense
    }

    /// Labels that cost as much as filling the tables once.
    pub(super) fn labels(&self) -> u64 {
        let moves: usize = self.moves.iter().map(Vec::len).sum();
        (self.modes.count * self.size * moves) as u64 / OPERATIONS_A_LABEL
    }

    fn moves_of(&self, line: &LineProblem, d: usize) -> Vec<Move> {
        let mut moves: Vec<Move> = Vec::new();
        for (o, option) in line.options[d].iter().enumerate() {
            let mut shifts = [0; DIMENSIONS];
            for (shift, dim) in shifts.iter_mut().zip(&self.dims) {
                *shift = (option.amounts[dim.resource] / dim.unit) as u16;
            }
            let fill = self.fill.as_ref().map_or(0, |f| (option.fill / f.unit) as u16);
            let letter = self.modes.letter[d][o];
            let worked = works(option);
            match moves
                .iter_mut()
                .find(|m| m.letter == letter && m.worked == worked && m.shifts == shifts && m.fill == fill)
            {
                Some(m) => m.options.push(o as u16),
                None => moves.push(Move { letter, worked, shifts, fill, options: vec![o as u16] }),
            }
        }
        moves
    }

    /// The spot before day 0.
    pub(super) fn start(&self, line: &LineProblem) -> Spot {
        let fill = match (&self.fill, line.overtime.fills.first()) {
            (Some(f), Some(w)) => (w.start / f.unit) as u16,
            _ => 0,
        };
        Spot {
            mode: self.modes.start as u32,
            begun: line.weekend_begun && self.weekends,
            levels: [0; DIMENSIONS],
            fill,
        }
    }

    /// The spot after option `o` on day `d`; `None` when a limit is passed.
    pub(super) fn step(&self, line: &LineProblem, d: usize, o: usize, from: Spot) -> Option<Spot> {
        let letter = usize::from(self.modes.letter[d][o]);
        let mode = self.modes.next[from.mode as usize * self.modes.letters + letter];
        if mode == u32::MAX {
            return None;
        }
        let option = &line.options[d][o];
        let worked = works(option);
        let mut to = Spot { mode, begun: self.weekends && line.weekend[d] == 1 && worked, ..from };
        let dropped = line.weekend[d] == 2 && from.begun && d > 0;
        for (level, dim) in to.levels.iter_mut().zip(&self.dims) {
            if !(dim.weekend && dropped) {
                *level += (option.amounts[dim.resource] / dim.unit) as u16;
            }
            if usize::from(*level) >= dim.levels {
                if !dim.saturates {
                    return None;
                }
                *level = (dim.levels - 1) as u16;
            }
        }
        if let Some(f) = &self.fill {
            to.fill = next_fill(line, f, d, usize::from(from.fill), (option.fill / f.unit) as usize).0 as u16;
        }
        Some(to)
    }

    fn flags(&self, line: &LineProblem, d: usize) -> usize {
        if self.weekends && d < line.weekend.len() && line.weekend[d] == 2 { 2 } else { 1 }
    }
}

/// Levels of the innermost dimension that matter before each day.
fn bands(line: &LineProblem, fill: bool, inner: Option<&Dimension>) -> Vec<(usize, usize)> {
    let days = line.options.len();
    let Some(dim) = inner.filter(|_| !fill) else { return vec![(0, usize::MAX); days] };
    let most = |d: usize| {
        let amounts = line.options[d].iter().map(|o| (o.amounts[dim.resource] / dim.unit) as usize);
        amounts.max().unwrap_or(0)
    };
    let all: usize = (0..days).map(most).sum();
    let mut before = 0;
    let mut list = Vec::with_capacity(days);
    for d in 0..days {
        list.push((dim.least.saturating_sub(all - before), (before + 1).min(dim.levels)));
        before += most(d);
    }
    list
}

fn works(option: &crate::problem::DayOption) -> bool {
    option.cell.is_some() || matches!(option.what, crate::problem::What::Work(_))
}

/// Fill after a step and the units that are overtime.
fn next_fill(line: &LineProblem, f: &Fill, d: usize, level: usize, amount: usize) -> (usize, usize) {
    let fills = &line.overtime.fills;
    let Some(w) = fills.iter().position(|w| w.first <= d && d <= w.last) else { return (0, 0) };
    let target = (fills[w].target / f.unit) as usize;
    let total = level + amount;
    let over = total.saturating_sub(target) - level.saturating_sub(target);
    let next = if d == fills[w].last {
        fills.get(w + 1).map_or(0, |n| (n.start / f.unit) as usize)
    } else {
        total.min(target)
    };
    (next, over)
}

fn fill_of(line: &LineProblem) -> Option<Fill> {
    let ledger = &line.overtime;
    if ledger.price == 0 || ledger.fills.is_empty() {
        return None;
    }
    let amounts = line.options.iter().flatten().map(|o| o.fill);
    let limits = ledger.fills.iter().flat_map(|w| [w.target, w.start.min(w.target)]);
    let unit = amounts.chain(limits).fold(0, gcd).max(1);
    let top = ledger.fills.iter().map(|w| w.target.max(w.start)).max().unwrap_or(0);
    let levels = (top / unit) as usize + 1;
    (levels <= 200).then_some(Fill { unit, levels })
}

/// The sums that can be levels, those over the same amounts as one.
fn dimensions(line: &LineProblem) -> Vec<Dimension> {
    let last = line.options.len().saturating_sub(1);
    let mut found: Vec<Dimension> = Vec::new();
    let same = |a: usize, b: usize| {
        line.resources[a].weekend == line.resources[b].weekend
            && line.resources[a].start == line.resources[b].start
            && line.options.iter().flatten().all(|o| o.amounts[a] == o.amounts[b])
    };
    // Upper limits first: a lower limit on the same sum joins its levels.
    let mut order: Vec<usize> = (0..line.resources.len()).collect();
    order.sort_by_key(|&r| line.resources[r].checkpoints.iter().all(|c| c.high.is_none()));
    for r in order {
        let resource = &line.resources[r];
        let single = resource.checkpoints.len() == 1 && resource.checkpoints[0].day == last;
        if resource.checkpoints.is_empty() {
            continue;
        }
        let point = &resource.checkpoints[0];
        if !single || point.soft_low.is_some() || point.soft_high.is_some() {
            continue;
        }
        let unit = line.options.iter().flatten().map(|o| o.amounts[r]).fold(0, gcd).max(1);
        let low = point.low.map(|l| ((l - resource.start).max(0) as usize).div_ceil(unit as usize));
        if let Some(d) = found.iter_mut().find(|d| same(d.resource, r))
            && point.high.is_none()
            && !d.saturates
        {
            d.least = d.least.max(low.unwrap_or(0));
            continue;
        }
        let (levels, saturates) = match point.high {
            Some(high) if high >= resource.start => (((high - resource.start) / unit) as usize + 1, false),
            Some(_) => continue,
            None => (low.unwrap_or(0) + 1, true),
        };
        found.push(Dimension {
            resource: r,
            unit,
            levels,
            saturates,
            least: low.unwrap_or(0),
            weekend: resource.weekend,
        });
    }
    found
}

/// The tables of one pricing.
pub(super) struct Tables<'d> {
    dense: &'d Dense,
    by_day: Vec<Vec<f64>>,
}

thread_local! {
    /// Tables that this thread no longer needs: fresh memory costs more than filling them.
    static SPARE: RefCell<Vec<Vec<f64>>> = const { RefCell::new(Vec::new()) };
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
        let mut by_day: Vec<Vec<f64>> = vec![Vec::new(); days + 1];
        by_day[days] = dense.ends(prices.scale);
        let mut work = 0;
        let mut spare = SPARE.with(RefCell::take);
        for d in (0..days).rev() {
            let flags = dense.flags(line, d);
            let after = dense.flags(line, d + 1);
            let mut now = spare.pop().unwrap_or_default();
            now.clear();
            now.resize(modes.count * flags * dense.size, f64::INFINITY);
            let later = &by_day[d + 1];
            for m in &dense.moves[d] {
                let price = m.options.iter().map(|&o| {
                    let o = usize::from(o);
                    prices.option[d][o] + overtime * f64::from(line.options[d][o].direct)
                });
                let price = price.fold(f64::INFINITY, f64::min);
                if price == f64::INFINITY {
                    continue;
                }
                for mode in 0..modes.count {
                    let at = mode * modes.letters + usize::from(m.letter);
                    let to = modes.next[at];
                    if to == u32::MAX {
                        continue;
                    }
                    for flag in 0..flags {
                        let begun = flag == 1;
                        let fresh = m.worked && (line.weekend[d] == 1 || (line.weekend[d] == 2 && !begun));
                        let total = price
                            + modes.cost[at] as f64 / prices.scale
                            + if fresh { prices.weekend } else { 0.0 };
                        let then = usize::from(after == 2 && line.weekend[d] == 1 && m.worked);
                        let from = (mode * flags + flag) * dense.size;
                        let target = (to as usize * after + then) * dense.size;
                        let dropped = line.weekend[d] == 2 && begun && d > 0;
                        dense.relax(
                            line,
                            d,
                            m,
                            dropped,
                            total,
                            overtime,
                            &mut now[from..from + dense.size],
                            &later[target..target + dense.size],
                        );
                        work += dense.size as u64;
                    }
                }
            }
            by_day[d] = now;
        }
        (Self { dense, by_day }, work / 4)
    }

    /// Lower bound on the price of days `d..` from a spot before day `d`.
    pub(super) fn at(&self, line: &LineProblem, d: usize, spot: Spot) -> f64 {
        let dense = self.dense;
        let flags = dense.flags(line, d);
        let flag = usize::from(flags == 2 && spot.begun);
        let mut at = (spot.mode as usize * flags + flag) * dense.size;
        for (k, &stride) in dense.strides.iter().enumerate().take(dense.dims.len()) {
            at += usize::from(spot.levels[k]) * stride;
        }
        self.by_day[d][at + usize::from(spot.fill)]
    }
}

impl Dense {
    /// Values after the last day.
    fn ends(&self, scale: f64) -> Vec<f64> {
        let mut allowed = vec![true; self.size];
        for (i, ok) in allowed.iter_mut().enumerate() {
            *ok = self.dims.iter().zip(&self.strides).all(|(d, &s)| i / s % d.levels >= d.least);
        }
        let mut ends = Vec::with_capacity(self.modes.count * self.size);
        for price in &self.modes.finish {
            let price = price.map_or(f64::INFINITY, |p| p as f64 / scale);
            ends.extend(allowed.iter().map(|&ok| if ok { price } else { f64::INFINITY }));
        }
        ends
    }

    /// now = min(now, price + later shifted) over all levels.
    fn relax(
        &self,
        line: &LineProblem,
        d: usize,
        m: &Move,
        dropped: bool,
        price: f64,
        overtime: f64,
        now: &mut [f64],
        later: &[f64],
    ) {
        let shift = |k: usize| {
            if self.dims[k].weekend && dropped { 0 } else { usize::from(m.shifts[k]) }
        };
        let outer = if self.fill.is_some() { self.dims.len() } else { self.dims.len().saturating_sub(1) };
        let inner = match (&self.fill, self.dims.last()) {
            (Some(f), _) => f.levels,
            (None, Some(dim)) => dim.levels,
            (None, None) => 1,
        };
        let mut levels = [0usize; DIMENSIONS];
        'rows: loop {
            let (mut from, mut to, mut open) = (0, 0, true);
            for (k, &level) in levels.iter().enumerate().take(outer) {
                from += level * self.strides[k];
                let mut next = level + shift(k);
                if next >= self.dims[k].levels {
                    open &= self.dims[k].saturates;
                    next = self.dims[k].levels - 1;
                }
                to += next * self.strides[k];
            }
            if open {
                let (row, target) = (&mut now[from..from + inner], &later[to..to + inner]);
                match (&self.fill, self.dims.last()) {
                    (Some(f), _) => {
                        for (level, cell) in row.iter_mut().enumerate() {
                            let (next, over) = next_fill(line, f, d, level, usize::from(m.fill));
                            let value = price + overtime * (over as i32 * f.unit) as f64 + target[next];
                            *cell = cell.min(value);
                        }
                    }
                    (None, Some(dim)) => {
                        slide(row, target, shift(outer), price, dim.saturates, self.bands[d]);
                    }
                    (None, None) => row[0] = row[0].min(price + target[0]),
                }
            }
            for k in (0..outer).rev() {
                levels[k] += 1;
                if levels[k] < self.dims[k].levels {
                    continue 'rows;
                }
                levels[k] = 0;
            }
            break;
        }
    }
}

/// row[i] = min(row[i], price + target[i + shift]) for i in the band; behind the end the last one counts if it
/// saturates.
fn slide(row: &mut [f64], target: &[f64], shift: usize, price: f64, saturates: bool, band: (usize, usize)) {
    let skipped = shift.min(row.len());
    let kept = row.len() - skipped;
    // No level may be left at all.
    let last = band.1.min(row.len());
    let first = band.0.min(last);
    let (begin, end) = (first.min(kept), last.min(kept));
    for (cell, value) in row[begin..end].iter_mut().zip(&target[begin + skipped..]) {
        let value = price + value;
        *cell = if value < *cell { value } else { *cell };
    }
    if saturates {
        let value = price + target[target.len() - 1];
        for cell in &mut row[first.max(kept)..last.max(kept)] {
            *cell = cell.min(value);
        }
    }
}
