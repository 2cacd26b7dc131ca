//! The options of a person's days: everything that a single day decides alone.

use super::view::{Fixed, View};
use super::{Contradiction, Reason};
use crate::base::index::ShiftIx;
use crate::model::{LeaveStatus, PastStatus, Pin, PinTarget, Want};
use crate::problem::{Cell, DayOption, What};
use crate::rules::{HoursSystem, RuleKind};

/// Builds `options[day]` of a person; days without any option are reported.
pub(super) fn build(
    view: &View<'_>,
    cell: &dyn Fn(usize, ShiftIx) -> Option<Cell>,
    contradictions: &mut Vec<Contradiction>,
) -> Vec<Vec<DayOption>> {
    let standard = view.hours_system() == HoursSystem::Standard;
    let normal_day = view.normal_day();
    let caps = view.rows(RuleKind::OvertimeCapDay);
    let request_price = view.number(RuleKind::WeightRequest, 0);
    let stability_price = view.number(RuleKind::WeightStability, 0);
    (0..view.days())
        .map(|day| {
            let date = view.case.horizon.date(day as i64);
            let pins: Vec<&Pin> =
                view.case.pins.iter().filter(|p| p.person == view.p && p.date == date).collect();
            let fixed = view.fixed(day as i64);
            let report = |reasons: Vec<Reason>, list: &mut Vec<Contradiction>| {
                list.push(Contradiction { person: Some(view.p), days: vec![day], reasons });
            };
            let what = match fixed {
                Fixed::Free => None,
                Fixed::Leave(_) => Some(What::Leave),
                Fixed::Absent => Some(What::Absent),
            };
            if let Some(what) = what {
                if !pins.is_empty() {
                    let mut reasons: Vec<Reason> =
                        pins.iter().map(|p| Reason::Pin(p.origin.clone(), p.date)).collect();
                    reasons.push(match fixed {
                        Fixed::Leave(l) => Reason::Leave(l.origin.clone(), date),
                        _ => Reason::Employment(view.person.origin.clone(), date),
                    });
                    report(reasons, contradictions);
                }
                let cost = stability_price * changed(view, day, what);
                return vec![DayOption { cost, ..still(what) }];
            }
            let mut forbidding: Vec<Reason> = Vec::new();
            let mut list = vec![still(What::Off)];
            for s in view.case.shift_indices() {
                let paid = view.paid_minutes(s, day);
                let statutory = view.statutory(day as i64);
                let beyond = if statutory { 0 } else { (paid - normal_day).max(0) };
                let pinned = pins.iter().any(|p| p.target == PinTarget::Shift(s));
                let mut cost = 0;
                let mut reasons = Vec::new();
                for cap in &caps {
                    match cap.charge(begun(beyond - cap.number())) {
                        Some(price) => cost += price,
                        None => reasons.push(Reason::Rule(cap.index)),
                    }
                }
                if view.tagged("no_night", day) && view.in_night(s) {
                    reasons.push(Reason::Tag("no_night".into(), view.person.origin.clone(), date));
                }
                let (fill, direct) = match (statutory, standard) {
                    (true, _) => (0, paid),
                    (false, true) => (paid - beyond, beyond),
                    (false, false) => (0, 0),
                };
                if view.tagged("no_overtime", day) && direct > 0 {
                    reasons.push(Reason::Tag("no_overtime".into(), view.person.origin.clone(), date));
                }
                if !reasons.is_empty() {
                    if pinned {
                        forbidding.extend(reasons);
                    }
                    continue;
                }
                list.push(DayOption {
                    cost,
                    cell: cell(day, s),
                    paid: paid as i32,
                    fill: fill as i32,
                    direct: direct as i32,
                    ..still(What::Work(s.0 as u16))
                });
            }
            list.retain(|o| pins.iter().all(|p| target(p.target) == o.what));
            if list.is_empty() {
                let mut reasons: Vec<Reason> =
                    pins.iter().map(|p| Reason::Pin(p.origin.clone(), p.date)).collect();
                reasons.append(&mut forbidding);
                report(reasons, contradictions);
                list.push(still(What::Off));
            }
            for option in &mut list {
                option.cost += request_price * missed(view, day, option.what);
                option.cost += stability_price * changed(view, day, option.what);
            }
            list
        })
        .collect()
}

/// Begun hours of a number of minutes.
pub(super) fn begun(minutes: i64) -> i64 {
    (minutes.max(0) + 59) / 60
}

/// A day without work, or the frame of one with it.
fn still(what: What) -> DayOption {
    DayOption {
        what,
        cost: 0,
        cell: None,
        paid: 0,
        fill: 0,
        direct: 0,
        marks: 0,
        symbols: Vec::new(),
        amounts: Vec::new(),
    }
}

fn target(pin: PinTarget) -> What {
    match pin {
        PinTarget::Shift(s) => What::Work(s.0 as u16),
        PinTarget::Off => What::Off,
    }
}

/// Sum of the weights of the requests of a day that an option does not meet; pending leave asks for `off`.
fn missed(view: &View<'_>, day: usize, what: What) -> i64 {
    let date = view.case.horizon.date(day as i64);
    let requests = view
        .case
        .requests
        .iter()
        .filter(|r| r.person == view.p && r.date == date && !meets(view, &r.want, what))
        .map(|r| r.weight);
    let pending =
        view.case.leave.iter().filter(|l| {
            l.person == view.p && l.status == LeaveStatus::Pending && l.from <= date && date <= l.to
        });
    let wishes = requests.sum::<i64>();
    if what == What::Off || view.no_leave(day) { wishes } else { wishes + pending.count() as i64 }
}

fn meets(view: &View<'_>, want: &Want, what: What) -> bool {
    let shift = view.worked(what);
    match want {
        Want::Shift(s) => what == What::Work(s.0 as u16),
        Want::Band(b) => shift.is_some_and(|s| s.band == *b),
        Want::Off => what == What::Off,
        Want::Work => shift.is_some(),
        Want::Not(inner) => !meets(view, inner, what),
    }
}

/// 1 where the published rota says something else.
fn changed(view: &View<'_>, day: usize, what: What) -> i64 {
    let date = view.case.horizon.date(day as i64);
    let differs = |status: &PastStatus| match (status, what) {
        (PastStatus::Work { code, .. }, What::Work(c)) => *code != view.shift(c).code,
        (PastStatus::Off, What::Off)
        | (PastStatus::Leave(_), What::Leave)
        | (PastStatus::Absent, What::Absent) => false,
        _ => true,
    };
    let row = view.case.published.iter().find(|r| r.person == view.p && r.date == date);
    i64::from(row.is_some_and(|r| differs(&r.status)))
}

/// Sets `marks` of the days on which fairness counts something: bit i for `marks[i]`.
pub(super) fn mark(view: &View<'_>, options: &mut [Vec<DayOption>], marks: &[Mark]) {
    for (day, list) in options.iter_mut().enumerate() {
        for option in list {
            let Some(shift) = view.worked(option.what) else { continue };
            for (bit, mark) in marks.iter().enumerate() {
                let counts = match mark {
                    Mark::Band(b) => shift.band == *b,
                    Mark::Statutory => view.statutory(day as i64),
                };
                option.marks |= u64::from(counts) << bit;
            }
        }
    }
}

/// What a bit of [`DayOption::marks`] stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Worked in this band.
    Band(String),
    /// Worked on a statutory day.
    Statutory,
}
