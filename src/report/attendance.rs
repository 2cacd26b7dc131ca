//! Days of a finished rota as attendance and HR systems take them: who, when, which shift, and how many minutes.

use crate::base::index::PersonIx;
use crate::model::{Case, PastDay, PastStatus};
use chrono::NaiveDate;

/// A person's day. Days outside employment are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttendanceLine {
    /// Staff number.
    pub id: String,
    /// Name.
    pub name: String,
    /// Date on which the shift starts.
    pub date: NaiveDate,
    /// What the person does.
    pub what: Attendance,
    /// Paid minutes that are no overtime.
    pub normal: i64,
    /// Overtime minutes at 150, 200 and 300 %.
    pub overtime: [i64; 3],
}

/// What a person does on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attendance {
    /// A shift, by its code.
    Shift(String),
    /// A day off.
    Rest,
    /// Leave, by its kind.
    Leave(String),
}

/// The days of a case's history, by person in file order, then by date. `classes`: minutes at 150, 200 and 300 % where they are
/// known; overtime of which only the sum is known counts at 150 %.
#[must_use]
pub fn attendance(
    case: &Case,
    classes: &dyn Fn(PersonIx, NaiveDate) -> Option<[i64; 3]>,
) -> Vec<AttendanceLine> {
    let line = |d: &PastDay| {
        let person = case.person(d.person);
        let (what, paid) = match &d.status {
            PastStatus::Work { code, paid_minutes, .. } => (Attendance::Shift(code.clone()), *paid_minutes),
            PastStatus::Off => (Attendance::Rest, 0),
            PastStatus::Leave(kind) => (Attendance::Leave(kind.clone()), 0),
            PastStatus::Absent => return None,
        };
        let known = classes(d.person, d.date);
        let overtime = known.unwrap_or([d.overtime_minutes.unwrap_or(0), 0, 0]);
        Some(AttendanceLine {
            id: person.id.clone(),
            name: person.name.clone(),
            date: d.date,
            what,
            normal: (paid - overtime.iter().sum::<i64>()).max(0),
            overtime,
        })
    };
    case.history.iter().filter_map(line).collect()
}
