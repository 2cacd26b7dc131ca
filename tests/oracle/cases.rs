//! Random cases: people, shifts, history, leave, pins, requests and rules, all from one seed.

use chrono::{Days, NaiveDate};
use paiban::base::Span;
use paiban::base::index::{ChannelIx, PersonIx, ShiftIx};
use paiban::base::random::Random;
use paiban::calendar::{Calendar, CalendarDay, DayKind, Horizon};
use paiban::model::{
    Approval, Case, Channel, IntervalRequirement, Leave, LeaveStatus, Meeting, MeetingDay, Origin, PastDay,
    PastStatus, Person, Pin, PinTarget, Request, Requirement, RuleRow, ShiftType, Strength, Tag, Want,
};
use paiban::rules::{ChannelKind, RuleKind, RuleValue, Scope};

/// How large and how strict the cases are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) people: usize,
    pub(crate) days: usize,
    pub(crate) codes: usize,
    pub(crate) history: usize,
    /// Chance of a hard row among the rules.
    pub(crate) hard: f64,
    /// Chance of each rule to have a row.
    pub(crate) rules: f64,
    pub(crate) meals: bool,
    pub(crate) channels: usize,
    /// Intervals with a requirement a day, at most.
    pub(crate) intervals: usize,
}

pub(crate) fn origin(line: usize) -> Origin {
    Origin::new("test.csv", line)
}

pub(crate) fn chance(r: &mut Random, share: f64) -> bool {
    r.unit() < share
}

pub(crate) fn pick<T: Clone>(r: &mut Random, items: &[T]) -> T {
    items[r.below(items.len())].clone()
}

/// A random case with its requirement.
pub(crate) fn random_case(seed: u64, size: Size) -> (Case, Requirement) {
    let mut r = Random::new(seed);
    let days = 1 + r.below(size.days);
    let firsts = [(2026, 9, 24), (2026, 1, 28), (2026, 10, 1), (2026, 3, 30), (2026, 6, 6), (2026, 12, 27)];
    let (y, m, d) = pick(&mut r, &firsts);
    let first = NaiveDate::from_ymd_opt(y, m, d).unwrap() + Days::new(r.below(9) as u64);
    let horizon = Horizon { first, days };
    let channels = 1 + r.below(size.channels);
    let codes = 1 + r.below(size.codes);
    let people = 1 + r.below(size.people);
    let mut case = Case::empty(horizon, calendar(&mut r, horizon));
    case.channels = (0..channels).map(channel).collect();
    case.shifts = shifts(&mut r, codes, size.meals);
    case.people = (0..people).map(|p| person(&mut r, p, &case)).collect();
    history(&mut r, &mut case, size.history);
    wishes(&mut r, &mut case);
    meetings(&mut r, &mut case);
    crate::rows::add(&mut r, &mut case, size.rules, size.hard);
    let requirement = requirement(&mut r, &case, size.intervals);
    approvals(&mut r, &mut case);
    (case, requirement)
}

fn approvals(r: &mut Random, case: &mut Case) {
    for p in 0..case.people.len() {
        if chance(r, 0.3) {
            let day = r.below(case.horizon.days + 12) as i64 - 6;
            case.approvals.push(Approval {
                person: PersonIx::new(p),
                from: case.horizon.date(day),
                to: case.horizon.date(day + r.below(4) as i64),
                overtime_minutes: pick(r, &[0, 240, 600]),
                approved_by: String::new(),
                origin: origin(p + 2),
            });
        }
    }
}

/// A person or two over some weeks in which days off answer worked rest days, with a cap that makes it matter.
pub(crate) fn worked_rest_days(seed: u64) -> (Case, Requirement) {
    let size = Size {
        people: 2,
        days: 17,
        codes: 1,
        history: 21,
        hard: 0.1,
        rules: 0.06,
        meals: false,
        channels: 1,
        intervals: 1,
    };
    let (mut case, requirement) = random_case(seed, size);
    let mut r = Random::new(seed ^ 0xC0);
    let mut row = |kind, value, hard: bool| {
        case.rules.rows.push(RuleRow {
            kind,
            band: String::new(),
            scope: Scope { terms: Vec::new(), text: String::new() },
            value,
            strength: if hard { Strength::Hard } else { Strength::Soft },
            weight: if hard { 0 } else { 1 + r.below(40) as i64 },
            origin: origin(90),
        });
    };
    let mut r = Random::new(seed ^ 0xC1);
    row(RuleKind::CompRest, RuleValue::Count(1 + r.below(4) as i64), true);
    row(RuleKind::NormalHoursWeek, RuleValue::Minutes(pick(&mut r, &[2400, 1920, 1440])), true);
    let cap = RuleValue::Minutes(pick(&mut r, &[480, 960, 1500]));
    row(RuleKind::OvertimeCapMonth, cap, chance(&mut r, 0.6));
    if chance(&mut r, 0.3) {
        let free = RuleValue::Minutes(pick(&mut r, &[0, 480]));
        row(RuleKind::OvertimeNeedsApproval, free, chance(&mut r, 0.5));
    }
    if case.rules.rows.iter().all(|row| row.kind != RuleKind::WeightOvertime) && chance(&mut r, 0.7) {
        let price = RuleValue::Count(1 + r.below(3) as i64);
        case.rules.rows.push(RuleRow {
            kind: RuleKind::WeightOvertime,
            band: String::new(),
            scope: Scope { terms: Vec::new(), text: String::new() },
            value: price,
            strength: Strength::Soft,
            weight: 0,
            origin: origin(91),
        });
    }
    (case, requirement)
}

