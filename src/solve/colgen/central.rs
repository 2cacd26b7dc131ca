//! Masters solved by the interior point method: where head counts alone couple people, and while prices of the middle will do.

use super::master::{Master, UNASSIGNED};
use crate::base::stop::StopCriterion;
use crate::lp::{Interior, Slopes};
use crate::problem::Block;
use std::cmp::Ordering;

/// Rows beyond which a factorisation is dearer than what it saves.
const MOST: usize = 1500;

/// Rows from which those that can vary no more are left out. Below, a factorisation is cheap, and dives end a little lower
/// with them: Instance7 at 1056 on three of three seeds, without at 1057 or 1058 on one or two of them.
const SETTLED: usize = 600;

/// A solution by the interior point method.
#[derive(Clone)]
pub(super) struct Middle {
    /// Objective in true prices, without the fixed people's lines.
    pub(super) objective: f64,
    /// Weights of columns, by column of the master; 0 for those that a mask forbids.
    pub(super) weights: Vec<f64>,
    /// Prices of cells and of the free people's convexity rows, in scaled units.
    pub(super) cell: Vec<f64>,
    pub(super) convexity: Vec<f64>,
    /// Weight of people without a line.
    pub(super) unassigned: f64,
}

/// Whether everybody is free, and head counts alone couple them, few enough of these.
pub(super) fn suits(master: &Master<'_, '_>) -> bool {
    let problem = master.model.problem;
    let counts = problem.blocks.iter().all(|b| matches!(b, Block::HeadCount { .. }));
    let alone = problem.duty_rows.is_empty() && problem.fairness.is_empty() && master.aims.is_none();
    counts && alone && problem.blocks.len() <= MOST && master.whole()
}

/// Course of column generation from the inside.
pub(super) struct Inside {
    /// Best bound met, valid under the masks.
    pub(super) bound: f64,
    /// How far it is from the objective, as a share of that.
    apart: f64,
}

impl Default for Inside {
    fn default() -> Self {
        Self { bound: f64::NEG_INFINITY, apart: 0.3 }
    }
}

impl Inside {
    /// How exact the next solution has to be, as a share of the objective: rough prices do while lines are missing.
    pub(super) fn gap(&self) -> f64 {
        (0.1 * self.apart).clamp(1e-5, 0.02)
    }

    /// Takes notice of an objective and of the bound that its prices give.
    pub(super) fn see(&mut self, objective: f64, bound: f64) {
        self.bound = self.bound.max(bound);
        self.apart = (objective - self.bound) / objective.abs().max(1.0);
    }

    /// Whether the objective is as low as it gets, to a share `gap` or what is no price.
    pub(super) fn closed(&self, objective: f64, gap: f64) -> bool {
        objective - self.bound <= 0.2 + gap.max(1e-4) * objective.abs()
    }
}

impl Master<'_, '_> {
    /// Solves the linear program from its inside until its objective is known to a share `gap`; returns the objective in
    /// true prices, without the fixed people's lines. Weights and prices are those of this solution until the simplex is run.
    pub(super) fn solve_inside(&mut self, gap: f64, stop: &StopCriterion) -> f64 {
        let problem = self.model.problem;
        let varying = if problem.blocks.len() < SETTLED { vec![true; problem.cells] } else { self.varying() };
        self.solve_over(&varying, gap, stop)
    }

