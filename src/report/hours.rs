//! Rows of `hours.csv` and the sheet of `grid.csv`.

use super::Finished;
use crate::model::DayCell;
use crate::pay::{Money, NormalSpan, PersonLedger, longest_normal_day};
use chrono::NaiveDate;

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
    /// Where `comp_rest` holds: minutes of rest-day work answered by days off, and still owed.
    pub comp_rest: Option<[i64; 2]>,
    /// What it costs, for a person whose wage is known.
    pub money: Option<Money>,
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
    /// What a day may hold before it is overtime whatever the week; `None` under comprehensive hours.
    pub longest_normal_day: Option<i64>,
    /// The stretches with a normal time of their own.
    pub spans: Vec<NormalSpan>,
}

/// `amount / unit` in hundredths, rounded half up: 125 minutes of an hour are 208 (2.08).
#[must_use]
pub(crate) fn hundredths(amount: i64, unit: i64) -> i64 {
    (amount * 200 + unit).div_euclid(2 * unit)
}

pub(super) fn rows(f: &Finished<'_>) -> Vec<HoursRow> {
    f.pay.iter().map(|ledger| row(f, ledger)).collect()
}

fn row(f: &Finished<'_>, ledger: &PersonLedger) -> HoursRow {
    let person = f.case.person(ledger.person);
    let totals = &ledger.totals;
    HoursRow {
        id: person.id.clone(),
        name: person.name.clone(),
        team: person.team.clone(),
        contract: person.contract.clone(),
        days_worked: totals.days_worked,
        rest_days: totals.rest_days,
        leave_days: totals.leave_days,
        paid: totals.pay.paid,
        normal: totals.pay.normal,
        overtime: totals.pay.classes(),
        cap: totals.overtime_cap,
        headroom: totals.headroom,
        night: totals.pay.night,
        late_shifts: totals.late_shifts,
        weekends: totals.weekends,
        statutory_days: totals.statutory_days,
        comp_rest: ledger.terms.comp_weeks.map(|_| [totals.pay.comp + ledger.comp.taken, ledger.comp.owed]),
        money: person.wage.map(|wage| Money::of(wage, &totals.pay)),
    }
}

pub(super) fn grid(f: &Finished<'_>, hours: &[HoursRow]) -> Grid {
    let codes: Vec<String> = f.case.shifts.iter().map(|s| s.code.clone()).collect();
    let days = f.rota.horizon.days;
    let mut heads = vec![vec![0; days]; codes.len()];
    let mut lines = Vec::with_capacity(hours.len());
    for ((cells, h), ledger) in f.rota.cells.iter().zip(hours).zip(f.pay) {
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
            longest_normal_day: longest_normal_day(&ledger.terms),
            spans: ledger.spans.clone(),
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
