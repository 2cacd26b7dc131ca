//! The course of a solve.

mod abreast;
mod dives;
mod root;
mod sweep;
mod whole;

use super::bound::safe_ceil;
use super::branch::branch;
use super::central;
use super::days::Days;
use super::dive::DiveSettings;
use super::evaluate::{Evaluator, Score};
use super::fair_groups;
use super::generate::{Effort, generate};
use super::improve::reoptimise;
use super::master::{Cut, Master};
use super::model::{Column, Model};
use super::neighbourhoods::Chooser;
use super::pool::{promising, recombine};
use super::represent::{enough, represent};
use super::respond::respond;
use super::start::start;
use super::tighten::tighten;
use super::windows::Sweep;
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use crate::problem::{RosterProblem, Schedule};
use crate::solve::anneal::Tables;
use crate::solve::outcome::{Observer, Phase, SolveEvent, SolveOptions, SolveOutcome, Status};
use rayon::prelude::*;
use root::Root;

/// Neighbourhoods tried side by side; fixed, so that the number of threads decides nothing.
const BATCH: usize = 4;
/// Columns remembered per person.
const POOL: usize = 40;
/// Nodes of a tree at most.
const NODES: usize = 200_000;
/// Person-days up to which the tree is searched before neighbourhoods are tried.
const SMALL: usize = 120;

/// Solves a problem by column generation.
pub fn solve(problem: &RosterProblem, options: &SolveOptions, observer: &mut dyn Observer) -> SolveOutcome {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads.max(1)).build();
    match pool {
        // The observer stays on this thread: events are handed out between the parallel parts.
        Ok(pool) => {
            let model = pool.install(|| Model::new(problem));
            Search::new(&model, options, observer).run(&pool)
        }
        Err(_) => SolveOutcome { status: Status::Unknown, best: None, bound: None, interrupted: false },
    }
}

/// Share of the limits at which the dive ends.
const DIVE: f64 = 0.93;
/// Person-days beyond which best response with exact pricing is too slow for a first rota.
const YEAR: usize = 15_000;
/// Person-days up to which windows alone do as well as on a rota that was annealed first.
const HALF_YEAR: usize = 6000;
/// Shares of the limits after which a long horizon is no longer annealed: a year, and less.
const ANNEALED_YEAR: f64 = 0.94;
const ANNEALED: f64 = 0.4;
/// Passes of best response for a first rota that is not annealed.
const PASSES: usize = 16;
/// People from whom on representatives of them come first; a rota that follows head counts stands for the dive then.
const MANY: usize = 600;
/// People from whom on the simplex takes too long over a master of everybody.
const HUGE: usize = 2500;
/// People up to whom whole head counts tell enough from fractions to look for a tighter bound.
const SMALL_TEAM: usize = 24;
/// Share of the limits that the representatives may take.
const REPRESENTED: f64 = 0.4;
/// Share of the limits that goes into a tighter bound once the root has converged.
const TIGHTEN: f64 = 0.15;
/// Shares of the limits at which the tree of a larger problem is searched, from and to, and the gap from which on.
const TREE: (f64, f64) = (0.3, 0.9);
const SMALL_GAP: f64 = 0.005;
/// Share of the limits that the integer program over known lines may take.
const RECOMBINE: f64 = 0.05;

struct Search<'s, 'm, 'a> {
    model: &'m Model<'a>,
    options: &'s SolveOptions,
    observer: &'s mut dyn Observer,
    evaluator: Evaluator<'m, 'a>,
    /// People whom fairness compares.
    groups: Vec<Vec<usize>>,
    random: Random,
    cuts: Vec<Cut>,
    pool: Vec<Vec<Column>>,
    best: Option<(Score, Vec<Column>)>,
    bound: Option<i64>,
    columns: u64,
    /// Share of the limits that a large team's first rota took: those of the phases after it are shares of the rest.
    begun: f64,
}

impl<'s, 'm, 'a> Search<'s, 'm, 'a> {
    fn new(model: &'m Model<'a>, options: &'s SolveOptions, observer: &'s mut dyn Observer) -> Self {
        Self {
            model,
            options,
            observer,
            evaluator: Evaluator::new(model),
            groups: fair_groups::groups(model),
            random: Random::new(options.seed),
            cuts: Vec::new(),
            pool: vec![Vec::new(); model.problem.people.len()],
            best: None,
            bound: None,
            columns: 0,
            begun: 0.0,
        }
    }

