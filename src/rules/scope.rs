//! Scopes: to whom, to which shifts, channels and days a rule row applies.

use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::calendar::DayKind;
use chrono::NaiveDate;

/// One term of a scope, names resolved.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ScopeTerm {
    /// `team:A`
    Team(String),
    /// `contract:part_time`
    Contract(String),
    /// `id:E007`
    Id(PersonIx),
    /// `tag:senior`
    Tag(String),
    /// `shift:L`
    Shift(ShiftIx),
    /// `band:late`
    Band(String),
    /// `channel:chat`: people with that skill, or that channel itself
    Channel(ChannelIx),
    /// `kind:voice`: channels of that kind (or people who serve one of them)
    Kind(ChannelKind),
    /// `weekday:Sun`, Monday 0
    Weekday(usize),
    /// `date:2026-12-12`
    Date(NaiveDate),
    /// `day:statutory`
    Day(DayKind),
}

/// How the work of a channel arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChannelKind {
    /// Callers wait in a queue.
    Voice,
    /// Sessions, several at a time.
    Chat,
    /// Work with a deadline.
    Deferred,
}

/// A scope: all terms must hold. No term: everybody, always.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Terms in the order written.
    pub terms: Vec<ScopeTerm>,
    /// The scope as the user wrote it (normalised), empty for all.
    pub text: String,
}
