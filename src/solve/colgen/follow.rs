//! A rota of a large team that follows the head counts of its linear program.
//!
//! The linear program tells how many people each cell should have and shares everybody out among some lines. First one
//! person after the other takes one of these lines, the one after which counts are nearest to the goal. Then everybody in
//! turn answers to prices that bend around it: the price of the linear program, and a quadratic term for the distance (a
//! proximal term: Rockafellar, SIAM Journal on Control and Optimization 14, 1976), which weighs more from pass to pass.
//! Whatever is taken lowers the sum of both, so that answers of many people at once do no harm. Among thousands of people
//! some line nearly always leads there, where a dive would have to solve the linear program again for each part of them.

use super::master::{Duals, HARD_ROW, Master, line_prices};
use super::model::{Column, Model};
use super::pricing::{Search, price_line};
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use crate::problem::FairCount;
use rayon::prelude::*;

/// People by whom a cell may miss its goal before the distance weighs as much as a person is worth, pass by pass.
const REACH: [f64; 8] = [16.0, 8.0, 4.0, 2.0, 1.0, 1.0, 0.5, 0.5];
/// People who answer side by side; fixed, so that the number of threads decides nothing.
const ABREAST: usize = 16;
/// Labels kept per key.
const BEAM: usize = 8;
/// Share of a fairness term's weight that a count outside its band costs: only who stands at an end pays in truth.
const FAIR: f64 = 0.25;
/// Hours around the mean that no fairness term minds.
const HALF_SHIFT: f64 = 4.0;

/// Where the rota should lead.
struct Goal {
    /// Head counts by cell.
    counts: Vec<f64>,
    /// What one more person is worth in each, in scaled units.
    worth: Vec<f64>,
}

/// What stands in the way of an answer, at the moment.
struct State<'s, 'a> {
    model: &'s Model<'a>,
    goal: Goal,
    /// By cell and by duty row.
    counts: Vec<f64>,
    duty: Vec<f64>,
    /// By fairness term: counts that cost nothing, and the price of a unit outside in scaled units.
    bands: Vec<(f64, f64, f64)>,
    /// What one person's distance from the goal costs, in scaled units.
    bend: f64,
}

/// A line for everybody, in the order of people, from the solution of a master in which all of them are free. `None` where
/// somebody has none.
pub(super) fn follow(
    master: &Master<'_, '_>,
    random: &mut Random,
    stop: &StopCriterion,
) -> Option<Vec<Column>> {
    let model = master.model;
    let goal = Goal { counts: master.counts(), worth: master.duals().cell };
    let total: f64 = goal.worth.iter().map(|d| d.abs()).sum();
    let mean = total / goal.worth.iter().filter(|d| **d != 0.0).count().max(1) as f64;
    let mut state = State {
        model,
        counts: goal.counts.clone(),
        goal,
        duty: vec![0.0; model.problem.duty_rows.len()],
        bands: Vec::new(),
        bend: mean / REACH[0],
    };
    let mut rota = round(master, &mut state, random)?;
    let mut tolls = master.tolls.clone();
    let mut order: Vec<usize> = (0..rota.len()).collect();
    for reach in REACH {
        state.bend = mean / reach;
        state.bands = bands(model, rota.iter().map(|c| (c, 1.0)));
        random.shuffle(&mut order);
        for chunk in order.chunks(ABREAST) {
            if stop.reached() {
                return Some(rota);
            }
            let answers: Vec<_> = chunk
                .par_iter()
                .map(|&p| {
                    let prices = line_prices(model, p, &state.prices(&rota[p]), None);
                    let how =
                        Search { limit: f64::INFINITY, beam: Some(BEAM), tolls: &tolls[p], stop: Some(stop) };
                    let found = price_line(&model.machines[p], &prices, how);
                    let line = found.line.and_then(|line| model.column(p, &line.choice));
                    (line, found.tolls, found.labels)
                })
                .collect();
            for (&p, (line, toll, labels)) in chunk.iter().zip(answers) {
                stop.charge(labels);
                tolls[p] = toll;
                let Some(line) = line else { continue };
                if state.exchange(&rota[p], &line) {
                    rota[p] = line;
                }
            }
        }
    }
    Some(rota)
}

