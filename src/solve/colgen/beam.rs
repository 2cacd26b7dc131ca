//! Small teams day by day: a beam search over what everybody does, side by side.
//!
//! With three people lines of work hardly mix: a master's solution is a blend of lines that no rota comes near, and
//! fixing cells one by one ends where a hard row cannot be kept. Here a node is what all people did up to a day, with the
//! state of each one's rules. Its promise is the true price so far plus, for everybody, the bound on the rest of the line
//! at the prices of the root (the completion of [`super::labels`]): the Lagrangian bound of all rotas that begin so, but
//! for a constant of the day. The best nodes of a day are kept, one a combination of states (beam search; Lowerre 1976;
//! with Lagrangian guidance as in Blum's Beam-ACO, Computers & Operations Research 32, 2005).

use super::dense::Spot;
use super::evaluate::Evaluator;
use super::labels::Completion;
use super::master::{Duals, line_prices};
use super::model::{Column, Model};
use super::pricing::LinePrices;
use super::tables::Tables;
use crate::base::stop::StopCriterion;
use crate::problem::{Block, DutyRow};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Combinations of options on a day up to which a team is small.
const COMBINATIONS: usize = 300;
/// Rotas priced whole at the end, fairness with them, and how many of them are of use.
const FINALISTS: usize = 4000;
const WINNERS: usize = 32;
/// Nodes of which the children are made side by side.
const CHUNK: usize = 64;

/// What all people did up to a day.
struct Node {
    /// Price so far, and with the bound on the rest.
    price: f64,
    promise: f64,
    parent: u32,
    choice: Vec<u16>,
    states: Vec<i32>,
    spots: Vec<Spot>,
    key: u64,
}

/// One person's next day from a node.
struct Step {
    option: u16,
    price: f64,
    rest: f64,
    state: Vec<i32>,
    spot: Spot,
    hash: u64,
}

/// What couples people on a day.
struct Day<'p> {
    /// Blocks that end with it.
    blocks: Vec<(usize, &'p Block)>,
    rows: Vec<(usize, &'p DutyRow)>,
}

/// Whether everything that couples people belongs to one day, and the days have few enough combinations.
fn fits(model: &Model<'_>) -> bool {
    let problem = model.problem;
    let few = |d: usize| {
        let ways = problem.people.iter().map(|line| line.options[d].len());
        ways.fold(1usize, usize::saturating_mul) <= COMBINATIONS
    };
    let one_day = |block: &Block| match block {
        Block::HeadCount { .. } => true,
        Block::Day(day) => day.supplies.iter().all(|s| s.day == day.first_day),
    };
    problem.people.len() > 1 && (0..problem.days).all(few) && problem.blocks.iter().all(one_day)
}

/// The best rotas that a beam of some width finds at given prices, cheapest first; none for other than small teams.
pub(super) fn beam(
    model: &Model<'_>,
    evaluator: &Evaluator<'_, '_>,
    duals: &Duals,
    width: usize,
    stop: &StopCriterion,
) -> Vec<Vec<Column>> {
    if !fits(model) {
        return Vec::new();
    }
    let people = model.problem.people.len();
    let prices: Vec<LinePrices> = (0..people).map(|p| line_prices(model, p, duals, None)).collect();
    let completions: Vec<Completion<'_>> = model
        .machines
        .par_iter()
        .zip(&prices)
        .map(|(machine, prices)| match machine.dense().last() {
            Some(dense) => {
                let (tables, work) = Tables::new(dense, machine, prices);
                stop.charge(work);
                Completion::Dense(dense, tables)
            }
            None => Completion::plain(prices, machine),
        })
        .collect();
    let team = Team { model, evaluator, duals, prices, completions, days: days(model) };
    let mut layers: Vec<Vec<Node>> = vec![vec![team.start()]];
    for d in 0..model.problem.days {
        if stop.reached() {
            return Vec::new();
        }
        let nodes = &layers[d];
        let made: Vec<(Vec<Node>, u64)> = nodes
            .par_chunks(CHUNK)
            .enumerate()
            .map(|(i, chunk)| {
                let mut fresh = Vec::new();
                let mut work = 0;
                for (j, node) in chunk.iter().enumerate() {
                    work += team.extend(d, node, (i * CHUNK + j) as u32, &mut fresh);
                }
                (fresh, work)
            })
            .collect();
        stop.charge(made.iter().map(|m| m.1).sum::<u64>() * people as u64);
        let mut fresh: Vec<Node> = made.into_iter().flat_map(|m| m.0).collect();
        // Stable: equal promises stay in the order in which they were made, whatever the number of threads.
        fresh.sort_by(|a, b| a.promise.total_cmp(&b.promise));
        let mut known: FxHashSet<u64> = FxHashSet::default();
        fresh.retain(|node| known.len() < width && known.insert(node.key));
        if fresh.is_empty() {
            return Vec::new();
        }
        // Only the way back is needed of the nodes behind.
        for node in &mut layers[d] {
            (node.states, node.spots) = (Vec::new(), Vec::new());
        }
        layers.push(fresh);
    }
    team.finish(&layers)
}

/// Blocks and duty rows by day.
fn days<'p>(model: &Model<'p>) -> Vec<Day<'p>> {
    let problem = model.problem;
    let mut days: Vec<Day<'p>> =
        (0..problem.days).map(|_| Day { blocks: Vec::new(), rows: Vec::new() }).collect();
    let mut day_of: FxHashMap<u32, usize> = FxHashMap::default();
    for line in &problem.people {
        for (d, options) in line.options.iter().enumerate() {
            day_of.extend(options.iter().filter_map(|o| o.cell).map(|c| (c, d)));
        }
    }
    for (b, block) in problem.blocks.iter().enumerate() {
        let day = match block {
            Block::HeadCount { cell, .. } => day_of.get(cell).copied().unwrap_or(0),
            Block::Day(day) => day.first_day,
        };
        days[day].blocks.push((b, block));
    }
    for (r, row) in problem.duty_rows.iter().enumerate() {
        days[row.day].rows.push((r, row));
    }
    days
}

