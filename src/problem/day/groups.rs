//! Who is interchangeable inside a day: people with equal channels, handover setting and meetings.

use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::model::{Case, Context, Meeting, MeetingDay, Requirement};
use crate::rules::{ChannelKind, RuleKind};

/// Minutes of a handover when no rule says otherwise.
const HANDOVER_DEFAULT: i32 = 15;

/// What tells two people of one shift and day apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key {
    /// Channels, ascending.
    pub(super) channels: Vec<usize>,
    /// Minutes of a handover.
    pub(super) handover: i32,
    /// Whether there is a row that makes them come early.
    pub(super) early: bool,
    /// For each meeting of the day whether they are meant to attend it.
    pub(super) invited: Vec<bool>,
    /// For each task of the day whether they may do it.
    pub(super) able: Vec<bool>,
}

/// Answers what tells people apart.
pub(super) struct Keys<'a> {
    case: &'a Case,
    kinds: Vec<ChannelKind>,
    channels: Vec<Vec<usize>>,
}

impl<'a> Keys<'a> {
    /// Prepares everybody's channels: those that are required at all, or all the person has when none is.
    pub(super) fn new(case: &'a Case, requirement: &Requirement) -> Self {
        let mut wanted = vec![false; case.channels.len()];
        for r in &requirement.intervals {
            wanted[r.channel.ix()] = true;
        }
        let channels = case
            .people
            .iter()
            .map(|p| {
                let all: Vec<usize> = p.skills.iter().map(|c: &ChannelIx| c.ix()).collect();
                let some: Vec<usize> = all.iter().copied().filter(|&c| wanted[c]).collect();
                if some.is_empty() { all } else { some }
            })
            .collect();
        Self { case, kinds: case.channels.iter().map(|c| c.kind).collect(), channels }
    }
    /// What tells a person apart who works a shift on a day with these meetings and tasks.
    pub(super) fn key(
        &self,
        day: usize,
        shift: ShiftIx,
        person: PersonIx,
        (meetings, tasks): (&[usize], &[usize]),
    ) -> Key {
        let date = self.case.horizon.date(day as i64);
        let context = Context {
            person: Some((person, self.case.person(person))),
            shift: Some((shift, self.case.shift(shift))),
            channel: None,
            channel_kinds: &self.kinds,
            day: Some((date, self.case.calendar.kind(date))),
        };
        let mine = if meetings.is_empty() { Vec::new() } else { self.case.meetings_of(person, shift, date) };
        let row = self.case.rules.setting(RuleKind::HandoverMinutes, &context);
        let handover = row.map_or(HANDOVER_DEFAULT, |r| i32::try_from(r.value.number()).unwrap_or(0));
        Key {
            channels: self.channels[person.ix()].clone(),
            handover,
            early: row.is_some() && handover > 0,
            invited: meetings.iter().map(|m| mine.contains(m)).collect(),
            able: tasks.iter().map(|&t| self.case.may_do(&self.case.tasks[t], person, shift, date)).collect(),
        }
    }
}

/// Meetings of a day, by index in the case.
pub(super) fn meetings_on(case: &Case, day: usize) -> Vec<usize> {
    let date = case.horizon.date(day as i64);
    let weekday = case.horizon.weekday(day as i64);
    let takes_place = |m: &Meeting| match m.on {
        MeetingDay::Date(d) => d == date,
        MeetingDay::Weekday(w) => w == weekday,
    };
    (0..case.meetings.len()).filter(|&m| takes_place(&case.meetings[m])).collect()
}

/// Tasks of a day, by index in the case.
pub(super) fn tasks_on(case: &Case, day: usize) -> Vec<usize> {
    let date = case.horizon.date(day as i64);
    (0..case.tasks.len()).filter(|&t| case.tasks[t].on_date(date)).collect()
}
