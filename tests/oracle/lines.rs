//! Compiled lines of work against the checker, on random rotas.

use crate::cases::{Size, random_case, worked_rest_days};
use paiban::base::index::ShiftIx;
use paiban::base::random::Random;
use paiban::check::{Match, check};
use paiban::model::{Case, DayCell, DayPlan, Requirement, Rota, Strength};
use paiban::problem::{Broken, Compiled, compile, decode, encode, score};

/// What the checker finds in a rota, the inside of its days apart.
fn findings(case: &Case, rota: &Rota) -> Vec<Match> {
    let inside = ["duties", "meal", "meeting", "handover", "weight_understaff", "weight_overstaff"];
    let mut found = check(case, &Requirement::default(), rota, &DayPlan::default()).matches;
    found.retain(|m| !inside.contains(&m.rule.as_str()));
    found
}

/// A random rota that keeps leave and employment.
fn random_rota(r: &mut Random, case: &Case) -> Rota {
    let stay = r.unit() * 0.9;
    let rest = 0.15 + r.unit() * 0.5;
    let mut cells = Vec::new();
    for p in case.person_indices() {
        let mut row: Vec<DayCell> = Vec::new();
        for (day, date) in case.horizon.dates().enumerate() {
            let pin = case.pins.iter().find(|x| x.person == p && x.date == date);
            let before = day.checked_sub(1).and_then(|d| row[d].shift());
            row.push(if !case.person(p).employed(date) {
                DayCell::Absent
            } else if let Some(leave) = case.approved_leave(p, date) {
                DayCell::Leave(leave.kind.clone())
            } else if let Some(pin) = pin.filter(|_| r.unit() < 0.95) {
                match pin.target {
                    paiban::model::PinTarget::Shift(s) => DayCell::Work(s),
                    paiban::model::PinTarget::Off => DayCell::Off,
                }
            } else if r.unit() < rest {
                DayCell::Off
            } else if let Some(s) = before.filter(|_| r.unit() < stay) {
                DayCell::Work(s)
            } else {
                DayCell::Work(ShiftIx::new(r.below(case.shifts.len())))
            });
        }
        cells.push(row);
    }
    Rota { horizon: case.horizon, cells }
}

/// Compares compiler and checker on one rota; true when the rota breaks no rule.
fn compare(seed: u64, case: &Case, compiled: &Compiled, rota: &Rota) -> bool {
    let found = findings(case, rota);
    let broken: Vec<&Match> = found.iter().filter(|m| m.strength == Strength::Hard).collect();
    let Some(schedule) = encode(&compiled.problem, rota) else {
        assert!(!broken.is_empty(), "seed {seed}: no schedule for a rota without fault: {rota:?}");
        return false;
    };
    assert_eq!(&decode(&compiled.problem, case, &schedule), rota);
    match score(&compiled.problem, &schedule) {
        Err(broke) => {
            assert!(
                !broken.is_empty(),
                "seed {seed}: {} but no fault is found: {rota:?}",
                told(case, compiled, broke)
            );
            false
        }
        Ok(score) => {
            assert!(broken.is_empty(), "seed {seed}: accepted, but {:#?}", broken);
            let sum: i64 = found.iter().map(|m| m.penalty).sum();
            let list: Vec<String> =
                found.iter().map(|m| format!("{} {} {} {}", m.rule, m.penalty, m.who, m.when)).collect();
            assert_eq!(score.total(), sum, "seed {seed}: {score:?} against {list:#?}");
            true
        }
    }
}

fn told(case: &Case, compiled: &Compiled, broken: Broken) -> String {
    let rules = match broken {
        Broken::Automaton { person, automaton, .. } => {
            compiled.problem.people[person].automata[automaton].rules.clone()
        }
        Broken::Resource { person, resource, .. } => {
            compiled.problem.people[person].resources[resource].rules.clone()
        }
        Broken::Overtime { person, .. } => compiled.problem.people[person].overtime.rules.clone(),
        Broken::Duty { row } => vec![compiled.problem.duty_rows[row].rule],
        Broken::Shape => Vec::new(),
    };
    let rows: Vec<_> = rules.iter().map(|&i| &case.rules.rows[i]).collect();
    format!("{broken:?} {rows:?}")
}

fn compare_many(seeds: std::ops::Range<u64>, size: Size) {
    compare_made(seeds, |seed| random_case(seed, size));
}

fn compare_made(seeds: std::ops::Range<u64>, make: impl Fn(u64) -> (Case, Requirement)) {
    let mut accepted = 0;
    let mut rotas = 0;
    for seed in seeds {
        let (case, requirement) = make(seed);
        let compiled = compile(&case, &requirement);
        let mut r = Random::new(seed ^ 0x5EED);
        for _ in 0..30 {
            let rota = random_rota(&mut r, &case);
            rotas += 1;
            match &compiled {
                Ok(compiled) => accepted += usize::from(compare(seed, &case, compiled, &rota)),
                Err(why) => {
                    let fault = findings(&case, &rota).iter().any(|m| m.strength == Strength::Hard);
                    assert!(fault, "seed {seed}: {why:?} but a rota without fault exists: {rota:?}");
                }
            }
        }
    }
    println!("{accepted} of {rotas} rotas without fault");
    assert!(accepted * 20 > rotas, "too few rotas without fault to say anything: {accepted} of {rotas}");
}

const SMALL: Size = Size {
    people: 5,
    days: 9,
    codes: 3,
    history: 12,
    hard: 0.15,
    rules: 0.3,
    meals: true,
    channels: 2,
    intervals: 2,
};

#[test]
fn soft_rules_cost_what_the_checker_says() {
    compare_many(0..150, Size { hard: 0.0, ..SMALL });
}

#[test]
fn a_rota_is_accepted_just_when_the_checker_finds_no_fault() {
    compare_many(1000..1200, SMALL);
}

#[test]
fn single_rules_agree() {
    compare_many(2000..2300, Size { hard: 0.5, rules: 0.06, people: 3, ..SMALL });
}

#[test]
fn long_horizons_with_long_histories_agree() {
    compare_many(3000..3040, Size { days: 70, history: 40, hard: 0.02, people: 3, ..SMALL });
}

#[test]
fn days_off_answer_worked_rest_days_alike() {
    compare_made(4000..4400, worked_rest_days);
}
