//! The course of a solve over a long horizon: windows, sweep after sweep, and the bound their prices give.

use super::Search;
use crate::base::random::Random;
use crate::intraday::program::Depth;
use crate::problem::RosterProblem;
use crate::solve::anneal::{Tables, anneal};
use crate::solve::colgen::bound::{lagrangian, safe_ceil};
use crate::solve::colgen::days::Days;
use crate::solve::colgen::master::{Duals, Mask};
use crate::solve::colgen::shares::share_out;
use crate::solve::colgen::windows::{Sweep, cheapest, merged, solve_window};
use crate::solve::outcome::Phase;
use rayon::prelude::*;

/// Share of the limits up to which a master over the whole horizon has the time it takes.
const EARLY: f64 = 0.5;

impl Search<'_, '_, '_> {
    /// Anneals the rota until a share of the limits is used up. What places were worth then gives a first bound.
    fn anneal(&mut self, threads: &rayon::ThreadPool, tables: &Tables, share: f64) -> Duals {
        let model = self.model;
        let stop = &self.options.stop;
        let mut duals = no_prices(model.problem);
        let Some((_, rota)) = &self.best else { return duals };
        let choice: Vec<Vec<u16>> = rota.iter().map(|c| c.choice.clone()).collect();
        let mut random = self.random.clone();
        let found = threads.install(|| anneal(tables, choice, &mut random, stop, share));
        self.random = random;
        duals.cell.iter_mut().zip(found.worth).for_each(|(dual, worth)| *dual = worth / model.scale);
        let lines = found.rota.iter().enumerate().map(|(p, line)| model.column(p, line));
        if let Some(lines) = lines.collect() {
            self.offer(lines);
        }
        self.report(Phase::Improve);
        duals
    }

    /// Anneals the rota where that fits, then windows over everybody, sweep after sweep. `whole`: a master over the whole
    /// horizon can be thought of, and comes once windows gain little, where that is early.
    pub(super) fn anneal_and_sweep(
        &mut self,
        threads: &rayon::ThreadPool,
        tables: Option<&Tables>,
        mut sweep: Sweep,
        share: f64,
        mut whole: bool,
    ) {
        let model = self.model;
        let stop = &self.options.stop;
        let mut duals = match tables {
            Some(tables) => self.anneal(threads, tables, share),
            None => no_prices(model.problem),
        };
        while !self.done() && !stop.reached() {
            if whole && sweep.swept() {
                whole = false;
                if stop.used() < EARLY {
                    self.whole(threads);
                }
            }
            let Some((score, rota)) = self.best.clone().filter(|_| !sweep.exhausted()) else { break };
            let batch = sweep.next(score.price, &mut self.random);
            let shares = share_out(model.problem, &rota, &batch, &mut self.random);
            let tasks: Vec<_> = batch
                .into_iter()
                .zip(shares)
                .map(|(windows, share)| (windows, share, Random::new(self.random.bits()), stop.apart()))
                .collect();
            let results: Vec<_> = threads.install(|| {
                tasks
                    .into_par_iter()
                    .map(|(windows, share, mut random, own)| {
                        let before = own.work();
                        let solved = solve_window(model.problem, &rota, &windows, &share, &mut random, &own);
                        (windows, solved, own.work() - before)
                    })
                    .collect()
            });
            for (windows, solved, work) in results {
                stop.charge(work);
                self.columns += solved.columns;
                model.spent.add(solved.spent);
                solved.prices.iter().for_each(|&(cell, price)| duals.cell[cell as usize] = price);
                if whole {
                    let lines = solved.support.iter().filter_map(|(p, line)| model.column(*p, line));
                    lines.for_each(|column| self.remember(column));
                }
                if let (Some(found), Some((_, rota))) = (solved.lines, &self.best) {
                    let next = merged(model, rota, &windows, &found);
                    self.offer(next);
                }
            }
            if sweep.ended() && !stop.reached() {
                self.bound_by_windows(threads, &mut duals);
            }
            self.report(Phase::Improve);
        }
        if self.bound.is_none() && !stop.out_of_time() {
            self.bound_by_windows(threads, &mut duals);
        }
    }

    /// The bound that the prices of the windows give together.
    fn bound_by_windows(&mut self, threads: &rayon::ThreadPool, duals: &mut Duals) {
        let model = self.model;
        let stop = &self.options.stop;
        duals.round(model.grid);
        let minima = threads.install(|| cheapest(model, duals, stop));
        let masks: Vec<Mask> = model.problem.people.iter().map(|l| Mask::all(&l.options)).collect();
        let depth = Depth { handovers: 0, operations: 0 };
        let mut days = Days::new(model);
        let found = lagrangian(model, duals, &minima, &masks, &mut days, depth);
        if found.value.is_finite() {
            self.prove(safe_ceil(found.value));
        }
    }
}

/// Prices of nothing.
fn no_prices(problem: &RosterProblem) -> Duals {
    Duals {
        cell: vec![0.0; problem.cells],
        duty: vec![0.0; problem.duty_rows.len()],
        fair: vec![Vec::new(); problem.fairness.len()],
        convexity: Vec::new(),
    }
}
