//! The inside of days as planned, held to the checker: random rotas of all templates, with the rules about
//! handovers, the skills and the meetings shaken up.

use paiban::base::index::{ChannelIx, PersonIx, ShiftIx};
use paiban::base::random::Random;
use paiban::check::ScoreAnalysis;
use paiban::io::read::{ReadOptions, read_case, read_rota};
use paiban::model::{Case, DayCell, Flexible, HandoverKind, Origin, Rota, RuleRow, Strength, Task, TaskDay};
use paiban::problem::{Block, DayProblem};
use paiban::rules::{RuleKind, RuleValue, Scope, ScopeTerm};
use paiban::{
    base::{Lang, Span},
    check, intraday, problem, staffing, templates,
};
use std::collections::BTreeMap;
use std::path::PathBuf;

const INSIDE: [&str; 5] = ["duties", "meal", "meeting", "task", "handover"];

fn template(name: &str) -> Case {
    let folder = tempfile::tempdir().expect("a folder");
    templates::write(name, folder.path(), Lang::En).expect("a template can be written");
    let (case, findings) = read_case(folder.path(), &ReadOptions::default());
    case.unwrap_or_else(|| panic!("{name}: {findings:?}"))
}

/// Any shift or none on every day on which the person is there.
fn any_rota(case: &Case, random: &mut Random) -> Rota {
    let cell = |p: PersonIx, d: usize, random: &mut Random| {
        let date = case.horizon.date(d as i64);
        if !case.person(p).employed(date) {
            return DayCell::Absent;
        }
        if let Some(leave) = case.approved_leave(p, date) {
            return DayCell::Leave(leave.kind.clone());
        }
        match random.below(case.shifts.len() + 1) {
            0 => DayCell::Off,
            s => DayCell::Work(ShiftIx::new(s - 1)),
        }
    };
    let days = case.horizon.days;
    let cells = case.person_indices().map(|p| (0..days).map(|d| cell(p, d, random)).collect()).collect();
    Rota { horizon: case.horizon, cells }
}

/// Other skills, other meetings, other handovers.
fn shake(case: &mut Case, random: &mut Random) {
    if random.below(2) == 0 {
        case.rules.rows.retain(|r| r.kind != RuleKind::HandoverMinutes);
    }
    for channel in case.channels.iter_mut().filter(|c| c.is_deferred()) {
        channel.flexible = [Flexible::Planned, Flexible::Spare][random.below(2)];
    }
    // Some come earlier or later than others take to hand over.
    let some: Vec<PersonIx> = case.person_indices().filter(|_| random.below(6) == 0).collect();
    for p in some {
        case.rules.rows.push(RuleRow {
            kind: RuleKind::HandoverMinutes,
            band: String::new(),
            scope: Scope { terms: vec![ScopeTerm::Id(p)], text: format!("id:{}", case.person(p).id) },
            value: RuleValue::Minutes(5 + 5 * random.below(5) as i64),
            strength: Strength::Hard,
            weight: 0,
            origin: Origin::default_value(),
        });
    }
    if random.below(2) == 0 {
        let n = case.channels.len();
        for person in &mut case.people {
            let some: Vec<ChannelIx> = (0..n).filter(|_| random.below(2) == 0).map(ChannelIx::new).collect();
            if !some.is_empty() {
                person.skills = some;
            }
        }
    }
    for _ in 0..random.below(4) {
        let start = 480 + 15 * random.below(48) as i32;
        let minutes = 10 + 10 * random.below(5) as i32;
        case.tasks.push(Task {
            name: format!("task {}", case.tasks.len() + 1),
            on: vec![TaskDay::Daily],
            window: Span::new(start, start + minutes + 30 * random.below(6) as i32),
            minutes,
            channel: (random.below(3) == 0).then(|| ChannelIx::new(random.below(case.channels.len()))),
            scope: Scope::default(),
            people: (random.below(4) > 0).then(|| 1 + random.below(3) as i64),
            origin: Origin::default_value(),
        });
    }
    for meeting in &mut case.meetings {
        meeting.min_on_duty = random.below(3) as i64;
        meeting.come_in = random.below(2) == 0;
        let later = 30 * random.below(5) as i32;
        meeting.time = meeting.time.shifted(later);
    }
}

/// What the checker has against the inside of the days, and what the coverage costs.
fn judge(case: &Case, rota: &Rota) -> (Vec<String>, i64, i64) {
    let requirement = staffing::requirement(case);
    let (blocks, cells) = problem::day::build(case, &requirement);
    let plan = intraday::plan(case, rota, &blocks, &cells);
    let score = check::check(case, &requirement, rota, &plan);
    let wrong = |m: &&check::Match| INSIDE.contains(&m.rule.as_str()) && !still_at_work(m);
    let faults = score.matches.iter().filter(wrong).map(|m| format!("{} {}", m.rule, m.why.en)).collect();
    (faults, coverage(&score), intraday::total_cost(rota, &blocks, &cells))
}

