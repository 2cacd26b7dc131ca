//! The course of a solve of a small team: beams over its days at the prices of the root.

use super::Search;
use crate::solve::colgen::beam::beam;
use crate::solve::colgen::bound::normalise;
use crate::solve::colgen::master::{Duals, Master};
use crate::solve::outcome::Phase;

/// Beams for a small team: ways to begin a rota that are kept for each day, and by how much prices differ from the master's.
pub(super) const BEAMS: [(usize, f64); 6] =
    [(1000, 0.0), (4000, 0.0), (4000, 0.02), (4000, 0.05), (16_000, 0.0), (16_000, 0.02)];
/// Share of the limits that they may use up.
const ABREAST: f64 = 0.8;

impl Search<'_, '_, '_> {
    /// A small team day by day at the prices of the root and at others nearby, which lead a beam elsewhere.
    pub(super) fn side_by_side(
        &mut self,
        threads: &rayon::ThreadPool,
        master: &mut Master<'_, '_>,
        prices: &Duals,
        beams: &[(usize, f64)],
    ) {
        let model = self.model;
        let until = self.options.stop.within(ABREAST);
        for &(width, nearby) in beams {
            if self.done() || until.reached() {
                break;
            }
            let mut duals = prices.clone();
            for price in duals.cell.iter_mut().chain(&mut duals.duty).filter(|_| nearby > 0.0) {
                *price *= 1.0 + nearby * (2.0 * self.random.unit() - 1.0);
            }
            duals.round(model.grid);
            normalise(model, &mut duals);
            let rotas = threads.install(|| beam(model, &self.evaluator, &duals, width, &until));
            if rotas.is_empty() {
                break;
            }
            for rota in rotas {
                for column in &rota {
                    self.columns += u64::from(master.add_column(column.clone()));
                }
                self.offer(rota);
            }
            self.report(Phase::Dive);
        }
    }
}
