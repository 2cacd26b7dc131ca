//! Rows of `hours.csv` and the sheet of `grid.csv`.

use super::Finished;
use crate::base::index::PersonIx;
use crate::base::{DAY_MINUTES, Span};
use crate::model::{Activity, Context, DayCell};
use crate::rules::{RuleKind, RuleValue};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A row of `hours.csv`. Hours are kept in minutes and rounded once, when they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursRow {
    /// Staff number.
    pub id: String,
    /// Name.
    pub name: String,
    /// Team.
    pub team: String,
    /// Contract.
    pub contract: String,
    /// Days worked.
    pub days_worked: i64,
    /// Days off, leave apart.
    pub rest_days: i64,
    /// Days of approved leave.
    pub leave_days: i64,
    /// Paid minutes.
    pub paid: i64,
    /// Paid minutes that are not overtime.
    pub normal: i64,
    /// Overtime minutes at 150 %, 200 % and 300 %.
    pub overtime: [i64; 3],
    /// Cap on overtime in minutes.
    pub cap: Option<i64>,
    /// What the cap leaves, in minutes.
    pub headroom: Option<i64>,
    /// Minutes at work inside the night window, meals apart, tails included.
    pub night: i64,
    /// Shifts of the band `late`.
    pub late_shifts: i64,
    /// Weekends with any work, counted by their Saturday.
    pub weekends: i64,
    /// Statutory days worked.
    pub statutory_days: i64,
}

/// The sheet of `grid.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The dates, one column each.
    pub dates: Vec<NaiveDate>,
    /// Shift codes, one total column each.
    pub codes: Vec<String>,
    /// One line a person.
    pub lines: Vec<GridLine>,
    /// Head counts, `[code][day]`.
    pub heads: Vec<Vec<i64>>,
}

/// A person's line of the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridLine {
    /// Id, name and team.
    pub person: [String; 3],
    /// What the person does each day.
    pub cells: Vec<DayCell>,
    /// How often each code is worked.
    pub counts: Vec<i64>,
    /// Days worked, off and on leave.
    pub days: [i64; 3],
    /// Paid minutes and overtime minutes.
    pub minutes: [i64; 2],
}

/// `amount / unit` in hundredths, rounded half up: 125 minutes of an hour are 208 (2.08).
#[must_use]
pub(crate) fn hundredths(amount: i64, unit: i64) -> i64 {
    (amount * 200 + unit).div_euclid(2 * unit)
}

pub(super) fn rows(f: &Finished<'_>) -> Vec<HoursRow> {
    let night = night_minutes(f);
    f.case.person_indices().map(|p| row(f, p, night[p.ix()])).collect()
}

fn row(f: &Finished<'_>, p: PersonIx, night: i64) -> HoursRow {
    let person = f.case.person(p);
    let cells = &f.rota.cells[p.ix()];
    let count = |test: fn(&DayCell) -> bool| cells.iter().filter(|c| test(c)).count() as i64;
    let paid: i64 = f.pay.paid[p.ix()].iter().sum();
    let overtime = f.pay.overtime[p.ix()]
        .iter()
        .fold([0; 3], |sum: [i64; 3], day| std::array::from_fn(|class| sum[class] + day[class]));
    let worked = |day: &usize| cells[*day].shift().is_some();
    let horizon = f.rota.horizon;
    let saturdays: BTreeSet<i64> = (0..cells.len())
        .filter(worked)
        .filter(|&d| horizon.weekday(d as i64) >= 5)
        .map(|d| horizon.monday(d as i64) + 5)
        .collect();
    let late = cells.iter().filter_map(DayCell::shift).filter(|&s| is_late(&f.case.shift(s).band)).count();
    let statutory =
        (0..cells.len()).filter(worked).filter(|&d| f.case.calendar.is_statutory(horizon.date(d as i64)));
    HoursRow {
        id: person.id.clone(),
        name: person.name.clone(),
        team: person.team.clone(),
        contract: person.contract.clone(),
        days_worked: count(|c| c.shift().is_some()),
        rest_days: count(|c| *c == DayCell::Off),
        leave_days: count(|c| matches!(c, DayCell::Leave(_))),
        paid,
        normal: paid - overtime.iter().sum::<i64>(),
        overtime,
        cap: f.pay.cap[p.ix()],
        headroom: f.pay.headroom[p.ix()],
        night,
        late_shifts: late as i64,
        weekends: saturdays.len() as i64,
        statutory_days: statutory.count() as i64,
    }
}

fn is_late(band: &str) -> bool {
    band == "late" || band.starts_with('晚')
}

/// Minutes of each person inside the night window of a date (and what is left of the night before).
fn night_minutes(f: &Finished<'_>) -> Vec<i64> {
    let windows: Vec<Span> = f.case.person_indices().map(|p| night_window(f, p)).collect();
    let mut sums = vec![0; windows.len()];
    for d in f.plan.duties.iter().filter(|d| d.activity != Activity::Meal) {
        let window = windows[d.person.ix()];
        sums[d.person.ix()] +=
            (-2..=2).map(|night| i64::from(d.time.overlap(window.shifted(night * DAY_MINUTES)))).sum::<i64>();
    }
    sums
}

/// The night of a person: 22:00 to 06:00 when no row of `night_window` speaks of them.
fn night_window(f: &Finished<'_>, p: PersonIx) -> Span {
    let kinds: Vec<_> = f.case.channels.iter().map(|c| c.kind).collect();
    let context =
        Context { person: Some((p, f.case.person(p))), channel_kinds: &kinds, ..Context::default() };
    match f.case.rules.setting(RuleKind::NightWindow, &context).map(|r| &r.value) {
        Some(RuleValue::Window(w)) => *w,
        _ => Span::new(22 * 60, 30 * 60),
    }
}

pub(super) fn grid(f: &Finished<'_>, hours: &[HoursRow]) -> Grid {
    let codes: Vec<String> = f.case.shifts.iter().map(|s| s.code.clone()).collect();
    let days = f.rota.horizon.days;
    let mut heads = vec![vec![0; days]; codes.len()];
    let mut lines = Vec::with_capacity(hours.len());
    for (cells, h) in f.rota.cells.iter().zip(hours) {
        let mut counts = vec![0; codes.len()];
        for (day, shift) in cells.iter().enumerate().filter_map(|(d, c)| Some((d, c.shift()?))) {
            counts[shift.ix()] += 1;
            heads[shift.ix()][day] += 1;
        }
        lines.push(GridLine {
            person: [h.id.clone(), h.name.clone(), h.team.clone()],
            cells: cells.clone(),
            counts,
            days: [h.days_worked, h.rest_days, h.leave_days],
            minutes: [h.paid, h.overtime.iter().sum()],
        });
    }
    Grid { dates: f.rota.horizon.dates().collect(), codes, lines, heads }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_rounded_half_up_once() {
        assert_eq!(hundredths(125, 60), 208);
        assert_eq!(hundredths(3, 60), 5);
        assert_eq!(hundredths(0, 60), 0);
        assert_eq!(hundredths(-30, 60), -50);
        assert_eq!(hundredths(1, 8), 13);
    }
}
