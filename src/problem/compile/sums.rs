//! Rules about sums over many days: `min_hours_month`, `max_hours_month`, `max_hours_week`, `max_shifts`, `max_weekends`,
//! comprehensive hours.

use super::ledger::{self, look, month_end};
use super::view::{Fixed, Priced, View};
use crate::base::index::ShiftIx;
use crate::problem::{Checkpoint, CountResource, DayOption, What};
use crate::rules::RuleKind;

/// The amount of an option of a day.
type Amount<'v> = Box<dyn Fn(usize, &DayOption) -> i32 + 'v>;

/// A running sum with the amount that an option of a day adds to it.
pub(super) struct Sum<'v> {
    pub(super) resource: CountResource,
    pub(super) amount: Amount<'v>,
}

/// All running sums of a person.
pub(super) fn build<'v>(view: &'v View<'_>) -> Vec<Sum<'v>> {
    let mut sums = Vec::new();
    sums.extend(hours(view));
    sums.extend(week_hours(view));
    sums.extend(max_shifts(view));
    sums.extend(max_weekends(view));
    if let Some(months) = ledger::settlement(view) {
        for resource in ledger::comprehensive(view, months) {
            let amount = |day: usize, o: &DayOption| if view.statutory(day as i64) { 0 } else { o.paid };
            sums.push(Sum { resource, amount: Box::new(amount) });
        }
    }
    sums
}

/// Paid minutes of each calendar month.
fn hours<'v>(view: &'v View<'_>) -> Option<Sum<'v>> {
    let least = view.rows(RuleKind::MinHoursMonth);
    let most = view.rows(RuleKind::MaxHoursMonth);
    if least.is_empty() && most.is_empty() {
        return None;
    }
    let horizon = &view.case.horizon;
    let mut checkpoints = Vec::new();
    let mut start = 0;
    for (first, last, begin) in ledger::months(view) {
        let before = horizon.day(begin)..first as i64;
        if first == 0 {
            start = before.clone().map(|d| view.past_paid(d)).sum();
        }
        let known = before.clone().all(|d| view.past(d).is_some() || view.fixed(d) == Fixed::Absent);
        let whole = horizon.date(last as i64) == month_end(begin) && known;
        let mut point = Checkpoint { unit: 60, reset: true, ..look(last) };
        for row in least.iter().filter(|_| whole) {
            match row.price {
                None => point.low = Some(row.number() as i32),
                Some(price) => point.soft_low = Some((row.number() as i32, price)),
            }
        }
        for row in &most {
            match row.price {
                None => point.high = Some(row.number() as i32),
                Some(price) => point.soft_high = Some((row.number() as i32, price)),
            }
        }
        checkpoints.push(point);
    }
    let rules = least.iter().chain(&most).map(|r| r.index).collect();
    let resource = CountResource { start: start as i32, weekend: false, checkpoints, rules };
    Some(Sum { resource, amount: Box::new(|_, o| o.paid) })
}

/// Paid minutes of each Monday–Sunday week.
fn week_hours<'v>(view: &'v View<'_>) -> Option<Sum<'v>> {
    let rows = view.rows(RuleKind::MaxHoursWeek);
    if rows.is_empty() {
        return None;
    }
    let monday = view.case.horizon.monday(0);
    let start: i64 = (monday..0).map(|d| view.past_paid(d)).sum();
    let days = view.days() as i64;
    let sundays = (monday + 6..days + 6).step_by(7).map(|d| d.min(days - 1) as usize);
    let high = rows.iter().find(|r| r.price.is_none()).map(|r| r.number() as i32);
    let soft_high = rows.iter().find_map(|r| Some((r.number() as i32, r.price?)));
    let checkpoints =
        sundays.map(|d| Checkpoint { high, soft_high, unit: 60, reset: true, ..look(d) }).collect();
    let rules = rows.iter().map(|r| r.index).collect();
    let resource = CountResource { start: start as i32, weekend: false, checkpoints, rules };
    Some(Sum { resource, amount: Box::new(|_, o| o.paid) })
}

/// How often some shifts are worked in the horizon; every row is a sum of its own.
fn max_shifts<'v>(view: &'v View<'_>) -> Vec<Sum<'v>> {
    let rules = &view.case.rules;
    let of_person = rules.of(RuleKind::MaxShifts).filter_map(|row| {
        let matching: Vec<bool> =
            view.case.shift_indices().map(|s| view.in_shift(s).within(&row.scope)).collect();
        matching.contains(&true).then(|| (Priced::of(view.case, row), matching))
    });
    of_person
        .map(|(row, matching)| Sum {
            resource: at_most(view, &row, false),
            amount: Box::new(move |_, o| match o.what {
                What::Work(code) => i32::from(matching[ShiftIx(u32::from(code)).ix()]),
                _ => 0,
            }),
        })
        .collect()
}

/// Weekends with a worked day in the horizon.
fn max_weekends<'v>(view: &'v View<'_>) -> Vec<Sum<'v>> {
    let rows = view.rows(RuleKind::MaxWeekends);
    let of_row = |row: Priced<'_>| Sum {
        resource: at_most(view, &row, true),
        amount: Box::new(|day: usize, o: &DayOption| {
            let weekend = view.case.horizon.weekday(day as i64) >= 5;
            i32::from(weekend && matches!(o.what, What::Work(_)))
        }) as Amount<'v>,
    };
    rows.into_iter().map(of_row).collect()
}

/// At most a row's number by the end of the horizon.
fn at_most(view: &View<'_>, row: &Priced<'_>, weekend: bool) -> CountResource {
    let number = row.number() as i32;
    let end = look(view.days() - 1);
    let point = match row.price {
        None => Checkpoint { high: Some(number), ..end },
        Some(price) => Checkpoint { soft_high: Some((number, price)), ..end },
    };
    CountResource { start: 0, weekend, checkpoints: vec![point], rules: vec![row.index] }
}
