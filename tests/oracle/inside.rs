//! The inside of days as planned and priced by the engines, held to the checker.

use crate::cases::{Size, random_case};
use crate::days::{busy_days, random_days};
use paiban::base::random::Random;
use paiban::base::{DAY_MINUTES, clock};
use paiban::check::check;
use paiban::intraday;
use paiban::model::{Activity, Case, DayPlan, Duty, HandoverKind, Requirement, Rota};
use paiban::problem::{Compiled, LineProblem, RosterProblem, Schedule, compile, decode};
use paiban::solve::compact;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What the plans of a run have to do with, counted, so that a run says something.
#[derive(Debug, Default)]
struct Features {
    early: usize,
    overlaps: usize,
    messages: usize,
    nobody: usize,
    /// Messages that are read off the queue, and those that the outgoing person opens to.
    read_at_a_cost: usize,
    own: usize,
    /// Receivers of several at once.
    shared: usize,
    /// Handovers after midnight to somebody of the next day.
    at_night: usize,
    /// Early arrivals for a later segment.
    come_again: usize,
    attend: usize,
    kept: usize,
    come_in: usize,
}

impl Features {
    fn note(&mut self, case: &Case, rota: &Rota, plan: &DayPlan) {
        let mut load = BTreeMap::new();
        for h in &plan.handovers {
            *match h.kind {
                HandoverKind::EarlyArrival => &mut self.early,
                HandoverKind::Overlap => &mut self.overlaps,
                HandoverKind::Message => &mut self.messages,
                HandoverKind::None => &mut self.nobody,
            } += 1;
            let passes = matches!(h.kind, HandoverKind::EarlyArrival | HandoverKind::Overlap);
            self.own += usize::from(h.to == Some(h.from));
            self.at_night += usize::from(passes && h.time.end > DAY_MINUTES);
            if h.kind == HandoverKind::Message && h.note.en.contains("in the first minutes") {
                self.read_at_a_cost += 1;
            }
            if passes {
                *load.entry((h.day, h.time, h.to)).or_insert(0) += 1;
            }
        }
        self.shared += load.values().filter(|n| **n > 1).count();
        for p in case.person_indices() {
            for (d, cell) in rota.cells[p.ix()].iter().enumerate() {
                let Some(s) = cell.shift() else { continue };
                let times = &case.shift(s).times;
                let mine: Vec<&Duty> = plan.duties.iter().filter(|x| x.person == p && x.day == d).collect();
                let again = |x: &&&Duty| {
                    let gap = times.windows(2).any(|w| w[0].end <= x.time.start && x.time.end <= w[1].start);
                    x.activity == Activity::Handover && gap
                };
                self.come_again += mine.iter().filter(again).count();
                for m in case.meetings_of(p, s, case.horizon.date(d as i64)) {
                    let contained = times.iter().any(|t| t.contains(case.meetings[m].time));
                    let there = mine.iter().any(|x| x.activity == Activity::Meeting(m));
                    *match (contained, there) {
                        (true, true) => &mut self.attend,
                        (true, false) => &mut self.kept,
                        (false, _) => &mut self.come_in,
                    } += 1;
                }
            }
        }
    }
    fn least(&self) -> usize {
        let counts = [
            [self.early, self.overlaps, self.messages, self.nobody],
            [self.read_at_a_cost, self.own, self.shared, self.at_night],
            [self.come_again, self.attend, self.kept, self.come_in],
        ];
        counts.into_iter().flatten().min().unwrap_or(0)
    }
}

/// What differs between the checker and the engines on a schedule.
fn differences(
    case: &Case,
    needs: &Requirement,
    compiled: &Compiled,
    rota: &Rota,
    total: i64,
    features: &mut Features,
) -> Vec<String> {
    let problem = &compiled.problem;
    let plan = intraday::plan(case, rota, &problem.blocks, &compiled.cells);
    features.note(case, rota, &plan);
    let judged = check(case, needs, rota, &plan);
    let mut wrong: Vec<String> = judged.violations().map(|m| format!("{}: {}", m.rule, m.why.en)).collect();
    if judged.objective() != total {
        wrong.push(format!("the checker says {}, the engines {total}", judged.objective()));
    }
    wrong
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
) -> (usize, Vec<String>, Features) {
    let (mut judged, mut wrong, mut features) = (0, Vec::new(), Features::default());
    for seed in seeds {
        let (case, needs) = make(seed);
        let Ok(compiled) = compile(&case, &needs) else { continue };
        let mut r = Random::new(seed);
        for round in 0..rounds {
            let schedule = any_schedule(&mut r, &compiled.problem);
            let done = catch_unwind(AssertUnwindSafe(|| {
                let total = compact::total(&compiled.problem, &schedule)?;
                let rota = decode(&compiled.problem, &case, &schedule);
                Some(differences(&case, &needs, &compiled, &rota, total, &mut features))
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
    (judged, wrong, features)
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
    let (judged, wrong, _) = judge_all(20_000..20_150, 10, |seed| random_case(seed, TINY));
    assert!(wrong.is_empty(), "{} seeds: {}", wrong.len(), wrong.join("\n"));
    assert!(judged > 300, "only {judged} schedules without fault");
}

#[test]
fn days_with_handovers_meetings_and_nights_pass_the_check_at_the_price_of_the_engines() {
    let (judged, wrong, features) = judge_all(0..150, 3, random_days);
    assert!(wrong.is_empty(), "{} seeds: {}", wrong.len(), wrong.join("\n"));
    assert!(judged > 300 && features.least() > 10, "{judged} schedules without fault, {features:?}");
}

#[test]
fn days_with_work_off_the_queue_pass_the_check_at_the_price_of_the_engines() {
    let (judged, wrong, _) = judge_all(0..100, 3, busy_days);
    assert!(wrong.is_empty(), "{} seeds: {}", wrong.len(), wrong.join("\n"));
    assert!(judged > 200, "{judged} schedules without fault");
}

/// Other seeds: `SEEDS=0-2000 cargo test --test oracle more_seeds -- --ignored --nocapture`.
#[test]
#[ignore = "a tool"]
fn more_seeds() {
    let text = std::env::var("SEEDS").unwrap_or_default();
    let (from, to) = text.split_once('-').unwrap_or(("0", "500"));
    let seeds = || from.parse().expect("a seed")..to.parse().expect("a seed");
    let (judged, wrong, features) = judge_all(seeds(), 4, random_days);
    println!("days: {judged} judged\n{}\n{features:#?}", wrong.join("\n"));
    let (judged, wrong, _) = judge_all(seeds(), 4, busy_days);
    println!("tasks: {judged} judged\n{}", wrong.join("\n"));
    let (judged, wrong, _) = judge_all(seeds(), 10, |seed| random_case(seed, TINY));
    println!("cases: {judged} judged\n{}", wrong.join("\n"));
}

/// Tells all of one case and schedule: `SEED=9 ROUND=1 cargo test --test oracle one_day -- --ignored --nocapture`.
#[test]
#[ignore = "a tool"]
fn one_day() {
    let number = |name: &str| std::env::var(name).ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    let (seed, round) = (number("SEED"), number("ROUND"));
    let (case, needs) = match (number("CASES"), number("TASKS")) {
        (0, 0) => random_days(seed),
        (0, _) => busy_days(seed),
        _ => random_case(seed, TINY),
    };
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
