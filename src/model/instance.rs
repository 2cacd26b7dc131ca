//! A public shift-scheduling instance (Curtois and Qu 2014) in its own terms, and a rota of it.
//!
//! Days count from 0, a Monday; nothing is known before it. A person works at most one shift a day. The rules, as
//! published: shifts that cannot follow another on the next day; limits on the shifts of each type, on total minutes,
//! on shifts in a row, on weekends; least numbers of shifts and of days off in a row; days off. The prices: requests
//! to work a shift or not to, and cover below and above what is required.

use super::InputFile;
use crate::base::index::{PersonIx, ShiftIx};

/// An instance: everything that its file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// The file, with its digest.
    pub source: InputFile,
    /// Days of the horizon; at least 1.
    pub days: usize,
    /// Shift types in file order.
    pub shifts: Vec<InstanceShift>,
    /// People in file order.
    pub people: Vec<InstancePerson>,
    /// Requests, those for shifts first, in file order.
    pub requests: Vec<InstanceRequest>,
    /// Cover, at most one row a day and shift type.
    pub cover: Vec<InstanceCover>,
}

/// A shift type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceShift {
    /// Its id.
    pub id: String,
    /// Its length.
    pub minutes: u32,
    /// Shift types that a person cannot work on the day after it.
    pub not_before: Vec<ShiftIx>,
}

/// A person with the limits of the whole horizon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstancePerson {
    /// Its id.
    pub id: String,
    /// Most shifts of each type; 0 forbids the type.
    pub max_shifts: Vec<u32>,
    /// Most minutes of work.
    pub max_minutes: u32,
    /// Least minutes of work.
    pub min_minutes: u32,
    /// Most shifts in a row, counted inside the horizon.
    pub max_consecutive: usize,
    /// Least shifts in a row; a run that touches the first or the last day is exempt.
    pub min_consecutive: usize,
    /// Least days off in a row; a run that touches the first or the last day is exempt.
    pub min_days_off: usize,
    /// Most weekends with work on Saturday, Sunday or both.
    pub max_weekends: u32,
    /// Days on which the person cannot work, ascending.
    pub days_off: Vec<usize>,
}

/// A request about one shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceRequest {
    /// Who asks.
    pub person: PersonIx,
    /// For which day.
    pub day: usize,
    /// About which shift type.
    pub shift: ShiftIx,
    /// Whether to work it (true), or not to (false).
    pub wanted: bool,
    /// Penalty when it is not met.
    pub weight: u32,
}

/// How many people a shift needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceCover {
    /// Day.
    pub day: usize,
    /// Shift type.
    pub shift: ShiftIx,
    /// People required.
    pub required: u32,
    /// Penalty for each person below.
    pub under: u32,
    /// Penalty for each person above.
    pub over: u32,
}

/// Who works which shift when: `cells[person][day]`, `None` a day off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceRota {
    /// One row a person, one cell a day.
    pub cells: Vec<Vec<Option<ShiftIx>>>,
}
