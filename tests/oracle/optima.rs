//! The optimum three times: by trying everything, by the compact program, by column generation.

use crate::brute::{lines_of, optimum};
use crate::cases::{Size, random_case, worked_rest_days};
use crate::days::{short_days, tangled_days, with_tasks};
use paiban::base::stop::StopCriterion;
use paiban::model::{Case, Requirement};
use paiban::problem::{RosterProblem, compile, decode, score};
use paiban::solve::compact::{self, Compact};
use paiban::solve::{Observer, SolveEvent, SolveOptions, Status, solve};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

/// Cases from `seed` on that can be tried out: at most `most` combinations.
fn small_cases(first: u64, number: usize, most: u64, make: Make, mut judge: impl FnMut(u64)) {
    let mut found = 0;
    let mut seed = first;
    while found < number {
        seed += 1;
        let (case, requirement) = make(seed);
        let Ok(compiled) = compile(&case, &requirement) else { continue };
        if lines_of(&compiled.problem, most).is_some() {
            judge(seed);
            found += 1;
        }
    }
}

const TINY: Size = Size {
    people: 5,
    days: 7,
    codes: 3,
    history: 9,
    hard: 0.25,
    rules: 0.25,
    meals: true,
    channels: 2,
    intervals: 3,
};

/// Makes a case from a seed.
type Make = fn(u64) -> (Case, Requirement);

struct Quiet;

impl Observer for Quiet {
    fn event(&mut self, _: SolveEvent) {}
}

/// What became of a number of cases.
#[derive(Debug, Default)]
struct Tally {
    equal: usize,
    infeasible: usize,
    open: Vec<u64>,
}

fn compare_compact(seed: u64, problem: &RosterProblem, truth: Option<i64>, tally: &mut Tally) {
    match (truth, compact::solve(problem, PATIENCE)) {
        (None, Compact::Infeasible) => tally.infeasible += 1,
        (Some(best), Compact::Found { schedule, objective, proven }) => {
            assert_eq!(compact::total(problem, &schedule), Some(objective), "seed {seed}");
            assert!(objective >= best, "seed {seed}: {objective} is better than the best, {best}");
            if proven {
                assert_eq!(objective, best, "seed {seed}: not the best, yet claimed proven");
                tally.equal += 1;
            } else {
                tally.open.push(seed);
            }
        }
        (_, Compact::Unknown) => tally.open.push(seed),
        (truth, answer) => panic!("seed {seed}: {truth:?} against {answer:?}"),
    }
}

fn compare_columns(seed: u64, problem: &RosterProblem, truth: Option<i64>, tally: &mut Tally) {
    let stop = StopCriterion::new(Some(PATIENCE), None, Arc::default());
    let options = SolveOptions { stop, gap: 0.0, seed, threads: 1 };
    let outcome = solve(problem, &options, &mut Quiet);
    let Some(best) = truth else {
        let claimed = outcome.best.map(|(schedule, _)| score(problem, &schedule));
        assert!(claimed.is_none(), "seed {seed}: a schedule where there is none: {claimed:?}");
        match outcome.status {
            Status::Infeasible { .. } => tally.infeasible += 1,
            _ => tally.open.push(seed),
        }
        return;
    };
    let bound = outcome.bound;
    assert!(bound.is_none_or(|b| b <= best), "seed {seed}: bound {bound:?} above the optimum {best}");
    match (&outcome.status, &outcome.best) {
        (Status::Optimal, Some((schedule, objective))) => {
            assert_eq!(compact::total(problem, schedule), Some(*objective), "seed {seed}");
            assert_eq!(*objective, best, "seed {seed}: not the best, yet claimed optimal");
            tally.equal += 1;
        }
        (Status::Feasible, Some((schedule, objective))) => {
            assert_eq!(compact::total(problem, schedule), Some(*objective), "seed {seed}");
            assert!(*objective >= best, "seed {seed}");
            println!("seed {seed}: {objective} with bound {bound:?}, optimum {best}");
            tally.open.push(seed);
        }
        (Status::Unknown, None) => tally.open.push(seed),
        _ => panic!("seed {seed}: optimum {best} against {outcome:?}"),
    }
}

/// Time of an engine for a case; none needs it on a machine of its own.
const PATIENCE: Duration = Duration::from_secs(120);

