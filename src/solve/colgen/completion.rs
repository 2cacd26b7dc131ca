//! Lower bounds on the price of the rest of a line: the exact best continuation with respect to one automaton
//! and one running sum at a time, by backward dynamic programming over dense tables.

use super::line::{LineMachine, checkpoint_price};
use super::pricing::LinePrices;
use crate::problem::FORBIDDEN;

/// Work (table entries × transitions) up to which a pair of automaton and sum gets a table.
const TABLE_WORK: usize = 400_000;

/// The tables of one pricing.
pub(super) struct CompletionBound {
    /// Without any rule.
    plain: Vec<f64>,
    tables: Vec<Table>,
}

struct Table {
    automaton: Option<usize>,
    sum: Option<Sum>,
    states: usize,
    /// `[(day × states + state) × levels + level]`.
    best: Vec<f64>,
}

/// How the value of a running sum becomes a level.
#[derive(Clone, Copy)]
struct Sum {
    resource: usize,
    unit: i32,
    levels: usize,
    negated: bool,
}

impl Sum {
    /// The level of a stored value, rounded towards the better side.
    fn level(self, stored: i32) -> usize {
        let level = if self.negated { (-stored + self.unit - 1) / self.unit } else { stored / self.unit };
        (level.max(0) as usize).min(self.levels - 1)
    }
}

impl CompletionBound {
    pub(super) fn new(machine: &LineMachine<'_>, prices: &LinePrices) -> Self {
        let line = machine.line;
        let days = line.options.len();
        let mut plain = vec![0.0; days + 1];
        for d in (0..days).rev() {
            let least = prices.option[d].iter().copied().fold(f64::INFINITY, f64::min);
            plain[d] = plain[d + 1] + least + spare(machine, prices, d);
        }
        let mut tables = Vec::new();
        let sums: Vec<Sum> = (0..line.resources.len()).filter_map(|r| sum_of(machine, r)).collect();
        for a in 0..line.automata.len() {
            let states = line.automata[a].finish.len();
            let mut paired = false;
            for &sum in &sums {
                if days * states * sum.levels * line.automata[a].symbols <= TABLE_WORK {
                    tables.push(Table::new(machine, prices, Some(a), Some(sum)));
                    paired = true;
                }
            }
            if !paired {
                tables.push(Table::new(machine, prices, Some(a), None));
            }
        }
        if line.automata.is_empty() {
            tables.extend(sums.iter().map(|&sum| Table::new(machine, prices, None, Some(sum))));
        }
        Self { plain, tables }
    }

    /// Lower bound on the price of days `d..` from a state before day `d`.
    pub(super) fn at(&self, d: usize, state: &[i32], automata: usize) -> f64 {
        let mut bound = self.plain[d];
        for table in &self.tables {
            let s = table.automaton.map_or(0, |a| state[a] as usize);
            let (level, levels) =
                table.sum.map_or((0, 1), |sum| (sum.level(state[automata + sum.resource]), sum.levels));
            bound = bound.max(table.best[(d * table.states + s) * levels + level]);
        }
        bound
    }
}

/// A weekend's price may fall on either of its days.
fn spare(machine: &LineMachine<'_>, prices: &LinePrices, d: usize) -> f64 {
    if machine.line.weekend[d] > 0 { prices.weekend.min(0.0) } else { 0.0 }
}

/// The levels of a running sum with limits of one kind only; `None` when it has none or too many levels.
fn sum_of(machine: &LineMachine<'_>, r: usize) -> Option<Sum> {
    let resource = &machine.line.resources[r];
    let low = resource.checkpoints.iter().filter_map(|c| c.low.max(c.soft_low.map(|s| s.0))).max();
    let high = resource.checkpoints.iter().filter_map(|c| c.high.max(c.soft_high.map(|s| s.0))).max();
    let negated = match (low, high) {
        (Some(_), None) => true,
        (None, Some(_)) => false,
        _ => return None,
    };
    let amounts = machine.line.options.iter().flatten().map(|o| o.amounts[r]);
    let unit = amounts.fold(0, gcd).max(1);
    let top = low.or(high).unwrap_or(0).max(resource.start);
    let soft = resource.checkpoints.iter().any(|c| c.soft_high.is_some());
    // Above a soft limit every further unit counts: leave room for all of them.
    let room = if soft { machine.line.options.len() as i32 * unit } else { unit };
    let levels = ((top + room) / unit + 2) as usize;
    (levels <= 400).then_some(Sum { resource: r, unit, levels, negated })
}

