//! What is to be covered.

use super::Origin;
use crate::base::Span;
use crate::base::index::ChannelIx;

/// A row of `forecast.csv` inside the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct ForecastRow {
    /// Day of the horizon.
    pub day: usize,
    /// The interval, minutes of that day.
    pub time: Span,
    /// Channel.
    pub channel: ChannelIx,
    /// Contacts that arrive in the interval.
    pub volume: f64,
    /// Average handling time in seconds.
    pub aht_s: f64,
    /// Where it was written.
    pub origin: Origin,
}

/// A row of `demand.csv` inside the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct DemandRow {
    /// Day of the horizon.
    pub day: usize,
    /// The interval, minutes of that day; may end after 24:00.
    pub time: Span,
    /// Channel.
    pub channel: ChannelIx,
    /// People needed at work.
    pub agents: i64,
    /// Replaces `weight_understaff`.
    pub under_weight: Option<i64>,
    /// Replaces `weight_overstaff`.
    pub over_weight: Option<i64>,
    /// Where it was written.
    pub origin: Origin,
}

/// Where a requirement comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequirementSource {
    /// `demand.csv`.
    Demand,
    /// `forecast.csv`.
    Forecast,
}

/// People needed on one channel in one interval.
#[derive(Clone, Debug, PartialEq)]
pub struct IntervalRequirement {
    /// Day of the horizon.
    pub day: usize,
    /// The interval, minutes of that day.
    pub time: Span,
    /// Channel.
    pub channel: ChannelIx,
    /// People needed on the channel.
    pub agents: i64,
    /// Penalty per agent-minute short.
    pub under_weight: i64,
    /// Penalty per agent-minute spare.
    pub over_weight: i64,
    /// Contacts expected, when a forecast row speaks of the interval.
    pub volume: Option<f64>,
    /// Average handling time in seconds, likewise.
    pub aht_s: Option<f64>,
    /// Which file decided.
    pub source: RequirementSource,
}

impl IntervalRequirement {
    /// People needed as `demand.csv` says, with the prices of a minute short and of a minute spare.
    #[must_use]
    pub fn of_demand(
        (day, time): (usize, Span),
        channel: ChannelIx,
        agents: i64,
        (under_weight, over_weight): (i64, i64),
    ) -> Self {
        Self {
            day,
            time,
            channel,
            agents,
            under_weight,
            over_weight,
            volume: None,
            aht_s: None,
            source: RequirementSource::Demand,
        }
    }
}

/// All requirements of the horizon, sorted by day, start and channel; intervals of one channel do not overlap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Requirement {
    /// The rows.
    pub intervals: Vec<IntervalRequirement>,
}
