//! Fairness by groups, neighbourhoods of compared people, representatives of large teams.

use super::beam::beam;
use super::bound::{lagrangian, minima, normalise};
use super::days::Days;
use super::evaluate::Evaluator;
use super::fair_groups::{Aims, groups, price_fairness};
use super::generate::{Effort, generate};
use super::master::{Duals, Master};
use super::model::{Column, Model};
use super::neighbourhoods::{Chooser, Kind};
use super::represent::represent;
use super::start::start;
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use crate::intraday::program::Depth;
use crate::io::read::{ReadOptions, read_case};
use crate::problem::{RosterProblem, compile};
use crate::templates::generate::{Size, files};
use crate::{staffing, templates};

/// The problem of a case folder with these files.
pub(super) fn month(files: &[(String, String)]) -> RosterProblem {
    let folder = tempfile::tempdir().expect("a folder");
    templates::write_files(files, folder.path()).expect("a case can be written");
    let (case, findings) = read_case(folder.path(), &ReadOptions::default());
    let case = case.unwrap_or_else(|| panic!("{findings:?}"));
    compile(&case, &staffing::requirement(&case)).expect("every day has an option").problem
}

/// A made-up month of so many people.
fn made_up(people: usize) -> RosterProblem {
    month(&files(&Size { people, seed: 1, understaffed: false }))
}

fn first_rota(model: &Model<'_>, days: &mut Days) -> Vec<Column> {
    let stop = StopCriterion::never();
    let (mut rota, _) = start(model, days, 2, &mut Random::new(1), &stop).expect("everybody has a line");
    rota.sort_unstable_by_key(|c| c.person);
    rota
}

#[test]
fn every_group_that_pays_for_fairness_is_set_free_once_before_chance_decides() {
    let problem = made_up(60);
    let model = Model::new(&problem);
    let rota = first_rota(&model, &mut Days::new(&model));
    let fairness = vec![1; problem.fairness.len()];
    let mut chooser = Chooser::new(&model);
    let mut random = Random::new(1);
    let mut seen = vec![0; 60];
    for _ in 0..groups(&model).len() {
        let (neighbourhood, kind) = chooser.choose(&model, &rota, &fairness, &mut random);
        assert_eq!(kind, Kind::Compared);
        neighbourhood.people.iter().for_each(|&p| seen[p] += 1);
    }
    assert!(seen.iter().all(|&n| n == 1), "{seen:?}");
}

#[test]
fn prices_of_fairness_raise_the_bound_and_stay_below_a_rota() {
    let problem = made_up(36);
    let model = Model::new(&problem);
    let mut days = Days::new(&model);
    let rota = first_rota(&model, &mut days);
    let stop = StopCriterion::never();
    let mut master = Master::new(&model, (0..36).collect(), &[], &[]);
    rota.iter().for_each(|c| {
        master.add_column(c.clone());
    });
    master.set_fairness(false);
    generate(&mut master, &mut days, &mut Vec::new(), Effort::default(), &stop);
    let mut duals = master.duals();
    duals.round(model.grid);
    let mut bound = |duals: &Duals| {
        let least = minima(&master, duals, &stop).expect("no clock");
        let depth = Depth { handovers: 80, operations: 0 };
        lagrangian(&model, duals, &least, &master.masks, &mut days, depth).value
    };
    let plain = bound(&duals);
    let priced = price_fairness(&master, &groups(&model), &duals, &stop).expect("no clock");
    duals.fair = priced.fair.clone();
    normalise(&model, &mut duals);
    let fair = bound(&duals);
    assert!(fair > plain + 1.0, "{fair} with prices of fairness, {plain} without");
    let price = Evaluator::new(&model).score(&rota.iter().collect::<Vec<_>>()).price;
    assert!(fair <= price as f64, "{fair} above a rota of {price}");

    let aims = Aims::new(&model, &priced.ranges, &priced.fair);
    let paid: f64 = rota.iter().map(|c| aims.price(&model, c)).sum();
    assert!(paid > 0.0, "the first rota is fair to everybody");
    // Among the lines of the groups there is one for everybody that hardly leaves the range.
    let mut least = vec![f64::INFINITY; 36];
    for column in &priced.columns {
        least[column.person] = least[column.person].min(aims.price(&model, column));
    }
    let least: f64 = least.into_iter().filter(|p| p.is_finite()).sum();
    assert!(least < 0.5 * paid, "{least} for the lines of the groups, {paid} for the first rota");
}

#[test]
fn representatives_bring_prices_for_a_bound_and_lines_for_everybody() {
    let problem = made_up(72);
    let model = Model::new(&problem);
    let mut days = Days::new(&model);
    let rota = first_rota(&model, &mut days);
    let stop = StopCriterion::never();
    let mut cuts = Vec::new();
    let found = represent(&model, &rota, 24, &mut days, &mut cuts, &stop);
    let mut master = Master::new(&model, (0..72).collect(), &[], &cuts);
    rota.into_iter().for_each(|c| {
        master.add_column(c);
    });
    master.set_fairness(false);
    let alone = master.solve(&stop);
    found.lines.into_iter().for_each(|c| {
        master.add_column(c);
    });
    let together = master.solve(&stop);
    assert!(together < 0.95 * alone, "{together} with their lines, {alone} without");

    let least = minima(&master, &found.duals, &stop).expect("no clock");
    let depth = Depth { handovers: 80, operations: 0 };
    let bound = lagrangian(&model, &found.duals, &least, &master.masks, &mut days, depth).value;
    let effort = Effort { rounds: 60, gap: 1e-4, ..Effort::default() };
    let whole = generate(&mut master, &mut days, &mut cuts, effort, &stop);
    assert!(bound <= whole.objective, "{bound} above {}", whole.objective);
}

/// Three people between day, evening and days off under the cap: the beam finds rotas that keep every rule, the same ones
/// on any number of threads, and leaves teams alone that have too many ways to spend a day.
#[test]
fn a_small_team_is_rostered_day_by_day() {
    let template = templates::files("split-evening", crate::base::Lang::En).expect("a template");
    let problem = month(&template);
    let model = Model::new(&problem);
    let mut days = Days::new(&model);
    let stop = StopCriterion::never();
    let mut master = Master::new(&model, (0..3).collect(), &[], &[]);
    for column in first_rota(&model, &mut days) {
        master.add_column(column);
    }
    let effort = Effort { rounds: 40, ..Effort::default() };
    generate(&mut master, &mut days, &mut Vec::new(), effort, &stop);
    let mut duals = master.duals();
    duals.round(model.grid);
    normalise(&model, &mut duals);
    let evaluator = Evaluator::new(&model);
    let on = |threads: usize, width: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| beam(&model, &evaluator, &duals, width, &stop))
    };
    let rotas = on(1, 300);
    let scores: Vec<_> = rotas.iter().map(|rota| evaluator.score(&rota.iter().collect::<Vec<_>>())).collect();
    assert!(!scores.is_empty() && scores.is_sorted() && scores.iter().all(|s| s.broken == 0), "{scores:?}");
    let choices = |rotas: &[Vec<Column>]| -> Vec<Vec<u16>> {
        rotas.iter().flatten().map(|column| column.choice.clone()).collect()
    };
    assert_eq!(choices(&rotas), choices(&on(3, 300)));
    let everybody = made_up(36);
    let large = Model::new(&everybody);
    let none = Duals { cell: vec![0.0; everybody.cells], ..Duals::default() };
    assert!(beam(&large, &Evaluator::new(&large), &none, 10, &stop).is_empty());
}
