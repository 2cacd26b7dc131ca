//! The overtime ledger of a person: what the history has filled, and the windows of the horizon.
//!
//! Standard hours: a Monday–Sunday week has a target; statutory days and approved leave days lower it. Whatever a
//! non-statutory day brings beyond the normal day is overtime, the rest fills the target, what does not fit is
//! overtime as well (State Council Order 174; FORMAT.md). Comprehensive hours: one sum over the settlement period.

use super::view::{Priced, View};
use crate::problem::{Checkpoint, CountResource, FillWindow, Overtime, OvertimeWindow};
use crate::rules::{HoursSystem, RuleKind};
use chrono::{Datelike, Days, Months, NaiveDate};

/// Normal minutes of a week: (weekly hours − the day's for each statutory and leave day), not below 0.
fn week_target(view: &View<'_>, monday: i64) -> i64 {
    let free = (monday..monday + 7).filter(|&d| view.statutory(d) || view.on_leave(d)).count() as i64;
    (view.number(RuleKind::NormalHoursWeek, 2400) - view.normal_day() * free).max(0)
}

/// A past day: overtime whatever the week holds, rest-day work, and what it leaves filled.
fn past_day(view: &View<'_>, day: i64, filled: i64, target: i64) -> (i64, i64, i64) {
    let paid = view.past_paid(day);
    if view.statutory(day) {
        return (paid, 0, filled);
    }
    let fill = paid.min(view.normal_day());
    let after = filled + fill;
    (paid - fill, after.max(target) - filled.max(target), after)
}

/// Whether days off in a week can answer rest-day work: all of it is known or to be planned, and employed.
fn answers(view: &View<'_>, monday: i64) -> bool {
    let employed = |d: i64| view.person.employed(view.case.horizon.date(d));
    -monday <= view.known_days() && monday + 7 <= view.days() as i64 && (monday..monday + 7).all(employed)
}

/// The weeks of the horizon.
pub(super) fn weeks(view: &View<'_>) -> Vec<FillWindow> {
    let horizon = &view.case.horizon;
    let days = view.days() as i64;
    let mut windows = Vec::new();
    let mut first = 0;
    while first < days {
        let monday = horizon.monday(first);
        let target = week_target(view, monday);
        let start = (monday..first).fold(0, |filled, d| past_day(view, d, filled, target).2);
        windows.push(FillWindow {
            first: first as usize,
            last: (monday + 6).min(days - 1) as usize,
            target: target as i32,
            start: start.min(target) as i32,
            answers: answers(view, monday),
        });
        first = monday + 7;
    }
    windows
}

/// Months touched by the horizon: (first day, last day inside it, first of the month).
pub(super) fn months(view: &View<'_>) -> Vec<(usize, usize, NaiveDate)> {
    let horizon = &view.case.horizon;
    let mut found: Vec<(usize, usize, NaiveDate)> = Vec::new();
    for (day, date) in horizon.dates().enumerate() {
        let begin = date.with_day(1).unwrap_or(date);
        match found.last_mut() {
            Some(month) if month.2 == begin => month.1 = day,
            _ => found.push((day, day, begin)),
        }
    }
    found
}

/// Overtime of the past days of the month that day 0 lies in, less what days off have answered, and rest-day work
/// still to be answered: of the week that day 0 lies in, then week by week back.
fn past_overtime(view: &View<'_>, begin: NaiveDate, comp_weeks: usize) -> (i64, Vec<i64>) {
    let horizon = &view.case.horizon;
    let first = horizon.day(begin);
    let mut monday = horizon.monday(first);
    let mut total = 0;
    let mut owed: Vec<i64> = Vec::new();
    while monday < 0 {
        let target = week_target(view, monday);
        let (mut filled, mut open) = (0, 0);
        for day in monday..(monday + 7).min(0) {
            let (direct, rest, after) = past_day(view, day, filled, target);
            filled = after;
            if day >= first {
                total += direct + rest;
                open += rest;
            }
        }
        if monday + 7 <= 0 && answers(view, monday) {
            let mut short = (target - filled).max(0);
            for earlier in owed.iter_mut().take(comp_weeks).rev() {
                let minutes = short.min(*earlier);
                *earlier -= minutes;
                short -= minutes;
                total -= minutes;
            }
        }
        owed.insert(0, open);
        monday += 7;
    }
    if horizon.monday(0) == 0 {
        owed.insert(0, 0);
    }
    (total, owed)
}

