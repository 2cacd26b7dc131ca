//! The least of a day's cost minus prices, over whole people: a best-first search over the day's program.
//!
//! Three kinds of decision, in this order:
//! * *handovers*: at an event all leavers are matched, or a set of them is short, whose unmatched are at most its
//!   leavers less its receivers: one row and one program a set;
//! * *head counts* are whole;
//! * *meals* are taken by whole people.
//!
//! Each decided program is a relaxation of what it stands for, so the least value among the open ones bounds the
//! day's true cost minus prices from below whenever the search ends.

use super::{BARRED, DayLp, PIVOTS};
use crate::lp::{LpStatus, Slopes};

/// Distance from a whole number below which a value counts as whole.
const WHOLE: f64 = 1e-5;

/// Effort of a search.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Depth {
    /// Programs solved while handovers are open.
    pub handovers: usize,
    /// Pivot operations (pivots × rows) after which whole people are no longer asked for; 0 never asks.
    pub operations: u64,
}

/// A decided part of the day.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) value: f64,
    low: Vec<f64>,
    high: Vec<f64>,
    /// `Some(0)`: all matched, `Some(k + 1)`: set k is short.
    handovers: Vec<Option<usize>>,
    /// Bounds of meals that were branched on.
    meals: Vec<(usize, f64, f64)>,
}

impl Node {
    /// Nothing decided but a box of head counts.
    pub(super) fn root(low: &[f64], high: &[f64], events: usize) -> Self {
        Self {
            value: f64::NEG_INFINITY,
            low: low.to_vec(),
            high: high.to_vec(),
            handovers: vec![None; events],
            meals: Vec::new(),
        }
    }
}

impl DayLp {
    /// A lower bound on min over whole n in the box of (true cost of n) − Σ prices·n, with the pivots spent.
    pub(crate) fn conjugate(
        &mut self,
        prices: &[f64],
        low: &[f64],
        high: &[f64],
        depth: Depth,
    ) -> (f64, u64) {
        let before = self.lp.pivots();
        let rows = self.lp.row_count() as u64;
        let mut open = vec![Node::root(low, high, self.events.len())];
        let mut closed = f64::INFINITY;
        let mut solved = 0;
        while let Some(i) = (0..open.len()).min_by(|&a, &b| open[a].value.total_cmp(&open[b].value)) {
            if open[i].value >= closed {
                break;
            }
            let node = open.swap_remove(i);
            let (value, certain) = self.solve_node(&node, prices);
            solved += 1;
            let value = if certain { value.max(node.value) } else { node.value };
            let spent = (self.lp.pivots() - before) * rows;
            let children = if certain { self.split(&node, depth, solved, spent) } else { Vec::new() };
            if children.is_empty() {
                closed = closed.min(value);
            }
            open.extend(children.into_iter().map(|child| Node { value, ..child }));
        }
        (closed - 1e-5, self.lp.pivots() - before)
    }

    /// Value of a node's program, and whether it was solved to the end.
    pub(super) fn solve_node(&mut self, node: &Node, prices: &[f64]) -> (f64, bool) {
        let mut constant = 0.0;
        for (s, &row) in self.supply_rows.iter().enumerate() {
            self.lp.set_rhs(row, node.high[s]);
            self.lp.set_row_slopes(row, Slopes::new(-BARRED, prices[s]));
            self.lp.set_rhs(self.low_rows[s], node.low[s]);
            constant -= prices[s] * node.high[s];
        }
        for (event, decided) in self.events.iter().zip(&node.handovers) {
            for group in &event.groups {
                let price = if *decided == Some(0) { group.price } else { 0.0 };
                self.lp.set_column_slopes(group.unmatched, Slopes::new(-BARRED, price));
            }
            for (k, set) in event.sets.iter().enumerate() {
                let below = if *decided == Some(k + 1) { -BARRED } else { 0.0 };
                self.lp.set_row_slopes(set.row, Slopes::new(below, 0.0));
            }
        }
        for m in 0..self.meals.len() {
            self.bound_meal(m, 0.0, self.meals[m].most);
        }
        for &(m, low, high) in &node.meals {
            self.bound_meal(m, low, high);
        }
        for (row, most) in self.readings.most(&node.low, &node.high) {
            self.lp.set_rhs(row, most);
        }
        let status = self.lp.solve(PIVOTS);
        (self.lp.objective() + constant, status == LpStatus::Optimal)
    }

    /// The parts of a node that was just solved; none when it is decided or the effort is used up.
    pub(super) fn split(&self, node: &Node, depth: Depth, solved: usize, spent: u64) -> Vec<Node> {
        let unmatched = |e: &usize| {
            node.handovers[*e].is_none()
                && self.events[*e].groups.iter().any(|g| g.price > 0.0 && self.lp.value(g.unmatched) > 1e-6)
        };
        if solved < depth.handovers
            && let Some(e) = (0..self.events.len()).find(unmatched)
        {
            return (0..=self.events[e].sets.len())
                .map(|choice| {
                    let mut child = node.clone();
                    child.handovers[e] = Some(choice);
                    child
                })
                .collect();
        }
        if spent >= depth.operations {
            return Vec::new();
        }
        let counts = (0..self.supply_rows.len()).map(|s| node.high[s] - self.lp.slack(self.supply_rows[s]));
        if let Some((s, n)) = least_whole(counts) {
            let (mut below, mut above) = (node.clone(), node.clone());
            below.high[s] = n.floor();
            above.low[s] = n.ceil();
            return vec![below, above];
        }
        let takers = self.meals.iter().map(|m| m.bounds.map_or(0.0, |_| self.lp.value(m.column)));
        let Some((m, n)) = least_whole(takers) else { return Vec::new() };
        let known = node.meals.iter().position(|x| x.0 == m);
        let bounds = known.map_or((m, 0.0, self.meals[m].most), |i| node.meals[i]);
        [(m, bounds.1, n.floor()), (m, n.ceil(), bounds.2)]
            .into_iter()
            .map(|bounds| {
                let mut child = node.clone();
                child.meals.retain(|x| x.0 != m);
                child.meals.push(bounds);
                child
            })
            .collect()
    }
}

/// The value farthest from a whole number, with its place; `None` when all are whole.
fn least_whole(values: impl Iterator<Item = f64>) -> Option<(usize, f64)> {
    values
        .enumerate()
        .map(|(i, v)| (i, v, (v - v.round()).abs()))
        .filter(|x| x.2 > WHOLE)
        .max_by(|a, b| a.2.total_cmp(&b.2).then(b.0.cmp(&a.0)))
        .map(|x| (x.0, x.1))
}
