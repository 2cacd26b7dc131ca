//! What all rule families look at: every person's line of days, history in front, and the contexts of rules.

use crate::base::index::{PersonIx, ShiftIx};
use crate::base::{DAY_MINUTES, Minute};
use crate::calendar::DayKind;
use crate::model::{
    Case, Context, DayCell, Leave, LeaveStatus, PastDay, PastStatus, Person, Rota, RuleRow, Strength,
};
use crate::rules::{ChannelKind, RuleKind};
use chrono::NaiveDate;

/// A worked day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worked<'a> {
    /// Code of the shift.
    pub(super) code: &'a str,
    /// Band of the shift, maybe empty.
    pub(super) band: &'a str,
    /// First minute of work and the end of the work, tail included, from the start of the day; `None` for a past
    /// shift of which no times are known.
    pub(super) span: Option<(Minute, Minute)>,
}

/// A day of a person's line.
#[derive(Clone, Copy, Debug)]
pub(super) enum Day<'a> {
    /// A past day without a row.
    Unknown,
    /// Worked.
    Work(Worked<'a>),
    /// Off, on leave or not employed.
    Idle,
}

/// The days of one person from the first known one to the end of the horizon.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// Number of the first day held, at most 0.
    pub(super) first: i64,
    days: Vec<Day<'a>>,
}

impl<'a> Line<'a> {
    /// The day with this number; unknown outside of what is held.
    pub(super) fn day(&self, d: i64) -> Day<'a> {
        usize::try_from(d - self.first).ok().and_then(|i| self.days.get(i)).copied().unwrap_or(Day::Unknown)
    }
    /// The shift worked on a day.
    pub(super) fn work(&self, d: i64) -> Option<Worked<'a>> {
        if let Day::Work(w) = self.day(d) { Some(w) } else { None }
    }
    /// Whether the day was worked; unknown days were not.
    pub(super) fn works(&self, d: i64) -> bool {
        matches!(self.day(d), Day::Work(_))
    }
    /// Whether anything is known of the day.
    pub(super) fn known(&self, d: i64) -> bool {
        !matches!(self.day(d), Day::Unknown)
    }
    /// Number of the day after the last.
    pub(super) fn end(&self) -> i64 {
        self.first + self.days.len() as i64
    }
}

/// The case and the rota, laid out for the rules.
pub(super) struct Facts<'a> {
    /// The case.
    pub(super) case: &'a Case,
    /// The rota.
    pub(super) rota: &'a Rota,
    /// One line a person.
    pub(super) lines: Vec<Line<'a>>,
    /// Kinds of all channels.
    pub(super) kinds: Vec<ChannelKind>,
    /// Kind of each day of the horizon.
    pub(super) day_kinds: Vec<Option<DayKind>>,
    /// Approved leave of each person and day of the horizon.
    leave: Vec<Vec<Option<&'a Leave>>>,
}

