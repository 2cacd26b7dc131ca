//! Small tables for whole horizons: most limits priced by tolls, sums held from both sides within a corridor.
//!
//! Over a year the exact pricing of a person costs a tenth of a second and more. A first rota needs thousands of good
//! lines instead. What such tables promise is no bound: the cheapest line may leave the corridor.

use super::dense::{BUDGETS, Dense, Dimension, Left, dimensions, works};
use super::line::LineMachine;
use super::modes::Modes;
use super::pricing::{LinePrices, PricedLine, Tried};
use super::tolls::{GRID, Tolls};
use crate::problem::{DayOption, LineProblem};
use std::sync::Arc;

/// Entries of tables within a corridor beyond those of the sums held from both sides.
const ENTRIES: usize = 100_000;
/// Half the width of a corridor, in days of work and in levels at least.
const SHIFTS: usize = 3;
const LEVELS: usize = 8;
/// A line this close to the cheapest one is good enough, in scaled units.
const ENOUGH: f64 = 0.01;
/// What a unit ahead of the pace is charged while a line is steered, and how far tolls follow that.
const PRESS: f64 = 20.0;
const HARDER: f64 = 1.2;
/// What a unit beyond a limit is charged: tables that do not know the limit may leave no other way.
const BARRED: f64 = 1000.0;
const FOLLOW: f64 = 0.7;

/// Tables within a corridor; `None` where the automata have too many product states.
pub(super) fn corridor(line: &LineProblem) -> Option<Dense> {
    let modes = Arc::new(Modes::new(line)?);
    let mut candidates = dimensions(line, &modes, BUDGETS);
    candidates.iter_mut().for_each(|dim| confine(dim, line));
    let weekends = line.resources.iter().any(|r| r.weekend);
    Some(Dense::new(line, weekends, &modes, &candidates, (ENTRIES, BUDGETS[2])))
}

/// Confines a sum held from both sides to values near an even pace.
fn confine(dim: &mut Dimension, line: &LineProblem) {
    if dim.least == 0 || dim.saturates {
        return;
    }
    let days = line.options.len();
    let largest =
        line.options.iter().flatten().map(|o| o.amounts[dim.resource] / dim.unit).max().unwrap_or(0);
    let half = (SHIFTS * largest as usize).max(LEVELS).max(dim.levels - dim.least);
    let within = |(d, &(low, high)): (usize, &(usize, usize))| {
        let pace = dim.least * d / days.max(1);
        let low = low.max(pace.saturating_sub(half)).min(high);
        (low, high.min(pace + half + 1).max(low))
    };
    dim.bands = Arc::new(dim.bands.iter().enumerate().map(within).collect());
}

/// A good line found.
pub(super) struct Quick {
    /// The cheapest one that keeps all limits.
    pub line: Option<PricedLine>,
    /// Tolls to begin with next time.
    pub tolls: Tolls,
    /// Work done.
    pub work: u64,
}

/// Looks for a good line that keeps all limits: lines are steered to use up what a limit allows at an even pace, and
/// the tolls follow what the steering charged.
pub(super) fn quick(
    dense: &Dense,
    machine: &LineMachine<'_>,
    prices: &LinePrices,
    tolls: &Tolls,
    rounds: usize,
) -> Quick {
    let mut found = Quick { line: None, tolls: tolls.clone(), work: 0 };
    let mut press = PRESS;
    let mut promised = f64::NEG_INFINITY;
    let paces: Vec<Vec<f64>> = dense.omitted.iter().map(|limit| pace(machine.line, limit)).collect();
    for _ in 0..rounds {
        let tried = Tried::new(dense, machine, prices, &found.tolls);
        found.work += tried.work;
        promised = promised.max(tried.promised);
        let Some((line, charged)) = steered(dense, machine, &tried, &found.tolls, &paces, press) else {
            break;
        };
        press *= HARDER;
        if let Some(price) = machine.value(prices, &line)
            && found.line.as_ref().is_none_or(|l| price < l.price)
        {
            found.line = Some(PricedLine { price, choice: line });
        }
        if found.line.as_ref().is_some_and(|l| l.price <= promised + tried.slack + ENOUGH) {
            break;
        }
        for (limit, charged) in dense.omitted.iter().zip(charged) {
            let toll = &mut found.tolls[limit.resource];
            *toll = ((*toll + FOLLOW * charged).max(0.0) / GRID).round() * GRID;
        }
    }
    found
}

