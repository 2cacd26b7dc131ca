//! Rows of `coverage.csv`: what each interval needs and what it gets.

use super::Finished;
use crate::base::Span;
use crate::check::work_done;
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
    /// Agent-minutes required. On a flexible deferred channel: those that the duties do useful work in, and those that they
    /// leave undone of what is due at the end of the interval.
    pub required_minutes: i64,
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
    let required = required(f);
    let predicted = predict_rota(f.case, f.requirement, f.plan);
    f.requirement
        .intervals
        .iter()
        .zip(predicted)
        .zip(required)
        .map(|((i, predicted), need)| {
            let time = i.time.shifted(i.day as i32 * crate::base::DAY_MINUTES);
            let spans = served.get(&i.channel.0).map_or(&[][..], Vec::as_slice);
            let minutes = overlap_minutes(spans, time);
            let channel = f.case.channel(i.channel);
            CoverageRow {
                date: f.rota.horizon.date(i.day as i64),
                day: i.day,
                time: i.time,
                channel: channel.name.clone(),
                required_minutes: need,
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

/// Agent-minutes required of each row.
fn required(f: &Finished<'_>) -> Vec<i64> {
    let need = f.requirement;
    let mut minutes: Vec<i64> = need.intervals.iter().map(|_| 0).collect();
    for (place, r) in need.by_interval() {
        minutes[place] = r.agents * i64::from(r.time.len());
    }
    let work = work_done(need, f.plan);
    for (&place, useful) in &work.useful {
        minutes[place] += useful;
    }
    let end = |day: usize, time: Span| time.shifted(day as i32 * crate::base::DAY_MINUTES).end;
    let mut ends: BTreeMap<(u32, i32), usize> = BTreeMap::new();
    for (place, r) in need.intervals.iter().enumerate() {
        ends.insert((r.channel.0, end(r.day, r.time)), place);
    }
    for (w, done) in need.windows.iter().zip(&work.done) {
        if let Some(&place) = ends.get(&(w.channel.0, end(w.day, w.time))) {
            minutes[place] += w.minutes - done;
        }
    }
    minutes
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
