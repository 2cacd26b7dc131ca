//! What the wide rota needs beside its cells: the days with their kinds, the legend of the shifts, the demand of each day,
//! and the wishes with what became of them.

use super::{CoverageRow, Finished};
use crate::base::index::PersonIx;
use crate::base::{Span, Text, words};
use crate::calendar::DayKind;
use crate::model::{DayCell, LeaveStatus, Want};
use chrono::NaiveDate;

/// Days, legend and wishes of a rota.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    /// The days, in order.
    pub days: Vec<BoardDay>,
    /// The shift types, in file order.
    pub shifts: Vec<ShiftKey>,
    /// The channels that are to be covered, in file order.
    pub channels: Vec<String>,
    /// The wishes and applications for leave, in file order, a row a day.
    pub wishes: Vec<WishLine>,
}

/// A day of the rota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardDay {
    /// Date.
    pub date: NaiveDate,
    /// Weekday, Monday 0.
    pub weekday: usize,
    /// What kind of day it is.
    pub tone: DayTone,
    /// What the calendar calls it; empty for an ordinary day.
    pub name: String,
    /// Agent-minutes required on all channels.
    pub required_minutes: i64,
    /// Agent-minutes required and missing.
    pub short_minutes: i64,
    /// Most people required at one time on all channels together.
    pub peak: i64,
}

/// How a day is shaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayTone {
    /// A working day, make-up days included.
    Ordinary,
    /// Saturday, Sunday, or a day off that the arrangement gives.
    Weekend,
    /// A statutory holiday (300 %).
    Statutory,
}

/// A line of the legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftKey {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Band; empty when not given.
    pub band: String,
    /// Segments as written in files.
    pub times: String,
    /// Segments, minutes of the date.
    pub spans: Vec<Span>,
    /// Unpaid minutes of the meal.
    pub meal_minutes: i64,
    /// Where the meal lies, if the case says so.
    pub meal_window: Option<Span>,
    /// Paid minutes of the shift as most people have it (meetings outside it and personal rules differ).
    pub paid_minutes: i64,
}

/// A wish, or a day of an application for leave that nobody has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WishLine {
    /// Date.
    pub date: NaiveDate,
    /// Id and name.
    pub person: (String, String),
    /// What was wanted.
    pub want: Text,
    /// The wish's own weight.
    pub weight: i64,
    /// Whether it is met; `None` where the day is not for wishes.
    pub met: Option<bool>,
    /// What the person does that day.
    pub cell: DayCell,
}

pub(super) fn board(f: &Finished<'_>, coverage: &[CoverageRow]) -> Board {
    let used = |c: &usize| f.requirement.intervals.iter().any(|i| i.channel.ix() == *c);
    Board {
        days: days(f, coverage),
        shifts: legend(f),
        channels: (0..f.case.channels.len()).filter(used).map(|c| f.case.channels[c].name.clone()).collect(),
        wishes: wishes(f),
    }
}

fn days(f: &Finished<'_>, coverage: &[CoverageRow]) -> Vec<BoardDay> {
    let mut days: Vec<BoardDay> = f
        .rota
        .horizon
        .dates()
        .enumerate()
        .map(|(d, date)| {
            let weekday = f.rota.horizon.weekday(d as i64);
            let known = f.case.calendar.get(date);
            let tone = match known.map(|k| k.kind) {
                Some(DayKind::Statutory) => DayTone::Statutory,
                Some(DayKind::Holiday) => DayTone::Weekend,
                Some(DayKind::Workday) => DayTone::Ordinary,
                _ if weekday >= 5 => DayTone::Weekend,
                _ => DayTone::Ordinary,
            };
            let name = known.map(|k| k.name.clone()).unwrap_or_default();
            BoardDay { date, weekday, tone, name, required_minutes: 0, short_minutes: 0, peak: 0 }
        })
        .collect();
    let mut edges: Vec<Vec<(i32, i64)>> = vec![Vec::new(); days.len()];
    for row in coverage {
        days[row.day].required_minutes += row.required_minutes;
        days[row.day].short_minutes += row.short_minutes;
        let people = super::hours::hundredths(row.required_minutes, i64::from(row.time.len()).max(1));
        edges[row.day].extend([(row.time.start, people), (row.time.end, -people)]);
    }
    for (day, list) in days.iter_mut().zip(&mut edges) {
        // At one moment who is no longer needed goes first.
        list.sort_unstable();
        let mut now = 0;
        day.peak = (list.iter().map(|(_, n)| (now += n, now).1).max().unwrap_or(0) + 99) / 100;
    }
    days
}

