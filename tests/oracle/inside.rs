//! The inside of days as planned and priced by the engines, held to the checker.

use crate::cases::{Size, random_case};
use crate::days::random_days;
use paiban::base::clock;
use paiban::base::random::Random;
use paiban::check::check;
use paiban::intraday;
use paiban::model::{Case, Requirement, Rota};
use paiban::problem::{Compiled, LineProblem, RosterProblem, Schedule, compile, decode};
use paiban::solve::compact;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What differs between the checker and the engines on a schedule; `None` when the rules about lines of work do not
/// allow it, or somebody is in two shifts at once.
fn differences(
    case: &Case,
    needs: &Requirement,
    compiled: &Compiled,
    rota: &Rota,
    total: i64,
) -> Option<Vec<String>> {
    let problem = &compiled.problem;
    let plan = intraday::plan(case, rota, &problem.blocks, &compiled.cells);
    let judged = check(case, needs, rota, &plan);
    let mut wrong: Vec<String> = judged.violations().map(|m| format!("{}: {}", m.rule, m.why.en)).collect();
    if wrong.iter().any(|w| w.contains("still busy with the day before")) {
        return None;
    }
    if judged.objective() != total {
        wrong.push(format!("the checker says {}, the engines {total}", judged.objective()));
    }
    Some(wrong)
}

fn any_schedule(r: &mut Random, problem: &RosterProblem) -> Schedule {
    let options = |line: &LineProblem| line.options.iter().map(|o| r.below(o.len()) as u16).collect();
    Schedule { choice: problem.people.iter().map(options).collect() }
}

/// Judges `rounds` schedules of each seed; tells how many there were, and the first difference of each seed.
fn judge_all(
    seeds: impl Iterator<Item = u64>,
    rounds: usize,
    make: impl Fn(u64) -> (Case, Requirement),
) -> (usize, Vec<String>) {
    let (mut judged, mut wrong) = (0, Vec::new());
    for seed in seeds {
        let (case, needs) = make(seed);
        let Ok(compiled) = compile(&case, &needs) else { continue };
        let mut r = Random::new(seed);
        for round in 0..rounds {
            let schedule = any_schedule(&mut r, &compiled.problem);
            let done = catch_unwind(AssertUnwindSafe(|| {
                let total = compact::total(&compiled.problem, &schedule)?;
                let rota = decode(&compiled.problem, &case, &schedule);
                differences(&case, &needs, &compiled, &rota, total)
            }));
            let found = match done {
                Ok(None) => continue,
                Ok(Some(found)) => found,
                Err(_) => vec!["a panic".into()],
            };
            judged += 1;
            if !found.is_empty() {
                wrong.push(format!("seed {seed}, round {round}: {}", found.join("; ")));
                break;
            }
        }
    }
    (judged, wrong)
}

const TINY: Size = Size {
    people: 5,
    days: 7,
    codes: 3,
    history: 9,
    hard: 0.05,
    rules: 0.25,
    meals: true,
    channels: 2,
    intervals: 6,
};

#[test]
fn the_checker_prices_the_inside_of_days_as_the_engines_do() {
    let (judged, wrong) = judge_all(20_000..20_150, 10, |seed| random_case(seed, TINY));
    assert!(wrong.is_empty(), "{} seeds: {}", wrong.len(), wrong.join("\n"));
    assert!(judged > 300, "only {judged} schedules without fault");
}

#[test]
fn days_with_handovers_meetings_and_nights_pass_the_check_at_the_price_of_the_engines() {
    let (judged, wrong) = judge_all(0..150, 3, random_days);
    assert!(wrong.is_empty(), "{} seeds: {}", wrong.len(), wrong.join("\n"));
    assert!(judged > 300, "only {judged} schedules without fault");
}

/// Other seeds: `SEEDS=0-2000 cargo test --test oracle more_seeds -- --ignored --nocapture`.
#[test]
#[ignore = "a tool"]
fn more_seeds() {
    let text = std::env::var("SEEDS").unwrap_or_default();
    let (from, to) = text.split_once('-').unwrap_or(("0", "500"));
    let seeds = || from.parse().expect("a seed")..to.parse().expect("a seed");
    let (judged, wrong) = judge_all(seeds(), 4, random_days);
    println!("days: {judged} judged\n{}", wrong.join("\n"));
    let (judged, wrong) = judge_all(seeds(), 10, |seed| random_case(seed, TINY));
    println!("cases: {judged} judged\n{}", wrong.join("\n"));
}

/// Tells all of one case and schedule: `SEED=9 ROUND=1 cargo test --test oracle one_day -- --ignored --nocapture`.
#[test]
#[ignore = "a tool"]
fn one_day() {
    let number = |name: &str| std::env::var(name).ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    let (seed, round) = (number("SEED"), number("ROUND"));
    let (case, needs) = if number("CASES") > 0 { random_case(seed, TINY) } else { random_days(seed) };
    let compiled = compile(&case, &needs).expect("every day has an option");
    let mut r = Random::new(seed);
    let mut schedule = any_schedule(&mut r, &compiled.problem);
    for _ in 0..round {
        schedule = any_schedule(&mut r, &compiled.problem);
    }
    let rota = decode(&compiled.problem, &case, &schedule);
    for (p, row) in case.people.iter().zip(&rota.cells) {
        println!("{} {} {:?} {:?} {:?}", p.id, p.team, p.skills, p.tags, row);
    }
    for s in &case.shifts {
        println!(
            "{} {:?} meal {} {:?} tail {}",
            s.code, s.times, s.meal_minutes, s.meal_window, s.tail_minutes
        );
    }
    for m in &case.meetings {
        println!(
            "{} {:?} {:?} {:?} keep {} in {}",
            m.name, m.on, m.time, m.scope.terms, m.min_on_duty, m.come_in
        );
    }
    for row in case.rules.rows.iter().filter(|r| r.kind == paiban::rules::RuleKind::HandoverMinutes) {
        println!("{:?} {:?}", row.scope.terms, row.value);
    }
    let plan = intraday::plan(&case, &rota, &compiled.problem.blocks, &compiled.cells);
    for d in &plan.duties {
        println!(
            "{} {} {}-{} {:?}",
            d.day,
            case.person(d.person).id,
            clock(d.time.start),
            clock(d.time.end),
            d.activity
        );
    }
    for h in &plan.handovers {
        println!(
            "{} {} {} {:?} {:?} -> {:?} ({:?})",
            h.day,
            case.person(h.from).id,
            clock(h.time.end),
            h.channel,
            h.kind,
            h.to,
            h.backup
        );
    }
    for c in check(&case, &needs, &rota, &plan).matches {
        println!("{} {} {} {} {}", c.rule, c.who, c.when, c.penalty, c.why.en);
    }
    println!(
        "total {:?} of days {}",
        compact::total(&compiled.problem, &schedule),
        intraday::total_cost(&rota, &compiled.problem.blocks, &compiled.cells)
    );
}