struct Team<'m, 'a> {
    model: &'m Model<'a>,
    evaluator: &'m Evaluator<'m, 'a>,
    duals: &'m Duals,
    prices: Vec<LinePrices>,
    completions: Vec<Completion<'m>>,
    days: Vec<Day<'a>>,
}

impl Team<'_, '_> {
    fn start(&self) -> Node {
        let states = self.model.machines.iter().flat_map(|m| m.start()).collect();
        let lines = self.model.problem.people.iter().zip(&self.completions);
        let spots = lines.map(|(line, completion)| completion.start(line)).collect();
        Node { price: 0.0, promise: 0.0, parent: 0, choice: Vec::new(), states, spots, key: 0 }
    }

    /// Adds what can come after a node; returns the work.
    fn extend(&self, d: usize, node: &Node, parent: u32, fresh: &mut Vec<Node>) -> u64 {
        let mut at = 0;
        let mut steps: Vec<Vec<Step>> = Vec::with_capacity(self.prices.len());
        for p in 0..self.prices.len() {
            let width = self.model.machines[p].width();
            let own = self.steps(d, p, &node.states[at..at + width], node.spots[p]);
            if own.is_empty() {
                return 1;
            }
            at += width;
            steps.push(own);
        }
        let mut chosen = vec![0; steps.len()];
        let mut work = 0;
        loop {
            work += 1;
            let all: Vec<&Step> = steps.iter().zip(&chosen).map(|(own, &i)| &own[i]).collect();
            if let Some(coupling) = self.coupling(d, &all) {
                let price = node.price + coupling + all.iter().map(|s| s.price).sum::<f64>();
                let hash =
                    |key: u64, s: &&Step| (key.rotate_left(9) ^ s.hash).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                fresh.push(Node {
                    price,
                    promise: price + all.iter().map(|s| s.rest).sum::<f64>(),
                    parent,
                    choice: all.iter().map(|s| s.option).collect(),
                    states: all.iter().flat_map(|s| s.state.iter().copied()).collect(),
                    spots: all.iter().map(|s| s.spot).collect(),
                    key: all.iter().fold(0, hash),
                });
            }
            let Some(p) = (0..steps.len()).find(|&p| chosen[p] + 1 < steps[p].len()) else { return work };
            chosen[..p].fill(0);
            chosen[p] += 1;
        }
    }