/// A limit on the overtime of a month: what it allows in the month that begins on a date, its price (`None`: hard),
/// and its row.
pub(super) struct MonthLimit<'v> {
    row: Priced<'v>,
    approvals: bool,
}

impl MonthLimit<'_> {
    /// Minutes allowed in a month.
    fn minutes(&self, view: &View<'_>, begin: NaiveDate) -> i64 {
        let own = self.row.number();
        if self.approvals { own.max(view.approved(begin, month_end(begin))) } else { own }
    }
}

/// The limits on a person's overtime in a month.
fn limits<'v>(view: &'v View<'_>) -> Vec<MonthLimit<'v>> {
    let of = |kind, approvals| view.rows(kind).into_iter().map(move |row| MonthLimit { row, approvals });
    of(RuleKind::OvertimeCapMonth, false).chain(of(RuleKind::OvertimeNeedsApproval, true)).collect()
}

/// The ledger of a person under standard hours.
pub(super) fn standard(view: &View<'_>) -> Overtime {
    let limits = limits(view);
    let comp = view.setting(RuleKind::CompRest);
    let comp_weeks = comp.map_or(0, |r| r.value.number().clamp(0, 60) as usize);
    let caps = months(view).into_iter().map(|(first, last, begin)| {
        let hard = limits.iter().filter(|l| l.row.price.is_none()).map(|l| l.minutes(view, begin) as i32);
        let soft = limits.iter().filter_map(|l| Some((l.minutes(view, begin) as i32, l.row.price?)));
        let (start, owed) = past_overtime(view, begin, comp_weeks);
        let owed = owed.into_iter().map(|m| m as i32).collect();
        OvertimeWindow { first, last, cap: hard.min(), soft: soft.collect(), start: start as i32, owed }
    });
    let weight = view.setting(RuleKind::WeightOvertime);
    let price = weight.map_or(0, |r| r.value.number());
    let answered = comp_weeks > 0 && price > 0;
    let caps = if limits.is_empty() && !answered { Vec::new() } else { caps.collect() };
    let mut rules: Vec<usize> = limits.iter().map(|l| l.row.index).collect();
    rules.extend(weight.into_iter().chain(comp).map(|r| Priced::of(view.case, r).index));
    Overtime { fills: weeks(view), caps, comp_weeks, price, rules }
}

/// Normal minutes of comprehensive hours between two dates, both inside: 480 for every Monday to Friday, less those
/// of statutory days (wherever in the week) and of approved leave on other Mondays to Fridays.
fn comprehensive_normal(view: &View<'_>, from: NaiveDate, to: NaiveDate) -> i64 {
    let mut days = 0;
    for date in from.iter_days().take_while(|d| *d <= to) {
        let day = view.case.horizon.day(date);
        let weekday = date.weekday().num_days_from_monday() < 5;
        let statutory = view.statutory(day);
        days += i64::from(weekday) - i64::from(statutory);
        days -= i64::from(weekday && !statutory && view.on_leave(day));
    }
    480 * days.max(0)
}

/// Last date of a month.
pub(super) fn month_end(begin: NaiveDate) -> NaiveDate {
    begin + Months::new(1) - Days::new(1)
}

/// A settlement period of comprehensive hours that the horizon touches.
pub(super) struct Settlement {
    /// First and last day of the horizon in it.
    pub(super) days: (usize, usize),
    /// Paid minutes of non-statutory days in the history.
    pub(super) start: i64,
    /// Paid minutes above this are overtime at its end (or above `start`, which the history has used up);
    /// `None` when the period does not end in the horizon.
    pub(super) pays_above: Option<i64>,
    /// Its months: (last day in the horizon, normal minutes of the period so far, first of the month, how-manieth
    /// month).
    pub(super) months: Vec<(usize, i64, NaiveDate, i64)>,
}

