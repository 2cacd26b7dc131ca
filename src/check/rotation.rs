//! One band a period, and the order of bands from period to period: `rotation`, `rotation_order`, `changeover`.

use super::Facts;
use super::findings::{Findings, Place, dates};
use super::relief;
use crate::base::index::PersonIx;
use crate::base::{Text, counted};
use crate::model::RuleRow;
use crate::rules::{Rotation, RotationOrder, RuleKind, RuleValue};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeMap;

/// A period in which a person works.
#[derive(Default)]
pub(super) struct Period<'a> {
    /// Worked days before the horizon, by band.
    pub(super) past: BTreeMap<&'a str, i64>,
    /// Worked days of the horizon, by band, in order of the days.
    pub(super) days: Vec<(i64, &'a str)>,
}

impl<'a> Period<'a> {
    /// Worked days by band, history and horizon together.
    fn counts(&self) -> BTreeMap<&'a str, i64> {
        let mut counts = self.past.clone();
        for (_, band) in &self.days {
            *counts.entry(band).or_insert(0) += 1;
        }
        counts
    }
    /// The bands most often worked: each leaves the fewest days outside.
    fn main_bands(&self) -> Vec<&'a str> {
        let counts = self.counts();
        let most = counts.values().copied().max().unwrap_or(0);
        counts.into_iter().filter(|&(_, n)| n == most).map(|(b, _)| b).collect()
    }
    /// Days outside of the most frequent band that the horizon adds to those of the history.
    fn amount(&self) -> i64 {
        outside(&self.counts()) - outside(&self.past)
    }
}

/// Days outside of the most frequent band.
fn outside(counts: &BTreeMap<&str, i64>) -> i64 {
    counts.values().sum::<i64>() - counts.values().copied().max().unwrap_or(0)
}

/// Number of the period that a date lies in.
fn period_of(date: NaiveDate, length: Rotation, changeover: usize) -> i64 {
    match length {
        Rotation::Month => i64::from(date.year()) * 12 + i64::from(date.month0()),
        Rotation::Weeks(n) => {
            // 2024-01-01 is a Monday.
            let anchor =
                NaiveDate::from_ymd_opt(2024, 1, 1).map_or(date, |d| d + Days::new(changeover as u64));
            (date - anchor).num_days().div_euclid(7 * i64::from(n.max(1)))
        }
    }
}

/// The periods with work of a person, in order.
fn periods<'a>(f: &Facts<'a>, p: PersonIx, length: Rotation) -> Vec<Period<'a>> {
    let changeover = match f.case.rules.setting(RuleKind::Changeover, &f.of_person(p)).map(|r| &r.value) {
        Some(RuleValue::Weekday(w)) => *w,
        _ => 0,
    };
    let line = &f.lines[p.ix()];
    let mut found: BTreeMap<i64, Period<'a>> = BTreeMap::new();
    for d in line.first..line.end() {
        let Some(work) = line.work(d) else { continue };
        let period = found.entry(period_of(f.date(d), length, changeover)).or_default();
        if d < 0 {
            *period.past.entry(work.band).or_insert(0) += 1;
        } else {
            period.days.push((d, work.band));
        }
    }
    found.into_values().collect()
}

fn length_of(row: &RuleRow) -> Option<Rotation> {
    if let RuleValue::Rotation(r) = row.value { Some(r) } else { None }
}

/// Days worked outside of a period's most frequent band.
pub(super) fn one_band(f: &Facts<'_>, out: &mut Findings) {
    for p in f.case.person_indices() {
        let context = f.of_person(p);
        // An order with relief says itself which days lie outside.
        if f.rows(RuleKind::RotationOrder, &context).any(has_relief) {
            continue;
        }
        for row in f.rows(RuleKind::Rotation, &context) {
            let Some(length) = length_of(row) else { continue };
            for period in periods(f, p, length) {
                let (Some(&(first, _)), Some(&(last, _))) = (period.days.first(), period.days.last()) else {
                    continue;
                };
                let amount = period.amount();
                if amount <= 0 {
                    continue;
                }
                let bands: Vec<String> =
                    period.counts().iter().map(|(b, n)| format!("{}×{n}", shown(b))).collect();
                let (id, bands, span) = (&f.person(p).id, bands.join(", "), dates(f, first, last));
                let what = Text::new(
                    format!(
                        "{id} works several bands in one period ({span}; with the history {bands}): {} outside",
                        counted(amount, "day", "days")
                    ),
                    format!("{id} 在同一周期内（{span}；含历史 {bands}）有多种班别，{amount} 天不在主班别"),
                );
                out.missed(row, Place::days(f, p, first, last), amount, what);
            }
        }
    }
}