/// Judges `number` cases of at most `most` combinations by all engines.
fn compare_engines(first: u64, number: usize, most: u64, make: Make) {
    let (mut program, mut columns) = (Tally::default(), Tally::default());
    let mut wrong = Vec::new();
    small_cases(first, number, most, make, |seed| {
        let (case, requirement) = make(seed);
        let compiled = compile(&case, &requirement).expect("compiled before");
        let problem = &compiled.problem;
        let lines = lines_of(problem, most).expect("enumerated before");
        let truth = optimum(problem, &lines).map(|t| t.0);
        // All cases are judged before the first mistake is told.
        let mut judge = |what: fn(u64, &RosterProblem, Option<i64>, &mut Tally), tally: &mut Tally| {
            let judged = catch_unwind(AssertUnwindSafe(|| what(seed, problem, truth, tally)));
            wrong.extend(judged.err().map(|_| seed));
        };
        judge(compare_compact, &mut program);
        judge(compare_columns, &mut columns);
    });
    println!("compact: {program:?}\ncolumns: {columns:?}");
    assert!(wrong.is_empty(), "wrong: {wrong:?}");
    for tally in [program, columns] {
        assert!(tally.open.is_empty(), "no answer: {:?}", tally.open);
    }
}

/// Tells what there is to know of one case: `SEED=81 cargo test --test oracle one_seed -- --ignored --nocapture`.
#[test]
#[ignore = "a tool"]
fn one_seed() {
    let seed = std::env::var("SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    let (case, requirement) = random_case(seed, TINY);
    for r in &case.rules.rows {
        println!("{:?} {:?} {:?} {:?} {}", r.kind, r.scope.terms, r.value, r.strength, r.weight);
    }
    println!("{:#?}\n{:#?}\n{requirement:?}", case.people, case.shifts);
    let compiled = compile(&case, &requirement).expect("every day has an option");
    let lines = lines_of(&compiled.problem, 10_000_000).expect("few combinations");
    if let Some((best, schedule)) = optimum(&compiled.problem, &lines) {
        println!("optimum {best}: {:?}", decode(&compiled.problem, &case, &schedule).cells);
        println!("{:?}", score(&compiled.problem, &schedule));
        println!("{:?} {:?}", compiled.problem.duty_rows, compiled.problem.fairness);
        compare_compact(seed, &compiled.problem, Some(best), &mut Tally::default());
        compare_columns(seed, &compiled.problem, Some(best), &mut Tally::default());
    }
}

#[test]
fn all_engines_find_the_optimum_of_tiny_cases() {
    compare_engines(0, 40, 20_000, |seed| random_case(seed, TINY));
}

/// What `paiban export` writes has the optimum of the case, but for what its duties leave open.
fn compare_written(first: u64, number: usize, make: Make) -> (usize, usize) {
    let (mut equal, mut below) = (0, 0);
    small_cases(first, number, 20_000, make, |seed| {
        let (case, requirement) = make(seed);
        let problem = compile(&case, &requirement).expect("compiled before").problem;
        let lines = lines_of(&problem, 20_000).expect("enumerated before");
        let truth = optimum(&problem, &lines).map_or(f64::INFINITY, |t| t.0 as f64);
        let Some(written) = compact::written_optimum(&problem, PATIENCE) else { return };
        assert!(written <= truth + 1e-3, "seed {seed}: {written} above {truth}");
        *if written >= truth - 1e-3 { &mut equal } else { &mut below } += 1;
    });
    (equal, below)
}

#[test]
fn the_exported_program_has_the_optimum_of_tiny_cases() {
    let (equal, below) = compare_written(0, 20, |seed| random_case(seed, TINY));
    assert!(equal >= 18, "{equal} equal, {below} below");
    let (equal, below) = compare_written(0, 30, short_days);
    assert!(equal >= 24, "{equal} equal, {below} below");
}

/// The acceptance run: `cargo test --release --test oracle -- --ignored`.
#[test]
#[ignore = "takes minutes"]
fn all_engines_find_the_optimum_of_two_hundred_cases() {
    compare_engines(10_000, 200, 10_000_000, |seed| random_case(seed, TINY));
}

/// Handovers, meetings and nights in cases of a day or two.
#[test]
fn all_engines_find_the_optimum_of_short_cases_with_full_days() {
    compare_engines(0, 60, 20_000, short_days);
}

#[test]
fn all_engines_find_the_optimum_where_days_off_answer_worked_rest_days() {
    compare_engines(0, 60, 400_000, worked_rest_days);
}

/// Two handovers share minutes, or a handover and the reading of messages.
#[test]
fn all_engines_find_the_optimum_where_handovers_share_minutes() {
    compare_engines(0, 60, 20_000, |seed| tangled_days(seed, 4));
}

/// Work off the queue, which the bound may leave undone.
#[test]
fn all_engines_find_the_optimum_where_there_is_work_off_the_queue() {
    compare_engines(0, 40, 20_000, |seed| with_tasks(seed, short_days(seed)));
    let (equal, below) = compare_written(0, 20, |seed| with_tasks(seed, short_days(seed)));
    println!("{equal} equal, {below} below");
}

/// The acceptance run of these.
#[test]
#[ignore = "takes minutes"]
fn all_engines_find_the_optimum_of_five_hundred_short_cases() {
    compare_engines(1000, 500, 20_000, short_days);
    compare_engines(1000, 300, 20_000, |seed| tangled_days(seed, 4));
}
