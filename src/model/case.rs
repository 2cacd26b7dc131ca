//! A case: one team or site with its people, shifts, rules, demand and wishes.

use super::*;
use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::calendar::{Calendar, Horizon};
use crate::rules::ChannelKind;
use chrono::Datelike;
use std::path::PathBuf;

/// Everything the user wrote, validated and with names resolved to indices.
#[derive(Clone, Debug)]
pub struct Case {
    /// Folder it was read from.
    pub folder: PathBuf,
    /// Days to plan.
    pub horizon: Horizon,
    /// Kinds of days.
    pub calendar: Calendar,
    /// All channels that any file names, those of `channels.csv` first.
    pub channels: Vec<Channel>,
    /// Everybody in `staff.csv`, in file order.
    pub people: Vec<Person>,
    /// Shift types in file order.
    pub shifts: Vec<ShiftType>,
    /// Rules.
    pub rules: RuleBook,
    /// Contacts expected, inside the horizon.
    pub forecast: Vec<ForecastRow>,
    /// People needed as the user says, inside the horizon.
    pub demand: Vec<DemandRow>,
    /// Leave of any status, in file order.
    pub leave: Vec<Leave>,
    /// Wishes.
    pub requests: Vec<Request>,
    /// Fixed assignments.
    pub pins: Vec<Pin>,
    /// Days before the horizon, people still in `staff.csv` only, sorted by person and date, one row a day.
    pub history: Vec<PastDay>,
    /// Meetings.
    pub meetings: Vec<Meeting>,
    /// Work off the queue.
    pub tasks: Vec<Task>,
    /// Overtime approvals.
    pub approvals: Vec<Approval>,
    /// A published rota of days inside the horizon, sorted by person and date.
    pub published: Vec<PastDay>,
    /// The files read, with their digests, sorted by name.
    pub inputs: Vec<InputFile>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// File name.
    pub name: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

impl Case {
    /// A case of these days with nobody and nothing in it.
    #[must_use]
    pub fn empty(horizon: Horizon, calendar: Calendar) -> Self {
        Self {
            folder: PathBuf::new(),
            horizon,
            calendar,
            channels: Vec::new(),
            people: Vec::new(),
            shifts: Vec::new(),
            rules: RuleBook::default(),
            forecast: Vec::new(),
            demand: Vec::new(),
            leave: Vec::new(),
            requests: Vec::new(),
            pins: Vec::new(),
            history: Vec::new(),
            meetings: Vec::new(),
            tasks: Vec::new(),
            approvals: Vec::new(),
            published: Vec::new(),
            inputs: Vec::new(),
        }
    }
    /// A person.
    #[must_use]
    pub fn person(&self, p: PersonIx) -> &Person {
        &self.people[p.ix()]
    }
    /// A shift type.
    #[must_use]
    pub fn shift(&self, s: ShiftIx) -> &ShiftType {
        &self.shifts[s.ix()]
    }
    /// A channel.
    #[must_use]
    pub fn channel(&self, c: ChannelIx) -> &Channel {
        &self.channels[c.ix()]
    }
    /// Indices of all people.
    pub fn person_indices(&self) -> impl Iterator<Item = PersonIx> + use<> {
        (0..self.people.len()).map(PersonIx::new)
    }
    /// Indices of all shift types.
    pub fn shift_indices(&self) -> impl Iterator<Item = ShiftIx> + use<> {
        (0..self.shifts.len()).map(ShiftIx::new)
    }
    /// The shift type with this code.
    #[must_use]
    pub fn shift_by_code(&self, code: &str) -> Option<ShiftIx> {
        self.shifts.iter().position(|s| s.code == code).map(ShiftIx::new)
    }
    /// The person with this id.
    #[must_use]
    pub fn person_by_id(&self, id: &str) -> Option<PersonIx> {
        self.people.iter().position(|p| p.id == id).map(PersonIx::new)
    }
    /// Indices of the meetings that somebody in a shift on a date is meant to attend: in scope, and contained in a
    /// segment of the shift or with `come_in`. Of two at the same time the first in the file.
    #[must_use]
    pub fn meetings_of(&self, person: PersonIx, shift: ShiftIx, date: chrono::NaiveDate) -> Vec<usize> {
        let weekday = date.weekday().num_days_from_monday() as usize;
        let held = |m: &Meeting| match m.on {
            MeetingDay::Date(d) => d == date,
            MeetingDay::Weekday(w) => w == weekday,
        };
        let times = &self.shift(shift).times;
        let mut mine: Vec<usize> = Vec::new();
        if !self.meetings.iter().any(held) {
            return mine;
        }
        let kinds: Vec<ChannelKind> = self.channels.iter().map(|c| c.kind).collect();
        let context = Context {
            person: Some((person, self.person(person))),
            shift: Some((shift, self.shift(shift))),
            channel: None,
            channel_kinds: &kinds,
            day: Some((date, self.calendar.kind(date))),
        };
        for (i, m) in self.meetings.iter().enumerate().filter(|(_, m)| held(m)) {
            let meant = m.come_in || times.iter().any(|t| t.contains(m.time));
            let taken = mine.iter().any(|&other| self.meetings[other].time.overlap(m.time) > 0);
            if meant && !taken && context.within(&m.scope) {
                mine.push(i);
            }
        }
        mine
    }
    /// Approved leave of a person on a day of or around the horizon.
    #[must_use]
    pub fn approved_leave(&self, p: PersonIx, date: chrono::NaiveDate) -> Option<&Leave> {
        self.leave
            .iter()
            .find(|l| l.person == p && l.status == LeaveStatus::Approved && l.from <= date && date <= l.to)
    }
    /// Past days of a person, oldest first.
    #[must_use]
    pub fn history_of(&self, p: PersonIx) -> &[PastDay] {
        let from = self.history.partition_point(|d| d.person < p);
        let to = self.history.partition_point(|d| d.person <= p);
        &self.history[from..to]
    }
}
