//! The course of a solve over a long horizon: windows, sweep after sweep, and the bound their prices give.

use super::Search;
use crate::base::random::Random;
use crate::intraday::program::Depth;
use crate::solve::colgen::bound::{lagrangian, safe_ceil};
use crate::solve::colgen::days::Days;
use crate::solve::colgen::master::{Duals, Mask};
use crate::solve::colgen::windows::{Sweep, cheapest, merged, solve_window};
use crate::solve::outcome::Phase;
use rayon::prelude::*;

impl Search<'_, '_, '_> {
    /// Windows over everybody, sweep after sweep.
    pub(super) fn sweep(&mut self, threads: &rayon::ThreadPool, mut sweep: Sweep) {
        let model = self.model;
        let stop = &self.options.stop;
        let mut duals = Duals {
            cell: vec![0.0; model.problem.cells],
            duty: vec![0.0; model.problem.duty_rows.len()],
            fair: vec![Vec::new(); model.problem.fairness.len()],
            convexity: Vec::new(),
        };
        while !self.done() && !stop.reached() {
            let Some((score, rota)) = self.best.clone().filter(|_| !sweep.exhausted()) else { break };
            let tasks: Vec<_> = sweep
                .next(score.price, &mut self.random)
                .into_iter()
                .map(|windows| (windows, Random::new(self.random.bits()), stop.apart()))
                .collect();
            let results: Vec<_> = threads.install(|| {
                tasks
                    .into_par_iter()
                    .map(|(windows, mut random, own)| {
                        let before = own.work();
                        let solved = solve_window(model.problem, &rota, &windows, &mut random, &own);
                        (windows, solved, own.work() - before)
                    })
                    .collect()
            });
            for (windows, solved, work) in results {
                stop.charge(work);
                self.columns += solved.columns;
                model.spent.add(solved.spent);
                solved.prices.iter().for_each(|&(cell, price)| duals.cell[cell as usize] = price);
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