fn calendar(r: &mut Random, horizon: Horizon) -> Calendar {
    let mut calendar = Calendar::empty();
    for day in -20..horizon.days as i64 + 10 {
        if chance(r, 0.06) {
            let kind = pick(r, &[DayKind::Statutory, DayKind::Statutory, DayKind::Holiday, DayKind::Workday]);
            calendar.set(horizon.date(day), CalendarDay { kind, name: "day".into(), volume_factor: 1.0 });
        }
    }
    calendar
}

fn channel(c: usize) -> Channel {
    let kind = [ChannelKind::Voice, ChannelKind::Chat, ChannelKind::Deferred][c];
    Channel::new(["voice", "chat", "mail"][c], kind, origin(1))
}

fn shifts(r: &mut Random, codes: usize, meals: bool) -> Vec<ShiftType> {
    let kinds: [(&str, &[(i32, i32)]); 8] = [
        ("early", &[(480, 1020)]),
        ("early", &[(420, 900)]),
        ("mid", &[(600, 1140)]),
        ("late", &[(960, 1440)]),
        ("late", &[(990, 1500)]),
        ("night", &[(1320, 1800)]),
        ("mid", &[(600, 840), (1050, 1380)]),
        ("", &[(540, 1200)]),
    ];
    let mut order: Vec<usize> = (0..kinds.len()).collect();
    r.shuffle(&mut order);
    order[..codes]
        .iter()
        .enumerate()
        .map(|(i, &k)| {
            let (band, times) = kinds[k];
            let meal = if meals && chance(r, 0.6) { pick(r, &[30, 60]) } else { 0 };
            ShiftType {
                code: ["A", "B", "C", "D"][i].into(),
                name: String::new(),
                band: band.into(),
                times: times.iter().map(|&(a, b)| Span::new(a, b)).collect(),
                meal_minutes: meal,
                meal_window: None,
                tail_minutes: if chance(r, 0.3) { pick(r, &[10, 15, 75]) } else { 0 },
                origin: origin(i + 2),
            }
        })
        .collect()
}

fn person(r: &mut Random, p: usize, case: &Case) -> Person {
    let horizon = case.horizon;
    let day = |r: &mut Random| horizon.date(r.below(horizon.days + 12) as i64 - 10);
    let mut skills: Vec<ChannelIx> =
        (0..case.channels.len()).filter(|_| chance(r, 0.7)).map(ChannelIx::new).collect();
    if skills.is_empty() {
        skills = vec![ChannelIx::new(r.below(case.channels.len()))];
    }
    let mut tags = Vec::new();
    for (word, share) in [("no_night", 0.15), ("no_overtime", 0.2), ("senior", 0.4)] {
        if chance(r, share) {
            let from = day(r);
            let dates = chance(r, 0.5).then(|| (from, from + Days::new(r.below(20) as u64)));
            tags.push(Tag { word: word.into(), dates });
        }
    }
    Person {
        id: format!("E{:03}", p + 1),
        name: String::new(),
        team: pick(r, &["X", "X", "Y"]).into(),
        contract: pick(r, &["full", "full", "part"]).into(),
        skills,
        band: chance(r, 0.4).then(|| pick(r, &["early", "mid", "late", "other"]).into()),
        start_date: chance(r, 0.1).then(|| day(r)),
        end_date: chance(r, 0.1).then(|| day(r)),
        tags,
        wage: None,
        origin: origin(p + 2),
    }
}

