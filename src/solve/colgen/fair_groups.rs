//! Fairness at given prices of cells and duty rows, every group of compared people by itself.
//!
//! At given prices nothing but the fairness terms couples people, and a term couples only those whom it compares. So
//! the Lagrangian dual over the prices of the terms falls apart into one small program a group: choose (fractions
//! of) lines for its people so that lines and spread cost least, by column generation. Together they give the best
//! prices of all terms at these prices of cells, and with them a bound, where a master with the rows of all terms
//! at once would take minutes.

use super::fair_rows::FairRows;
use super::master::{BARRED, Duals, Master, UNASSIGNED, line_prices, price_of};
use super::model::{Column, Model};
use super::pricing::{LinePrices, Search, price_line};
use super::ranges::Ranges;
use crate::base::stop::StopCriterion;
use crate::lp::{KinkLp, Slopes};
use crate::problem::Fairness;
use rayon::prelude::*;

/// Rounds of column generation of a group.
const ROUNDS: usize = 30;
/// Pivots of one solve of a group at most.
const PIVOTS: u64 = 20_000;
/// Lines of a person that a group begins with.
const KNOWN: usize = 24;

/// People who are compared with each other, directly or through others, ascending; those whom no term compares are
/// left out.
pub(super) fn groups(model: &Model<'_>) -> Vec<Vec<usize>> {
    let people = model.problem.people.len();
    let mut leader: Vec<usize> = (0..people).collect();
    fn root(leader: &mut [usize], mut p: usize) -> usize {
        while leader[p] != p {
            leader[p] = leader[leader[p]];
            p = leader[p];
        }
        p
    }
    let mut compared = vec![false; people];
    for term in model.problem.fairness.iter().filter(|t| t.weight > 0 && t.members.len() > 1) {
        for m in &term.members {
            compared[m.0 as usize] = true;
            let (a, b) = (root(&mut leader, m.0 as usize), root(&mut leader, term.members[0].0 as usize));
            leader[a.max(b)] = a.min(b);
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); people];
    for p in (0..people).filter(|&p| compared[p]) {
        let first = root(&mut leader, p);
        groups[first].push(p);
    }
    groups.retain(|g| !g.is_empty());
    groups
}

/// Prices of the fairness terms, with what they were found by.
pub(super) struct FairPrices {
    /// By term, as in [`Duals::fair`]; not normalised.
    pub fair: Vec<Vec<(usize, f64, f64)>>,
    /// By term the smallest and the largest count of the groups' solutions.
    pub ranges: Vec<(f64, f64)>,
    /// Lines with weight in the programs of the groups.
    pub columns: Vec<Column>,
}

/// The best prices of all terms at the cell and duty prices of `duals`; `None` when the time ran out.
pub(super) fn price_fairness(
    master: &Master<'_, '_>,
    groups: &[Vec<usize>],
    duals: &Duals,
    stop: &StopCriterion,
) -> Option<FairPrices> {
    let solved: Vec<Option<(Group<'_, '_>, u64)>> = groups
        .par_iter()
        .map(|people| {
            let mut group = Group::new(master, people, duals);
            let work = group.solve(duals, stop);
            work.map(|w| (group, w))
        })
        .collect();
    let terms = duals.fair.len();
    let anything = (f64::NEG_INFINITY, f64::INFINITY);
    let mut out =
        FairPrices { fair: vec![Vec::new(); terms], ranges: vec![anything; terms], columns: Vec::new() };
    for part in solved {
        let (group, work) = part?;
        stop.charge(work);
        let counts = group.counts();
        for (f, rows) in group.rows.iter().enumerate() {
            if let Some(rows) = rows {
                out.fair[f] = rows.duals(&group.lp);
                out.ranges[f] = rows.range(|slot, at| counts[slot][at]);
            }
        }
        out.columns.extend(group.columns.into_iter().filter(|c| group.lp.value(c.1) > 1e-6).map(|c| c.0));
    }
    Some(out)
}

/// What fairness asks of everybody alone when nobody looks at the others: counts within a range.
pub(super) struct Aims {
    ranges: Ranges,
    /// Prices of the terms by which lines are sought.
    pub fair: Vec<Vec<(usize, f64, f64)>>,
}

impl Aims {
    /// Ranges around what fractions of lines reach at the prices `fair`.
    pub(super) fn new(model: &Model<'_>, reached: &[(f64, f64)], fair: &[Vec<(usize, f64, f64)>]) -> Self {
        // Only who stands at an end pays in truth; the full weight for everybody would bend all lines.
        let share = |term: &Fairness| 2.0 / term.members.len() as f64;
        Self { ranges: Ranges::around(model, reached.iter().copied(), share), fair: fair.to_vec() }
    }

    /// What a line costs for its counts outside the ranges, in scaled units.
    pub(super) fn price(&self, model: &Model<'_>, column: &Column) -> f64 {
        self.ranges.price(model, column)
    }

    /// The part of a line's price at given duals that comes from the prices of the terms.
    pub(super) fn linear(&self, model: &Model<'_>, column: &Column) -> f64 {
        let of = |f: u32| self.fair[f as usize].iter().find(|m| m.0 == column.person);
        let counts = model.fair[column.person].iter().zip(&column.fair);
        counts.map(|(&(f, _), &(_, own))| of(f).map_or(0.0, |m| -(m.1 + m.2) * own)).sum()
    }
}

