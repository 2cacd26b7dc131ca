//! How good the forecasts would have been.

use super::{Method, Series, rows};
use crate::calendar::Calendar;

/// Days of a block that is forecast.
const BLOCK: usize = 28;
/// Blocks at most.
const BLOCKS: usize = 3;
/// Days that must lie before a block.
const BEFORE: usize = 28;

/// Errors of one method, as shares of all contacts of the blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Sum of absolute errors of the intervals ÷ contacts.
    pub interval_error: f64,
    /// The same of whole days.
    pub day_error: f64,
    /// Forecast − contacts, ÷ contacts.
    pub bias: f64,
}

/// Both methods on the same blocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BackTest {
    /// Blocks of four weeks.
    pub blocks: usize,
    /// Trend, weekday, kind of day and profile.
    pub model: Scores,
    /// The same weekday of the last week known.
    pub naive: Scores,
}

impl BackTest {
    /// The method with the smaller error of the intervals.
    #[must_use]
    pub fn better(&self) -> Method {
        if self.model.interval_error < self.naive.interval_error { Method::Model } else { Method::Naive }
    }
    /// The scores of a method.
    #[must_use]
    pub fn of(&self, method: Method) -> &Scores {
        match method {
            Method::Model => &self.model,
            Method::Naive => &self.naive,
        }
    }
}

/// Forecasts the last blocks of four weeks from what was known before each; `None` when less than eight weeks are known.
#[must_use]
pub fn back_test(series: &Series, calendar: &Calendar) -> Option<BackTest> {
    let blocks = (series.len().saturating_sub(BEFORE) / BLOCK).min(BLOCKS);
    (blocks > 0).then(|| BackTest {
        blocks,
        model: scores(series, calendar, blocks, Method::Model),
        naive: scores(series, calendar, blocks, Method::Naive),
    })
}

fn scores(series: &Series, calendar: &Calendar, blocks: usize, method: Method) -> Scores {
    let (mut contacts, mut intervals, mut days, mut bias) = (0.0, 0.0, 0.0, 0.0);
    for block in 0..blocks {
        let from = series.len() - (block + 1) * BLOCK;
        let known = series.before(from);
        let span = (series.date(from), series.date(from + BLOCK - 1));
        let mut expected = vec![vec![0.0; series.starts.len()]; BLOCK];
        for row in rows(&known, calendar, span, method) {
            // The calendar's own factors come on top, as they do in a case.
            let volume = row.volume * calendar.volume_factor(row.date);
            if let Ok(i) = series.starts.binary_search(&row.start) {
                expected[series.day(row.date) - from][i] = volume;
            }
        }
        for (d, expected) in expected.iter().enumerate() {
            let Some(found) = &series.days[from + d] else { continue };
            let total: f64 = found.iter().sum();
            contacts += total;
            intervals += found.iter().zip(expected).map(|(a, b)| (a - b).abs()).sum::<f64>();
            days += (total - expected.iter().sum::<f64>()).abs();
            bias += expected.iter().sum::<f64>() - total;
        }
    }
    let share = |v: f64| if contacts > 0.0 { v / contacts } else { 0.0 };
    Scores { interval_error: share(intervals), day_error: share(days), bias: share(bias) }
}
