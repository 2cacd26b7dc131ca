//! Shift types.

use super::Origin;
use crate::base::{Minute, Span};

/// A row of `shifts.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftType {
    /// Code (`E`).
    pub code: String,
    /// Display name; the code when missing.
    pub name: String,
    /// Band (`early` `mid` `late` `day` …), empty when not given.
    pub band: String,
    /// Stretches of work, ascending and disjoint, minutes from the start of the shift's date.
    pub times: Vec<Span>,
    /// Unpaid minutes of the meal, 0 for none.
    pub meal_minutes: Minute,
    /// Where the meal must lie; `None`: anywhere inside a segment.
    pub meal_window: Option<Span>,
    /// Expected overrun after the end: counted as work, covers nothing.
    pub tail_minutes: Minute,
    /// Where it was written.
    pub origin: Origin,
}

impl ShiftType {
    /// A shift of which only code and times are written.
    #[must_use]
    pub fn new(code: &str, times: Vec<Span>, origin: Origin) -> Self {
        Self {
            code: code.to_owned(),
            name: code.to_owned(),
            band: String::new(),
            times,
            meal_minutes: 0,
            meal_window: None,
            tail_minutes: 0,
            origin,
        }
    }
    /// First minute of work.
    #[must_use]
    pub fn start(&self) -> Minute {
        self.times.first().map_or(0, |t| t.start)
    }
    /// End of the last segment, without the tail.
    #[must_use]
    pub fn end(&self) -> Minute {
        self.times.last().map_or(0, |t| t.end)
    }
    /// Minutes of all segments, meal included.
    #[must_use]
    pub fn span_minutes(&self) -> Minute {
        self.times.iter().map(|t| t.len()).sum()
    }
    /// The times as written in files: `10:00-14:00+17:30-23:00`.
    #[must_use]
    pub fn times_text(&self) -> String {
        let piece = |t: &Span| format!("{}-{}", crate::base::clock(t.start), crate::base::clock(t.end));
        self.times.iter().map(piece).collect::<Vec<_>>().join("+")
    }
}
