//! The root of a solve: column generation over everybody, and the bounds that it proves.

use super::{MANY, Search};
use crate::intraday::program::Depth;
use crate::solve::colgen::bound::{lagrangian, minima, normalise, safe_ceil};
use crate::solve::colgen::central;
use crate::solve::colgen::days::Days;
use crate::solve::colgen::fair_groups::{self, Aims};
use crate::solve::colgen::generate::{Effort, generate};
use crate::solve::colgen::master::{Cut, Duals, Master};
use crate::solve::outcome::Phase;

/// Shares of the limits at which the phases end: the root without fairness terms, and with them.
const ROOT_PLAIN: f64 = 0.6;
const ROOT: f64 = 0.65;
/// People and fairness terms (pairs) beyond which the master goes without the rows of the terms.
const FAIR_PAIRS: usize = 600;
/// People compared with each other up to which their terms are priced group by group.
const GROUP: usize = 60;
/// Times the guide of the days is fitted to where the root has converged.
const COURSES: usize = 8;
/// Share of the limits behind the first rota after whose use by the representatives there is no time for the fairness terms of
/// everybody.
const SLOW: f64 = 0.2;
/// Rounds of column generation with the fairness terms from the inside.
const ROUNDS: usize = 60;

/// How the root ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    /// Nothing improves any more, or the gap is closed.
    Converged,
    /// The same without the fairness terms, which would make it too slow.
    Plain,
    /// Its share of the limits was used up.
    Unfinished,
    /// Converged with hard rows missed: there is no rota.
    Broken,
}

impl Search<'_, '_, '_> {
    /// Column generation over everybody: first without the fairness terms, which make the simplex slow, then with them; large
    /// teams by the interior point method with the terms at once.
    pub(super) fn root(
        &mut self,
        threads: &rayon::ThreadPool,
        master: &mut Master<'_, '_>,
        days: &mut Days,
        cuts: &mut Vec<Cut>,
    ) -> Root {
        let fair = !self.model.problem.fairness.is_empty();
        let stop = &self.options.stop;
        let inside = self.inside();
        // With the fairness terms the method takes hardly longer, where there is time for it at all.
        if inside && fair && stop.used() - self.begun < SLOW * (1.0 - self.begun) {
            let solved = self.fair_from_inside(threads, master, days, cuts).is_some();
            return if solved && !master.broken_rows().is_empty() { Root::Broken } else { Root::Plain };
        }
        let mut courses = 0;
        // The representatives of a large team have seen to it.
        let most = if self.model.problem.people.len() >= MANY { 0 } else { COURSES };
        let mut found = Root::Unfinished;
        for (fairness, share) in [(false, ROOT_PLAIN), (true, ROOT)] {
            if !fair && fairness {
                break;
            }
            if fairness {
                let aims = self.price_fairness(threads, master, days);
                if inside {
                    return Root::Plain;
                }
                let pairs: usize = self.model.problem.fairness.iter().map(|t| t.members.len()).sum();
                if pairs > FAIR_PAIRS {
                    let known = self.fair_from_inside(threads, master, days, cuts);
                    if let Some(aims) = known.or(aims) {
                        master.aim(aims);
                    }
                    return Root::Plain;
                }
            }
            master.set_fairness(fairness);
            let until = self.share(if fair { share } else { ROOT });
            found = Root::Unfinished;
            while !until.reached() && found == Root::Unfinished {
                let exact = Effort { gap: 1e-4, smoothing: 0.3, learn: true, ..Effort::default() };
                let effort = Effort { interior: inside, ..exact };
                let result = threads.install(|| generate(master, days, cuts, effort, &until));
                self.columns = master.columns.len() as u64;
                if let Some(b) = result.bound {
                    self.prove(safe_ceil(b));
                }
                self.report(Phase::Root);
                if self.done() {
                    found = Root::Converged;
                } else if result.converged {
                    found = Root::Converged;
                    if courses < most {
                        courses += 1;
                        let counts = master.counts();
                        stop.charge(threads.install(|| days.expect(&counts)));
                        cuts.retain(|c| days.admits(c));
                        if master.drop_cuts(days) {
                            found = Root::Unfinished;
                        }
                    }
                }
            }
            if found == Root::Converged && !master.broken_rows().is_empty() {
                return Root::Broken;
            }
            if found == Root::Unfinished || self.done() {
                break;
            }
        }
        found
    }

    /// Whether the team is large and its master can be solved from the inside.
    pub(super) fn inside(&self) -> bool {
        let problem = self.model.problem;
        problem.people.len() >= MANY && self.model.days().next().is_some() && central::fits(problem)
    }

    /// Whether the people compared with each other fall into small groups.
    fn grouped(&self) -> bool {
        self.groups.iter().all(|g| g.len() <= GROUP)
    }

    /// Prices the fairness terms at the prices of cells that a master without them has, for a bound that knows them.
    fn price_fairness(
        &mut self,
        threads: &rayon::ThreadPool,
        master: &mut Master<'_, '_>,
        days: &mut Days,
    ) -> Option<Aims> {
        if !self.grouped() {
            return None;
        }
        let model = self.model;
        let until = self.share(ROOT);
        let mut duals = master.duals();
        duals.round(model.grid);
        let priced = threads.install(|| fair_groups::price_fairness(master, &self.groups, &duals, &until))?;
        let aims = Aims::new(model, &priced.ranges, &priced.fair);
        duals.fair = priced.fair;
        normalise(model, &mut duals);
        self.prove_at(threads, master, days, &duals);
        for column in priced.columns {
            self.columns += u64::from(master.add_column(column));
        }
        Some(aims)
    }

    /// Column generation with the fairness terms by the interior point method, for a bound that knows them; what its solution
    /// says of everybody alone, if there was time for one.
    fn fair_from_inside(
        &mut self,
        threads: &rayon::ThreadPool,
        master: &mut Master<'_, '_>,
        days: &mut Days,
        cuts: &mut Vec<Cut>,
    ) -> Option<Aims> {
        let until = self.share(ROOT);
        if until.reached() || !central::suits(master) {
            return None;
        }
        master.set_fairness(true);
        let effort = Effort { rounds: ROUNDS, gap: 1e-4, learn: true, interior: true, ..Effort::default() };
        let result = threads.install(|| generate(master, days, cuts, effort, &until));
        self.columns = master.columns.len() as u64;
        if let Some(b) = result.bound {
            self.prove(safe_ceil(b));
        }
        self.report(Phase::Root);
        let solved = result.converged && result.unassigned < 1e-3;
        solved.then(|| Aims::new(self.model, &master.ranges(), &master.duals().fair))
    }

    /// The bound that given prices prove, everybody priced once at them.
    pub(super) fn prove_at(
        &mut self,
        threads: &rayon::ThreadPool,
        master: &Master<'_, '_>,
        days: &mut Days,
        duals: &Duals,
    ) {
        let model = self.model;
        let stop = &self.options.stop;
        let Some(least) = threads.install(|| minima(master, duals, stop)) else { return };
        let depth = Depth { handovers: 80, operations: 0 };
        let found = threads.install(|| lagrangian(model, duals, &least, &master.masks, days, depth));
        stop.charge(found.pivots);
        self.prove(safe_ceil(found.value));
        self.report(Phase::Root);
    }
}