fn legend(f: &Finished<'_>) -> Vec<ShiftKey> {
    let mut paid: Vec<Vec<i64>> = vec![Vec::new(); f.case.shifts.len()];
    for (cells, ledger) in f.rota.cells.iter().zip(f.pay) {
        for (cell, pay) in cells.iter().zip(&ledger.days) {
            if let Some(s) = cell.shift() {
                paid[s.ix()].push(pay.paid);
            }
        }
    }
    let keys = f.case.shifts.iter().zip(paid);
    keys.map(|(s, paid)| ShiftKey {
        code: s.code.clone(),
        name: s.name.clone(),
        band: s.band.clone(),
        times: s.times_text(),
        spans: s.times.clone(),
        meal_minutes: i64::from(s.meal_minutes),
        meal_window: s.meal_window,
        paid_minutes: most_frequent(paid)
            .unwrap_or_else(|| i64::from(s.span_minutes() - s.meal_minutes + s.tail_minutes)),
    })
    .collect()
}

/// The most frequent of some numbers, the smallest of equally frequent ones.
fn most_frequent(mut all: Vec<i64>) -> Option<i64> {
    all.sort_unstable();
    let mut best: Option<(usize, i64)> = None;
    for run in all.chunk_by(|a, b| a == b) {
        if best.is_none_or(|(count, _)| run.len() > count) {
            best = Some((run.len(), run[0]));
        }
    }
    best.map(|(_, value)| value)
}

fn wishes(f: &Finished<'_>) -> Vec<WishLine> {
    let line = |p: PersonIx, date: NaiveDate, want: Text, weight, met| {
        let day = f.rota.horizon.index(date)?;
        let person = f.case.person(p);
        let cell = f.rota.cell(p, day).clone();
        Some(WishLine { date, person: (person.id.clone(), person.name.clone()), want, weight, met, cell })
    };
    let written = f
        .case
        .requests
        .iter()
        .filter_map(|r| line(r.person, r.date, said(f, &r.want), r.weight, super::overview::met(f, r)));
    let pending = f.case.leave.iter().filter(|l| l.status == LeaveStatus::Pending).flat_map(|l| {
        f.rota.horizon.dates().filter(|d| l.from <= *d && *d <= l.to).filter_map(move |date| {
            let day = f.rota.horizon.index(date)?;
            let met = match f.rota.cell(l.person, day) {
                DayCell::Leave(_) | DayCell::Absent => None,
                cell => Some(cell.shift().is_none()),
            };
            let kind = words::leave_kind(&l.kind);
            let want = Text::new(format!("{} (pending)", kind.en), format!("{}（待批）", kind.zh));
            line(l.person, date, want, 1, met)
        })
    });
    written.chain(pending).collect()
}

fn said(f: &Finished<'_>, want: &Want) -> Text {
    match want {
        Want::Shift(s) => Text::same(&f.case.shift(*s).code),
        Want::Band(b) => Text::same(b),
        Want::Off => Text::new("off", "休"),
        Want::Work => Text::new("work", "上班"),
        Want::Not(inner) => {
            let inner = said(f, inner);
            Text::new(format!("not {}", inner.en), format!("不要 {}", inner.zh))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::report;

    #[test]
    fn a_day_knows_what_is_required_of_it() {
        let board = report().board;
        let day = &board.days[0];
        // One person for an hour twice, two for one; never more than two at a time.
        assert_eq!((day.required_minutes, day.short_minutes, day.peak), (240, 75, 2));
        assert_eq!((day.weekday, day.tone), (3, DayTone::Ordinary));
        assert_eq!(board.days[2].tone, DayTone::Weekend);
    }

    #[test]
    fn the_legend_counts_what_most_people_are_paid() {
        assert_eq!(most_frequent(vec![480, 510, 480]), Some(480));
        assert_eq!(most_frequent(Vec::new()), None);
        assert_eq!(report().board.shifts[0].paid_minutes, 480);
    }

    #[test]
    fn wishes_and_pending_leave_say_whether_they_are_met() {
        let wishes = report().board.wishes;
        assert_eq!(wishes.iter().map(|w| w.met).collect::<Vec<_>>(), [Some(true), Some(false)]);
        assert_eq!(wishes[1].want.en, "ANNUAL (pending)");
    }
}