/// What should be used up of a limit before each day: what is fixed, and of the rest the share of the days before that
/// are free.
fn pace(line: &LineProblem, limit: &Left) -> Vec<f64> {
    let amount = |options: &Vec<DayOption>| match &options[..] {
        [only] => f64::from(only.amounts[limit.resource] / limit.unit),
        _ => 0.0,
    };
    let free = line.options.iter().filter(|o| o.len() > 1).count().max(1) as f64;
    let fixed: f64 = line.options.iter().map(amount).sum();
    let each = (limit.most.map_or(0.0, f64::from) - fixed) / free;
    let mut sum = 0.0;
    let add = |options: &Vec<DayOption>| {
        let before = sum;
        sum += if options.len() > 1 { each } else { amount(options) };
        before
    };
    line.options.iter().map(add).collect()
}

/// The line of the tables, steered: what counts against a limit is charged more when more than the share of the days
/// so far is used up, less when less is, and barred at the limit. With it, by limit, what was charged on average.
fn steered(
    dense: &Dense,
    machine: &LineMachine<'_>,
    tried: &Tried<'_>,
    tolls: &Tolls,
    paces: &[Vec<f64>],
    press: f64,
) -> Option<(Vec<u16>, Vec<f64>)> {
    let line = machine.line;
    let (modes, prices) = (&dense.modes, &tried.tolled);
    let days = line.options.len();
    let limits = dense.omitted.len();
    let mut used = vec![0.0; limits];
    let mut charged = vec![0.0; limits];
    let mut extra = vec![0.0; limits];
    let mut spot = dense.start(line);
    let mut choice = Vec::with_capacity(days);
    for (d, options) in line.options.iter().enumerate() {
        for (k, limit) in dense.omitted.iter().enumerate() {
            let Some(most) = limit.most.map(f64::from) else { continue };
            let ahead = used[k] - paces[k][d];
            let own = (press * ahead).max(-tolls[limit.resource]);
            extra[k] = if used[k] >= most { own + BARRED } else { own };
            charged[k] += own / days as f64;
        }
        let counts = |k: usize, option: &DayOption| {
            let limit = &dense.omitted[k];
            let dropped = limit.weekend && line.weekend[d] == 2 && spot.begun && d > 0;
            if dropped { 0 } else { option.amounts[limit.resource] / limit.unit }
        };
        let mut best = (f64::INFINITY, 0, spot);
        for (o, option) in options.iter().enumerate() {
            let Some(to) = dense.step(line, d, o, spot) else { continue };
            let rest = tried.tables.at(line, d + 1, to);
            if rest == f64::INFINITY {
                continue;
            }
            let letter = usize::from(modes.letter[d][o]);
            let cost = modes.cost[spot.mode as usize * modes.letters + letter] as f64 / prices.scale;
            let fresh = works(option) && (line.weekend[d] == 1 || (line.weekend[d] == 2 && !spot.begun));
            let mut price = prices.option[d][o] + cost + rest + if fresh { prices.weekend } else { 0.0 };
            for (k, extra) in extra.iter().enumerate() {
                let amount = counts(k, option);
                if amount > 0 {
                    price += extra * f64::from(amount);
                }
            }
            if price < best.0 {
                best = (price, o as u16, to);
            }
        }
        if best.0 == f64::INFINITY {
            return None;
        }
        for (k, used) in used.iter_mut().enumerate() {
            *used += f64::from(counts(k, &options[usize::from(best.1)]));
        }
        choice.push(best.1);
        spot = best.2;
    }
    Some((choice, charged))
}
