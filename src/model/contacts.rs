//! Contacts of the past, as a telephone system or ticket tool exports them.

use crate::base::Minute;
use chrono::NaiveDate;

/// Contacts of one interval and channel.
#[derive(Clone, Debug, PartialEq)]
pub struct PastContacts {
    /// Date.
    pub date: NaiveDate,
    /// First minute of the interval.
    pub start: Minute,
    /// Index in [`ContactHistory::channels`].
    pub channel: usize,
    /// Contacts that arrived.
    pub volume: f64,
    /// Mean handling time in seconds.
    pub aht_s: f64,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContactHistory {
    /// Names of the channels, in the order in which they come.
    pub channels: Vec<String>,
    /// Rows, sorted by channel, date and start; no interval twice.
    pub rows: Vec<PastContacts>,
}