/// Random rotas keep no rest: shifts of two days may overlap.
fn still_at_work(m: &check::Match) -> bool {
    m.why.en.contains("still busy with the day before")
}

fn coverage(score: &ScoreAnalysis) -> i64 {
    let priced = ["weight_understaff", "weight_overstaff", "weight_task"];
    score.matches.iter().filter(|m| priced.contains(&m.rule.as_str())).map(|m| m.penalty).sum()
}

#[test]
fn planned_days_of_every_template_pass_the_check_and_cost_what_was_priced() {
    let mut wrong = Vec::new();
    let written = |name: &&str| templates::files(name, Lang::En).is_some();
    for name in templates::all_names().filter(written) {
        for seed in 0..5 {
            let mut random = Random::new(seed);
            let mut case = template(name);
            if seed > 0 {
                shake(&mut case, &mut random);
            }
            let rota = any_rota(&case, &mut random);
            let (faults, recounted, priced) = judge(&case, &rota);
            wrong.extend(faults.iter().take(4).map(|f| format!("{name}, seed {seed}: {f}")));
            if recounted != priced {
                wrong.push(format!("{name}, seed {seed}: {recounted} recounted, {priced} priced"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is short in a rota, agent-hours: as planned, with everybody's meals and tasks at the first place, nobody kept from
/// meetings and all handovers at the end; and if nobody ever left the queue.
fn short_hours(case: &Case, rota: &Rota) -> [f64; 3] {
    let requirement = staffing::requirement(case);
    let (blocks, cells) = problem::day::build(case, &requirement);
    let priced = |change: &dyn Fn(&mut DayProblem)| {
        let mut blocks = blocks.clone();
        for block in &mut blocks {
            if let Block::Day(day) = block {
                for interval in &mut day.intervals {
                    (interval.under, interval.over) = (1, 0);
                }
                change(day);
            }
        }
        intraday::total_cost(rota, &blocks, &cells) as f64 / 60.0
    };
    let naive = |day: &mut DayProblem| {
        day.supplies.iter_mut().for_each(|s| s.meals.truncate(1));
        day.tasks.iter_mut().for_each(|t| t.places.truncate(1));
        day.meetings.iter_mut().for_each(|m| m.keep = 0);
    };
    let never = |day: &mut DayProblem| {
        for s in &mut day.supplies {
            s.meals.clear();
            s.own_handover.fill(false);
            s.early = true;
        }
        for e in &mut day.events {
            (e.leavers, e.receivers) = (Vec::new(), Vec::new());
        }
        (day.reads, day.tasks, day.meetings) = (false, Vec::new(), Vec::new());
    };
    [priced(&|_| {}), priced(&naive), priced(&never)]
}

/// Most handovers at once at one end of a shift: in batches, and all together.
fn at_once(plan: &paiban::model::DayPlan, case: &Case, rota: &Rota) -> [usize; 2] {
    let mut slots: BTreeMap<(usize, i32), BTreeMap<i32, usize>> = BTreeMap::new();
    for h in plan.handovers.iter().filter(|h| h.kind == HandoverKind::Overlap) {
        let times = rota.shift(h.from, h.day).map_or(&[][..], |s| &case.shift(s).times);
        let end = times.iter().find(|t| t.contains(h.time)).map_or(h.time.end, |t| t.end);
        *slots.entry((h.day, end)).or_default().entry(h.time.start).or_default() += 1;
    }
    let batches = slots.values().flat_map(|s| s.values()).max().copied().unwrap_or(0);
    let together = slots.values().map(|s| s.values().sum::<usize>()).max().unwrap_or(0);
    [batches, together]
}

/// A row of the table in `docs/benchmarks.md`:
/// `PAIBAN_CASE=dir PAIBAN_ROTA=dir cargo test --release --test inside -- --ignored naive --nocapture`.
#[test]
#[ignore = "needs a folder of solve"]
fn placed_by_the_program_and_naively() {
    let named = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
    let folder = PathBuf::from(named("PAIBAN_CASE"));
    let (case, findings) = read_case(&folder, &ReadOptions::default());
    let case = case.unwrap_or_else(|| panic!("{findings:?}"));
    let (read, findings) = read_rota(&case, &PathBuf::from(named("PAIBAN_ROTA")));
    let (rota, _) = read.unwrap_or_else(|| panic!("{findings:?}"));
    let [program, naive, never] = short_hours(&case, &rota);
    let requirement = staffing::requirement(&case);
    let (blocks, cells) = problem::day::build(&case, &requirement);
    let [batches, together] = at_once(&intraday::plan(&case, &rota, &blocks, &cells), &case, &rota);
    println!(
        "| {} | {never:.1} | {program:.1} | {naive:.1} | {batches} | {together} |",
        folder.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned())
    );
    assert!(never <= program + 1e-9 && program <= naive + 1e-9, "{never} {program} {naive}");
}
