//! Trend × weekday × kind of day, spread over the day by a profile of each weekday.

use super::trend::DampedLine;
use super::{Expected, Series};
use crate::calendar::{Calendar, DayKind};
use augurs_core::{Fit, Predict};
use augurs_mstl::MSTLModel;
use chrono::{Datelike, NaiveDate};

/// Days of history that profiles and handling times are taken from.
pub(super) const RECENT: usize = 56;
/// Ordinary days that a factor of a kind of day is shrunk with.
const PRIOR_DAYS: f64 = 0.5;
/// Days of all weekdays that a weekday's profile is shrunk with.
const PRIOR_PROFILE: f64 = 3.0;
const KINDS: [DayKind; 4] = [DayKind::Statutory, DayKind::Holiday, DayKind::Workday, DayKind::Promotion];

pub(super) fn rows(series: &Series, calendar: &Calendar, dates: &[NaiveDate]) -> Vec<Expected> {
    let days = Days::of(series, calendar);
    let Some(&last) = dates.last() else { return Vec::new() };
    let ahead = (series.day(last) + 1).saturating_sub(series.len());
    let totals = days.predicted(ahead);
    let profiles = profiles(series, calendar);
    let handling = series.handling_s(RECENT);
    let mut rows = Vec::new();
    for &date in dates {
        let Some(place) = series.day(date).checked_sub(series.len()) else { continue };
        let total = totals.get(place).copied().unwrap_or(0.0) * days.factor(calendar, date);
        let profile = &profiles[date.weekday().num_days_from_monday() as usize];
        for (i, share) in profile.iter().enumerate() {
            let start = series.starts[i];
            rows.push(Expected { date, start, volume: total * share, aht_s: handling[i] });
        }
    }
    rows
}

/// Whether a day is like any other of its weekday.
fn ordinary(calendar: &Calendar, date: NaiveDate) -> bool {
    calendar.get(date).is_none_or(|d| d.kind == DayKind::Promotion && known_factor(calendar, date).is_some())
}

/// The factor that the calendar names for a day.
fn known_factor(calendar: &Calendar, date: NaiveDate) -> Option<f64> {
    calendar.get(date).map(|d| d.volume_factor).filter(|f| (f - 1.0).abs() > 1e-9 && *f > 0.0)
}

/// Daily contacts without what is special about days.
struct Days {
    /// Contacts of each day as if it were an ordinary one.
    plain: Vec<f64>,
    factors: [f64; 4],
}

impl Days {
    fn of(series: &Series, calendar: &Calendar) -> Self {
        let n = series.len();
        let date = |d| series.date(d);
        let clean = |d: usize| {
            let total = series.total(d)?;
            ordinary(calendar, date(d)).then(|| total / known_factor(calendar, date(d)).unwrap_or(1.0))
        };
        let seen: Vec<Option<f64>> = (0..n).map(clean).collect();
        // A special or missing day is taken for what the same weekday around it was.
        let around = |d: usize| {
            let near = (1..=n / 7 + 1).flat_map(|w| [d.checked_sub(7 * w), Some(d + 7 * w)]).flatten();
            let values: Vec<f64> = near.filter_map(|x| seen.get(x).copied().flatten()).take(2).collect();
            if values.is_empty() {
                let all: Vec<f64> = seen.iter().flatten().copied().collect();
                return all.iter().sum::<f64>() / (all.len() as f64).max(1.0);
            }
            values.iter().sum::<f64>() / values.len() as f64
        };
        let plain: Vec<f64> = (0..n).map(|d| seen[d].unwrap_or_else(|| around(d))).collect();
        let factors = KINDS.map(|kind| {
            let own = |d: &usize| {
                calendar.kind(date(*d)) == Some(kind) && known_factor(calendar, date(*d)).is_none()
            };
            let days: Vec<usize> = (0..n).filter(own).filter(|d| series.total(*d).is_some()).collect();
            let usual: f64 = days.iter().map(|d| plain[*d]).sum();
            let found: f64 = days.iter().filter_map(|d| series.total(*d)).sum();
            let prior = PRIOR_DAYS * plain.iter().sum::<f64>() / (n as f64).max(1.0);
            if usual + prior > 0.0 { (found + prior) / (usual + prior) } else { 1.0 }
        });
        Self { plain, factors }
    }

    /// What a kind of day makes of a date; days whose factor the calendar names are left to it.
    fn factor(&self, calendar: &Calendar, date: NaiveDate) -> f64 {
        if known_factor(calendar, date).is_some() {
            return 1.0;
        }
        let kind = calendar.kind(date).and_then(|k| KINDS.iter().position(|x| *x == k));
        kind.map_or(1.0, |k| self.factors[k])
    }

    /// The next days as ordinary ones.
    fn predicted(&self, ahead: usize) -> Vec<f64> {
        let logs: Vec<f64> = self.plain.iter().map(|v| v.max(0.5).ln()).collect();
        let fitted = MSTLModel::new(vec![7], DampedLine).fit(&logs);
        let found = fitted.and_then(|f| f.predict(ahead, None));
        match found {
            // The mean of what is spread around a mean logarithm is higher by half its variance.
            Ok(f) => {
                let lift = self.lift();
                f.point.iter().map(|l| (l + lift).exp()).collect()
            }
            Err(_) => {
                let n = self.plain.len();
                (0..ahead).map(|i| self.plain[n - 7 + (i % 7)]).collect()
            }
        }
    }

    /// Half the variance of the logarithms around their weekday's mean over the last weeks, at most 2 %.
    fn lift(&self) -> f64 {
        let recent = &self.plain[self.plain.len().saturating_sub(RECENT)..];
        let mut sum = 0.0;
        let mut count = 0.0;
        for weekday in 0..7 {
            let own: Vec<f64> = recent.iter().skip(weekday).step_by(7).map(|v| v.max(0.5).ln()).collect();
            let mean = own.iter().sum::<f64>() / (own.len() as f64).max(1.0);
            sum += own.iter().map(|l| (l - mean).powi(2)).sum::<f64>();
            count += (own.len() as f64 - 1.0).max(0.0);
        }
        if count > 0.0 { (0.5 * sum / count).min(0.02) } else { 0.0 }
    }
}

/// The share of each interval in the day, a profile a weekday.
fn profiles(series: &Series, calendar: &Calendar) -> [Vec<f64>; 7] {
    let from = series.len().saturating_sub(RECENT);
    let mut all = vec![0.0; series.starts.len()];
    let mut own: [Vec<f64>; 7] = std::array::from_fn(|_| all.clone());
    let mut days = [0.0; 7];
    for d in from..series.len() {
        let (Some(volumes), Some(total)) = (&series.days[d], series.total(d).filter(|t| *t > 0.0)) else {
            continue;
        };
        if !ordinary(calendar, series.date(d)) {
            continue;
        }
        let weekday = series.weekday(d);
        days[weekday] += 1.0;
        for (i, v) in volumes.iter().enumerate() {
            own[weekday][i] += v / total;
            all[i] += v / total;
        }
    }
    let known: f64 = days.iter().sum::<f64>().max(1.0);
    std::array::from_fn(|w| {
        let mix = |i: usize| (own[w][i] + PRIOR_PROFILE * all[i] / known) / (days[w] + PRIOR_PROFILE);
        let shares: Vec<f64> = (0..all.len()).map(mix).collect();
        let sum: f64 = shares.iter().sum();
        shares.iter().map(|s| if sum > 0.0 { s / sum } else { 1.0 / all.len() as f64 }).collect()
    })
}
