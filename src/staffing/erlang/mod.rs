//! Queueing formulas of contact centres: Erlang B (loss), C (everybody waits) and A (impatience).
//!
//! Notation: λ arrivals per second, s mean handling time in seconds, a = λ·s offered load in erlang, n servers,
//! T target wait in seconds, θ = 1 ÷ mean patience. All recurrences have positive terms only.

mod abandonment;
mod loss;
mod offered_wait;
#[cfg(test)]
mod range_tests;
#[cfg(test)]
mod reference_tests;
mod search;
mod waiting;

pub use abandonment::erlang_a;
pub(in crate::staffing) use abandonment::{FullFloor, impatient};
pub use loss::{erlang_b, loss_probability};
pub(in crate::staffing) use search::smallest;
pub use search::{Target, required_a, required_b, required_c};
pub use waiting::erlang_c;
pub(in crate::staffing) use waiting::patient;

use crate::model::LevelDefinition;

/// A stream of contacts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stream {
    /// Arrivals per second, not negative.
    pub rate: f64,
    /// Mean handling time in seconds, not negative.
    pub handling_s: f64,
}

impl Stream {
    /// The stream of a number of contacts that arrive in an interval of so many seconds.
    #[must_use]
    pub fn of_interval(volume: f64, interval_s: f64, handling_s: f64) -> Self {
        Self { rate: if interval_s > 0.0 { volume / interval_s } else { 0.0 }, handling_s }
    }
    /// Offered load in erlang.
    #[must_use]
    pub fn load(self) -> f64 {
        self.rate * self.handling_s
    }
}

/// What a queue does in the long run. Shares are between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Share of contacts that find everybody busy (of a loss system: that are lost).
    pub p_wait: f64,
    /// Served within the target ÷ offered.
    pub service_level: f64,
    /// Served within the target ÷ served.
    pub service_level_of_served: f64,
    /// Served within the target ÷ (offered − abandoned within the target).
    pub service_level_less_early_abandons: f64,
    /// Share that waits at most the target, whether then served or gone.
    pub waits_within_target: f64,
    /// Mean wait in seconds over all contacts; infinite when the queue grows without end.
    pub wait_s: f64,
    /// Mean wait in seconds of those served.
    pub wait_of_served_s: f64,
    /// Mean number of contacts waiting.
    pub queue_length: f64,
    /// Share of time a server is busy.
    pub occupancy: f64,
    /// Share of contacts that leave without being served.
    pub abandoned: f64,
}

impl Figures {
    /// The service level in one of the four definitions that are in use.
    #[must_use]
    pub fn level(&self, definition: LevelDefinition) -> f64 {
        match definition {
            LevelDefinition::Offered => self.service_level,
            LevelDefinition::Served => self.service_level_of_served,
            LevelDefinition::LessEarlyAbandons => self.service_level_less_early_abandons,
            LevelDefinition::WaitsWithin => self.waits_within_target,
        }
    }
}
