//! Long horizons: everybody over a few weeks at a time, the rest of the rota as it stands.
//!
//! Each window is a problem of its own ([`Windowed`]), solved by column generation and a dive like a month. Windows
//! move on by half their length; when a sweep gains little they grow. Windows far apart are solved side by side and
//! their gains put together person by person.

use super::central_dive::{CentralSettings, central_dive};
use super::days::Days;
use super::dive::{DiveSettings, dive};
use super::generate::{Effort, generate};
use super::line::LineMachine;
use super::master::{Duals, Master, line_prices};
use super::model::{Column, Model};
use super::pricing::{Search, price_line};
use super::shares::Share;
use super::tolls;
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use crate::problem::{RosterProblem, Windowed, can_be_windowed};
use crate::solve::outcome::Spent;
use rayon::prelude::*;
use std::ops::Range;

/// People whose lines are priced before it is looked at what that takes.
const TOGETHER: usize = 4;
/// Head counts beyond which a master over the whole horizon is slow.
const LARGE: usize = 350;
/// Weeks a window of one code would have at first; more codes make it shorter.
const WEEKS: f64 = 150.0 / 7.0;
/// Gain of a sweep below which windows grow, and by how much.
const LITTLE: f64 = 0.02;
const GROWTH: f64 = 1.4;
/// Sweeps over the whole horizon without gain after which nothing more is expected.
const IDLE: usize = 100;
/// Windows solved side by side at most.
const ABREAST: usize = 4;

/// Weeks from which a window is solved beside the rest of the horizon: where it has fewer, what it may not use of the limits
/// that it shares matters more than the time.
const PARTED: usize = 3;

/// Which windows come next.
pub(super) struct Sweep {
    /// First days of weeks, and the end.
    weeks: Vec<usize>,
    length: f64,
    /// Windows still to come in this sweep: batches of tasks.
    batches: Vec<Vec<Vec<Range<usize>>>>,
    /// Price at the beginning of the sweep.
    begun: Option<i64>,
    sweeps: usize,
    /// Sweeps in a row of windows over the whole horizon that gained nothing.
    idle: usize,
}

impl Sweep {
    /// `None` where the whole problem is small enough, or windows do not stand for themselves.
    pub(super) fn new(problem: &RosterProblem) -> Option<Self> {
        if problem.cells <= LARGE || !can_be_windowed(problem) {
            return None;
        }
        let weekend = &problem.people.first()?.weekend;
        let mut weeks: Vec<usize> = (1..problem.days).filter(|&d| weekend[d - 1] == 2).collect();
        weeks.insert(0, 0);
        weeks.push(problem.days);
        let length = (WEEKS / problem.codes.max(1) as f64).clamp(2.0, 8.0);
        Some(Self { weeks, length, batches: Vec::new(), begun: None, sweeps: 0, idle: 0 })
    }

    /// Whether a sweep has just ended.
    pub(super) fn ended(&self) -> bool {
        self.batches.is_empty()
    }

    /// Whether a sweep has been made from end to end.
    pub(super) fn swept(&self) -> bool {
        self.sweeps > 0 && self.ended()
    }

    /// Whether nothing more is to be expected.
    pub(super) fn exhausted(&self) -> bool {
        self.idle >= IDLE
    }

    /// Whether windows have grown to the whole horizon.
    fn whole(&self) -> bool {
        self.length.round() as usize >= self.weeks.len() - 1
    }

    /// The tasks to solve side by side next, each with its windows, for a rota of this price.
    pub(super) fn next(&mut self, price: i64, random: &mut Random) -> Vec<Vec<Range<usize>>> {
        if self.batches.is_empty() {
            if let Some(begun) = self.begun {
                let gain = (begun - price) as f64;
                self.idle = if self.whole() && gain <= 0.0 { self.idle + 1 } else { 0 };
                if gains_little(begun, price) {
                    let weeks = (self.weeks.len() - 1) as f64;
                    self.length = (self.length * GROWTH).min(weeks);
                }
            }
            self.begun = Some(price);
            let apart = self.sweeps % 3 == 2 && !self.whole();
            self.batches = if apart { self.pairs(random) } else { self.sweep() };
            self.sweeps += 1;
        }
        self.batches.pop().unwrap_or_default()
    }

