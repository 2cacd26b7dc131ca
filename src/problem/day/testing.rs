//! Small cases for tests.

use crate::base::Span;
use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::calendar::{Calendar, Horizon};
use crate::model::{
    Case, Channel, DayCell, IntervalRequirement, Meeting, MeetingDay, Origin, Person, Requirement, Rota,
    RuleRow, ShiftType, Strength, Task, TaskDay, WorkWindow,
};
use crate::rules::{ChannelKind, RuleKind, RuleValue, Scope};
use chrono::NaiveDate;

/// A shift type with the code and times given.
pub(crate) fn shift(code: &str, times: &[(i32, i32)]) -> ShiftType {
    let times = times.iter().map(|&(a, b)| Span::new(a, b)).collect();
    ShiftType::new(code, times, Origin::default_value())
}

/// A shift type with a meal.
pub(crate) fn shift_with_meal(
    code: &str,
    times: &[(i32, i32)],
    minutes: i32,
    window: (i32, i32),
) -> ShiftType {
    ShiftType {
        meal_minutes: minutes,
        meal_window: Some(Span::new(window.0, window.1)),
        ..shift(code, times)
    }
}

/// A case from 2026-01-05 (a Monday): `skills[p]` are the channels of person p.
pub(crate) fn case(days: usize, channels: usize, shifts: Vec<ShiftType>, skills: &[&[usize]]) -> Case {
    let origin = Origin::default_value;
    let channel =
        |c: usize| Channel::new(["voice", "chat", "mail", "c3", "c4"][c], ChannelKind::Voice, origin());
    let person = |(p, skills): (usize, &&[usize])| Person {
        name: format!("N{}", p + 1),
        skills: skills.iter().map(|&c| ChannelIx::new(c)).collect(),
        ..Person::new(&format!("E{:03}", p + 1), origin())
    };
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).expect("a date");
    Case {
        channels: (0..channels).map(channel).collect(),
        people: skills.iter().enumerate().map(person).collect(),
        shifts,
        ..Case::empty(Horizon { first, days }, Calendar::empty())
    }
}

/// Adds a `handover_minutes` row for everybody.
pub(crate) fn come_early(case: &mut Case, minutes: i64) {
    case.rules.rows.push(RuleRow {
        kind: RuleKind::HandoverMinutes,
        band: String::new(),
        scope: Scope::default(),
        value: RuleValue::Minutes(minutes),
        strength: Strength::Hard,
        weight: 0,
        origin: Origin::default_value(),
    });
}

/// Adds a meeting for everybody on every Monday.
pub(crate) fn meet(case: &mut Case, time: (i32, i32), keep: i64, come_in: bool) {
    case.meetings.push(Meeting {
        name: "weekly".into(),
        on: MeetingDay::Weekday(0),
        time: Span::new(time.0, time.1),
        scope: Scope::default(),
        min_on_duty: keep,
        come_in,
        origin: Origin::default_value(),
    });
}

/// Adds a task of some minutes for so many people (everybody without a number) on every day.
pub(crate) fn task(case: &mut Case, window: (i32, i32), minutes: i32, people: Option<i64>) {
    case.tasks.push(Task {
        name: format!("task {}", case.tasks.len() + 1),
        on: vec![TaskDay::Daily],
        window: Span::new(window.0, window.1),
        minutes,
        channel: None,
        scope: Scope::default(),
        people,
        origin: Origin::default_value(),
    });
}

/// Sets the price of a minute of work off the queue that is not done.
pub(crate) fn weigh_tasks(case: &mut Case, weight: i64) {
    case.rules.rows.push(RuleRow {
        kind: RuleKind::WeightTask,
        band: String::new(),
        scope: Scope::default(),
        value: RuleValue::Count(weight),
        strength: Strength::Soft,
        weight,
        origin: Origin::default_value(),
    });
}

/// A row of a requirement: day, (start, end), channel, agents, under, over.
pub(crate) type Need = (usize, (i32, i32), usize, i64, i64, i64);

/// A requirement from rows.
pub(crate) fn requirement(rows: &[Need]) -> Requirement {
    let row = |&(day, (a, b), channel, agents, under, over): &Need| {
        let place = (day, Span::new(a, b));
        IntervalRequirement::of_demand(place, ChannelIx::new(channel), agents, (under, over))
    };
    let mut intervals: Vec<IntervalRequirement> = rows.iter().map(row).collect();
    intervals.sort_by_key(|r| (r.day, r.time, r.channel));
    Requirement::fixed(intervals)
}

/// Adds windows of deferred work to a requirement: day, (start, end), channel, minutes, under, over.
pub(crate) fn add_windows(need: &mut Requirement, rows: &[Need]) {
    let window = |&(day, (a, b), channel, minutes, under_weight, over_weight): &Need| WorkWindow {
        day,
        time: Span::new(a, b),
        channel: ChannelIx::new(channel),
        minutes,
        under_weight,
        over_weight,
    };
    need.windows.extend(rows.iter().map(window));
    need.windows.sort_by_key(|w| (w.day, w.time, w.channel));
}

/// Equal needs in every `step` minutes of every day from `from` to `to`.
pub(crate) fn flat(days: usize, (from, to): (i32, i32), step: i32, needs: &[(i64, i64, i64)]) -> Requirement {
    let mut rows = Vec::new();
    for day in 0..days {
        let mut t = from;
        while t < to {
            for (c, &(agents, under, over)) in needs.iter().enumerate() {
                rows.push((day, (t, t + step), c, agents, under, over));
            }
            t += step;
        }
    }
    requirement(&rows)
}

/// A rota from shift indices: `rows[p][day]`, `None` for a day off.
pub(crate) fn rota(case: &Case, rows: &[&[Option<usize>]]) -> Rota {
    let cell = |s: &Option<usize>| s.map_or(DayCell::Off, |s| DayCell::Work(ShiftIx::new(s)));
    Rota { horizon: case.horizon, cells: rows.iter().map(|r| r.iter().map(cell).collect()).collect() }
}

/// A person.
pub(crate) fn p(i: usize) -> PersonIx {
    PersonIx::new(i)
}
