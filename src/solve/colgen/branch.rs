//! Branch and price on cells (person, day, option): proves optimality where a small gap is left.
//!
//! Depth first, most fractional cell first. A node is cut off when its Lagrangian bound, rounded up to the next
//! integer, reaches the incumbent. A node whose solution is integral is priced exactly; it is only closed when
//! that price meets its bound or every cell is fixed (the day programs are relaxations, so an integral master
//! alone proves nothing).

use super::bound::safe_ceil;
use super::days::Days;
use super::evaluate::{Evaluator, Score};
use super::generate::{Effort, generate};
use super::master::{Cut, Mask, Master};
use super::model::Column;
use crate::base::stop::StopCriterion;
use crate::intraday::program::Depth;

/// Result of the search.
pub(super) struct Branched {
    /// Lower bound proven for the whole tree.
    pub bound: i64,
}

struct Node {
    masks: Vec<Mask>,
    bound: i64,
}

/// Searches below the root masks. `incumbent` is improved in place. `nodes` limits the tree.
pub(super) fn branch(
    master: &mut Master<'_, '_>,
    days: &mut Days,
    cuts: &mut Vec<Cut>,
    evaluator: &Evaluator<'_, '_>,
    root_bound: i64,
    incumbent: &mut Option<(Score, Vec<Column>)>,
    nodes: usize,
    stop: &StopCriterion,
) -> Branched {
    let problem = master.model.problem;
    let root: Vec<Mask> = master.people.iter().map(|&p| Mask::all(&problem.people[p].options)).collect();
    let mut open = vec![Node { masks: root, bound: root_bound }];
    let mut visited = 0;
    let cutoff = |incumbent: &Option<(Score, Vec<Column>)>| match incumbent {
        Some((s, _)) if s.broken == 0 => s.price,
        _ => i64::MAX,
    };
    while let Some(node) = open.pop() {
        if node.bound >= cutoff(incumbent) {
            continue;
        }
        if stop.reached() || visited >= nodes {
            let rest = open.iter().map(|n| n.bound).fold(node.bound, i64::min);
            return Branched { bound: rest.min(cutoff(incumbent)).max(root_bound) };
        }
        visited += 1;
        master.masks.clone_from(&node.masks);
        master.apply_masks();
        let effort = Effort {
            rounds: 60,
            gap: 1e-9,
            depth: Depth { handovers: 80, operations: 300_000 },
            ..Effort::default()
        };
        let result = generate(master, days, cuts, effort, stop);
        if !result.stuck.is_empty() {
            continue;
        }
        let bound = result.bound.map_or(node.bound, |b| safe_ceil(b).max(node.bound));
        if result.converged && result.unassigned > 1e-6 {
            // Somebody's lines all cost more than being without one: cannot happen below the price of that.
            continue;
        }
        if bound >= cutoff(incumbent) {
            continue;
        }
        let weights = master.weights();
        let mut lines: Vec<Option<usize>> = vec![None; master.people.len()];
        let mut best: Vec<f64> = vec![0.0; master.people.len()];
        for &(c, v) in &weights {
            let slot = master.slot(master.columns[c].person);
            if v > best[slot] {
                best[slot] = v;
                lines[slot] = Some(c);
            }
        }
        if lines.iter().all(Option::is_some) {
            let rota: Vec<Column> = lines.iter().flatten().map(|&c| master.columns[c].clone()).collect();
            let score = evaluator.score(&rota.iter().collect::<Vec<_>>());
            if incumbent.as_ref().is_none_or(|(s, _)| score < *s) {
                *incumbent = Some((score, rota));
            }
        }
        if bound >= cutoff(incumbent) {
            continue;
        }
        let Some((slot, day)) = branching_cell(master, &weights) else { continue };
        // One child an option, the likeliest on top of the stack.
        let options = &problem.people[master.people[slot]].options[day];
        let mut children: Vec<(f64, usize)> = (0..options.len())
            .filter(|&o| master.masks[slot].allows(day, o))
            .map(|o| {
                let mass = weights
                    .iter()
                    .filter(|&&(c, _)| {
                        let column = &master.columns[c];
                        master.slot(column.person) == slot && usize::from(column.choice[day]) == o
                    })
                    .map(|w| w.1)
                    .sum();
                (mass, o)
            })
            .collect();
        children.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        for (_, o) in children {
            let mut masks = node.masks.clone();
            masks[slot].fix(day, o);
            open.push(Node { masks, bound });
        }
    }
    Branched { bound: cutoff(incumbent).max(root_bound) }
}

/// The open cell whose most likely option is least certain, the earliest of equals: a day that is fixed for
/// everybody has its true price. `None` when everything is fixed.
fn branching_cell(master: &Master<'_, '_>, weights: &[(usize, f64)]) -> Option<(usize, usize)> {
    let problem = master.model.problem;
    let mut mass: Vec<Vec<Vec<f64>>> = master
        .people
        .iter()
        .map(|&p| problem.people[p].options.iter().map(|o| vec![0.0; o.len()]).collect())
        .collect();
    for &(c, v) in weights {
        let column = &master.columns[c];
        let own = &mut mass[master.slot(column.person)];
        column.choice.iter().zip(own).for_each(|(&o, day)| day[usize::from(o)] += v);
    }
    let mut best: Option<(f64, usize, usize)> = None;
    for d in 0..problem.days {
        for (slot, own) in mass.iter().enumerate() {
            if master.masks[slot].fixed(d) || own[d].len() < 2 {
                continue;
            }
            let top = own[d].iter().copied().fold(0.0, f64::max);
            if best.is_none_or(|b| top < b.0 - 1e-9) {
                best = Some((top, slot, d));
            }
        }
    }
    best.map(|b| (b.1, b.2))
}
