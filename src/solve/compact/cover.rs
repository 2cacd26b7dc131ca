//! Cover in the compact program. The inside of a day is not convex (who receives a handover, who reads a message),
//! so all head counts that can occur are priced one by one, and the program picks a path through the blocks: one
//! unit flows from the first block to the last, over arcs that stand for head counts, between the messages that
//! one block leaves to the next.

use super::lines::Choice;
use crate::intraday::{Carry, Evaluator};
use crate::problem::{Block, Cell, DayProblem, RosterProblem};
use crate::solve::mip::Model;
use good_lp::Expression;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// More head counts than this in all: the case is too large for this program.
const MOST_ARCS: usize = 60_000;

/// Adds all blocks; `None` when there are too many head counts.
pub(super) fn add(model: &mut Model, problem: &RosterProblem, choices: &[Choice]) -> Option<()> {
    let heads = heads(problem, choices);
    let mut open: Vec<(Carry, Expression)> = vec![(Carry::default(), Expression::from(1.0))];
    let mut arcs = 0;
    for block in &problem.blocks {
        match block {
            Block::HeadCount { cell, required, under, over } => {
                head_count(model, heads[*cell as usize].clone(), *required, (*under, *over));
            }
            Block::Day(day) => {
                let counts = possible(problem, day, MOST_ARCS)?;
                arcs += counts.len() * open.len();
                if arcs > MOST_ARCS {
                    return None;
                }
                open = priced(model, day, &counts, open, &heads);
            }
        }
    }
    Some(())
}

/// Head counts by cell.
pub(super) fn heads(problem: &RosterProblem, choices: &[Choice]) -> Vec<Expression> {
    let mut heads: Vec<Expression> = vec![Expression::from(0.0); problem.cells];
    for (line, choice) in problem.people.iter().zip(choices) {
        for (list, variables) in line.options.iter().zip(choice) {
            for (option, &v) in list.iter().zip(variables) {
                if let Some(cell) = option.cell {
                    heads[cell as usize].add_mul(1.0, v);
                }
            }
        }
    }
    heads
}

/// A head count with its price below and above what is required.
pub(super) fn head_count(model: &mut Model, count: Expression, required: i64, (under, over): (i64, i64)) {
    let (below, above) = (model.amount(under), model.amount(over));
    model.at_least(count.clone() + below, required);
    model.at_most(count - above, required);
}

/// Arcs of one block from every open state, tied to its head counts.
fn priced(
    model: &mut Model,
    day: &DayProblem,
    counts: &BTreeSet<Vec<i64>>,
    open: Vec<(Carry, Expression)>,
    heads: &[Expression],
) -> Vec<(Carry, Expression)> {
    let evaluator = Evaluator::new(day);
    let mut sums: Vec<Expression> = vec![Expression::from(0.0); day.supplies.len()];
    let mut next: Vec<(Carry, Expression)> = Vec::new();
    for (carry, inflow) in open {
        let mut balance = inflow;
        for count in counts {
            let (cost, after) = evaluator.cost(count, &carry);
            let arc = model.binary(cost);
            balance.add_mul(-1.0, arc);
            for (sum, &n) in sums.iter_mut().zip(count) {
                if n != 0 {
                    sum.add_mul(n as f64, arc);
                }
            }
            match next.iter_mut().find(|(c, _)| *c == after) {
                Some((_, inflow)) => inflow.add_mul(1.0, arc),
                None => next.push((after, Expression::from(arc))),
            }
        }
        model.equal(balance, 0);
    }
    for (supply, sum) in day.supplies.iter().zip(sums) {
        model.equal(heads[supply.cell as usize].clone() - sum, 0);
    }
    next
}

/// All head counts (by supply) that some choice of everybody's options brings about.
fn possible(problem: &RosterProblem, day: &DayProblem, most: usize) -> Option<BTreeSet<Vec<i64>>> {
    let supply: FxHashMap<Cell, usize> = day.supplies.iter().enumerate().map(|(i, s)| (s.cell, i)).collect();
    let mut found = BTreeSet::from([vec![0; day.supplies.len()]]);
    for line in &problem.people {
        for list in &line.options {
            let mut places: Vec<Option<usize>> =
                list.iter().map(|o| o.cell.and_then(|c| supply.get(&c).copied())).collect();
            places.sort_unstable();
            places.dedup();
            if places == [None] {
                continue;
            }
            let mut next = BTreeSet::new();
            for count in &found {
                for place in &places {
                    let mut count = count.clone();
                    if let Some(i) = place {
                        count[*i] += 1;
                    }
                    next.insert(count);
                }
                if next.len() > most {
                    return None;
                }
            }
            found = next;
        }
    }
    Some(found)
}
