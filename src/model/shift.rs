//! Shift types and channels.

use super::Origin;
use crate::base::{Minute, Span};
use crate::rules::ChannelKind;

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

/// A row of `channels.csv`, or a channel that only another file names.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Name (`voice`).
    pub name: String,
    /// How its work arrives.
    pub kind: ChannelKind,
    /// Share of contacts to be served within the target, 0 to 1.
    pub target_share: f64,
    /// Target wait in seconds.
    pub target_s: f64,
    /// Mean patience in seconds, if abandonment is to be counted.
    pub patience_s: Option<f64>,
    /// Sessions a person holds at a time, at least 1 (chat).
    pub concurrency: f64,
    /// Hours until deferred work is due.
    pub deadline_h: f64,
    /// Highest share of time busy, 0 to 1.
    pub max_occupancy: f64,
    /// Share of paid time not available, 0 to below 1.
    pub shrinkage: f64,
    /// Least number of people in an interval with a row of the forecast.
    pub min_agents: i64,
    /// Where it was written.
    pub origin: Origin,
}

impl Channel {
    /// A channel of which only name and kind are known: 80 % within 20 seconds, one contact at a time, deferred work
    /// within a day, no limit of occupancy and no shrinkage.
    #[must_use]
    pub fn new(name: &str, kind: ChannelKind, origin: Origin) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            target_share: 0.8,
            target_s: 20.0,
            patience_s: None,
            concurrency: 1.0,
            deadline_h: 24.0,
            max_occupancy: 1.0,
            shrinkage: 0.0,
            min_agents: 0,
            origin,
        }
    }
}
