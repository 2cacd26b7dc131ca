//! The first rota of a long horizon: sequential best response of people over all days, with small tables
//! ([`super::narrow`]). The benefit of covering is smoothed at first and exact at the end.

use super::dense::Dense;
use super::master::{Duals, line_prices};
use super::model::{Column, Model};
use super::narrow::{Quick, corridor, quick};
use super::pricing::{LinePrices, Pricing, Search, price_line};
use super::tolls::{self, Tolls};
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use crate::problem::Block;
use rayon::prelude::*;

/// People who respond side by side, to what the others do.
const ABREAST: usize = 4;
/// Share of the limits that all passes may use up.
const SHARE: f64 = 0.5;
/// Passes at the end that only take what is better.
const EXACT: usize = 3;
/// Weight of what is still open in the worth of a place, at first.
const SMOOTH: f64 = 0.9;
/// Tables filled for a person's first line, and for others.
const FIRST: usize = 8;
const LATER: usize = 4;
/// Labels kept per key where tables alone find no line.
const BEAM: usize = 8;

/// Head counts and what they cost.
struct Counts<'p> {
    blocks: &'p [Block],
    /// Block of each cell.
    block: Vec<usize>,
    now: Vec<i64>,
    scale: f64,
}

impl Counts<'_> {
    /// What one more person is worth in each cell at head counts `now`, smoothed by `q`.
    fn worth(&self, now: &[i64], q: f64) -> Vec<f64> {
        let worth = |(&b, &n): (&usize, &i64)| match self.blocks[b] {
            Block::HeadCount { required, under, .. } if n < required => {
                let open = (required - n) as f64 / required as f64;
                under as f64 * (1.0 - q + q * open) / self.scale
            }
            Block::HeadCount { over, .. } => -(over as f64) / self.scale,
            Block::Day(_) => 0.0,
        };
        self.block.iter().zip(now).map(worth).collect()
    }

    /// The prices that a person with this line answers to.
    fn duals(&self, model: &Model<'_>, own: Option<&Column>, q: f64) -> Duals {
        let mut now = self.now.clone();
        own.iter().flat_map(|own| &own.cells).for_each(|&c| now[c as usize] -= 1);
        let mut duals = Duals {
            cell: self.worth(&now, q),
            fair: vec![Vec::new(); model.problem.fairness.len()],
            ..Duals::default()
        };
        duals.round(model.grid);
        duals
    }

    /// Adds a line or takes it away; returns by how much the price of the head counts changes.
    fn shift(&mut self, column: &Column, by: i64) -> i64 {
        let mut change = 0;
        for &c in &column.cells {
            if let Block::HeadCount { required, under, over, .. } = self.blocks[self.block[c as usize]] {
                let price =
                    |n: i64| if n < required { (required - n) * under } else { (n - required) * over };
                let n = &mut self.now[c as usize];
                change += price(*n + by) - price(*n);
                *n += by;
            }
        }
        change
    }
}

/// A line for everybody after at most so many passes; `None` when somebody finds none at once.
pub(super) fn respond(
    model: &Model<'_>,
    passes: usize,
    random: &mut Random,
    stop: &StopCriterion,
) -> Option<Vec<Column>> {
    let problem = model.problem;
    let people = problem.people.len();
    let tables: Vec<Option<Dense>> = problem.people.par_iter().map(corridor).collect();
    let mut block = vec![0; problem.cells];
    for (b, own) in problem.blocks.iter().enumerate() {
        if let Block::HeadCount { cell, .. } = *own {
            block[cell as usize] = b;
        }
    }
    let mut counts =
        Counts { blocks: &problem.blocks, block, now: vec![0; problem.cells], scale: model.scale };
    let mut lines: Vec<Option<Column>> = vec![None; people];
    let mut tolls: Vec<Tolls> = problem.people.iter().map(tolls::none).collect();
    let mut order: Vec<usize> = (0..people).collect();
    let begun = stop.used();
    let mut exact = 0;
    for pass in 0..passes {
        let done =
            ((stop.used() - begun) / SHARE).max(pass as f64 / passes.saturating_sub(EXACT).max(1) as f64);
        let q = (SMOOTH * (1.0 - done)).max(0.0);
        if pass > 0 && q == 0.0 {
            exact += 1;
        }
        if exact > EXACT || (pass > 0 && stop.reached()) {
            break;
        }
        random.shuffle(&mut order);
        let mut changed = 0;
        for group in order.chunks(ABREAST) {
            // To what the others did: who comes in the same group is not seen.
            let answer = |&p: &usize| {
                let clock = (pass > 0).then_some(stop);
                if clock.is_some_and(StopCriterion::out_of_time) {
                    return Answer { line: None, tolls: tolls[p].clone(), work: 0 };
                }
                let duals = counts.duals(model, lines[p].as_ref(), q);
                let prices = line_prices(model, p, &duals, None);
                answer(model, p, tables[p].as_ref(), &prices, &tolls[p], lines[p].is_none(), stop)
            };
            let answers: Vec<Answer> = group.par_iter().map(answer).collect();
            stop.charge(answers.iter().map(|a| a.work).sum());
            for (&p, answer) in group.iter().zip(answers) {
                tolls[p] = answer.tolls;
                let Some(next) = answer.line else { continue };
                let Some(old) = &lines[p] else {
                    counts.shift(&next, 1);
                    lines[p] = Some(next);
                    continue;
                };
                let change = next.cost - old.cost + counts.shift(old, -1) + counts.shift(&next, 1);
                if q == 0.0 && change >= 0 {
                    counts.shift(&next, -1);
                    counts.shift(old, 1);
                } else {
                    changed += 1;
                    lines[p] = Some(next);
                }
            }
        }
        if lines.iter().any(Option::is_none) {
            return None;
        }
        if q == 0.0 && changed == 0 {
            break;
        }
    }
    lines.into_iter().collect()
}

/// What a person answers to the others.
struct Answer {
    line: Option<Column>,
    tolls: Tolls,
    work: u64,
}

/// A good line of a person at given prices; the `first` one has to be found whatever it takes.
fn answer(
    model: &Model<'_>,
    p: usize,
    tables: Option<&Dense>,
    prices: &LinePrices,
    tolls: &Tolls,
    first: bool,
    stop: &StopCriterion,
) -> Answer {
    let machine = &model.machines[p];
    let rounds = if first { FIRST } else { LATER };
    let mut found = match tables {
        Some(dense) => quick(dense, machine, prices, tolls, rounds),
        None => Quick { line: None, tolls: tolls.clone(), work: 0 },
    };
    if found.line.is_none() && first {
        let how = Search { limit: f64::INFINITY, beam: Some(BEAM), tolls: &found.tolls, stop: Some(stop) };
        let Pricing { line, labels, tolls, .. } = price_line(machine, prices, how);
        found = Quick { line, tolls, work: found.work + labels };
    }
    let line = found.line.and_then(|l| model.column(p, &l.choice));
    Answer { line, tolls: found.tolls, work: found.work }
}
