//! Masters solved by the interior point method: where everybody is free, few enough rows couple people, and while prices of the
//! middle will do.

use super::master::{Cut, HARD_ROW, Master, UNASSIGNED, rounding};
use super::model::Column;
use crate::base::stop::StopCriterion;
use crate::lp::{Interior, Near, Shares, Slopes};
use crate::problem::{Block, RosterProblem};
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
    /// Prices of duty rows, in scaled units.
    pub(super) duty: Vec<f64>,
    /// By block the estimate of a day's cost, in true prices; 0 for head counts.
    pub(super) theta: Vec<f64>,
    /// By day block the shares of its cuts: nothing, then the master's cuts of the block in their order.
    shares: Vec<Vec<f64>>,
    /// Prices of the rows without cuts, as the program had them.
    rows: Vec<f64>,
    /// By fairness term what the program says of it, in scaled units; empty where nothing couples people by them.
    spreads: Vec<Shares>,
    /// By fairness term the prices, as in [`Duals::fair`].
    pub(super) fair: Vec<Vec<(usize, f64, f64)>>,
    /// What the prices prove, as far as lines that nobody knows yet do not change it; in true prices.
    pub(super) dual: f64,
    /// Weight of people without a line.
    pub(super) unassigned: f64,
}

/// Whether everybody is free, and few enough rows couple them.
pub(super) fn suits(master: &Master<'_, '_>) -> bool {
    fits(master.model.problem) && master.whole()
}

/// Whether there are few enough rows.
pub(super) fn fits(problem: &RosterProblem) -> bool {
    problem.cells + problem.duty_rows.len() <= MOST
}

/// The fairness terms in a program.
struct Compared {
    people: Vec<usize>,
    /// By term the slots of its members, and its place among the terms of each.
    terms: Vec<Vec<(usize, usize)>>,
    /// By slot the counts of the first line, which all lines are told beyond.
    first: Vec<Vec<f64>>,
}

impl Compared {
    /// What a line adds to the counts of its person.
    fn counts(&self, slot: usize, column: &Column) -> Box<[f64]> {
        let own = column.fair.iter().zip(&self.first[slot]);
        own.filter(|(f, _)| !self.terms[f.0 as usize].is_empty()).map(|(f, first)| f.1 - first).collect()
    }

