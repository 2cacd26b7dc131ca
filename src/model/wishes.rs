//! Leave, requests, pins, meetings and approvals.

use super::Origin;
use crate::base::Span;
use crate::base::index::{PersonIx, ShiftIx};
use crate::rules::Scope;
use chrono::NaiveDate;

/// State of an application for leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaveStatus {
    /// Not worked.
    Approved,
    /// A request for `off`.
    Pending,
    /// Without effect.
    Refused,
}

/// A row of `leave.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// Who.
    pub person: PersonIx,
    /// First date.
    pub from: NaiveDate,
    /// Last date.
    pub to: NaiveDate,
    /// Kind in capitals as the rota shows it (`ANNUAL`, `SICK`; a Chinese word stays as it is).
    pub kind: String,
    /// State.
    pub status: LeaveStatus,
    /// Substitute named by the user, if any.
    pub substitute: Option<PersonIx>,
    /// Where it was written.
    pub origin: Origin,
}

/// What a person wants on a day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Want {
    /// This shift.
    Shift(ShiftIx),
    /// Any shift of this band.
    Band(String),
    /// A day off.
    Off,
    /// Any work.
    Work,
    /// Not this.
    Not(Box<Want>),
}

/// A row of `requests.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who.
    pub person: PersonIx,
    /// When.
    pub date: NaiveDate,
    /// What.
    pub want: Want,
    /// The request's own weight, at least 0, 1 by default.
    pub weight: i64,
    /// Where it was written.
    pub origin: Origin,
}

/// What a pin fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinTarget {
    /// This shift.
    Shift(ShiftIx),
    /// A rest day.
    Off,
}

/// A row of `pins.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Who.
    pub person: PersonIx,
    /// When.
    pub date: NaiveDate,
    /// What.
    pub target: PinTarget,
    /// Where it was written.
    pub origin: Origin,
}

/// When a meeting takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingDay {
    /// On one date.
    Date(NaiveDate),
    /// Every week on this weekday, Monday 0.
    Weekday(usize),
}

/// A row of `meetings.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Name.
    pub name: String,
    /// When.
    pub on: MeetingDay,
    /// From when to when.
    pub time: Span,
    /// Who.
    pub scope: Scope,
    /// People kept on each channel meanwhile.
    pub min_on_duty: i64,
    /// Whether those whose shift does not contain it come in for it.
    pub come_in: bool,
    /// Where it was written.
    pub origin: Origin,
}

/// A row of `approvals.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Who.
    pub person: PersonIx,
    /// First date.
    pub from: NaiveDate,
    /// Last date.
    pub to: NaiveDate,
    /// Overtime approved, minutes.
    pub overtime_minutes: i64,
    /// By whom.
    pub approved_by: String,
    /// Where it was written.
    pub origin: Origin,
}
