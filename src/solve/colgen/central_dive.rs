//! Diving from the middle of the best solutions, with cells set free again where every way on loses too much.
//!
//! Days are fixed week by week (relax and fix: what comes later stays fractional, and makes up for what is fixed). A step fixes a share of the open cells. One that loses too much is taken back and made with half as many; a single cell
//! that loses is tried the other way too. Where both ways lead above a ceiling, the better one stands and cells around it are
//! set free until the master is below the ceiling again (ruin and recreate: Schrimpf and others, Journal of Computational
//! Physics 159, 2000, on the masks of a master instead of a rota). The ceiling begins close to the root and rises with what
//! was set free.

use super::central::Middle;
use super::days::Days;
use super::dive::{DiveSettings, finish, fix_cells, integral};
use super::generate::{Effort, Generated, generate};
use super::master::{Cut, Mask, Master};
use super::model::Column;
use crate::base::random::Random;
use crate::base::stop::StopCriterion;

/// Settings of such a dive.
#[derive(Clone, Copy)]
pub(super) struct CentralSettings {
    /// Rounds of column generation a step.
    pub rounds: usize,
    /// Labels kept per key.
    pub beam: Option<usize>,
    /// A rota that costs this is worth nothing: an objective of the master.
    pub cutoff: f64,
    /// How often cells may be set free before it is given up.
    pub releases: usize,
    /// Whether only its end is worth anything: it is given up when it goes too slowly for its limits.
    pub whole: bool,
}

/// Share of the open cells fixed in a step at first, and as long as little is lost.
const SHARE: (f64, f64) = (0.15, 0.3);
/// Part of the way to the ceiling that such a step may lose.
const STEP: f64 = 0.1;
/// What it may lose in any case, a rounding error.
const CRUMB: f64 = 0.02;
/// Steps at most, beside twenty for each cell.
const STEPS: usize = 100;
/// What an objective may lie above the last one, as a share, and is not improved further.
const ENOUGH: f64 = 1e-4;
/// Days that are fixed before later ones are, and the share of their cells that may be left open by then.
const WEEK: usize = 7;
const LATE: f64 = 0.05;
/// Cells a step may fix though it is more than the share.
const LEAST: f64 = 6.0;
/// First distance of the ceiling from the root, as a share of it and in units.
const SLACK: (f64, f64) = (5e-3, 0.9);
/// Times cells are set free before the ceiling rises, and how much farther from the root it is then.
const PATIENCE: usize = 12;
const RISE: f64 = 1.5;
/// Share of the people or days set free at first, and at most.
const FREED: (f64, f64) = (0.1, 0.6);

struct Dive<'d, 'm, 'a> {
    master: &'d mut Master<'m, 'a>,
    days: &'d mut Days,
    cuts: &'d mut Vec<Cut>,
    effort: Effort,
    stop: &'d StopCriterion,
}

/// Dives from the master's current solution, which is one of the interior point method. The masks are left as the dive set
/// them. `None` when it was given up.
pub(super) fn central_dive(
    master: &mut Master<'_, '_>,
    days: &mut Days,
    cuts: &mut Vec<Cut>,
    settings: CentralSettings,
    random: &mut Random,
    stop: &StopCriterion,
) -> Option<Vec<Column>> {
    let CentralSettings { rounds, beam, cutoff, .. } = settings;
    let root = master.middle.as_ref()?.objective;
    let effort = Effort { rounds, beam, interior: true, ..Effort::default() };
    let mut slack = SLACK.0 * root.abs() + SLACK.1;
    let (mut releases, mut patience) = (settings.releases, PATIENCE);
    let mut dive = Dive { master, days, cuts, effort, stop };
    let mut before = WEEK;
    let mut most_cells = SHARE.0 * dive.open_before(before) as f64;
    for _ in 0..20 * dive.open_before(usize::MAX) + STEPS {
        let weights = dive.master.weights();
        if let Some(columns) = integral(dive.master, &weights) {
            return Some(columns);
        }
        if stop.reached() {
            return if settings.whole { None } else { finish(dive.master) };
        }
        let (middle, masks) = (dive.master.middle.clone()?, dive.master.masks.clone());
        let ceiling = (root + slack).min(cutoff).max(middle.objective);
        let late = LATE * (dive.master.people.len() * WEEK) as f64;
        while before < dive.master.model.problem.days && dive.open_before(before) as f64 <= late {
            before += WEEK;
        }
        let quota = most_cells.min((SHARE.1 * dive.open_before(before) as f64).max(LEAST)).max(1.0);
        let how = DiveSettings { share: 1.0, most: quota as usize, before, ..DiveSettings::default() };
        let fixed = fix_cells(dive.master, &weights, how, random);
        let loss = STEP * (ceiling - middle.objective) + CRUMB;
        let most = if fixed.len() > 1 { (middle.objective + loss).min(ceiling) } else { ceiling };
        let mut cost = dive.go_on(most, middle.objective + ENOUGH * middle.objective.abs());
        if cost <= most {
            most_cells = 1.4 * quota;
            continue;
        }
        if stop.reached() {
            continue;
        }
        if fixed.len() > 1 {
            // Fewer cells at once, from where it stood.
            dive.back_to((Some(middle), masks));
            most_cells = 0.5 * fixed.len() as f64;
            continue;
        }
        let mut place = (random.below(dive.master.people.len()), random.below(before));
        if let &[(slot, day, option)] = &fixed[..] {
            // The other way may cost less.
            let one = (dive.master.middle.clone(), dive.master.masks.clone());
            dive.back_to((Some(middle), masks));
            dive.master.masks[slot].forbid(day, option);
            let other = dive.go_on(cost, f64::NEG_INFINITY);
            if other < cost {
                cost = other;
            } else {
                dive.back_to(one);
            }
            place = (slot, day);
        }
        let mut size = FREED.0;
        while cost > ceiling && !stop.reached() {
            if releases == 0 {
                if root + slack >= cutoff {
                    return None;
                }
                // From here on whatever is better than nothing.
                slack = f64::INFINITY;
                break;
            }
            releases -= 1;
            patience -= 1;
            if patience == 0 {
                patience = PATIENCE;
                slack *= RISE;
            }
            release(dive.master, place, size, random);
            cost = dive.go_on(f64::INFINITY, f64::NEG_INFINITY);
            size = (1.5 * size).min(FREED.1);
        }
    }
    None
}

