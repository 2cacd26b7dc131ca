//! The level that the rota is predicted to reach, channel by channel and day by day.

use super::{CoverageRow, Finished};
use crate::model::Channel;
use crate::staffing::Predicted;
use serde::Serialize;

/// A channel with a queue and a forecast, over all days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ServiceSummary {
    /// Channel.
    pub channel: String,
    /// What the level is a share of: `offered`, `served`, `less_early_abandons` or `waits_within`.
    pub definition: &'static str,
    /// Share that the channel aims at.
    pub target: f64,
    /// Target wait in seconds.
    pub target_s: f64,
    /// Contacts expected.
    pub offered: f64,
    /// Predicted level, weighted by contacts, four decimals.
    pub level: f64,
    /// Contacts that wait longer than the target.
    pub wait_longer: f64,
    /// Mean wait in seconds.
    pub wait_s: f64,
    /// Share that leaves unserved.
    pub abandoned: f64,
    /// Days below the target.
    pub days_below: usize,
    /// Every day with contacts.
    pub days: Vec<ServiceDay>,
}

/// A day of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ServiceDay {
    /// Date.
    pub date: String,
    /// Contacts expected.
    pub offered: f64,
    /// Predicted level, four decimals.
    pub level: f64,
    /// Contacts that wait longer than the target.
    pub wait_longer: f64,
}

/// Contacts that wait longer than the target, whether then served or gone.
pub(super) fn wait_longer(p: &Predicted) -> f64 {
    (p.offered - p.in_time - p.gone_early).max(0.0)
}

/// One entry a channel, in the order of the channels.
pub(super) fn summaries(f: &Finished<'_>, coverage: &[CoverageRow]) -> Vec<ServiceSummary> {
    f.case.channels.iter().filter_map(|c| summary(c, coverage)).collect()
}

fn summary(channel: &Channel, coverage: &[CoverageRow]) -> Option<ServiceSummary> {
    let rows: Vec<&CoverageRow> =
        coverage.iter().filter(|r| r.channel == channel.name && r.predicted.is_some()).collect();
    let mut all = Predicted::default();
    let mut days: Vec<(chrono::NaiveDate, Predicted)> = Vec::new();
    for row in rows {
        let Some(p) = &row.predicted else { continue };
        all.add(p);
        match days.last_mut() {
            Some((date, sum)) if *date == row.date => sum.add(p),
            _ => {
                let mut sum = Predicted::default();
                sum.add(p);
                days.push((row.date, sum));
            }
        }
    }
    let level = all.level(channel.level)?;
    let entry = |(date, p): &(chrono::NaiveDate, Predicted)| {
        Some(ServiceDay {
            date: date.to_string(),
            offered: rounded(p.offered, 1e2),
            level: rounded(p.level(channel.level)?, 1e4),
            wait_longer: rounded(wait_longer(p), 1e2),
        })
    };
    let days: Vec<ServiceDay> = days.iter().filter_map(entry).collect();
    Some(ServiceSummary {
        channel: channel.name.clone(),
        definition: channel.level.word(),
        target: channel.target_share,
        target_s: channel.target_s,
        offered: rounded(all.offered, 1e2),
        level: rounded(level, 1e4),
        wait_longer: rounded(wait_longer(&all), 1e2),
        wait_s: rounded(all.waited_s / all.offered, 1e2),
        abandoned: rounded(
            channel.impatience().map_or(0.0, |_| 1.0 - all.served / all.offered).max(0.0),
            1e4,
        ),
        days_below: days.iter().filter(|d| d.level < channel.target_share).count(),
        days,
    })
}

fn rounded(value: f64, steps: f64) -> f64 {
    (value * steps).round() / steps
}