    fn run(mut self, threads: &rayon::ThreadPool) -> SolveOutcome {
        let model = self.model;
        let stop = &self.options.stop;
        let people = model.problem.people.len();
        let mut sweep = Sweep::new(model.problem);
        let mut random = self.random.clone();
        let year = sweep.is_some() && people * model.problem.days > YEAR;
        let long = sweep.is_some() && people * model.problem.days > HALF_YEAR;
        let tables = if long { threads.install(|| Tables::new(model.problem)) } else { None };
        // What is annealed begins anywhere.
        let passes = if tables.is_some() { 1 } else { PASSES };
        let responded =
            if year { threads.install(|| respond(model, passes, &mut random, stop)) } else { None };
        if let Some(rota) = responded
            && let Some(sweep) = sweep.take()
        {
            self.random = random;
            self.offer(rota);
            self.report(Phase::Start);
            self.anneal_and_sweep(threads, tables.as_ref(), sweep, ANNEALED_YEAR, false);
            return self.outcome();
        }
        let mut days = threads.install(|| Days::new(model));
        let passes = if model.days().next().is_some() { 2 } else { 20 };
        let started = threads.install(|| start(model, &mut days, passes, &mut random, stop));
        self.random = random;
        let (rota, met) = match started {
            Ok(lines) => lines,
            Err(nobody) => {
                return outcome(Status::Infeasible { people: nobody, rows: Vec::new() }, None, None, stop);
            }
        };
        if rota.len() < people {
            return outcome(Status::Unknown, None, None, stop);
        }
        self.offer(rota.clone());
        self.report(Phase::Start);
        if let Some(sweep) = sweep {
            if long {
                self.whole(threads);
            }
            // Nothing is left to anneal where the whole horizon was solved nearly to the end.
            let tables = tables.filter(|_| self.gap().is_none_or(|gap| gap > SMALL_GAP));
            self.anneal_and_sweep(threads, tables.as_ref(), sweep, ANNEALED, !long);
            return self.outcome();
        }

        let inside = self.inside();
        let mut cuts = std::mem::take(&mut self.cuts);
        let (mut lines, mut prices) = (Vec::new(), None);
        if people >= MANY {
            self.begun = stop.used();
            let until = self.share(REPRESENTED);
            let found =
                threads.install(|| represent(model, &rota, enough(people), &mut days, &mut cuts, &until));
            (lines, prices) = (found.lines, Some(found.duals));
        }
        let mut master = Master::new(model, (0..people).collect(), &[], &cuts);
        for column in lines.into_iter().chain(rota).chain(met) {
            self.columns += u64::from(master.add_column(column));
        }
        if let Some(duals) = prices {
            self.offer(master.first_lines());
            self.prove_at(threads, &master, &mut days, &duals);
            if people >= HUGE && !inside {
                self.cuts = cuts;
                master.columns.iter().for_each(|c| self.remember(c.clone()));
                self.improve(threads, stop);
                return self.outcome();
            }
        }
        let root = self.root(threads, &mut master, &mut days, &mut cuts);
        if root == Root::Broken {
            let rows = master.broken_rows();
            return outcome(Status::Infeasible { people: Vec::new(), rows }, None, None, stop);
        }
        let converged_root = root == Root::Converged;
        let converged = converged_root && people <= SMALL_TEAM;
        let prices = master.duals();
        if people <= SMALL_TEAM && !self.done() {
            self.side_by_side(threads, &mut master, &prices, &abreast::BEAMS[..1]);
        }
        // Without a rota the dive comes first: whoever has little time wants one.
        let sharpened = converged && self.has_rota();
        if sharpened {
            self.sharpen(threads, &master, &mut days);
        }
        if inside {
            self.follow(threads, &mut master);
        }
        let reduced: Vec<f64> = (0..master.columns.len()).map(|c| master.reduced_cost(c)).collect();
        if !inside && !self.done() {
            let until = stop.within(DIVE);
            // A master that did not converge with the fairness rows in time is too slow to dive with them.
            master.set_fairness(root == Root::Converged);
            if root != Root::Converged {
                // The first cells are fixed at a solution that knows the aims, or no longer the rows of the terms.
                let effort = Effort { rounds: if root == Root::Plain { 12 } else { 1 }, ..Effort::default() };
                threads.install(|| generate(&mut master, &mut days, &mut cuts, effort, &until));
            }
            self.dive(threads, (&mut master, &mut days, &mut cuts), DiveSettings::default(), &until);
        }
        let counts_alone = model.days().next().is_none() && model.problem.fairness.is_empty();
        if counts_alone && central::suits(&master) && converged_root && !self.done() {
            self.central_dives(threads, (&mut master, &mut days, &mut cuts));
        }
        self.cuts = prune(cuts, &master);
        if converged && !sharpened {
            self.sharpen(threads, &master, &mut days);
        }
        if people <= SMALL_TEAM {
            self.side_by_side(threads, &mut master, &prices, &abreast::BEAMS[1..]);
        }
        if !inside && !self.done() {
            self.recombine(&master, &reduced);
        }
        for column in &master.columns {
            self.remember(column.clone());
        }
        let cells: usize =
            model.problem.people.iter().map(|l| l.options.iter().filter(|o| o.len() > 1).count()).sum();
        if cells <= SMALL && !self.done() {
            self.branch(threads, &mut master, &mut days, stop);
        } else if converged_root && model.days().next().is_none() {
            self.improve(threads, &stop.within(TREE.0));
            if self.gap().is_some_and(|gap| gap <= SMALL_GAP) && !self.done() {
                self.branch(threads, &mut master, &mut days, &stop.within(TREE.1));
            }
        }
        self.improve(threads, stop);
        self.outcome()
    }