/// The settlement periods of the horizon.
pub(super) fn settlements(view: &View<'_>, months_of_period: u32) -> Vec<Settlement> {
    let horizon = &view.case.horizon;
    let mut found: Vec<Settlement> = Vec::new();
    for (first, last, begin) in months(view) {
        let place = begin.month0() % months_of_period.max(1);
        let period = begin - Months::new(place);
        if place == 0 || found.is_empty() {
            let past = (horizon.day(period)..0).filter(|&d| !view.statutory(d)).map(|d| view.past_paid(d));
            let (start, months) = (past.sum(), Vec::new());
            found.push(Settlement { days: (first, last), start, pays_above: None, months });
        }
        let normal = comprehensive_normal(view, period, month_end(begin));
        let Some(open) = found.last_mut() else { continue };
        open.days.1 = last;
        open.months.push((last, normal, begin, i64::from(place) + 1));
        let ends = horizon.date(last as i64) == month_end(begin);
        if ends && place + 1 == months_of_period {
            open.pays_above = Some(normal.max(open.start));
        }
    }
    found
}

/// Comprehensive hours of a person as sums of non-statutory paid minutes: one with the price of the excess at the
/// end of the settlement period and the hard limits after each of its months, one for each soft limit.
pub(super) fn comprehensive(view: &View<'_>, months_of_period: u32) -> Vec<CountResource> {
    let limits = limits(view);
    let price = view.number(RuleKind::WeightOvertime, 0);
    let periods = settlements(view, months_of_period);
    let soft_limits: Vec<_> = limits.iter().filter_map(|l| Some((l, l.row.price?))).collect();
    let mut hard = Vec::new();
    let mut soft = vec![Vec::new(); soft_limits.len()];
    for period in &periods {
        let end = period.months.len() - 1;
        for (i, &(last, normal, begin, k)) in period.months.iter().enumerate() {
            let reset = i == end;
            // The limits of all months of the period so far.
            let allowed = |l: &MonthLimit<'_>| {
                let months = (0..k as u32).map(|earlier| l.minutes(view, begin - Months::new(earlier)));
                (normal + months.sum::<i64>()) as i32
            };
            for ((limit, price), soft) in soft_limits.iter().zip(&mut soft) {
                let soft_high = Some((allowed(limit), *price));
                soft.push(Checkpoint { soft_high, unit: 60, reset, ..look(last) });
            }
            let pays = period.pays_above.filter(|_| i == end);
            let mut high = limits.iter().filter(|l| l.row.price.is_none()).map(allowed).min();
            // Whoever may never work overtime keeps the whole period within its normal minutes.
            if let Some(limit) = pays.filter(|_| never_overtime(view, period.days)) {
                high = Some(high.map_or(limit as i32, |h| h.min(limit as i32)));
            }
            let soft_high = pays.filter(|_| price > 0).map(|limit| (limit as i32, price));
            hard.push(Checkpoint { high, soft_high, reset, ..look(last) });
        }
    }
    let start = periods.first().map_or(0, |p| p.start as i32);
    let mut rules: Vec<usize> = limits.iter().map(|l| l.row.index).collect();
    rules.extend(view.setting(RuleKind::HoursSystem).map(|r| Priced::of(view.case, r).index));
    let limited = |list: &Vec<Checkpoint>| list.iter().any(|c| c.high.is_some() || c.soft_high.is_some());
    let sum = |checkpoints| CountResource { start, weekend: false, checkpoints, rules: rules.clone() };
    std::iter::once(hard).chain(soft).filter(limited).map(sum).collect()
}

/// Whether the tag `no_overtime` holds on all days of a stretch.
pub(super) fn never_overtime(view: &View<'_>, days: (usize, usize)) -> bool {
    (days.0..=days.1).all(|d| view.tagged("no_overtime", d))
}

/// A look at a sum that limits nothing.
pub(super) fn look(day: usize) -> Checkpoint {
    Checkpoint { day, low: None, high: None, soft_low: None, soft_high: None, unit: 1, reset: false }
}

/// Whether overtime has a price or a cap: without either the ledger is not worth keeping.
pub(super) fn matters(overtime: &Overtime) -> bool {
    overtime.price > 0 || !overtime.caps.is_empty()
}

/// The settlement period of a person, if hours are comprehensive.
pub(super) fn settlement(view: &View<'_>) -> Option<u32> {
    match view.hours_system() {
        HoursSystem::Standard => None,
        HoursSystem::Comprehensive { months } => Some(months),
    }
}