fn past(r: &mut Random, case: &Case, p: usize, day: i64) -> PastDay {
    let status = match r.below(10) {
        0..=5 => {
            let s = r.below(case.shifts.len() + 1);
            match case.shifts.get(s) {
                Some(shift) => PastStatus::Work {
                    shift: Some(ShiftIx::new(s)),
                    code: shift.code.clone(),
                    band: shift.band.clone(),
                    times: shift.times.clone(),
                    tail_minutes: shift.tail_minutes,
                    paid_minutes: pick(r, &[480, 450, 540, 600]),
                },
                None => PastStatus::Work {
                    shift: None,
                    code: "OLD".into(),
                    band: pick(r, &["late", "old"]).into(),
                    times: if chance(r, 0.5) { vec![Span::new(900, 1425)] } else { Vec::new() },
                    tail_minutes: 0,
                    paid_minutes: 480,
                },
            }
        }
        6..=8 => PastStatus::Off,
        _ => pick(r, &[PastStatus::Leave("SICK".into()), PastStatus::Absent]),
    };
    PastDay {
        person: PersonIx::new(p),
        date: case.horizon.date(day),
        status,
        overtime_minutes: None,
        origin: origin(9),
    }
}

fn history(r: &mut Random, case: &mut Case, longest: usize) {
    let longest = r.below(longest + 1) as i64;
    let mut rows = Vec::new();
    let mut published = Vec::new();
    let with_published = chance(r, 0.3);
    for p in 0..case.people.len() {
        let back = if chance(r, 0.7) { longest } else { r.below(longest as usize + 1) as i64 };
        for day in -back..0 {
            if !chance(r, 0.06) {
                rows.push(past(r, case, p, day));
            }
        }
        for day in 0..case.horizon.days as i64 {
            if with_published && chance(r, 0.8) {
                published.push(past(r, case, p, day));
            }
        }
    }
    case.history = rows;
    case.published = published;
}

fn wishes(r: &mut Random, case: &mut Case) {
    let days = case.horizon.days;
    for p in 0..case.people.len() {
        let person = PersonIx::new(p);
        if chance(r, 0.35) {
            let from = case.horizon.date(r.below(days + 8) as i64 - 5);
            let to = from + Days::new(r.below(4) as u64);
            let status = pick(
                r,
                &[LeaveStatus::Approved, LeaveStatus::Approved, LeaveStatus::Pending, LeaveStatus::Refused],
            );
            let kind = "ANNUAL".to_owned();
            case.leave.push(Leave {
                person,
                from,
                to,
                kind,
                status,
                substitute: None,
                origin: origin(p + 2),
            });
        }
        for _ in 0..r.below(3) {
            let date = case.horizon.date(r.below(days) as i64);
            let wants = [
                Want::Off,
                Want::Work,
                Want::Shift(ShiftIx::new(r.below(case.shifts.len()))),
                Want::Band("late".into()),
            ];
            let want = pick(r, &wants);
            let want = if chance(r, 0.3) { Want::Not(Box::new(want)) } else { want };
            case.requests.push(Request {
                person,
                date,
                want,
                weight: 1 + r.below(3) as i64,
                origin: origin(p + 2),
            });
        }
        if chance(r, 0.12) {
            let date = case.horizon.date(r.below(days) as i64);
            let target = if chance(r, 0.5) {
                PinTarget::Off
            } else {
                PinTarget::Shift(ShiftIx::new(r.below(case.shifts.len())))
            };
            let free = case.people[p].employed(date) && case.approved_leave(person, date).is_none();
            if free {
                case.pins.push(Pin { person, date, target, origin: origin(p + 2) });
            }
        }
    }
}

fn meetings(r: &mut Random, case: &mut Case) {
    if !chance(r, 0.2) {
        return;
    }
    let start = pick(r, &[480, 780, 1000]);
    case.meetings.push(Meeting {
        name: "weekly".into(),
        on: MeetingDay::Weekday(r.below(7)),
        time: Span::new(start, start + 45),
        scope: Scope::default(),
        min_on_duty: 1,
        come_in: chance(r, 0.5),
        origin: origin(2),
    });
}

fn requirement(r: &mut Random, case: &Case, most: usize) -> Requirement {
    let mut intervals = Vec::new();
    let step = 60;
    for day in 0..case.horizon.days {
        for channel in 0..case.channels.len() {
            let mut starts: Vec<i32> = (7..23).map(|h| h * 60).collect();
            r.shuffle(&mut starts);
            for &start in &starts[..r.below(most + 1)] {
                let place = (day, Span::new(start, start + step));
                let (agents, under, over) = (r.below(3), 1 + r.below(3), r.below(2));
                intervals.push(IntervalRequirement::of_demand(
                    place,
                    ChannelIx::new(channel),
                    agents as i64,
                    (under as i64, over as i64),
                ));
            }
        }
    }
    intervals.sort_by_key(|i| (i.day, i.time, i.channel));
    Requirement::fixed(intervals)
}
