//! Work off the queue: reminders, quality checks, call-backs, reports, training, stand-ups.

use super::Origin;
use crate::base::index::{ChannelIx, PersonIx};
use crate::base::{Minute, Span};
use crate::rules::{RuleKind, Scope};
use chrono::{Datelike, NaiveDate};

/// Minutes between two possible starts of a task, counted from the beginning of its window.
pub const TASK_STEP: Minute = 15;

/// Days on which a task is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskDay {
    /// Every day.
    Daily,
    /// Every week on this weekday, Monday 0.
    Weekday(usize),
    /// From one date to another, both included.
    Dates(NaiveDate, NaiveDate),
}

impl TaskDay {
    /// Whether a date is one of them.
    #[must_use]
    pub fn has(self, date: NaiveDate) -> bool {
        match self {
            Self::Daily => true,
            Self::Weekday(w) => date.weekday().num_days_from_monday() as usize == w,
            Self::Dates(from, to) => from <= date && date <= to,
        }
    }
}

/// A row of `tasks.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Name, as it stands in `duties.csv`.
    pub name: String,
    /// When it is done.
    pub on: Vec<TaskDay>,
    /// From when to when it may lie, minutes of the date.
    pub window: Span,
    /// How long it takes, minutes in one piece, at most the window.
    pub minutes: Minute,
    /// Channel that whoever does it must be able to serve.
    pub channel: Option<ChannelIx>,
    /// Who may do it.
    pub scope: Scope,
    /// How many people do it on each day; `None`: everybody in scope who is at work and can.
    pub people: Option<i64>,
    /// Where it was written.
    pub origin: Origin,
}

impl Task {
    /// Whether it is done on a date.
    #[must_use]
    pub fn on_date(&self, date: NaiveDate) -> bool {
        self.on.iter().any(|d| d.has(date))
    }
    /// Stretches that it may take, minutes of the date, in order of time.
    pub fn places(&self) -> impl Iterator<Item = Span> + use<> {
        let (from, minutes, end) = (self.window.start, self.minutes, self.window.end);
        (0..)
            .map(move |k| from + k * TASK_STEP)
            .take_while(move |s| s + minutes <= end)
            .map(move |s| Span::new(s, s + minutes))
    }
}

impl super::Case {
    /// Price of an agent-minute of a task that nobody does on a date: `weight_task`, else as the dearest
    /// `weight_understaff`, else 0.
    #[must_use]
    pub fn task_weight(&self, date: NaiveDate) -> i64 {
        let day = Some((date, self.calendar.kind(date)));
        let row = self.rules.setting(RuleKind::WeightTask, &super::Context { day, ..Default::default() });
        let dearest = || self.rules.of(RuleKind::WeightUnderstaff).map(|r| r.value.number()).max();
        row.map(|r| r.value.number()).or_else(dearest).unwrap_or(0).max(0)
    }
    /// Whether somebody may do a task in a shift on a date: in scope and able to serve its channel.
    #[must_use]
    pub fn may_do(
        &self,
        task: &Task,
        p: PersonIx,
        shift: crate::base::index::ShiftIx,
        date: NaiveDate,
    ) -> bool {
        if !task.on_date(date) || task.channel.is_some_and(|c| !self.person(p).serves(c)) {
            return false;
        }
        let kinds: Vec<_> = self.channels.iter().map(|c| c.kind).collect();
        let context = super::Context {
            person: Some((p, self.person(p))),
            shift: Some((shift, self.shift(shift))),
            channel: None,
            channel_kinds: &kinds,
            day: Some((date, self.calendar.kind(date))),
        };
        context.within(&task.scope)
    }
}
