//! The past of one channel as a table of days and intervals.

use crate::base::Minute;
use crate::model::ContactHistory;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// Contacts by day and interval, days without a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    first: NaiveDate,
    /// Starts of the intervals that any day has.
    pub(super) starts: Vec<Minute>,
    /// `days[d][i]`: contacts of interval i; `None`: nothing is known of the day.
    pub(super) days: Vec<Option<Vec<f64>>>,
    /// The same of the seconds of work.
    work: Vec<Option<Vec<f64>>>,
}

impl Series {
    /// The days of a channel before `until`.
    #[must_use]
    pub fn of(history: &ContactHistory, channel: usize, until: NaiveDate) -> Self {
        let rows: Vec<_> = history.rows.iter().filter(|r| r.channel == channel && r.date < until).collect();
        let mut starts: Vec<Minute> = rows.iter().map(|r| r.start).collect();
        starts.sort_unstable();
        starts.dedup();
        let first = rows.iter().map(|r| r.date).min().unwrap_or(until);
        let mut by_day: BTreeMap<usize, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
        for r in &rows {
            let day = (r.date - first).num_days() as usize;
            let empty = || (vec![0.0; starts.len()], vec![0.0; starts.len()]);
            let (volumes, work) = by_day.entry(day).or_insert_with(empty);
            if let Ok(i) = starts.binary_search(&r.start) {
                volumes[i] = r.volume;
                work[i] = r.volume * r.aht_s;
            }
        }
        let length = by_day.last_key_value().map_or(0, |(d, _)| d + 1);
        let mut days = vec![None; length];
        let mut works = vec![None; length];
        for (d, (volumes, work)) in by_day {
            (days[d], works[d]) = (Some(volumes), Some(work));
        }
        Self { first, starts, days, work: works }
    }
    /// Days from the first to the last one known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.days.len()
    }
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }
    /// Days of which something is known.
    #[must_use]
    pub fn known_days(&self) -> usize {
        self.days.iter().flatten().count()
    }
    /// Date of a day.
    pub(super) fn date(&self, day: usize) -> NaiveDate {
        self.first + chrono::Days::new(day as u64)
    }
    /// Day of a date; may lie behind the end.
    pub(super) fn day(&self, date: NaiveDate) -> usize {
        (date - self.first).num_days().max(0) as usize
    }
    /// The days before a day.
    pub(super) fn before(&self, day: usize) -> Self {
        Self { days: self.days[..day].to_vec(), work: self.work[..day].to_vec(), ..self.clone() }
    }
    /// Contacts of a day.
    pub(super) fn total(&self, day: usize) -> Option<f64> {
        self.days[day].as_ref().map(|v| v.iter().sum())
    }
    /// Monday 0.
    pub(super) fn weekday(&self, day: usize) -> usize {
        self.date(day).weekday().num_days_from_monday() as usize
    }
    /// Mean handling time of each interval over the last `days` days, weighted by contacts; where there were none, that
    /// of all.
    pub(super) fn handling_s(&self, days: usize) -> Vec<f64> {
        let from = self.len().saturating_sub(days);
        let sums = |i: usize| {
            let pairs = self.days[from..].iter().flatten().zip(self.work[from..].iter().flatten());
            pairs.fold((0.0, 0.0), |(n, w), (v, s)| (n + v[i], w + s[i]))
        };
        let each: Vec<(f64, f64)> = (0..self.starts.len()).map(sums).collect();
        let (n, w) = each.iter().fold((0.0, 0.0), |(n, w), e| (n + e.0, w + e.1));
        let usual = if n > 0.0 { w / n } else { 0.0 };
        each.iter().map(|(n, w)| if *n > 0.0 && *w > 0.0 { w / n } else { usual }).collect()
    }
}