    /// What was found and proven.
    fn outcome(mut self) -> SolveOutcome {
        let stop = &self.options.stop;
        let interrupted = stop.interrupted();
        match self.best.take() {
            Some((score, rota)) if score.broken == 0 => {
                let status = if self.bound.is_some_and(|b| b >= score.price) {
                    Status::Optimal
                } else {
                    Status::Feasible
                };
                let mut choice = vec![Vec::new(); rota.len()];
                for column in rota {
                    choice[column.person] = column.choice;
                }
                let bound = self.bound.map(|b| b.min(score.price));
                SolveOutcome { status, best: Some((Schedule { choice }, score.price)), bound, interrupted }
            }
            _ => outcome(Status::Unknown, None, self.bound, stop),
        }
    }

    /// The limits up to a share of what the first rota left.
    fn share(&self, share: f64) -> StopCriterion {
        self.options.stop.within(self.begun + share * (1.0 - self.begun))
    }

    /// Whether there is a rota that keeps all hard rules.
    fn has_rota(&self) -> bool {
        self.best.as_ref().is_some_and(|(score, _)| score.broken == 0)
    }

    /// A sharper bound from the days of a converged master.
    fn sharpen(&mut self, threads: &rayon::ThreadPool, master: &Master<'_, '_>, days: &mut Days) {
        if self.done() {
            return;
        }
        let stop = &self.options.stop;
        let until = stop.within(stop.used() + TIGHTEN);
        if let Some(b) = threads.install(|| tighten(master, days, &until)) {
            self.prove(safe_ceil(b));
        }
        self.report(Phase::Root);
    }

    /// Weighs the lines of the root and the dive against each other in an integer program.
    fn recombine(&mut self, master: &Master<'_, '_>, reduced: &[f64]) {
        let stop = &self.options.stop;
        let Some(seconds) = stop.seconds_within((stop.used() + RECOMBINE).min(1.0)) else { return };
        let Some((score, incumbent)) = self.best.as_ref().filter(|b| b.0.broken == 0) else { return };
        let gap = self.bound.map_or(f64::INFINITY, |b| (score.price - b) as f64);
        let Some(lines) = promising(master, reduced, gap, incumbent) else { return };
        if let Some(rota) = recombine(self.model, &lines, &self.cuts, seconds) {
            self.offer(rota);
        }
        self.report(Phase::Dive);
    }

    fn branch(
        &mut self,
        threads: &rayon::ThreadPool,
        master: &mut Master<'_, '_>,
        days: &mut Days,
        until: &StopCriterion,
    ) {
        let mut cuts = std::mem::take(&mut self.cuts);
        let mut incumbent = self.best.take();
        let bound = self.bound.unwrap_or(0);
        let evaluator = &self.evaluator;
        let result = threads
            .install(|| branch(master, days, &mut cuts, evaluator, bound, &mut incumbent, NODES, until));
        self.best = incumbent;
        self.cuts = cuts;
        self.prove(result.bound);
        self.report(Phase::Branch);
    }

