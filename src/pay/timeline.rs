//! A person's paid minutes day by day, from the first known day of the history to the end of the horizon.

use super::paid;
use crate::base::index::PersonIx;
use crate::calendar::Horizon;
use crate::model::{Case, DayCell, LeaveStatus, PastStatus, Rota};
use crate::rules::ChannelKind;
use chrono::NaiveDate;

/// What is known of a past day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Past {
    /// No row: not worked; leave by `leave.csv`.
    Unknown,
    /// A row that is not leave.
    Present,
    /// A row of leave.
    Leave,
}

/// The days of one person. Day numbers are those of the horizon, negative before it.
pub(super) struct Timeline<'a> {
    case: &'a Case,
    person: PersonIx,
    /// First day held: the oldest row of the history, at most 0.
    pub(super) first: i64,
    paid: Vec<i64>,
    past: Vec<Past>,
    leave: Vec<(NaiveDate, NaiveDate)>,
}

impl<'a> Timeline<'a> {
    /// Lays out a person's days under a rota.
    pub(super) fn new(case: &'a Case, rota: &Rota, person: PersonIx, kinds: &[ChannelKind]) -> Self {
        let horizon = case.horizon;
        let rows = case.history_of(person).iter().map(|r| (horizon.day(r.date), &r.status));
        let rows: Vec<_> = rows.filter(|(day, _)| *day < 0).collect();
        let first = rows.iter().map(|(day, _)| *day).min().unwrap_or(0);
        let before = first.unsigned_abs() as usize;
        let mut paid = vec![0; before + horizon.days];
        let mut past = vec![Past::Unknown; before];
        for (day, status) in rows {
            let i = (day - first) as usize;
            past[i] = if matches!(status, PastStatus::Leave(_)) { Past::Leave } else { Past::Present };
            if let PastStatus::Work { paid_minutes, .. } = status {
                paid[i] = *paid_minutes;
            }
        }
        for day in 0..horizon.days {
            if let Some(s) = cell(rota, person, day).shift() {
                let date = horizon.date(day as i64);
                paid[before + day] = paid::with_kinds(case, person, date, s, kinds).total;
            }
        }
        let approved = |l: &&crate::model::Leave| l.person == person && l.status == LeaveStatus::Approved;
        let leave = case.leave.iter().filter(approved).map(|l| (l.from, l.to)).collect();
        Self { case, person, first, paid, past, leave }
    }
    /// The horizon.
    pub(super) fn horizon(&self) -> Horizon {
        self.case.horizon
    }
    /// One past the last day.
    pub(super) fn end(&self) -> i64 {
        self.case.horizon.days as i64
    }
    /// Paid minutes of a day, 0 where it is not worked or not known.
    pub(super) fn paid(&self, day: i64) -> i64 {
        usize::try_from(day - self.first).ok().and_then(|i| self.paid.get(i)).copied().unwrap_or(0)
    }
    /// Whether a day is one of the statutory ones.
    pub(super) fn statutory(&self, day: i64) -> bool {
        self.case.calendar.is_statutory(self.case.horizon.date(day))
    }
    /// Whether the person is employed on a day.
    pub(super) fn employed(&self, day: i64) -> bool {
        self.case.person(self.person).employed(self.case.horizon.date(day))
    }
    /// Whether a day is approved leave: a past day by its row, any other by `leave.csv` while employed.
    pub(super) fn on_leave(&self, day: i64) -> bool {
        let row = usize::try_from(day - self.first).ok().and_then(|i| self.past.get(i));
        match row {
            Some(Past::Leave) => true,
            Some(Past::Present) => false,
            Some(Past::Unknown) | None => {
                let date = self.case.horizon.date(day);
                self.case.person(self.person).employed(date)
                    && self.leave.iter().any(|(from, to)| *from <= date && date <= *to)
            }
        }
    }
}

/// A cell of a rota; a day off where a rota read from a file has none.
pub(super) fn cell(rota: &Rota, p: PersonIx, day: usize) -> &DayCell {
    rota.cells.get(p.ix()).and_then(|row| row.get(day)).unwrap_or(&DayCell::Off)
}