impl<'a> Facts<'a> {
    /// Lays out a case and a rota.
    pub(super) fn new(case: &'a Case, rota: &'a Rota) -> Self {
        let h = case.horizon;
        let mut leave = vec![vec![None; h.days]; case.people.len()];
        for l in case.leave.iter().filter(|l| l.status == LeaveStatus::Approved) {
            for d in h.day(l.from).max(0)..=h.day(l.to).min(h.days as i64 - 1) {
                let cell = &mut leave[l.person.ix()][d as usize];
                *cell = cell.or(Some(l));
            }
        }
        Self {
            case,
            rota,
            lines: case.person_indices().map(|p| line(case, rota, p)).collect(),
            kinds: case.channels.iter().map(|c| c.kind).collect(),
            day_kinds: h.dates().map(|d| case.calendar.kind(d)).collect(),
            leave,
        }
    }
    /// Number of days of the horizon.
    pub(super) fn days(&self) -> i64 {
        self.case.horizon.days as i64
    }
    /// The date of a day.
    pub(super) fn date(&self, d: i64) -> NaiveDate {
        self.case.horizon.date(d)
    }
    /// A person.
    pub(super) fn person(&self, p: PersonIx) -> &'a Person {
        self.case.person(p)
    }
    /// The cell of a person and day; a day off where the rota has none.
    pub(super) fn cell(&self, p: PersonIx, d: usize) -> &'a DayCell {
        self.rota.cells.get(p.ix()).and_then(|row| row.get(d)).unwrap_or(&DayCell::Off)
    }
    /// The shift of a person on a day.
    pub(super) fn shift(&self, p: PersonIx, d: usize) -> Option<ShiftIx> {
        self.cell(p, d).shift()
    }
    /// Approved leave of a person on a day of the horizon.
    pub(super) fn leave(&self, p: PersonIx, d: usize) -> Option<&'a Leave> {
        self.leave[p.ix()][d]
    }
    /// Whether a date is a statutory day.
    pub(super) fn statutory(&self, d: i64) -> bool {
        self.case.calendar.is_statutory(self.date(d))
    }
    /// The context of rules about a person: no date, so a dated tag holds whenever it is there at all.
    pub(super) fn of_person(&self, p: PersonIx) -> Context<'_> {
        Context { person: Some((p, self.person(p))), channel_kinds: &self.kinds, ..Context::default() }
    }
    /// The context of rules about a person's shift.
    pub(super) fn of_shift(&self, p: PersonIx, s: ShiftIx) -> Context<'_> {
        Context { shift: Some((s, self.case.shift(s))), ..self.of_person(p) }
    }
    /// The context of a person's shift on a day.
    pub(super) fn on_day(&self, p: PersonIx, s: ShiftIx, d: usize) -> Context<'_> {
        Context { day: Some((self.date(d as i64), self.day_kinds[d])), ..self.of_shift(p, s) }
    }
    /// The rows of a rule that hold in a context: the most special hard one and the most special soft one.
    pub(super) fn rows(
        &self,
        kind: RuleKind,
        context: &Context<'_>,
    ) -> impl Iterator<Item = &'a RuleRow> + use<'a> {
        let book = &self.case.rules;
        let hard = book.best(kind, Strength::Hard, context);
        hard.into_iter().chain(book.best(kind, Strength::Soft, context))
    }
    /// Minutes of handover of a person in a shift on a day, and whether people come early for it.
    pub(super) fn handover(&self, p: PersonIx, s: ShiftIx, d: usize) -> (Minute, bool) {
        match self.case.rules.setting(RuleKind::HandoverMinutes, &self.on_day(p, s, d)) {
            Some(row) => (minutes(row.value.number()), true),
            None => (DEFAULT_HANDOVER, false),
        }
    }
}

/// Length of a handover slot without a `handover_minutes` row.
pub(super) const DEFAULT_HANDOVER: Minute = 15;

/// A number of minutes from a rule, as a minute.
pub(super) fn minutes(n: i64) -> Minute {
    Minute::try_from(n).unwrap_or(DAY_MINUTES)
}

/// Hours that `minutes` begin: 61 minutes are 2.
pub(super) fn begun_hours(minutes: i64) -> i64 {
    if minutes <= 0 { 0 } else { (minutes + 59) / 60 }
}

fn line<'a>(case: &'a Case, rota: &'a Rota, p: PersonIx) -> Line<'a> {
    let h = case.horizon;
    let past: Vec<&PastDay> = case.history_of(p).iter().filter(|r| h.day(r.date) < 0).collect();
    let first = past.iter().map(|r| h.day(r.date)).min().unwrap_or(0);
    let mut days = vec![Day::Unknown; (h.days as i64 - first) as usize];
    for row in past {
        days[(h.day(row.date) - first) as usize] = match &row.status {
            PastStatus::Work { code, band, times, tail_minutes, .. } => {
                let span = times.first().zip(times.last()).map(|(a, z)| (a.start, z.end + tail_minutes));
                Day::Work(Worked { code, band, span })
            }
            PastStatus::Off | PastStatus::Leave(_) | PastStatus::Absent => Day::Idle,
        };
    }
    for d in 0..h.days {
        let cell = rota.cells.get(p.ix()).and_then(|row| row.get(d));
        days[(d as i64 - first) as usize] = match cell.and_then(DayCell::shift) {
            Some(s) if s.ix() < case.shifts.len() => {
                let s = case.shift(s);
                let span = Some((s.start(), s.end() + s.tail_minutes));
                Day::Work(Worked { code: &s.code, band: &s.band, span })
            }
            _ => Day::Idle,
        };
    }
    Line { first, days }
}
