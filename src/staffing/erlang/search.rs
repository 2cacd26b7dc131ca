//! The smallest number of servers that reaches a target.

use super::{Figures, Stream, erlang_a, erlang_b, erlang_c};

/// No search goes beyond this many servers.
const MOST: u32 = 1 << 20;
/// Slack in comparisons with a target: a level that equals it but for rounding reaches it.
const SLACK: f64 = 1e-12;

/// What a number of servers has to reach; `None`: not asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Target {
    /// Served within `within_s` ÷ offered, at least.
    pub service_level: Option<f64>,
    /// Target wait in seconds.
    pub within_s: f64,
    /// Share of time busy, at most.
    pub max_occupancy: Option<f64>,
    /// Share of contacts that leave unserved, at most.
    pub max_abandoned: Option<f64>,
}

impl Target {
    /// Whether the figures reach it.
    #[must_use]
    pub fn reached(&self, figures: &Figures) -> bool {
        self.service_level.is_none_or(|l| figures.service_level >= l - SLACK)
            && self.max_occupancy.is_none_or(|o| figures.occupancy <= o + SLACK)
            && self.max_abandoned.is_none_or(|m| figures.abandoned <= m + SLACK)
    }
}

/// Smallest number of servers of a loss system.
#[must_use]
pub fn required_b(stream: Stream, target: &Target) -> u32 {
    smallest(1, |n| target.reached(&erlang_b(stream, n)))
}

/// Smallest number of servers when everybody waits: above the offered load, so that the queue does not grow.
#[must_use]
pub fn required_c(stream: Stream, target: &Target) -> u32 {
    if stream.load() >= f64::from(MOST) {
        return MOST;
    }
    let first = stream.load() as u32 + 1;
    smallest(first, |n| target.reached(&erlang_c(stream, n, target.within_s)))
}

/// Smallest number of servers with impatience.
#[must_use]
pub fn required_a(stream: Stream, patience_s: f64, target: &Target) -> u32 {
    smallest(1, |n| target.reached(&erlang_a(stream, n, patience_s, target.within_s)))
}

/// Smallest n ≥ `first` that is `enough`, by doubling steps and bisection: more servers never do worse.
fn smallest(first: u32, enough: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut step) = (first, 1);
    if enough(first) {
        return first;
    }
    let mut high = first + step;
    while high < MOST && !enough(high) {
        low = high;
        step *= 2;
        high = high.saturating_add(step).min(MOST);
    }
    // `low` is not enough, `high` is (or is the end of the search).
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if enough(middle) { high = middle } else { low = middle }
    }
    high
}
