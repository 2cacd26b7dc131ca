//! A master over a long horizon as a whole: the prices of windows do not know what the limits that they share are worth, so
//! the bound they give together is weak.
//!
//! It begins with the rota and with the lines that windows gave weight to. Lines are sought by tolls alone at first: as long
//! as prices are far off, the cheapest line is not worth its search.

use super::Search;
use crate::solve::colgen::bound::safe_ceil;
use crate::solve::colgen::central;
use crate::solve::colgen::central_dive::CentralSettings;
use crate::solve::colgen::days::Days;
use crate::solve::colgen::generate::{Effort, generate};
use crate::solve::colgen::master::Master;
use crate::solve::outcome::Phase;

/// Shares of the limits that its root and its dive may take.
const ROOT: f64 = 0.35;
const DIVE: f64 = 0.65;
/// Times cells are set free again in the dive.
const RELEASES: usize = 1000;
/// Gap of the root from which on a dive is worth its time though lines could still be found.
const CLOSE: f64 = 0.005;
/// Rounds by which the time of the rest is foreseen: so many times theirs, for each week.
const PROBE: usize = 2;
const COURSE: f64 = 8.0;
/// Times a number of rounds is made with lines found by tolls alone.
const ROUGH: usize = 3;

impl Search<'_, '_, '_> {
    /// Proves a bound by everybody's lines over the whole horizon, and dives for a rota when its root has come close.
    pub(super) fn whole(&mut self, threads: &rayon::ThreadPool) {
        let model = self.model;
        let stop = &self.options.stop;
        let Some((score, rota)) = self.best.clone() else { return };
        let mut days = threads.install(|| Days::new(model));
        let mut cuts = Vec::new();
        let mut master = Master::new(model, (0..rota.len()).collect(), &[], &[]);
        for column in rota.into_iter().chain(self.pool.iter().flatten().cloned()) {
            master.add_column(column);
        }
        if !central::suits(&master) {
            return;
        }
        let begun = stop.used();
        // A horizon that is too long shows early.
        let probe = Effort { rounds: PROBE, beam: Some(1), interior: true, learn: true, ..Effort::default() };
        threads.install(|| generate(&mut master, &mut days, &mut cuts, probe, stop));
        let weeks = model.problem.days as f64 / 7.0;
        if COURSE * weeks * (stop.used() - begun) > 1.0 - stop.used() {
            return;
        }
        let until = stop.within(stop.used() + ROOT);
        let mut rough = ROUGH;
        let (mut converged, mut close) = (false, false);
        while !converged && !until.reached() && !self.done() {
            let exact =
                Effort { gap: 1e-4, smoothing: 0.3, learn: true, interior: true, ..Effort::default() };
            let effort = if rough > 0 { Effort { gap: 0.0, beam: Some(1), ..exact } } else { exact };
            let found = threads.install(|| generate(&mut master, &mut days, &mut cuts, effort, &until));
            self.columns = self.columns.max(master.columns.len() as u64);
            if let Some(bound) = found.bound {
                self.prove(safe_ceil(bound));
            }
            let gap = found.objective - self.bound.unwrap_or(0) as f64;
            close = rough == 0 && gap <= CLOSE * found.objective;
            self.report(Phase::Root);
            if !found.stuck.is_empty() {
                return;
            }
            converged = found.converged && rough == 0;
            rough = if found.converged { 0 } else { rough.saturating_sub(1) };
        }
        if !(converged || close) || self.done() {
            return;
        }
        // Whole prices: what is not a unit better is no better.
        let settings = CentralSettings {
            rounds: 8,
            beam: Some(1),
            cutoff: score.price as f64 - 1.0 + 1e-3,
            releases: RELEASES,
            // The weeks that are fixed when the limits end the dive are worth keeping.
            whole: false,
        };
        let until = stop.within(stop.used() + DIVE);
        self.central_dive(threads, (&mut master, &mut days, &mut cuts), settings, &until);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::stop::StopCriterion;
    use crate::io::read::parse_instance;
    use crate::problem::nrp24;
    use crate::solve::colgen::model::Model;
    use crate::solve::colgen::start::start;
    use crate::solve::outcome::{Observer, SolveEvent, SolveOptions, Status};

    struct Silent;

    impl Observer for Silent {
        fn event(&mut self, _: SolveEvent) {}
    }

    /// Three weeks of five people and two types of shift, with limits of the whole horizon that bind.
    fn text(seed: u64) -> String {
        let mut r = crate::base::random::Random::new(seed);
        let mut text = "SECTION_HORIZON\n21\nSECTION_SHIFTS\nE,480,\nL,480,E\nSECTION_STAFF\n".to_owned();
        for p in 0..5 {
            text += &format!("P{p},E=21|L={},{},{},5,2,2,{}\n", 4 + p, 6240, 5280, 1 + p % 2);
        }
        text += "SECTION_SHIFT_ON_REQUESTS\n";
        (0..5).for_each(|p| text += &format!("P{p},{},L,{}\n", r.below(21), 1 + r.below(3)));
        text += "SECTION_COVER\n";
        for d in 0..21 {
            text += &format!("{d},E,{},100,1\n{d},L,{},100,1\n", 1 + r.below(2), 1 + r.below(2));
        }
        text
    }

    #[test]
    fn the_bound_of_the_whole_horizon_closes_in_on_the_optimum_and_does_not_pass_it() {
        let threads = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("threads");
        let mut proven = 0;
        for seed in 0..8 {
            let (instance, found) = parse_instance("whole", &text(seed));
            let problem = nrp24::compile(&instance.unwrap_or_else(|| panic!("{found:?}")));
            let options = |work| SolveOptions {
                stop: StopCriterion::new(None, Some(work), Default::default()),
                gap: 0.0,
                seed,
                threads: 2,
            };
            let solved = crate::solve::solve(&problem, &options(20_000_000), &mut Silent);
            let Some((_, price)) = solved.best.filter(|_| solved.status == Status::Optimal) else { continue };
            proven += 1;
            let model = Model::new(&problem);
            let (options, mut silent) = (options(400_000_000), Silent);
            let mut search = Search::new(&model, &options, &mut silent);
            let mut days = Days::new(&model);
            let mut random = search.random.clone();
            let Ok((rota, _)) = start(&model, &mut days, 20, &mut random, &options.stop) else {
                panic!("seed {seed}: no start")
            };
            search.offer(rota);
            search.whole(&threads);
            let bound = search.bound.expect("a bound");
            assert!(bound <= price && 50 * (price - bound) <= price, "seed {seed}: {bound} of {price}");
            assert!(search.best.as_ref().is_some_and(|b| b.0.price >= price), "seed {seed}");
        }
        assert!(proven >= 5, "{proven} of 8 optima are known");
    }
}