/// The program of a group.
struct Group<'m, 'a> {
    master: &'m Master<'m, 'a>,
    people: &'m [usize],
    lp: KinkLp,
    /// By term of the problem.
    rows: Vec<Option<FairRows>>,
    /// Lines with their columns of the program.
    columns: Vec<(Column, usize)>,
    /// Position of each person among the people of the group.
    slot_of: Vec<usize>,
}

impl<'m, 'a> Group<'m, 'a> {
    /// A group with the newest lines that the master knows.
    fn new(master: &'m Master<'m, 'a>, people: &'m [usize], duals: &Duals) -> Self {
        let model = master.model;
        let mut slot_of = vec![usize::MAX; model.problem.people.len()];
        let mut lp = KinkLp::new(0, 1e-7);
        for (slot, &p) in people.iter().enumerate() {
            slot_of[p] = slot;
            lp.add_row(&[], 1.0, Slopes::new(-BARRED, UNASSIGNED));
        }
        let rows = FairRows::all(model, &slot_of, &[]);
        let mut group = Self { master, people, lp, rows, columns: Vec::new(), slot_of };
        for &p in people {
            let prices = group.prices(p, duals, false);
            for column in master.known_lines(p).take(KNOWN) {
                let price = price_of(model, &prices, column);
                group.add(column.clone(), price);
            }
        }
        group
    }

    /// Prices of a person's options, with or without those of the terms.
    fn prices(&self, person: usize, duals: &Duals, fair: bool) -> LinePrices {
        let mut own = vec![Vec::new(); self.rows.len()];
        if fair {
            for &(f, _) in &self.master.model.fair[person] {
                if let Some(rows) = &self.rows[f as usize] {
                    own[f as usize] = rows.duals(&self.lp);
                }
            }
        }
        let duals =
            Duals { cell: duals.cell.clone(), duty: duals.duty.clone(), fair: own, convexity: Vec::new() };
        line_prices(self.master.model, person, &duals, None)
    }

    fn add(&mut self, column: Column, price: f64) {
        let slot = self.slot_of[column.person];
        let mut entries = vec![(slot as u32, 1.0)];
        for (&(f, _), &(_, count)) in self.master.model.fair[column.person].iter().zip(&column.fair) {
            if let Some(rows) = &self.rows[f as usize]
                && count != 0.0
            {
                entries.extend(rows.of(column.person).map(|row| (row as u32, count)));
            }
        }
        let at = self.lp.add_column(&[], &entries, Slopes::new(-BARRED, price));
        self.columns.push((column, at));
    }

    /// Generates lines until none improves; the work, or `None` when the time ran out.
    fn solve(&mut self, duals: &Duals, stop: &StopCriterion) -> Option<u64> {
        let mut work = 0;
        for _ in 0..ROUNDS {
            let pivots = self.lp.pivots();
            self.lp.solve(PIVOTS);
            work += 10 * (self.lp.pivots() - pivots);
            let rows = self.separate();
            let mut fresh = Vec::new();
            for (slot, &p) in self.people.iter().enumerate() {
                if stop.out_of_time() {
                    return None;
                }
                let prices = self.prices(p, duals, true);
                let limit = self.lp.dual(slot) - 1e-6;
                let tolls = &self.master.tolls[self.master.slot(p)];
                let how = Search { limit, beam: None, tolls, stop: Some(stop) };
                let found = price_line(&self.master.model.machines[p], &prices, how);
                work += found.labels;
                if !found.complete {
                    return None;
                }
                let line = found.line.and_then(|l| self.master.model.column(p, &l.choice));
                fresh.extend(line);
            }
            if fresh.is_empty() && rows == 0 {
                break;
            }
            for column in fresh {
                let prices = self.prices(column.person, duals, false);
                let price = price_of(self.master.model, &prices, &column);
                self.add(column, price);
            }
        }
        Some(work)
    }

    /// What everybody counts in the terms of their own, without the history.
    fn counts(&self) -> Vec<Vec<f64>> {
        let fair = &self.master.model.fair;
        let mut counts: Vec<Vec<f64>> = self.people.iter().map(|&p| vec![0.0; fair[p].len()]).collect();
        for (column, at) in &self.columns {
            let weight = self.lp.value(*at);
            if weight > 1e-9 {
                let sums = &mut counts[self.slot_of[column.person]];
                sums.iter_mut().zip(&column.fair).for_each(|(sum, f)| *sum += weight * f.1);
            }
        }
        counts
    }

    /// Adds the rows of terms that the solution breaks most; returns how many.
    fn separate(&mut self) -> usize {
        let counts = self.counts();
        let mut added = 0;
        for rows in self.rows.iter_mut().flatten() {
            for (member, side) in rows.broken(&self.lp, |slot, at| counts[slot][at]) {
                let (slot, at) = rows.place(member);
                let own = self.columns.iter().filter(|c| self.slot_of[c.0.person] == slot);
                let entries: Vec<(u32, f64)> =
                    own.map(|c| (c.1 as u32, c.0.fair[at].1)).filter(|e| e.1 != 0.0).collect();
                rows.add(&mut self.lp, member, side, &entries);
                added += 1;
            }
        }
        added
    }
}
