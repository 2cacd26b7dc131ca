//! Meals of whole people for given head counts: best-first over the day's program.

use super::conjugate::{Depth, Node};
use super::{DayLp, Meal};

/// Programs solved while handovers are open, and pivot operations (pivots × rows) after which the best meals so
/// far are rounded.
const DEPTH: Depth = Depth { handovers: 40, operations: 2_000_000 };

impl DayLp {
    /// For head counts by supply how many people take each meal, by supply and choice; empty for supplies without
    /// a choice. The cheapest there are as far as the program sees the day, which leaves out what only the order of
    /// time decides; the rounded ones of the last program where the search takes too long. `None` when no meals
    /// cost less than `below`. A function of the arguments and of the program as it stands.
    pub(in crate::intraday) fn whole_meals(&mut self, counts: &[i64], below: i64) -> Option<Vec<Vec<i64>>> {
        let heads: Vec<f64> = counts.iter().map(|&n| n as f64).collect();
        let prices = vec![0.0; heads.len()];
        let before = self.lp.pivots();
        let rows = self.lp.row_count() as u64;
        let mut open = vec![Node::root(&heads, &heads, self.events.len())];
        let mut solved = 0;
        let mut last = None;
        while let Some(i) = (0..open.len()).min_by(|&a, &b| open[a].value.total_cmp(&open[b].value)) {
            let node = open.swap_remove(i);
            // Prices are whole.
            if node.value > below as f64 - 1.0 + 1e-3 {
                break;
            }
            let (value, certain) = self.solve_node(&node, &prices);
            solved += 1;
            if !certain {
                break;
            }
            if value > below as f64 - 1.0 + 1e-3 {
                continue;
            }
            last = Some(self.rounded(counts));
            let children = self.split(&node, DEPTH, solved, (self.lp.pivots() - before) * rows);
            if children.is_empty() {
                break;
            }
            for mut child in children {
                child.value = value;
                open.push(child);
            }
        }
        last
    }

    /// The meals of the current solution, the largest remainders rounded up.
    fn rounded(&self, counts: &[i64]) -> Vec<Vec<i64>> {
        let mut rounded = Vec::with_capacity(counts.len());
        for (s, &people) in counts.iter().enumerate() {
            let own: Vec<&Meal> = self.meals.iter().filter(|m| m.supply == s).collect();
            let shares: Vec<f64> = own.iter().map(|m| self.lp.value(m.column).max(0.0)).collect();
            let mut whole: Vec<i64> = shares.iter().map(|v| (v + 1e-6).floor() as i64).collect();
            let mut order: Vec<usize> = (0..own.len()).collect();
            let rest = |i: usize| shares[i] - (shares[i] + 1e-6).floor();
            order.sort_by(|&a, &b| rest(b).total_cmp(&rest(a)).then(a.cmp(&b)));
            let missing = people - whole.iter().sum::<i64>();
            for &i in order.iter().cycle().take(missing.max(0) as usize) {
                whole[i] += 1;
            }
            rounded.push(whole);
        }
        rounded
    }
}
