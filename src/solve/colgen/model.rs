//! What does not change during a solve: the problem with its state machines and the index of what couples people.

use super::line::LineMachine;
use crate::problem::{Block, DayProblem, FairCount, RosterProblem};
use crate::solve::outcome::Spent;
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// A column: one line of work of a person with everything that it adds to the rows of the master.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub person: usize,
    pub choice: Vec<u16>,
    /// Price of the line alone.
    pub cost: i64,
    pub cells: Vec<u32>,
    /// (duty row, days counted).
    pub duties: Vec<(u32, f64)>,
    /// (fairness term, count), paid minutes in hours.
    pub fair: Vec<(u32, f64)>,
}

/// Steps of the grid of duals in the price of a line: what 4-byte numbers hold, sign apart.
const GRID: f64 = 8_388_608.0;

/// A stopwatch that threads share.
#[derive(Default)]
pub(super) struct Watch(AtomicU64);

impl Watch {
    /// Runs a piece of work and adds its time.
    pub(super) fn measure<T>(&self, work: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let result = work();
        self.0.fetch_add(begin.elapsed().as_nanos() as u64, Ordering::Relaxed);
        result
    }
    fn add(&self, seconds: f64) {
        self.0.fetch_add((seconds * 1e9) as u64, Ordering::Relaxed);
    }
    fn seconds(&self) -> f64 {
        self.0.load(Ordering::Relaxed) as f64 * 1e-9
    }
}

/// Where the time goes.
#[derive(Default)]
pub(super) struct Watches {
    pub master: Watch,
    pub pricing: Watch,
    pub days: Watch,
}

impl Watches {
    /// Adds what was spent in a smaller problem.
    pub(super) fn add(&self, spent: Spent) {
        self.master.add(spent.master);
        self.pricing.add(spent.pricing);
        self.days.add(spent.days);
    }
    /// Seconds so far.
    pub(super) fn read(&self) -> Spent {
        Spent { master: self.master.seconds(), pricing: self.pricing.seconds(), days: self.days.seconds() }
    }
}

/// The problem, indexed for the engine.
pub(super) struct Model<'a> {
    pub problem: &'a RosterProblem,
    pub machines: Vec<LineMachine<'a>>,
    /// `duties[person]`: (day, option, duty row).
    pub duties: Vec<Vec<(usize, u16, u32)>>,
    /// `fair[person]`: (term, history count in hours or units).
    pub fair: Vec<Vec<(u32, f64)>>,
    /// Prices are divided by this power of two inside the linear programs.
    pub scale: f64,
    /// Duals are rounded to multiples of this before pricing.
    pub grid: f64,
    /// Largest head count of each cell.
    pub most: Vec<f64>,
    /// Where the time goes.
    pub spent: Watches,
}

impl<'a> Model<'a> {
    pub(super) fn new(problem: &'a RosterProblem) -> Self {
        let mut unit: f64 = 100.0;
        for block in &problem.blocks {
            match block {
                Block::HeadCount { under, over, .. } => {
                    unit = unit.max((*under).max(*over) as f64);
                }
                Block::Day(day) => {
                    unit = unit.max(dearest_shift(day));
                }
            }
        }
        let mut most = vec![0.0; problem.cells];
        for line in &problem.people {
            let mut cells: Vec<u32> = line.options.iter().flatten().filter_map(|o| o.cell).collect();
            cells.sort_unstable();
            cells.dedup();
            for c in cells {
                most[c as usize] += 1.0;
            }
        }
        let mut duties = vec![Vec::new(); problem.people.len()];
        for (r, row) in problem.duty_rows.iter().enumerate() {
            for &(p, o) in &row.members {
                duties[p as usize].push((row.day, o, r as u32));
            }
        }
        let mut fair = vec![Vec::new(); problem.people.len()];
        let mut weekend_priced = vec![false; problem.people.len()];
        for (f, term) in problem.fairness.iter().enumerate() {
            for &(p, count) in &term.members {
                let hours = term.count == FairCount::PaidHours;
                fair[p as usize].push((f as u32, count as f64 / if hours { 60.0 } else { 1.0 }));
                weekend_priced[p as usize] |= term.count == FairCount::Weekends;
            }
        }
        let machines =
            problem.people.par_iter().zip(&weekend_priced).map(|(l, &w)| LineMachine::new(l, w)).collect();
        let scale = (unit / 100.0).log2().round().exp2();
        // A day is worth some 100: the sum over all of them has this size.
        let grid = (128.0 * problem.days as f64).log2().ceil().exp2() / GRID;
        Self { problem, machines, duties, fair, scale, grid, most, spent: Watches::default() }
    }

    /// The column of a line; `None` when the line breaks a hard rule.
    pub(super) fn column(&self, person: usize, choice: &[u16]) -> Option<Column> {
        let machine = &self.machines[person];
        let cost = machine.price(choice)?;
        let line = machine.line;
        let taken = |d: usize| &line.options[d][usize::from(choice[d])];
        let cells = (0..choice.len()).filter_map(|d| taken(d).cell).collect();
        let mut duties: Vec<(u32, f64)> = Vec::new();
        for &(day, option, row) in &self.duties[person] {
            if choice[day] == option {
                match duties.iter_mut().find(|d| d.0 == row) {
                    Some(d) => d.1 += 1.0,
                    None => duties.push((row, 1.0)),
                }
            }
        }
        let fair = self.fair[person].iter().map(|&(f, _)| (f, self.fair_count(f, person, choice))).collect();
        Some(Column { person, choice: choice.to_vec(), cost, cells, duties, fair })
    }

    /// What a line adds to a fairness count; paid minutes in hours.
    pub(super) fn fair_count(&self, term: u32, person: usize, choice: &[u16]) -> f64 {
        let machine = &self.machines[person];
        let taken = choice.iter().enumerate().map(|(d, &o)| &machine.line.options[d][usize::from(o)]);
        match self.problem.fairness[term as usize].count {
            FairCount::PaidHours => taken.map(|o| f64::from(o.paid)).sum::<f64>() / 60.0,
            FairCount::Weekends => machine.weekends(choice) as f64,
            FairCount::Marked(bit) => taken.filter(|o| o.marks >> bit & 1 == 1).count() as f64,
        }
    }

    /// The day problems with their block numbers.
    pub(super) fn days(&self) -> impl Iterator<Item = (usize, &'a DayProblem)> + '_ {
        self.problem.blocks.iter().enumerate().filter_map(|(b, block)| match block {
            Block::Day(day) => Some((b, day.as_ref())),
            Block::HeadCount { .. } => None,
        })
    }
}

/// Largest saving that one more person can bring on a day.
fn dearest_shift(day: &DayProblem) -> f64 {
    let mut by_slot = vec![0i64; day.slots.len()];
    for i in &day.intervals {
        for slot in &mut by_slot[i.slots.0..i.slots.1] {
            *slot = (*slot).max(i.under.max(i.over));
        }
    }
    let worth = |s: &crate::problem::day::Supply| -> f64 {
        (0..day.slots.len())
            .filter(|&t| s.present[t])
            .map(|t| by_slot[t] as f64 * f64::from(day.slots[t].len()))
            .sum()
    };
    day.supplies.iter().map(worth).fold(0.0, f64::max)
}
