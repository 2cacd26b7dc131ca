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

/// Work with a deadline that may be done anywhere inside a time: it wants so many agent-minutes, wherever they lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkWindow {
    /// Day of the horizon.
    pub day: usize,
    /// From when the work is there until when it has to be done, minutes of that day; may end after 24:00.
    pub time: Span,
    /// Channel.
    pub channel: ChannelIx,
    /// Agent-minutes of work.
    pub minutes: i64,
    /// Penalty per agent-minute not done.
    pub under_weight: i64,
    /// Penalty per agent-minute beyond all work.
    pub over_weight: i64,
}

/// All requirements of the horizon, sorted by day, start and channel; intervals of one channel do not overlap.
///
/// A channel with windows is required by them alone: each agent-minute on it does work of one window that is open
/// then, as much as can be done in all. Its rows among the intervals say what its contacts are and how many people
/// would do if they had to be the same in every rota.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Requirement {
    /// The rows.
    pub intervals: Vec<IntervalRequirement>,
    /// Windows of flexible channels, sorted by day, start, end and channel. Those of one channel that overlap have equal
    /// prices, and every row of the channel lies inside of one.
    pub windows: Vec<WorkWindow>,
}

impl Requirement {
    /// A requirement of so many people in every interval.
    #[must_use]
    pub fn fixed(intervals: Vec<IntervalRequirement>) -> Self {
        Self { intervals, windows: Vec::new() }
    }
    /// Whether a channel is required by windows.
    #[must_use]
    pub fn is_flexible(&self, channel: ChannelIx) -> bool {
        self.windows.iter().any(|w| w.channel == channel)
    }
    /// The rows of the channels that are not flexible, with their places among the rows.
    pub fn by_interval(&self) -> impl Iterator<Item = (usize, &IntervalRequirement)> {
        let mut flexible: Vec<ChannelIx> = self.windows.iter().map(|w| w.channel).collect();
        flexible.sort_unstable();
        flexible.dedup();
        self.intervals.iter().enumerate().filter(move |(_, r)| !flexible.contains(&r.channel))
    }
}
