//! Days of another rota: history and published rota.

use super::Origin;
use crate::base::Span;
use crate::base::index::{PersonIx, ShiftIx};
use chrono::NaiveDate;

/// What a person did on a day of another rota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PastStatus {
    /// Worked.
    Work {
        /// The shift type, where `shifts.csv` still has the code.
        shift: Option<ShiftIx>,
        /// Code as written.
        code: String,
        /// Band as written, else of the shift type, else empty.
        band: String,
        /// Segments of work from the row (`times`, else `start`/`end`), else of the shift type.
        times: Vec<Span>,
        /// Tail of the shift type, 0 when it is not known.
        tail_minutes: i32,
        /// Paid minutes from the row, else counted from the shift type.
        paid_minutes: i64,
    },
    /// A day off.
    Off,
    /// Leave, by kind.
    Leave(String),
    /// Outside employment.
    Absent,
}

/// One row of a rota that is not being planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastDay {
    /// Who.
    pub person: PersonIx,
    /// When.
    pub date: NaiveDate,
    /// What.
    pub status: PastStatus,
    /// Overtime minutes from the row, if it has them.
    pub overtime_minutes: Option<i64>,
    /// Where it was written.
    pub origin: Origin,
}
