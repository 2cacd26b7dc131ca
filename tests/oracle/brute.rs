//! The optimum by trying everything: all lines of work of each person, combined with a bound that is made of exact
//! costs only. No linear program anywhere.

use paiban::intraday::{Carry, Evaluator};
use paiban::problem::{Block, RosterProblem, Schedule, line_cost, score};
use std::collections::HashMap;

/// The lines of work of each person with their costs, cheapest first; `None` when their product is above `most`.
pub(crate) fn lines_of(problem: &RosterProblem, most: u64) -> Option<Vec<Vec<(i64, Vec<u16>)>>> {
    let mut product: u64 = 1;
    let mut all = Vec::new();
    for (p, line) in problem.people.iter().enumerate() {
        let mut found = Vec::new();
        let tries: u64 = line.options.iter().fold(1, |n, list| n.saturating_mul(list.len() as u64));
        if tries > 300_000 {
            return None;
        }
        let mut choice = vec![0u16; line.options.len()];
        for mut n in 0..tries {
            for (c, list) in choice.iter_mut().zip(&line.options) {
                *c = (n % list.len() as u64) as u16;
                n /= list.len() as u64;
            }
            if let Ok(cost) = line_cost(p, line, &choice) {
                found.push((cost, choice.clone()));
            }
        }
        found.sort();
        product = product.saturating_mul(found.len() as u64);
        if product > most {
            return None;
        }
        all.push(found);
    }
    Some(all)
}

struct Search<'a> {
    problem: &'a RosterProblem,
    lines: &'a [Vec<(i64, Vec<u16>)>],
    /// Cheapest lines of the people from here on.
    rest: Vec<i64>,
    evaluators: Vec<Option<Evaluator<'a>>>,
    known: HashMap<(usize, Vec<i64>, Carry), (i64, Carry)>,
    counts: Vec<i64>,
    schedule: Schedule,
    best: Option<(i64, Schedule)>,
}

/// The cheapest schedule; `None` when there is none.
pub(crate) fn optimum(problem: &RosterProblem, lines: &[Vec<(i64, Vec<u16>)>]) -> Option<(i64, Schedule)> {
    let mut rest = vec![0; lines.len() + 1];
    for p in (0..lines.len()).rev() {
        rest[p] = rest[p + 1] + lines[p].first()?.0;
    }
    let evaluators = problem
        .blocks
        .iter()
        .map(|b| match b {
            Block::Day(day) => Some(Evaluator::new(day)),
            Block::HeadCount { .. } => None,
        })
        .collect();
    let mut search = Search {
        problem,
        lines,
        rest,
        evaluators,
        known: HashMap::new(),
        counts: vec![0; problem.cells],
        schedule: Schedule::default(),
        best: None,
    };
    search.descend(0, problem.constant);
    search.best
}

impl Search<'_> {
    fn descend(&mut self, p: usize, cost: i64) {
        // Duty rows, fairness and cover can only add to the lines.
        if self.best.as_ref().is_some_and(|(best, _)| cost + self.rest[p] >= *best) {
            return;
        }
        if p == self.lines.len() {
            self.leaf();
            return;
        }
        let lines = self.lines;
        for (own, choice) in &lines[p] {
            if self.best.as_ref().is_some_and(|(best, _)| cost + own + self.rest[p + 1] >= *best) {
                break;
            }
            self.count(p, choice, 1);
            self.schedule.choice.push(choice.clone());
            self.descend(p + 1, cost + own);
            self.schedule.choice.pop();
            self.count(p, choice, -1);
        }
    }
    fn count(&mut self, p: usize, choice: &[u16], by: i64) {
        for (options, &o) in self.problem.people[p].options.iter().zip(choice) {
            if let Some(cell) = options[usize::from(o)].cell {
                self.counts[cell as usize] += by;
            }
        }
    }
    fn leaf(&mut self) {
        let Ok(lines) = score(self.problem, &self.schedule) else { return };
        let mut total = lines.total();
        let mut carry = Carry::default();
        for (b, block) in self.problem.blocks.iter().enumerate() {
            let (Block::Day(day), Some(evaluator)) = (block, &self.evaluators[b]) else { continue };
            let own: Vec<i64> = day.supplies.iter().map(|s| self.counts[s.cell as usize]).collect();
            let (cost, after) = self
                .known
                .entry((b, own, carry))
                .or_insert_with_key(|(_, own, carry)| evaluator.cost(own, carry))
                .clone();
            total += cost;
            carry = after;
            if self.best.as_ref().is_some_and(|(best, _)| total >= *best) {
                return;
            }
        }
        self.best = Some((total, self.schedule.clone()));
    }
}