impl Dive<'_, '_, '_> {
    /// Generates lines for the masks as they are; the objective, infinite where somebody has no line. What is bound to cost
    /// more than `most` is not followed further, nor is what costs no more than `enough`.
    fn go_on(&mut self, most: f64, enough: f64) -> f64 {
        self.master.apply_masks();
        let effort = Effort { most, enough, ..self.effort };
        let Generated { objective, stuck, .. } =
            generate(self.master, self.days, self.cuts, effort, self.stop);
        if stuck.is_empty() { objective } else { f64::INFINITY }
    }

    /// Takes up masks and their solution again.
    fn back_to(&mut self, (middle, masks): (Option<Middle>, Vec<Mask>)) {
        (self.master.middle, self.master.masks) = (middle, masks);
        self.master.apply_masks();
    }

    /// Cells on the days before one that are not fixed.
    fn open_before(&self, day: usize) -> usize {
        let days = self.master.model.problem.days.min(day);
        self.master.masks.iter().map(|mask| (0..days).filter(|&d| !mask.fixed(d)).count()).sum()
    }
}

/// Sets some people free on all days, or everybody on the days around one.
fn release(master: &mut Master<'_, '_>, (slot, day): (usize, usize), size: f64, random: &mut Random) {
    let problem = master.model.problem;
    let everything = |master: &Master<'_, '_>, i: usize| Mask::all(&problem.people[master.people[i]].options);
    if random.bits() & 1 == 0 {
        let mut order: Vec<usize> = (0..master.people.len()).filter(|&i| i != slot).collect();
        random.shuffle(&mut order);
        order.truncate((size * order.len() as f64) as usize);
        order.push(slot);
        for i in order {
            master.masks[i] = everything(master, i);
        }
    } else {
        let half = (0.5 * size * problem.days as f64).ceil() as usize;
        for i in 0..master.people.len() {
            let all = everything(master, i);
            for d in day.saturating_sub(half)..(day + half + 1).min(problem.days) {
                master.masks[i].copy(d, &all);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::read::parse_instance;
    use crate::problem::nrp24;
    use crate::solve::colgen::central::suits;
    use crate::solve::colgen::dive::dive;
    use crate::solve::colgen::evaluate::Evaluator;
    use crate::solve::colgen::model::Model;
    use crate::solve::colgen::start::start;

    /// Two weeks of ten people and four types of shift.
    fn text(seed: u64) -> String {
        let mut r = Random::new(seed);
        let mut text =
            "SECTION_HORIZON\n14\nSECTION_SHIFTS\nE,480,\nD,480,E\nM,600,E\nL,480,E|D|M\n".to_owned();
        text += "SECTION_STAFF\n";
        for p in 0..10 {
            text += &format!("P{p},E=14|D=14|M={}|L={},4800,3600,5,2,2,1\n", 4 + p % 3, 5 + p % 4);
        }
        text += "SECTION_SHIFT_ON_REQUESTS\n";
        (0..20).for_each(|i| text += &format!("P{},{},L,{}\n", i % 10, i % 14, 1 + r.below(3)));
        text += "SECTION_COVER\n";
        for d in 0..14 {
            for k in ["E", "D", "M", "L"] {
                text += &format!("{d},{k},{},100,1\n", r.below(4));
            }
        }
        text
    }

    /// Root and rota of a dive with this many releases, `None` for one from a corner; prices come with the constant.
    fn run(seed: u64, releases: Option<usize>, cutoff: f64) -> (Generated, Option<i64>) {
        let stop = StopCriterion::never();
        let (instance, found) = parse_instance("central", &text(seed));
        let problem = nrp24::compile(&instance.unwrap_or_else(|| panic!("{found:?}")));
        let model = Model::new(&problem);
        let mut days = Days::new(&model);
        let mut random = Random::new(seed);
        let Ok((rota, _)) = start(&model, &mut days, 5, &mut random, &stop) else {
            panic!("seed {seed}: no start")
        };
        let mut master = Master::new(&model, (0..rota.len()).collect(), &[], &[]);
        rota.iter().for_each(|column| assert!(master.add_column(column.clone())));
        assert!(suits(&master));
        let effort = Effort { rounds: 100, interior: releases.is_some(), ..Effort::default() };
        let root = generate(&mut master, &mut days, &mut Vec::new(), effort, &stop);
        assert!(root.converged, "seed {seed}");
        let lines = match releases {
            Some(releases) => {
                let settings = CentralSettings { rounds: 8, beam: None, cutoff, releases, whole: true };
                central_dive(&mut master, &mut days, &mut Vec::new(), settings, &mut random, &stop)
            }
            None => {
                let settings = DiveSettings::default();
                dive(&mut master, &mut days, &mut Vec::new(), settings, &mut random, &stop)
            }
        };
        let price = lines.map(|lines| {
            let score = Evaluator::new(&model).score(&lines.iter().collect::<Vec<_>>());
            assert_eq!((lines.len(), score.broken), (10, 0), "seed {seed}");
            score.price
        });
        (root, price)
    }

    #[test]
    fn the_inside_ends_where_the_simplex_does_and_its_dives_below() {
        let (mut from_corners, mut from_inside) = (0, 0);
        for seed in 0..8 {
            let (corner, price) = run(seed, None, f64::INFINITY);
            let (inside, other) = run(seed, Some(100), f64::INFINITY);
            let (price, other) = (price.expect("a rota"), other.expect("a rota"));
            from_corners += price;
            from_inside += other;
            let apart = (inside.objective - corner.objective).abs();
            assert!(apart <= 0.3 + 1e-4 * corner.objective, "seed {seed}: {apart}");
            let bound = inside.bound.expect("a bound");
            assert!(price.min(other) as f64 >= bound - 1e-3, "seed {seed}: {price}, {other}, {bound}");
        }
        assert!(from_inside < from_corners, "{from_inside}, {from_corners}");
    }

    #[test]
    fn cells_that_can_vary_no_more_need_no_row() {
        for seed in 0..4 {
            let stop = StopCriterion::never();
            let (instance, found) = parse_instance("settled", &text(seed));
            let problem = nrp24::compile(&instance.unwrap_or_else(|| panic!("{found:?}")));
            let model = Model::new(&problem);
            let (mut days, mut random) = (Days::new(&model), Random::new(seed));
            let Ok((rota, _)) = start(&model, &mut days, 5, &mut random, &stop) else {
                panic!("seed {seed}: no start")
            };
            let mut master = Master::new(&model, (0..rota.len()).collect(), &[], &[]);
            rota.iter().for_each(|column| assert!(master.add_column(column.clone())));
            let effort = Effort { rounds: 100, interior: true, ..Effort::default() };
            generate(&mut master, &mut days, &mut Vec::new(), effort, &stop);
            for fixed in [0, 3, 10, 13] {
                for column in &rota {
                    let mask = &mut master.masks[column.person];
                    (0..fixed).for_each(|d| mask.fix(d, usize::from(column.choice[d])));
                }
                master.apply_masks();
                let varying = master.varying();
                let open = varying.iter().filter(|v| **v).count();
                assert!(open <= (14 - fixed) * 4 && (open > 0) == (fixed < 14), "seed {seed}: {open}");
                let all = master.solve_over(&vec![true; problem.cells], 1e-7, &stop);
                let few = master.solve_over(&varying, 1e-7, &stop);
                assert!((all - few).abs() <= 1e-5 * all.max(1.0), "seed {seed}, {fixed} days: {all}, {few}");
                // What is left out is priced as far as nobody in it can move.
                let counts = master.counts();
                let priced = master.duals().cell;
                for block in &problem.blocks {
                    let crate::problem::Block::HeadCount { cell, required, under, over } = *block else {
                        continue;
                    };
                    let c = cell as usize;
                    let (price, lack) = (priced[c] * model.scale, required as f64 - counts[c]);
                    assert!(price >= -(over as f64) - 1e-6 && price <= under as f64 + 1e-6, "seed {seed}");
                    assert!(varying[c] || lack < 0.5 || price >= under as f64 - 1e-6, "seed {seed}");
                }
            }
        }
    }

    #[test]
    fn a_dive_that_cannot_end_below_its_cutoff_is_given_up() {
        for seed in 0..4 {
            let (root, price) = run(seed, Some(20), f64::INFINITY);
            let price = price.expect("a rota") as f64;
            // Whatever is found is below the cutoff, and nothing is below the root.
            let (_, better) = run(seed, Some(20), price - 1.0 + 1e-3);
            assert!(better.is_none_or(|better| (better as f64) < price), "seed {seed}");
            let (_, none) = run(seed, Some(20), root.objective - 5.0);
            assert_eq!(none, None, "seed {seed}");
        }
    }
}
