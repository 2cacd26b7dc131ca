//! Random cases for the inside of days: shifts that touch, overlap or pass midnight, handovers of several lengths or
//! none, meetings with people kept and people who come in, needs at all hours.

use crate::cases::{Size, chance, origin, pick, random_case};
use chrono::Days;
use paiban::base::Span;
use paiban::base::index::{ChannelIx, ShiftIx};
use paiban::base::random::Random;
use paiban::model::{
    Case, IntervalRequirement, Meeting, MeetingDay, Requirement, RequirementSource, RuleRow, Strength, Tag,
    Task, TaskDay, WorkWindow,
};
use paiban::rules::{RuleKind, RuleValue, Scope, ScopeTerm};

const SMALL: Size = Size {
    people: 7,
    days: 4,
    codes: 4,
    history: 0,
    hard: 0.0,
    rules: 0.1,
    meals: true,
    channels: 3,
    intervals: 0,
};

/// Times of shifts, some of which follow each other at once.
const TIMES: [&[(i32, i32)]; 14] = [
    &[(480, 1020)],
    &[(360, 840)],
    &[(840, 1320)],
    &[(1320, 1800)],
    &[(600, 1140)],
    &[(990, 1500)],
    &[(1005, 1440)],
    &[(600, 840), (1050, 1380)],
    &[(480, 720), (840, 1080)],
    &[(420, 600), (1020, 1200)],
    &[(840, 1080), (1140, 1320)],
    &[(1170, 1620)],
    &[(490, 1035)],
    &[(540, 1050)],
];

/// A random case with its requirement; every eighth one has more people.
pub(crate) fn random_days(seed: u64) -> (Case, Requirement) {
    let people = if seed % 8 == 7 { 18 } else { SMALL.people };
    made(seed, Size { people, ..SMALL })
}

/// A random case that can be tried out.
pub(crate) fn short_days(seed: u64) -> (Case, Requirement) {
    made(seed, Size { people: 4, days: 2, codes: 3, ..SMALL })
}

/// A random case whose shifts end and begin within minutes of each other, so that handovers share minutes with
/// others and with the reading of messages.
pub(crate) fn tangled_days(seed: u64, people: usize) -> (Case, Requirement) {
    let (mut case, requirement) = made(seed, Size { people, days: 1, codes: 4, ..SMALL });
    let mut r = Random::new(seed ^ 0x7A61);
    for shift in &mut case.shifts {
        let late = chance(&mut r, 0.4);
        let (start, end) = if late { (700, 960) } else { (480, 720) };
        let (start, end) = (start + 5 * r.below(8) as i32, end + 5 * r.below(8) as i32);
        shift.times = vec![Span::new(start, end)];
        if shift.meal_minutes > 0 {
            (shift.meal_minutes, shift.meal_window) = (10, Some(Span::new(end - 40, end - 5)));
        }
    }
    (case, requirement)
}

/// [`random_days`] with work off the queue.
pub(crate) fn busy_days(seed: u64) -> (Case, Requirement) {
    with_tasks(seed, random_days(seed))
}

/// Adds up to three tasks.
pub(crate) fn with_tasks(seed: u64, (mut case, needs): (Case, Requirement)) -> (Case, Requirement) {
    let mut r = Random::new(seed ^ 0x7A5C);
    if chance(&mut r, 0.7) {
        let weight = r.below(12) as i64;
        case.rules.rows.push(RuleRow {
            kind: RuleKind::WeightTask,
            band: String::new(),
            scope: Scope::default(),
            value: RuleValue::Count(weight),
            strength: Strength::Soft,
            weight,
            origin: origin(2),
        });
    }
    for i in 0..1 + r.below(3) {
        let minutes = pick(&mut r, &[10, 15, 30, 45, 60]);
        let start = pick(&mut r, &[480, 495, 600, 780, 960, 990, 1000, 1170, 1320]);
        let room = pick(&mut r, &[0, 0, 15, 60, 180]);
        let on = match r.below(3) {
            0 => vec![TaskDay::Weekday(case.horizon.weekday(r.below(case.horizon.days) as i64))],
            1 => {
                let date = case.horizon.date(r.below(case.horizon.days) as i64);
                vec![TaskDay::Dates(date, date + Days::new(1))]
            }
            _ => vec![TaskDay::Daily],
        };
        let task = Task {
            name: format!("T{i}"),
            on,
            window: Span::new(start, start + minutes + room),
            minutes,
            channel: chance(&mut r, 0.3).then(|| ChannelIx::new(r.below(case.channels.len()))),
            scope: scope(&mut r, &case),
            people: pick(&mut r, &[Some(1), Some(1), Some(2), None]),
            origin: origin(i + 2),
        };
        case.tasks.push(task);
    }
    (case, needs)
}

fn made(seed: u64, size: Size) -> (Case, Requirement) {
    let (mut case, _) = random_case(seed, size);
    let mut r = Random::new(seed ^ 0xDA15);
    let mut order: Vec<usize> = (0..TIMES.len()).collect();
    r.shuffle(&mut order);
    for (shift, &k) in case.shifts.iter_mut().zip(&order) {
        shift.times = TIMES[k].iter().map(|&(a, b)| Span::new(a, b)).collect();
        if shift.meal_minutes > 0 && chance(&mut r, 0.4) {
            let from = shift.times[0].start + 15 * r.below(16) as i32;
            shift.meal_window = Some(Span::new(from, from + shift.meal_minutes + 15 * r.below(6) as i32));
        }
    }
    case.meetings.clear();
    for i in 0..[0, 0, 1, 1, 2][r.below(5)] {
        let meeting = meeting(&mut r, &case, i);
        case.meetings.push(meeting);
    }
    handovers(&mut r, &mut case);
    let requirement = requirement(&mut r, &case);
    (case, requirement)
}

