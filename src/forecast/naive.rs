//! The seasonal naive forecast: the same weekday of the last week known.

use super::model::RECENT;
use super::{Expected, Series};
use crate::calendar::Calendar;
use chrono::NaiveDate;

pub(super) fn rows(series: &Series, calendar: &Calendar, dates: &[NaiveDate]) -> Vec<Expected> {
    let handling = series.handling_s(RECENT);
    let mut rows = Vec::new();
    for &date in dates {
        let Some(day) = source(series, series.day(date)) else { continue };
        let Some(volumes) = &series.days[day] else { continue };
        let factor = calendar.volume_factor(series.date(day)).max(0.01);
        for (i, volume) in volumes.iter().enumerate() {
            let start = series.starts[i];
            rows.push(Expected { date, start, volume: volume / factor, aht_s: handling[i] });
        }
    }
    rows
}

/// The last known day that lies whole weeks before a day.
fn source(series: &Series, day: usize) -> Option<usize> {
    let known = |d: &usize| *d < series.len() && series.days[*d].is_some();
    (1..=day / 7).map(|weeks| day - 7 * weeks).find(known)
}