    /// By term its members' prices, as in [`Duals::fair`].
    fn prices(&self, spreads: &[Shares]) -> Vec<Vec<(usize, f64, f64)>> {
        let mut spreads = spreads.iter();
        let of = |members: &Vec<(usize, usize)>| {
            let shares = if members.is_empty() { None } else { spreads.next() };
            let prices = shares.into_iter().flat_map(|s| s.high.iter().zip(&s.low));
            members.iter().zip(prices).map(|(m, (high, low))| (self.people[m.0], -high, *low)).collect()
        };
        self.terms.iter().map(of).collect()
    }
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
        let counts = problem.blocks.iter().all(|b| matches!(b, Block::HeadCount { .. }));
        let leave_out = counts && problem.blocks.len() >= SETTLED;
        let varying = if leave_out { self.varying() } else { vec![true; problem.cells] };
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
        let duty_of = self.add_duty_rows(&mut lp);
        let plain = row_cell.len() + duty_of.len();
        self.add_days(&mut lp, &mut row_of);
        let mut group_of = vec![usize::MAX; self.people.len()];
        let mut unassigned = 0.0;
        for (slot, open) in open.iter().enumerate() {
            if *open {
                group_of[slot] = lp.add_group(self.stands_for[slot]);
            } else {
                unassigned += self.stands_for[slot];
            }
        }
        let compared = self.add_spreads(&mut lp, &group_of);
        let mut line_of = Vec::new();
        for (i, column) in self.columns.iter().enumerate().filter(|(i, _)| self.allowed[*i]) {
            let slot = self.slot_of[column.person];
            let rows = column.cells.iter().map(|&c| row_of[c as usize]).filter(|&r| r != u32::MAX);
            let mut rows: Vec<u32> = rows.collect();
            for &(r, n) in &column.duties {
                debug_assert!(n == 1.0, "a duty row is one of a day");
                rows.extend(duty_of.iter().filter(|d| d.1 == r as usize).map(|d| d.0));
            }
            rows.sort_unstable();
            let counts = compared.as_ref().map_or(Box::default(), |c| c.counts(slot, column));
            lp.add_column(group_of[slot], self.line_price(i), rows.into(), counts);
            line_of.push(i);
        }
        let last = self.middle.take();
        let before = last.as_ref().map(|m| {
            let old: Vec<f64> = line_of.iter().map(|&i| m.weights.get(i).copied().unwrap_or(0.0)).collect();
            let y: Vec<f64> = row_cell.iter().map(|&c| m.cell[c as usize]).collect();
            let y = if m.rows.len() == plain { m.rows.clone() } else { y };
            (old, y, &m.shares, &m.spreads)
        });
        let start = before.as_ref().map(|(x, y, shares, spreads)| Near { x, y, shares, spreads });
        let found = lp.solve(start, gap, &|| stop.out_of_time());
        // A factorisation counts as the pivots that take as long.
        stop.charge(found.iterations * (2 * found.y.len() as u64 + 100));
        let objective = (found.primal + unassigned * UNASSIGNED) * scale;
        let old = last.filter(|m| m.unassigned <= unassigned && m.objective < objective);
        let allowed =
            |m: &Middle| m.weights.iter().zip(&self.allowed).all(|(w, allowed)| *allowed || *w == 0.0);
        if let Some(mut old) = old.filter(|m| stop.out_of_time() && allowed(m)) {
            // Cut short on its way from there.
            old.weights.resize(self.columns.len(), 0.0);
            self.middle = Some(old);
            return self.middle.as_ref().map_or(objective, |m| m.objective);
        }
        let mut middle = Middle {
            objective,
            weights: vec![0.0; self.columns.len()],
            cell: still_prices,
            convexity: vec![0.0; self.people.len()],
            duty: vec![0.0; problem.duty_rows.len()],
            theta: Vec::new(),
            shares: found.shares,
            rows: found.y[..plain].to_vec(),
            fair: compared.as_ref().map_or(Vec::new(), |c| c.prices(&found.spreads)),
            spreads: found.spreads,
            dual: (found.dual + unassigned * UNASSIGNED) * scale,
            unassigned,
        };
        line_of.iter().zip(&found.x).for_each(|(&i, x)| middle.weights[i] = *x);
        for (cell, &row) in row_of.iter().enumerate().filter(|r| *r.1 != u32::MAX) {
            middle.cell[cell] = found.y[row as usize];
        }
        duty_of.iter().for_each(|&(row, r)| middle.duty[r] += found.y[row as usize]);
        for (slot, &g) in group_of.iter().enumerate().filter(|g| *g.1 != usize::MAX) {
            middle.convexity[slot] = found.v[g];
        }
        if let Some(compared) = compared {
            // Counts were told as what they are beyond that of the first line.
            for (members, prices) in compared.terms.iter().zip(&middle.fair) {
                for (&(slot, at), (_, high, low)) in members.iter().zip(prices) {
                    middle.convexity[slot] -= (high + low) * compared.first[slot][at];
                }
            }
        }
        self.middle = Some(middle);
        let theta = self.thetas();
        if let Some(middle) = &mut self.middle {
            middle.theta = theta;
        }
        objective
    }

    /// Adds the duty rows to the program; the rows they have there.
    fn add_duty_rows(&self, lp: &mut Interior) -> Vec<(u32, usize)> {
        let mut rows = Vec::new();
        for (r, own) in self.model.problem.duty_rows.iter().enumerate() {
            let price = own.price.map_or(HARD_ROW, |p| p as f64 / self.model.scale);
            if own.low > 0 {
                rows.push((lp.add_row(own.low as f64, Slopes::new(0.0, price)) as u32, r));
            }
            if own.high < i64::MAX {
                rows.push((lp.add_row(own.high as f64, Slopes::new(-price, 0.0)) as u32, r));
            }
        }
        rows
    }

    /// Adds the days' costs as envelopes of their cuts.
    fn add_days(&self, lp: &mut Interior, row_of: &mut [u32]) {
        let scale = self.model.scale;
        let mut cuts_of: Vec<Vec<&Cut>> = vec![Vec::new(); self.model.problem.blocks.len()];
        self.known_cuts.iter().for_each(|cut| cuts_of[cut.block].push(cut));
        for (block, day) in self.model.days() {
            let width = day.supplies.len();
            // A day costs nothing at least.
            let mut cuts: Vec<(f64, Box<[f64]>)> = vec![(0.0, vec![0.0; width].into())];
            for cut in &cuts_of[block] {
                let fixed = day.supplies.iter().zip(&cut.slopes).map(|(s, a)| a * self.base[s.cell as usize]);
                let base = (cut.base + fixed.sum::<f64>()) / scale;
                cuts.push((base, cut.slopes.iter().map(|a| a / scale).collect()));
            }
            let first = lp.add_envelope(width, cuts) as u32;
            for (supply, row) in day.supplies.iter().zip(first..) {
                row_of[supply.cell as usize] = row;
            }
        }
    }

    /// Adds the fairness terms, if they are on.
    fn add_spreads(&self, lp: &mut Interior, group_of: &[usize]) -> Option<Compared> {
        let model = self.model;
        if !self.fairness || model.problem.fairness.is_empty() {
            return None;
        }
        let mut first = vec![Vec::new(); self.people.len()];
        for (own, columns) in first.iter_mut().zip(&self.columns_of) {
            if let Some(&c) = columns.iter().find(|&&c| self.allowed[c as usize]) {
                *own = self.columns[c as usize].fair.iter().map(|f| f.1).collect();
            }
        }
        let mut compared = Compared { first, terms: Vec::new(), people: self.people.clone() };
        for (f, term) in model.problem.fairness.iter().enumerate() {
            let mut members = Vec::new();
            let free = term.members.iter().map(|m| self.slot_of[m.0 as usize]);
            let free = free.filter(|&slot| slot != usize::MAX && group_of[slot] != usize::MAX);
            if term.weight > 0 {
                let place =
                    |slot: usize| model.fair[self.people[slot]].iter().position(|h| h.0 as usize == f);
                members.extend(free.filter_map(|slot| Some((slot, place(slot)?))));
            }
            if !members.is_empty() {
                let spread = lp.add_spread(term.weight as f64 / model.scale, rounding(&term.count));
                for &(slot, at) in &members {
                    let history = model.fair[self.people[slot]][at].1;
                    lp.add_member(spread, group_of[slot], history + compared.first[slot][at]);
                }
            }
            compared.terms.push(members);
        }
        Some(compared)
    }

    /// By block the highest cut at the head counts of the solution.
    fn thetas(&self) -> Vec<f64> {
        let mut theta = vec![0.0; self.model.problem.blocks.len()];
        if self.known_cuts.is_empty() {
            return theta;
        }
        let counts = self.counts();
        for cut in &self.known_cuts {
            let Block::Day(day) = &self.model.problem.blocks[cut.block] else { continue };
            let slopes = day.supplies.iter().zip(&cut.slopes);
            let value = cut.base + slopes.map(|(s, a)| a * counts[s.cell as usize]).sum::<f64>();
            theta[cut.block] = f64::max(theta[cut.block], value);
        }
        theta
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