    /// The same with rows for the given cells alone; the others must not vary.
    pub(super) fn solve_over(&mut self, varying: &[bool], gap: f64, stop: &StopCriterion) -> f64 {
        let problem = self.model.problem;
        let scale = self.model.scale;
        let mut lp = Interior::default();
        let (open, settled) = self.settled(varying);
        let mut row_of = vec![u32::MAX; problem.cells];
        let mut row_cell = Vec::new();
        let mut still_prices = vec![0.0; problem.cells];
        for block in &problem.blocks {
            let Block::HeadCount { cell, required, under, over } = *block else { continue };
            let c = cell as usize;
            let (under, over) = (under as f64 / scale, over as f64 / scale);
            let lack = required as f64 - settled[c];
            if !varying[c] {
                lp.add_constant((under * lack).max(-over * lack));
                // Any price between the slopes would do where nothing is missing.
                still_prices[c] = match lack.total_cmp(&0.0) {
                    Ordering::Greater => under,
                    Ordering::Less => -over,
                    Ordering::Equal => 0.0,
                };
            } else if under + over > 0.0 {
                row_of[c] = row_cell.len() as u32;
                row_cell.push(cell);
                lp.add_row(lack, Slopes::new(-over, under));
            }
        }
        let mut group_of = vec![usize::MAX; self.people.len()];
        let mut unassigned = 0.0;
        for (slot, open) in open.iter().enumerate() {
            if *open {
                group_of[slot] = lp.add_group(self.stands_for[slot]);
            } else {
                unassigned += self.stands_for[slot];
            }
        }
        let mut line_of = Vec::new();
        for (i, column) in self.columns.iter().enumerate().filter(|(i, _)| self.allowed[*i]) {
            let slot = self.slot_of[column.person];
            let rows = column.cells.iter().map(|&c| row_of[c as usize]).filter(|&r| r != u32::MAX);
            let mut rows: Vec<u32> = rows.collect();
            rows.sort_unstable();
            lp.add_column(group_of[slot], self.line_price(i), rows.into());
            line_of.push(i);
        }
        let before = self.middle.take().map(|m| {
            let old: Vec<f64> = line_of.iter().map(|&i| m.weights.get(i).copied().unwrap_or(0.0)).collect();
            let y: Vec<f64> = row_cell.iter().map(|&c| m.cell[c as usize]).collect();
            (old, y)
        });
        let start = before.as_ref().map(|(x, y)| (&x[..], &y[..]));
        let found = lp.solve(start, gap, &|| stop.out_of_time());
        // A factorisation counts as the pivots that take as long.
        stop.charge(found.iterations * (2 * row_cell.len() as u64 + 100));
        let objective = (found.primal + unassigned * UNASSIGNED) * scale;
        let mut middle = Middle {
            objective,
            weights: vec![0.0; self.columns.len()],
            cell: still_prices,
            convexity: vec![0.0; self.people.len()],
            unassigned,
        };
        line_of.iter().zip(&found.x).for_each(|(&i, x)| middle.weights[i] = *x);
        row_cell.iter().zip(&found.y).for_each(|(&c, y)| middle.cell[c as usize] = *y);
        for (slot, &g) in group_of.iter().enumerate().filter(|g| *g.1 != usize::MAX) {
            middle.convexity[slot] = found.v[g];
        }
        self.middle = Some(middle);
        objective
    }

    /// Who has a line, and how many people are in each cell that does not vary.
    fn settled(&self, varying: &[bool]) -> (Vec<bool>, Vec<f64>) {
        let mut open = vec![false; self.people.len()];
        let mut settled = self.base.clone();
        for (column, _) in self.columns.iter().zip(&self.allowed).filter(|c| *c.1) {
            let slot = self.slot_of[column.person];
            if !std::mem::replace(&mut open[slot], true) {
                let cells = column.cells.iter().map(|&c| c as usize).filter(|&c| !varying[c]);
                cells.for_each(|c| settled[c] += self.stands_for[slot]);
            }
        }
        (open, settled)
    }

    /// Cells in which the masks leave more than one number of people: the others need no row.
    pub(super) fn varying(&self) -> Vec<bool> {
        let mut varying = vec![false; self.model.problem.cells];
        for (mask, &p) in self.masks.iter().zip(&self.people) {
            for (d, options) in self.model.problem.people[p].options.iter().enumerate() {
                if !mask.fixed(d) {
                    let left = options.iter().enumerate().filter(|(o, _)| mask.allows(d, *o));
                    left.filter_map(|(_, option)| option.cell).for_each(|c| varying[c as usize] = true);
                }
            }
        }
        varying
    }
}