fn meeting(r: &mut Random, case: &Case, i: usize) -> Meeting {
    let start = pick(r, &[480, 615, 780, 810, 1000, 1020, 1300, 0]);
    let day = r.below(case.horizon.days) as i64;
    Meeting {
        name: format!("M{i}"),
        on: if chance(r, 0.5) {
            MeetingDay::Date(case.horizon.date(day))
        } else {
            MeetingDay::Weekday(case.horizon.weekday(day))
        },
        time: Span::new(start, start + pick(r, &[30, 45, 60])),
        scope: scope(r, case),
        min_on_duty: r.below(3) as i64,
        come_in: chance(r, 0.5),
        origin: origin(i + 2),
    }
}

fn scope(r: &mut Random, case: &Case) -> Scope {
    let terms = match r.below(6) {
        0 => vec![ScopeTerm::Team("X".into())],
        1 => vec![ScopeTerm::Tag("senior".into())],
        2 => vec![ScopeTerm::Shift(ShiftIx::new(r.below(case.shifts.len())))],
        _ => Vec::new(),
    };
    Scope { terms, text: String::new() }
}

/// No row, one for all, or several with other minutes.
fn handovers(r: &mut Random, case: &mut Case) {
    case.rules.rows.retain(|row| row.kind != RuleKind::HandoverMinutes);
    if chance(r, 0.5) {
        let horizon = case.horizon;
        for person in &mut case.people {
            let from = horizon.date(r.below(horizon.days) as i64);
            let dates = Some((from, from + Days::new(r.below(3) as u64)));
            person.tags.retain(|t| t.word != "senior");
            if chance(r, 0.5) {
                person.tags.push(Tag { word: "senior".into(), dates });
            }
        }
    }
    let rows = [0, 1, 1, 2][r.below(4)];
    for i in 0..rows {
        let row = RuleRow {
            kind: RuleKind::HandoverMinutes,
            band: String::new(),
            scope: if i == 0 && chance(r, 0.6) { Scope::default() } else { scope(r, case) },
            value: RuleValue::Minutes(pick(r, &[15, 15, 15, 30, 10, 20, 0])),
            strength: Strength::Hard,
            weight: 0,
            origin: origin(case.rules.rows.len() + 2),
        };
        case.rules.rows.push(row);
    }
}

fn requirement(r: &mut Random, case: &Case) -> Requirement {
    let mut intervals = Vec::new();
    for channel in 0..case.channels.len() {
        if chance(r, 0.1) {
            continue;
        }
        let step = pick(r, &[15, 30, 60]);
        let share = pick(r, &[0.3, 0.9]);
        let (open, close) = pick(r, &[(0, 1440), (480, 1380), (600, 1080)]);
        for day in 0..case.horizon.days {
            for start in (open..close).step_by(step as usize) {
                if !chance(r, share) {
                    continue;
                }
                intervals.push(IntervalRequirement {
                    day,
                    time: Span::new(start, start + step),
                    channel: ChannelIx::new(channel),
                    agents: r.below(4) as i64,
                    under_weight: r.below(4) as i64,
                    over_weight: r.below(3) as i64,
                    volume: None,
                    aht_s: None,
                    source: RequirementSource::Demand,
                });
            }
        }
    }
    intervals.sort_by_key(|i| (i.day, i.time, i.channel));
    let windows = windows(&intervals, case.channels.len());
    Requirement { intervals, windows }
}

/// Windows of deferred work for every third channel or so: one over each stretch of its rows without a gap, and others
/// inside of it. Drawn by numbers of their own, so that all else of a case stays what it was.
fn windows(intervals: &[IntervalRequirement], channels: usize) -> Vec<WorkWindow> {
    let mut r = Random::new(intervals.len() as u64 + 77);
    let mut windows = Vec::new();
    for channel in (0..channels).map(ChannelIx::new) {
        if !chance(&mut r, 0.3) {
            continue;
        }
        let rows: Vec<&IntervalRequirement> = intervals.iter().filter(|i| i.channel == channel).collect();
        for run in rows.chunk_by(|a, b| a.day == b.day && a.time.end == b.time.start) {
            let (under_weight, over_weight) = (r.below(4) as i64, r.below(3) as i64);
            for i in 0..3 {
                let (a, b) =
                    if i == 0 { (0, run.len() - 1) } else { (r.below(run.len()), r.below(run.len())) };
                let time = Span::new(run[a.min(b)].time.start, run[a.max(b)].time.end);
                let minutes = 5 * r.below(1 + time.len() as usize / 4) as i64;
                windows.push(WorkWindow {
                    day: run[0].day,
                    time,
                    channel,
                    minutes,
                    under_weight,
                    over_weight,
                });
            }
        }
    }
    windows.sort_by_key(|w| (w.day, w.time, w.channel));
    windows
}