    /// A sweep's windows: those that do not touch come together, as far apart as can be.
    fn sweep(&self) -> Vec<Vec<Vec<Range<usize>>>> {
        let weeks = self.weeks.len() - 1;
        let length = (self.length.round() as usize).clamp(1, weeks);
        let half = length.div_ceil(2);
        // Every other sweep begins with a shorter step, so that the edges fall elsewhere.
        let offset = if self.sweeps % 2 == 1 { half / 2 } else { 0 };
        let mut starts: Vec<usize> = (offset..).step_by(half).take_while(|s| s + length < weeks).collect();
        starts.push(weeks - length);
        if offset > 0 {
            starts.insert(0, 0);
        }
        let window = |s: usize| std::iter::once(self.weeks[s]..self.weeks[s + length]).collect();
        let abreast = ABREAST.min(starts.len().div_ceil(3)).max(1);
        if abreast == 1 && length >= PARTED && 2 * (weeks - length) >= length {
            return self.parted(length, half, offset);
        }
        let stride = starts.len().div_ceil(abreast);
        (0..stride)
            .rev()
            .map(|i| starts.iter().skip(i).step_by(stride).map(|&s| window(s)).collect())
            .collect()
    }

    /// A sweep of windows of `length` weeks, all around the horizon, each with the rest of it beside it.
    fn parted(&self, length: usize, half: usize, offset: usize) -> Vec<Vec<Vec<Range<usize>>>> {
        let weeks = self.weeks.len() - 1;
        let days = |from: usize, to: usize| (from < to).then(|| self.weeks[from]..self.weeks[to]);
        let around = |from: usize, length: usize| {
            let over = (from + length).saturating_sub(weeks);
            days(0, over).into_iter().chain(days(from, weeks.min(from + length))).collect()
        };
        let last = if 2 * length == weeks { length } else { weeks };
        (0..last)
            .step_by(half)
            .map(|s| (s + offset) % weeks)
            .map(|s| vec![around(s, length), around((s + length) % weeks, weeks - length)])
            .rev()
            .collect()
    }

    /// A sweep of two shorter windows at once, paired by chance: what a limit of the whole horizon allows can move
    /// from one to the other.
    fn pairs(&self, random: &mut Random) -> Vec<Vec<Vec<Range<usize>>>> {
        let weeks = self.weeks.len() - 1;
        let length = ((self.length * 0.6).round() as usize).clamp(1, weeks);
        let mut starts: Vec<usize> = (0..=weeks - length).step_by(length).collect();
        random.shuffle(&mut starts);
        let window = |s: usize| self.weeks[s]..self.weeks[s + length];
        let pairs: Vec<Vec<Range<usize>>> = starts
            .chunks(2)
            .map(|pair| {
                let mut pair: Vec<usize> = pair.to_vec();
                pair.sort_unstable();
                pair.into_iter().map(window).collect()
            })
            .collect();
        pairs.chunks(ABREAST).map(<[_]>::to_vec).collect()
    }
}

/// Whether a sweep from one price to the other calls for longer windows.
fn gains_little(begun: i64, price: i64) -> bool {
    ((begun - price) as f64) < LITTLE * begun.abs().max(1) as f64
}

/// Head counts from which the interior point method pays for its longer dives, and days up to which it does: the master
/// takes most of the time there.
const MANY: usize = 200;
const SHORT: usize = 28;

/// Times cells are set free again in a dive.
const RELEASES: usize = 10;

/// Rounds of column generation before the dive.
const ROUNDS: usize = 40;

/// What solving a window brought.
#[derive(Default)]
pub(super) struct Solved {
    /// A choice of its days for everybody that may be better, if one was found: lines over the whole horizon.
    pub lines: Option<Vec<Vec<u16>>>,
    /// Prices of its cells at the end of column generation, cells of the whole problem.
    pub prices: Vec<(u32, f64)>,
    /// Lines with weight at the end of column generation: person and choice over the whole horizon.
    pub support: Vec<(usize, Vec<u16>)>,
    /// Columns generated.
    pub columns: u64,
    /// Where the time went.
    pub spent: Spent,
}

