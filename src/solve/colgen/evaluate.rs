//! The true price of a rota: lines, duty rows, fairness, and every day solved in integers.

use super::model::{Column, Model};
use crate::intraday::{self, Carry};
use crate::problem::Block;
use rustc_hash::FxHashMap;
use std::sync::Mutex;

/// Broken hard duty rows first, then the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Score {
    /// People missing or spare in hard duty rows.
    pub broken: i64,
    /// Sum of all penalties.
    pub price: i64,
}

type Key = (usize, Box<[i64]>, Carry);

/// Prices rotas; days met before are looked up.
pub(super) struct Evaluator<'m, 'a> {
    model: &'m Model<'a>,
    blocks: Vec<Option<intraday::Evaluator<'a>>>,
    days: Mutex<FxHashMap<Key, (i64, Carry)>>,
}

/// Days remembered before the table is emptied.
const MEMORY: usize = 400_000;

impl<'m, 'a> Evaluator<'m, 'a> {
    pub(super) fn new(model: &'m Model<'a>) -> Self {
        let prepare = |block: &'a Block| match block {
            Block::Day(day) => Some(intraday::Evaluator::new(day)),
            Block::HeadCount { .. } => None,
        };
        let blocks = model.problem.blocks.iter().map(prepare).collect();
        Self { model, blocks, days: Mutex::default() }
    }

    /// Price of one line for everybody, given by `columns` in any order.
    pub(super) fn score(&self, columns: &[&Column]) -> Score {
        let problem = self.model.problem;
        let mut counts = vec![0i64; problem.cells];
        let mut duty = vec![0.0; problem.duty_rows.len()];
        let mut price = problem.constant;
        for column in columns {
            price += column.cost;
            for &c in &column.cells {
                counts[c as usize] += 1;
            }
            for &(r, n) in &column.duties {
                duty[r as usize] += n;
            }
        }
        let mut broken = 0;
        for (row, n) in problem.duty_rows.iter().zip(duty) {
            let n = n as i64;
            let missed = (row.low - n).max(0) + if row.high == i64::MAX { 0 } else { (n - row.high).max(0) };
            match row.price {
                Some(p) => price += p * missed,
                None => broken += missed,
            }
        }
        Score { broken, price: price + self.fairness(columns) + self.blocks(&counts) }
    }

    fn fairness(&self, columns: &[&Column]) -> i64 {
        self.fairness_by_term(columns).iter().sum()
    }

    /// What each fairness term costs.
    pub(super) fn fairness_by_term(&self, columns: &[&Column]) -> Vec<i64> {
        let problem = self.model.problem;
        let mut ends: Vec<Option<(i64, i64)>> = vec![None; problem.fairness.len()];
        for column in columns {
            for (&(f, history), &(_, own)) in self.model.fair[column.person].iter().zip(&column.fair) {
                let count = problem.fairness[f as usize].count.whole(history + own);
                let end = &mut ends[f as usize];
                *end = Some(end.map_or((count, count), |(a, b)| (a.min(count), b.max(count))));
            }
        }
        let spread = |e: &Option<(i64, i64)>| e.map_or(0, |(a, b)| b - a);
        problem.fairness.iter().zip(&ends).map(|(t, e)| t.weight * spread(e)).collect()
    }

    fn blocks(&self, counts: &[i64]) -> i64 {
        let mut price = 0;
        let mut carry = Carry::default();
        for (b, block) in self.model.problem.blocks.iter().enumerate() {
            match block {
                Block::HeadCount { cell, required, under, over } => {
                    let open = required - counts[*cell as usize];
                    price += if open > 0 { open * under } else { -open * over };
                }
                Block::Day(day) => {
                    let n: Box<[i64]> = day.supplies.iter().map(|s| counts[s.cell as usize]).collect();
                    let (cost, out) = self.look_up((b, n, carry));
                    price += cost;
                    carry = out;
                }
            }
        }
        price
    }

    /// Price of a day for head counts by supply when no messages are left from before.
    pub(super) fn block(&self, block: usize, counts: Box<[i64]>) -> i64 {
        self.look_up((block, counts, Carry::default())).0
    }

    fn look_up(&self, key: Key) -> (i64, Carry) {
        let known = self.days.lock().expect("no panic while locked").get(&key).cloned();
        known.unwrap_or_else(|| {
            let evaluator = self.blocks[key.0].as_ref();
            let result = evaluator.map_or((0, Carry::default()), |e| e.cost(&key.1, &key.2));
            let mut table = self.days.lock().expect("no panic while locked");
            if table.len() > MEMORY {
                table.clear();
            }
            table.insert(key, result.clone());
            result
        })
    }
}
