//! Rows of `coverage.csv`: what each interval needs and what it gets.

use super::Finished;
use crate::base::Span;
use crate::model::Activity;
use crate::staffing::{Predicted, predict_rota};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A row of `coverage.csv`. Minutes are agent-minutes of the interval.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageRow {
    /// Date.
    pub date: NaiveDate,
    /// Day of the horizon.
    pub day: usize,
    /// The interval.
    pub time: Span,
    /// Channel.
    pub channel: String,
    /// People required.
    pub required: i64,
    /// Minutes that people spend on the channel.
    pub rostered_minutes: i64,
    /// Minutes missing.
    pub short_minutes: i64,
    /// Minutes spare.
    pub over_minutes: i64,
    /// Share served within the target, 0 to 1, when a forecast tells.
    pub service_level: Option<f64>,
    /// Share of time busy, 0 to 1, when a forecast tells.
    pub occupancy: Option<f64>,
    /// Target wait in seconds of its contacts.
    pub target_s: f64,
    /// What its contacts may expect, when a forecast tells.
    pub predicted: Option<Predicted>,
}

pub(super) fn rows(f: &Finished<'_>) -> Vec<CoverageRow> {
    let served = served_spans(f);
    let predicted = predict_rota(f.case, f.requirement, f.plan);
    f.requirement
        .intervals
        .iter()
        .zip(predicted)
        .map(|(i, predicted)| {
            let time = i.time.shifted(i.day as i32 * crate::base::DAY_MINUTES);
            let spans = served.get(&i.channel.0).map_or(&[][..], Vec::as_slice);
            let minutes = overlap_minutes(spans, time);
            let need = i.agents * i64::from(i.time.len());
            let channel = f.case.channel(i.channel);
            CoverageRow {
                date: f.rota.horizon.date(i.day as i64),
                day: i.day,
                time: i.time,
                channel: channel.name.clone(),
                required: i.agents,
                rostered_minutes: minutes,
                short_minutes: (need - minutes).max(0),
                over_minutes: (minutes - need).max(0),
                service_level: predicted.and_then(|p| p.level(channel.level)),
                occupancy: predicted.filter(|p| p.offered > 0.0).map(|p| p.occupancy),
                target_s: channel.target_at(i.time.start),
                predicted,
            }
        })
        .collect()
}

/// Stretches on each channel, on the absolute time line, sorted by start.
fn served_spans(f: &Finished<'_>) -> BTreeMap<u32, Vec<Span>> {
    let mut served: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
    for d in &f.plan.duties {
        if let Activity::Channel(c) = d.activity {
            served.entry(c.0).or_default().push(d.time.shifted(d.day as i32 * crate::base::DAY_MINUTES));
        }
    }
    for spans in served.values_mut() {
        spans.sort_unstable();
    }
    served
}

fn overlap_minutes(sorted: &[Span], time: Span) -> i64 {
    let longest = 2 * crate::base::DAY_MINUTES;
    let from = sorted.partition_point(|s| s.start < time.start - longest);
    let to = sorted.partition_point(|s| s.start < time.end);
    sorted[from..to].iter().map(|s| i64::from(s.overlap(time))).sum()
}