fn gcd(a: i32, b: i32) -> i32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Table {
    fn new(machine: &LineMachine<'_>, prices: &LinePrices, a: Option<usize>, sum: Option<Sum>) -> Self {
        let line = machine.line;
        let days = line.options.len();
        let automaton = a.map(|a| &line.automata[a]);
        let states = automaton.map_or(1, |x| x.finish.len());
        let levels = sum.map_or(1, |s| s.levels);
        let mut best = vec![f64::INFINITY; (days + 1) * states * levels];
        for s in 0..states {
            let price = automaton.map_or(Some(0), |x| x.finish[s]);
            let end = &mut best[(days * states + s) * levels..(days * states + s + 1) * levels];
            end.fill(price.map_or(f64::INFINITY, |p| p as f64 / prices.scale));
        }
        let mut moves: Vec<(u8, i32, f64)> = Vec::new();
        for d in (0..days).rev() {
            moves.clear();
            for (o, option) in line.options[d].iter().enumerate() {
                let price = prices.option[d][o];
                if price == f64::INFINITY {
                    continue;
                }
                let symbol = a.map_or(0, |a| option.symbols[a]);
                // Whether a Sunday is counted depends on its Saturday: the bound leaves it out.
                let amount = sum.map_or(0, |s| {
                    let once = line.resources[s.resource].weekend && line.weekend[d] == 2;
                    if once { 0 } else { option.amounts[s.resource] }
                });
                match moves.iter_mut().find(|m| m.0 == symbol && m.1 == amount) {
                    Some(m) => m.2 = m.2.min(price),
                    None => moves.push((symbol, amount, price)),
                }
            }
            let checkpoint =
                sum.and_then(|s| line.resources[s.resource].checkpoints.iter().find(|c| c.day == d));
            let rest = spare(machine, prices, d);
            let (now, later) = best.split_at_mut((d + 1) * states * levels);
            let now = &mut now[d * states * levels..];
            for s in 0..states {
                for &(symbol, amount, price) in &moves {
                    let (to, step) = match automaton {
                        Some(x) => {
                            let at = s * x.symbols + usize::from(symbol);
                            (x.next[at], x.cost[at] as f64 / prices.scale)
                        }
                        None => (0, 0.0),
                    };
                    if to == FORBIDDEN {
                        continue;
                    }
                    let target = &later[usize::from(to) * levels..(usize::from(to) + 1) * levels];
                    let row = &mut now[s * levels..(s + 1) * levels];
                    let price = price + step + rest;
                    let Some(sum) = sum else {
                        row[0] = row[0].min(price + target[0]);
                        continue;
                    };
                    let jump = (amount / sum.unit) as usize;
                    for (level, cell) in row.iter_mut().enumerate() {
                        let reached = (level + jump).min(levels - 1);
                        let mut total = price;
                        let mut next = reached;
                        if let Some(c) = checkpoint {
                            match checkpoint_price(c, reached as i32 * sum.unit) {
                                Some(p) => total += p as f64 / prices.scale,
                                // The last level of a sum with a lower limit stands for all above it.
                                None => continue,
                            }
                            if c.reset {
                                next = 0;
                            }
                        }
                        let value = total + target[next];
                        if value < *cell {
                            *cell = value;
                        }
                    }
                }
            }
        }
        Self { automaton: a, sum, states, best }
    }
}
