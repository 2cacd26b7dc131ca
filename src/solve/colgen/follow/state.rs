//! Prices for the next answer: how far head counts, duty rows and fairness are from where they should lead.

use crate::solve::colgen::master::{Duals, HARD_ROW};
use crate::solve::colgen::model::{Column, Model};
use crate::solve::colgen::ranges::Ranges;

/// Where the rota should lead.
pub(super) struct Goal {
    /// Head counts by cell.
    pub counts: Vec<f64>,
    /// What one more person is worth in each, in scaled units.
    pub worth: Vec<f64>,
}

/// What stands in the way of an answer, at the moment.
pub(super) struct State<'s, 'a> {
    pub model: &'s Model<'a>,
    pub goal: Goal,
    /// By cell and by duty row.
    pub counts: Vec<f64>,
    pub duty: Vec<f64>,
    /// Counts that cost nothing.
    pub bands: Ranges,
    /// By person what a unit of each of their counts costs at the prices of the linear program, in scaled units.
    pub toll: Vec<Vec<f64>>,
    /// What one person's distance from the goal costs, in scaled units.
    pub bend: f64,
}

impl State<'_, '_> {
    /// Adds a line to the counts, or takes it out.
    pub(super) fn shift(&mut self, column: &Column, by: f64) {
        column.cells.iter().for_each(|&c| self.counts[c as usize] += by);
        column.duties.iter().for_each(|&(r, n)| self.duty[r as usize] += by * n);
    }

    /// What one more person in a cell with `n` people costs.
    fn joining(&self, cell: usize, n: f64) -> f64 {
        -self.goal.worth[cell] + self.bend * (n - self.goal.counts[cell] + 0.5)
    }

    /// What a duty row with `n` days costs in scaled units.
    fn row(&self, row: usize, n: f64) -> f64 {
        let own = &self.model.problem.duty_rows[row];
        let price = own.price.map_or(HARD_ROW, |p| p as f64 / self.model.scale);
        let spare = if own.high == i64::MAX { 0.0 } else { (n - own.high as f64).max(0.0) };
        price * ((own.low as f64 - n).max(0.0) + spare)
    }

    /// What a line costs for its counts at the prices of the linear program, and outside the bands.
    fn unfair(&self, column: &Column) -> f64 {
        let tolls = self.toll[column.person].iter().zip(&column.fair).map(|(t, f)| t * f.1).sum::<f64>();
        tolls + self.bands.price(self.model, column)
    }

    /// What it costs that somebody without a line takes this one.
    pub(super) fn taking(&self, column: &Column) -> f64 {
        self.taking_alone(column) + self.unfair(column)
    }

    /// The same without fairness.
    pub(super) fn taking_alone(&self, column: &Column) -> f64 {
        self.taking_for(column, None)
    }

    /// The same for somebody who gives up another line for it, if that is in the counts.
    pub(super) fn taking_for(&self, column: &Column, given_up: Option<&Column>) -> f64 {
        let there = |cell: u32| given_up.is_some_and(|old| old.cells.contains(&cell));
        let people = |c: u32| self.counts[c as usize] - if there(c) { 1.0 } else { 0.0 };
        let cells = column.cells.iter().map(|&c| self.joining(c as usize, people(c)));
        let row = |&(r, n): &(u32, f64)| {
            let own = given_up.and_then(|old| old.duties.iter().find(|d| d.0 == r)).map_or(0.0, |d| d.1);
            let before = self.duty[r as usize] - own;
            self.row(r as usize, before + n) - self.row(r as usize, before)
        };
        let rows: f64 = column.duties.iter().map(row).sum();
        column.cost as f64 / self.model.scale + cells.sum::<f64>() + rows
    }

    /// Prices for the next answer of somebody who has a line now.
    pub(super) fn prices(&self, now: &Column) -> Duals {
        let mut cell: Vec<f64> = (0..self.counts.len()).map(|c| -self.joining(c, self.counts[c])).collect();
        for &c in &now.cells {
            cell[c as usize] = -self.joining(c as usize, self.counts[c as usize] - 1.0);
        }
        let mut duty = vec![0.0; self.duty.len()];
        for &(_, _, r) in &self.model.duties[now.person] {
            let r = r as usize;
            let own = now.duties.iter().find(|d| d.0 as usize == r).map_or(0.0, |d| d.1);
            let n = self.duty[r] - own;
            duty[r] = self.row(r, n) - self.row(r, n + 1.0);
        }
        let mut fair = vec![Vec::new(); self.model.problem.fairness.len()];
        for ((&(f, history), &(_, own)), toll) in
            self.model.fair[now.person].iter().zip(&now.fair).zip(&self.toll[now.person])
        {
            let t = toll + self.bands.slope(f, history + own);
            fair[f as usize].push((now.person, -t, 0.0));
        }
        Duals { cell, duty, fair, convexity: Vec::new() }
    }

    /// Takes another line of a person if that lowers the sum of prices and distances.
    pub(super) fn exchange(&mut self, old: &Column, new: &Column) -> bool {
        if old.choice == new.choice {
            return false;
        }
        self.shift(old, -1.0);
        if self.taking(new) < self.taking(old) - 1e-9 {
            self.shift(new, 1.0);
            return true;
        }
        self.shift(old, 1.0);
        false
    }

    /// Takes other lines of some people if that lowers the sum, with what they save for fairness.
    pub(super) fn exchange_all(&mut self, rota: &mut [Column], lines: Vec<Column>, saved: f64) {
        let mut change = -saved;
        for line in &lines {
            self.shift(&rota[line.person], -1.0);
            change -= self.taking_alone(&rota[line.person]);
        }
        for line in &lines {
            change += self.taking_alone(line);
            self.shift(line, 1.0);
        }
        if change < -1e-9 {
            lines.into_iter().for_each(|line| {
                let p = line.person;
                rota[p] = line;
            });
        } else {
            for line in &lines {
                self.shift(line, -1.0);
                self.shift(&rota[line.person], 1.0);
            }
        }
    }
}