    /// What a person may do on a day, at the price of the line without the prices of what couples people.
    fn steps(&self, d: usize, p: usize, state: &[i32], spot: Spot) -> Vec<Step> {
        let (machine, prices) = (&self.model.machines[p], &self.prices[p]);
        let mut next = vec![0; state.len()];
        let mut steps = Vec::new();
        for (o, &own) in prices.option[d].iter().enumerate().filter(|x| x.1.is_finite()) {
            let Some(spot) = self.completions[p].step(machine.line, d, o, spot) else { continue };
            let rest = self.completions[p].at(machine.line, d + 1, spot);
            let Some((step, weekend)) = machine.step(d, o, state, &mut next) else { continue };
            if !rest.is_finite() {
                continue;
            }
            let coupled = self.shared(d, p, o as u16);
            let weekend = if weekend { prices.weekend } else { 0.0 };
            let back = if self.completions[p].gives_back() { 0 } else { machine.refundable(&next) };
            let hash = next.iter().fold(0u64, |key, &s| {
                (key.rotate_left(7) ^ u64::from(s as u32)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
            });
            steps.push(Step {
                option: o as u16,
                price: own + coupled + weekend + step as f64 / prices.scale,
                rest: rest - back as f64 / prices.scale,
                state: next.clone(),
                spot,
                hash,
            });
        }
        steps
    }

    /// Prices of the cell and the duty rows of an option, which the price of the line is short of.
    fn shared(&self, d: usize, p: usize, option: u16) -> f64 {
        let cell = self.model.problem.people[p].options[d][usize::from(option)].cell;
        let cell = cell.map_or(0.0, |c| self.duals.cell[c as usize]);
        let rows = self.model.duties[p].iter().filter(|x| x.0 == d && x.1 == option);
        cell + rows.map(|x| self.duals.duty[x.2 as usize]).sum::<f64>()
    }

    /// The true price of what couples people on a day; `None` when a hard row is missed.
    fn coupling(&self, d: usize, steps: &[&Step]) -> Option<f64> {
        let problem = self.model.problem;
        let mut price = 0;
        for (_, row) in &self.days[d].rows {
            let taken = |m: &&(u32, u16)| steps[m.0 as usize].option == m.1;
            let n = row.members.iter().filter(taken).count() as i64;
            let missed = (row.low - n).max(0) + if row.high == i64::MAX { 0 } else { (n - row.high).max(0) };
            match row.price {
                Some(p) => price += p * missed,
                None if missed > 0 => return None,
                None => {}
            }
        }
        let cell = |(p, step): (usize, &&Step)| problem.people[p].options[d][usize::from(step.option)].cell;
        let cells: Vec<u32> = steps.iter().enumerate().filter_map(cell).collect();
        let there = |c: u32| cells.iter().filter(|&&x| x == c).count() as i64;
        for &(b, block) in &self.days[d].blocks {
            price += match block {
                Block::HeadCount { cell, required, under, over } => {
                    let open = required - there(*cell);
                    if open > 0 { open * under } else { -open * over }
                }
                Block::Day(day) => {
                    self.evaluator.block(b, day.supplies.iter().map(|s| there(s.cell)).collect())
                }
            };
        }
        Some(price as f64 / self.model.scale)
    }

    /// The rotas of the last nodes.
    fn finish(&self, layers: &[Vec<Node>]) -> Vec<Vec<Column>> {
        let people = self.prices.len();
        let last = layers.len() - 1;
        let mut rotas = Vec::new();
        for i in 0..layers[last].len() {
            let mut choices = vec![vec![0; last]; people];
            let mut at = i;
            for d in (0..last).rev() {
                let node = &layers[d + 1][at];
                choices.iter_mut().zip(&node.choice).for_each(|(line, &o)| line[d] = o);
                at = node.parent as usize;
            }
            // Some rules are judged at the end alone.
            let lines = choices.iter().enumerate().map(|(p, choice)| self.model.column(p, choice));
            if let Some(rota) = lines.collect::<Option<Vec<Column>>>() {
                rotas.push(rota);
            }
            if rotas.len() == FINALISTS {
                break;
            }
        }
        rotas.sort_by_cached_key(|rota| self.evaluator.score(&rota.iter().collect::<Vec<_>>()));
        rotas.truncate(WINNERS);
        rotas
    }
}
