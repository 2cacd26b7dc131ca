//! One person, one shift of eight paid hours, and whatever rules a test adds.

use crate::base::Span;
use crate::base::index::{PersonIx, ShiftIx};
use crate::calendar::{Horizon, shipped};
use crate::model::{
    Case, DayCell, Leave, LeaveStatus, Origin, PastDay, PastStatus, Person, Rota, RuleRow, ShiftType,
    Strength,
};
use crate::rules::{RuleKind, Scope, parse_value, spec};
use chrono::NaiveDate;

pub(super) const P: PersonIx = PersonIx(0);
pub(super) const S: ShiftIx = ShiftIx(0);

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A case of one person without a name who works 08:00-17:00 with an unpaid hour.
pub(super) fn case(first: &str, last: &str) -> Case {
    let horizon = Horizon::between(date(first), date(last)).unwrap();
    Case {
        people: vec![Person::new("1", Origin::default_value())],
        shifts: vec![shift("D", &[(480, 1020)], 60)],
        ..Case::empty(horizon, shipped())
    }
}

pub(super) fn shift(code: &str, times: &[(i32, i32)], meal_minutes: i32) -> ShiftType {
    let times = times.iter().map(|(a, b)| Span::new(*a, *b)).collect();
    ShiftType { band: "late".into(), meal_minutes, ..ShiftType::new(code, times, Origin::default_value()) }
}

pub(super) fn rule(case: &mut Case, kind: RuleKind, value: &str) {
    case.rules.rows.push(RuleRow {
        kind,
        band: String::new(),
        scope: Scope::default(),
        value: parse_value(spec(kind), value).unwrap(),
        strength: Strength::Hard,
        weight: 0,
        origin: Origin::default_value(),
    });
}

/// Adds past days: paid minutes, 0 for a day off.
pub(super) fn past(case: &mut Case, days: &[(NaiveDate, i64)]) {
    for &(date, paid_minutes) in days {
        let work = PastStatus::Work {
            shift: Some(S),
            code: "D".into(),
            band: String::new(),
            times: vec![Span::new(480, 1020)],
            tail_minutes: 0,
            paid_minutes,
        };
        let status = if paid_minutes > 0 { work } else { PastStatus::Off };
        let origin = Origin::default_value();
        case.history.push(PastDay { person: P, date, status, overtime_minutes: None, origin });
    }
}

pub(super) fn leave(case: &mut Case, from: &str, to: &str, status: LeaveStatus) {
    case.leave.push(Leave {
        person: P,
        from: date(from),
        to: date(to),
        kind: "ANNUAL".into(),
        status,
        substitute: None,
        origin: Origin::default_value(),
    });
}

/// A rota that works the first shift on the dates chosen, with approved leave in its place.
pub(super) fn rota(case: &Case, works: impl Fn(NaiveDate) -> bool) -> Rota {
    let cell = |d: NaiveDate| match case.approved_leave(P, d) {
        Some(l) => DayCell::Leave(l.kind.clone()),
        None if works(d) => DayCell::Work(S),
        None => DayCell::Off,
    };
    Rota { horizon: case.horizon, cells: vec![case.horizon.dates().map(cell).collect()] }
}