/// Gives everybody one of the lines that the master's solution gives weight to.
fn round(master: &Master<'_, '_>, state: &mut State<'_, '_>, random: &mut Random) -> Option<Vec<Column>> {
    let mut lines: Vec<Vec<(&Column, f64)>> = vec![Vec::new(); master.people.len()];
    for (c, weight) in master.weights() {
        let column = &master.columns[c];
        lines[column.person].push((column, weight));
    }
    state.bands = bands(master.model, lines.iter().flatten().copied());
    for (column, weight) in lines.iter().flatten() {
        column.duties.iter().for_each(|&(r, n)| state.duty[r as usize] += weight * n);
    }
    let mut order: Vec<usize> = (0..lines.len()).collect();
    random.shuffle(&mut order);
    let mut rota: Vec<Option<Column>> = vec![None; lines.len()];
    for p in order {
        lines[p].iter().for_each(|&(column, weight)| state.shift(column, -weight));
        let mut best: Option<(f64, &Column)> = None;
        for &(column, _) in &lines[p] {
            let price = state.taking(column);
            if best.is_none_or(|b| price < b.0) {
                best = Some((price, column));
            }
        }
        let column = best.map(|b| b.1.clone()).or_else(|| master.known_lines(p).next().cloned())?;
        state.shift(&column, 1.0);
        rota[p] = Some(column);
    }
    rota.into_iter().collect()
}

/// By fairness term the counts around the mean that cost nothing, and what a unit outside costs.
fn bands<'c>(model: &Model<'_>, lines: impl Iterator<Item = (&'c Column, f64)>) -> Vec<(f64, f64, f64)> {
    let mut sums = vec![(0.0, 0.0); model.problem.fairness.len()];
    for (column, weight) in lines {
        for (&(f, history), &(_, own)) in model.fair[column.person].iter().zip(&column.fair) {
            let sum = &mut sums[f as usize];
            *sum = (sum.0 + weight * (history + own), sum.1 + weight);
        }
    }
    let band = |(term, (sum, people)): (&crate::problem::Fairness, (f64, f64))| {
        let mean = sum / f64::max(people, 1.0);
        let price = FAIR * term.weight as f64 / model.scale;
        match term.count {
            FairCount::PaidHours => (mean - HALF_SHIFT, mean + HALF_SHIFT, price),
            FairCount::Weekends | FairCount::Marked(_) => (mean.floor(), mean.ceil(), price),
        }
    };
    model.problem.fairness.iter().zip(sums).map(band).collect()
}

impl State<'_, '_> {
    /// Adds a line to the counts, or takes it out.
    fn shift(&mut self, column: &Column, by: f64) {
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

    /// What a line costs for its counts outside the bands.
    fn unfair(&self, column: &Column) -> f64 {
        let counts = self.model.fair[column.person].iter().zip(&column.fair);
        let outside = |(&(f, history), &(_, own)): (&(u32, f64), &(u32, f64))| {
            let (low, high, price) = self.bands[f as usize];
            let count = history + own;
            price * ((low - count).max(0.0) + (count - high).max(0.0))
        };
        counts.map(outside).sum()
    }

    /// What it costs that somebody without a line takes this one.
    fn taking(&self, column: &Column) -> f64 {
        let cells = column.cells.iter().map(|&c| self.joining(c as usize, self.counts[c as usize]));
        let row = |&(r, n): &(u32, f64)| {
            let (r, before) = (r as usize, self.duty[r as usize]);
            self.row(r, before + n) - self.row(r, before)
        };
        let rows: f64 = column.duties.iter().map(row).sum();
        column.cost as f64 / self.model.scale + self.unfair(column) + cells.sum::<f64>() + rows
    }

    /// Prices for the next answer of somebody who has a line now.
    fn prices(&self, now: &Column) -> Duals {
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
        let mut fair = vec![Vec::new(); self.bands.len()];
        for (&(f, history), &(_, own)) in self.model.fair[now.person].iter().zip(&now.fair) {
            let (low, high, price) = self.bands[f as usize];
            let count = history + own;
            if count > high {
                fair[f as usize].push((now.person, -price, 0.0));
            } else if count < low {
                fair[f as usize].push((now.person, 0.0, price));
            }
        }
        Duals { cell, duty, fair, convexity: Vec::new() }
    }

    /// Takes another line of a person if that lowers the sum of prices and distances.
    fn exchange(&mut self, old: &Column, new: &Column) -> bool {
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
}
