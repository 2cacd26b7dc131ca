//! Dives of a solve: from a corner of the master, and from the middle of its best solutions.

use super::Search;
use crate::base::stop::StopCriterion;
use crate::solve::colgen::central_dive::{CentralSettings, central_dive};
use crate::solve::colgen::days::Days;
use crate::solve::colgen::dive::{DiveSettings, dive};
use crate::solve::colgen::follow::follow;
use crate::solve::colgen::generate::{Effort, generate};
use crate::solve::colgen::master::{Cut, Master};
use crate::solve::outcome::Phase;

/// Share of the limits up to which dives begin anew from the middle of the root's solutions, how many of them in a row may
/// bring nothing, and how often each may set cells free.
const CENTRAL: f64 = 0.4;
const FRUITLESS: usize = 3;
const RELEASES: usize = 200;

impl Search<'_, '_, '_> {
    /// Dives from a master's solution, with its days and cuts, and offers what is found.
    pub(super) fn dive(
        &mut self,
        threads: &rayon::ThreadPool,
        (master, days, cuts): (&mut Master<'_, '_>, &mut Days, &mut Vec<Cut>),
        settings: DiveSettings,
        until: &StopCriterion,
    ) {
        let mut random = self.random.clone();
        let lines = threads.install(|| dive(master, days, cuts, settings, &mut random, until));
        self.random = random;
        if let Some(lines) = lines {
            self.offer(lines);
        }
        self.report(Phase::Dive);
    }

    /// Offers a rota that follows the head counts of a master's solution from its inside.
    pub(super) fn follow(&mut self, threads: &rayon::ThreadPool, master: &mut Master<'_, '_>) {
        if master.middle.is_none() || master.unassigned() > 1e-3 {
            return;
        }
        let mut random = self.random.clone();
        let lines = threads.install(|| follow(master, &self.groups, &mut random, &self.options.stop));
        self.random = random;
        if let Some(lines) = lines {
            for column in &lines {
                self.columns += u64::from(master.add_column(column.clone()));
            }
            self.offer(lines);
        }
        self.report(Phase::Dive);
    }

    /// Dives from the middle of the best solutions, and offers what is found.
    pub(super) fn central_dive(
        &mut self,
        threads: &rayon::ThreadPool,
        (master, days, cuts): (&mut Master<'_, '_>, &mut Days, &mut Vec<Cut>),
        settings: CentralSettings,
        until: &StopCriterion,
    ) -> bool {
        let mut random = self.random.clone();
        let lines = threads.install(|| central_dive(master, days, cuts, settings, &mut random, until));
        self.random = random;
        let better = lines.is_some_and(|lines| self.offer(lines));
        self.report(Phase::Dive);
        better
    }

    /// Dives from the middle of the root's solutions again and again, each time for a better rota.
    pub(super) fn central_dives(
        &mut self,
        threads: &rayon::ThreadPool,
        (master, days, cuts): (&mut Master<'_, '_>, &mut Days, &mut Vec<Cut>),
    ) {
        let until = self.options.stop.within(CENTRAL);
        let effort = Effort { gap: 1e-4, interior: true, rounds: 40, ..Effort::default() };
        let mut fruitless = 0;
        while !self.done() && !until.reached() && fruitless < FRUITLESS {
            let Some((score, _)) = &self.best else { return };
            let settings = CentralSettings {
                rounds: 8,
                beam: None,
                cutoff: score.price as f64 - 1.0 + 1e-3,
                releases: RELEASES,
                whole: true,
            };
            master.free_all();
            threads.install(|| generate(master, days, cuts, effort, &until));
            let better = self.central_dive(threads, (master, days, cuts), settings, &until);
            fruitless = if better { 0 } else { fruitless + 1 };
        }
        master.free_all();
        // What comes next asks the simplex.
        master.middle = None;
    }
}