    /// Neighbourhoods until a limit is reached.
    fn improve(&mut self, threads: &rayon::ThreadPool, until: &StopCriterion) {
        let model = self.model;
        let stop = &self.options.stop;
        let (people, days) = (model.problem.people.len(), model.problem.days);
        let mut sets: Vec<Days> = Vec::new();
        let mut chooser = Chooser::new(model);
        let mut idle = 0;
        while !self.done() && !until.reached() {
            let Some((_, rota)) = self.best.clone() else { break };
            if sets.is_empty() {
                sets = (0..BATCH).map(|_| threads.install(|| Days::new(model))).collect();
            }
            let fairness = self.evaluator.fairness_by_term(&rota.iter().collect::<Vec<_>>());
            let tasks: Vec<_> = (0..BATCH)
                .map(|_| {
                    let (neighbourhood, kind) = chooser.choose(model, &rota, &fairness, &mut self.random);
                    (neighbourhood, kind, Random::new(self.random.bits()), stop.apart())
                })
                .collect();
            let (pool, cuts) = (&self.pool, &self.cuts);
            let results: Vec<_> = threads.install(|| {
                sets.par_iter_mut()
                    .zip(tasks)
                    .map(|(set, (neighbourhood, kind, mut random, own))| {
                        let before = own.work();
                        let found =
                            reoptimise(model, &rota, pool, cuts, set, &neighbourhood, &mut random, &own);
                        (kind, found, own.work() - before)
                    })
                    .collect()
            });
            let mut any = false;
            for (kind, found, work) in results {
                stop.charge(work);
                let mut improved = false;
                if let Some((columns, fresh)) = found {
                    let Some((_, current)) = &self.best else { break };
                    let mut next = current.clone();
                    for column in &columns {
                        next[column.person] = column.clone();
                    }
                    improved = self.offer(next);
                    for column in columns {
                        self.remember(column);
                    }
                    if self.cuts.len() < 40 * model.problem.blocks.len() {
                        self.cuts.extend(fresh);
                    }
                }
                any |= improved;
                chooser.learn(kind, improved, people, days);
            }
            idle = if any { 0 } else { idle + 1 };
            self.report(Phase::Improve);
            if idle > 4000 {
                break;
            }
        }
    }

    /// Takes a rota when it is better than the best so far.
    fn offer(&mut self, mut rota: Vec<Column>) -> bool {
        rota.sort_unstable_by_key(|c| c.person);
        let score = self.evaluator.score(&rota.iter().collect::<Vec<_>>());
        let better = self.best.as_ref().is_none_or(|(s, _)| score < *s);
        if better {
            self.best = Some((score, rota));
        }
        better
    }

    fn prove(&mut self, bound: i64) {
        self.bound = Some(self.bound.map_or(bound, |b| b.max(bound)));
    }

    fn remember(&mut self, column: Column) {
        let list = &mut self.pool[column.person];
        if list.iter().any(|c| c.choice == column.choice) {
            return;
        }
        if list.len() >= POOL {
            list.remove(0);
        }
        list.push(column);
        self.columns += 1;
    }

    /// Gap of the best rota that keeps all hard rules, as a share of its price.
    fn gap(&self) -> Option<f64> {
        let (score, _) = self.best.as_ref().filter(|b| b.0.broken == 0)?;
        self.bound.map(|bound| (score.price - bound) as f64 / score.price.max(1) as f64)
    }

    /// Whether the gap that was asked for is reached.
    fn done(&self) -> bool {
        self.gap().is_some_and(|gap| gap <= self.options.gap)
    }

    fn report(&mut self, phase: Phase) {
        let best = self.best.as_ref().filter(|b| b.0.broken == 0).map(|b| b.0.price);
        self.observer.event(SolveEvent {
            elapsed: self.options.stop.elapsed().as_secs_f64(),
            best,
            bound: self.bound,
            phase,
            columns: self.columns,
            spent: self.model.spent.read(),
        });
    }
}

fn outcome(
    status: Status,
    best: Option<(Schedule, i64)>,
    bound: Option<i64>,
    stop: &crate::base::stop::StopCriterion,
) -> SolveOutcome {
    SolveOutcome { status, best, bound, interrupted: stop.interrupted() }
}

/// The latest cuts of each block, as many as help without slowing every master down.
fn prune(cuts: Vec<Cut>, master: &Master<'_, '_>) -> Vec<Cut> {
    const KEEP: usize = 16;
    let mut left = vec![KEEP; master.model.problem.blocks.len()];
    let mut kept: Vec<Cut> = cuts
        .into_iter()
        .rev()
        .filter(|c| {
            let more = left[c.block] > 0;
            left[c.block] = left[c.block].saturating_sub(1);
            more
        })
        .collect();
    kept.reverse();
    kept
}