fn has_relief(row: &RuleRow) -> bool {
    matches!(&row.value, RuleValue::RotationOrder(order) if order.has_relief())
}

fn shown(band: &str) -> &str {
    if band.is_empty() { "-" } else { band }
}

/// Changes of band from one period with work to the next that break the order.
pub(super) fn order(f: &Facts<'_>, out: &mut Findings) {
    for p in f.case.person_indices() {
        let context = f.of_person(p);
        let Some(length) = f.case.rules.setting(RuleKind::Rotation, &context).and_then(length_of) else {
            continue;
        };
        for row in f.rows(RuleKind::RotationOrder, &context) {
            let RuleValue::RotationOrder(order) = &row.value else { continue };
            let found = periods(f, p, length);
            if let (true, RotationOrder::Cycle(cycle)) = (has_relief(row), order) {
                relief::judge(f, p, row, cycle, &found, out);
                continue;
            }
            for (day, from, to) in wrong_changes(order, &found, f.person(p).band.as_deref()) {
                let (id, date) = (&f.person(p).id, f.date(day));
                let (from, to) = (shown(from), shown(to));
                let wanted = match order {
                    RotationOrder::Any => Text::new("another band", "其他班别"),
                    RotationOrder::Cycle(cycle) => Text::same(cycle.join(">")),
                };
                let what = Text::new(
                    format!("{id} goes from {from} to {to} on {date}, the order is {}", wanted.en),
                    format!("{id} 在 {date} 由 {from} 转为 {to}，应按顺序 {}", wanted.zh),
                );
                out.missed(row, Place::day(f, p, day), 1, what);
            }
        }
    }
}

/// Whether `to` may follow `from`.
fn follows(order: &RotationOrder, from: &str, to: &str) -> bool {
    match order {
        RotationOrder::Any => from != to,
        RotationOrder::Cycle(cycle) if cycle.iter().any(|b| b == from) => {
            (0..cycle.len()).any(|i| cycle[i] == from && cycle[(i + 1) % cycle.len()] == to)
        }
        RotationOrder::Cycle(cycle) => cycle.iter().any(|b| b == to),
    }
}

/// The fewest wrong changes over all ways to name each period by one of its most frequent bands:
/// (first day of the period in the horizon, band before, band).
fn wrong_changes<'a>(
    order: &RotationOrder,
    periods: &[Period<'a>],
    band_before: Option<&'a str>,
) -> Vec<(i64, &'a str, &'a str)> {
    /// A way to name the periods so far: (band of the last, wrong changes).
    type Way<'a> = (&'a str, Vec<(i64, &'a str, &'a str)>);
    let mut ways: Vec<Way<'a>> = Vec::new();
    if periods.first().is_none_or(|p| !p.days.is_empty()) {
        ways.extend(band_before.filter(|b| !b.is_empty()).map(|b| (b, Vec::new())));
    }
    for period in periods {
        let judged = period.days.first().map(|&(d, _)| d);
        let next = |band: &'a str| -> Way<'a> {
            let step = |(from, wrong): &Way<'a>| {
                let mut wrong = wrong.clone();
                if let Some(day) = judged.filter(|_| !follows(order, from, band)) {
                    wrong.push((day, *from, band));
                }
                wrong
            };
            (band, ways.iter().map(step).min_by_key(Vec::len).unwrap_or_default())
        };
        ways = period.main_bands().into_iter().map(next).collect();
    }
    ways.into_iter().map(|(_, wrong)| wrong).min_by_key(Vec::len).unwrap_or_default()
}