/// Solves windows together, the rest of the rota as it stands.
pub(super) fn solve_window(
    problem: &RosterProblem,
    rota: &[Column],
    windows: &[Range<usize>],
    share: &Share,
    random: &mut Random,
    stop: &StopCriterion,
) -> Solved {
    let mut solved = Solved::default();
    // The set-up alone takes a while.
    if stop.out_of_time() {
        return solved;
    }
    let choice: Vec<&[u16]> = rota.iter().map(|c| &c.choice[..]).collect();
    let mut windowed = Windowed::new(problem, &choice, windows);
    share.narrow(&mut windowed, problem, rota);
    let model = Model::new(&windowed.problem);
    let mut days = Days::new(&model);
    let whole = |c: &Column| windowed.whole(choice[c.person], &c.choice);
    let mut cuts = Vec::new();
    let mut master = Master::new(&model, (0..rota.len()).collect(), &[], &[]);
    let mut current = Vec::with_capacity(rota.len());
    for (p, own) in choice.iter().enumerate() {
        let Some(column) = model.column(p, &windowed.part(own)) else { return solved };
        current.push(column.clone());
        master.add_column(column);
    }
    share.keep(&windowed, &mut master.masks, &current);
    master.apply_masks();
    let price = super::evaluate::Evaluator::new(&model).score(&current.iter().collect::<Vec<_>>()).price;
    let interior = windowed.problem.blocks.len() >= MANY && windowed.problem.days <= SHORT;
    let effort = Effort { rounds: ROUNDS, smoothing: 0.3, interior, ..Effort::default() };
    let result = generate(&mut master, &mut days, &mut cuts, effort, stop);
    solved.columns = master.columns.len() as u64;
    solved.spent = model.spent.read();
    // Where sums are held tighter than they are, prices of places answer for that: a bound by them is worthless.
    if result.stuck.is_empty() && share.is_free() {
        let prices = master.duals().cell;
        solved.prices = windowed.cells.iter().copied().zip(prices).collect();
        let weights = master.weights();
        let held = weights.iter().filter(|w| w.1 > 1e-6).map(|w| &master.columns[w.0]);
        solved.support = held.map(|c| (c.person, whole(c))).collect();
    }
    // Whole prices: what is not a unit better is no better.
    let cutoff = price as f64 - 1.0 + 1e-3;
    if !result.stuck.is_empty() || (result.converged && result.objective > cutoff) {
        return solved;
    }
    let lines = if master.middle.is_some() {
        let settings = CentralSettings { rounds: 8, beam: None, cutoff, releases: RELEASES, whole: false };
        central_dive(&mut master, &mut days, &mut cuts, settings, random, stop)
    } else {
        let settings = DiveSettings { cutoff, ..DiveSettings::default() };
        dive(&mut master, &mut days, &mut cuts, settings, random, stop)
    };
    solved.lines = lines.map(|lines| lines.iter().map(whole).collect());
    solved.columns = master.columns.len() as u64;
    solved.spent = model.spent.read();
    solved
}

/// Lower bounds on the prices of everybody's cheapest lines at given prices of cells; without bottom from some person
/// on where they would take more than half of what is left of the limits.
pub(super) fn cheapest(model: &Model<'_>, duals: &Duals, stop: &StopCriterion) -> Vec<f64> {
    let least = |machine: &LineMachine<'_>, p: usize| {
        let prices = line_prices(model, p, duals, None);
        let tolls = tolls::none(machine.line);
        let how = Search { limit: f64::INFINITY, beam: Some(1), tolls: &tolls, stop: Some(stop) };
        let found = price_line(machine, &prices, how);
        (if found.complete { found.least } else { f64::NEG_INFINITY }, found.labels)
    };
    let people = model.machines.len();
    let mut minima = vec![f64::NEG_INFINITY; people];
    let begun = stop.used();
    for first in (0..people).step_by(TOGETHER) {
        let own = first..people.min(first + TOGETHER);
        let found: Vec<(f64, u64)> =
            own.clone().into_par_iter().map(|p| least(&model.machines[p], p)).collect();
        stop.charge(found.iter().map(|f| f.1).sum());
        minima[own.clone()].iter_mut().zip(found).for_each(|(least, found)| *least = found.0);
        if (stop.used() - begun) / own.end as f64 * people as f64 > 0.5 * (1.0 - begun) {
            break;
        }
    }
    minima
}

/// The rota with the days of `windows` as `found` has them, person by person as far as the line keeps all rules.
pub(super) fn merged(
    model: &Model<'_>,
    rota: &[Column],
    windows: &[Range<usize>],
    found: &[Vec<u16>],
) -> Vec<Column> {
    let line = |(own, other): (&Column, &Vec<u16>)| {
        let mut choice = own.choice.clone();
        for d in windows.iter().cloned().flatten() {
            choice[d] = other[d];
        }
        if choice == own.choice {
            return own.clone();
        }
        model.column(own.person, &choice).unwrap_or_else(|| own.clone())
    };
    rota.iter().zip(found).map(line).collect()
}
