//! A month's contacts from those of the past.
//!
//! A day's contacts = trend × weekday × kind of day; an interval's = the day's × its share. Trend and weekday come from a
//! seasonal decomposition by LOESS of the logarithms of the days (MSTL: Bandara, Hyndman and Bergmeir 2021; the crate
//! `augurs-mstl`), the trend carried on with damping (Gardner and McKenzie 1985). Statutory days, other holidays, make-up
//! days and promotions have factors of their own, from the history and shrunk towards 1 where it has few of them; a day
//! with a `volume_factor` in the calendar has that one, and is forecast without it: `calendar.csv` multiplies later.
//!
//! Whether that is worth anything is judged by [`back_test`]: on the last blocks of four weeks, forecast from what was
//! known before, beside a seasonal naive forecast (the same weekday of the last week known). The better one is used.

mod backtest;
mod model;
mod naive;
mod series;
#[cfg(test)]
mod tests;
mod trend;

pub use backtest::{BackTest, Scores, back_test};
pub use series::Series;

use crate::base::Minute;
use crate::calendar::Calendar;
use crate::model::ContactHistory;
use chrono::NaiveDate;

/// Days of history below which nothing is forecast.
pub const LEAST_DAYS: usize = 14;

/// How a month is forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Trend, weekday, kind of day and profile of the day.
    Model,
    /// The same weekday of the last week known.
    Naive,
}

impl Method {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Naive => "naive",
        }
    }
}

/// Contacts expected in an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// Date.
    pub date: NaiveDate,
    /// First minute.
    pub start: Minute,
    /// Contacts.
    pub volume: f64,
    /// Mean handling time in seconds.
    pub aht_s: f64,
}

/// The forecast of a channel.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelForecast {
    /// Channel.
    pub channel: String,
    /// Days of history used, and days between them of which it says nothing.
    pub days: (usize, usize),
    /// Which method the rows are from.
    pub method: Method,
    /// How both did on the past; `None`: the history is too short to tell.
    pub test: Option<BackTest>,
    /// Rows, by date and start.
    pub rows: Vec<Expected>,
}

/// A channel whose history is too short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooShort {
    /// Channel.
    pub channel: String,
    /// Days that it has.
    pub days: usize,
}

/// Forecasts the days from `first` to `last` from the history before `first`, with the method given or, without one, the
/// better one of the back-test (the naive one when the history is too short to tell).
///
/// # Errors
/// Channels with a history of less than two weeks.
pub fn forecast(
    history: &ContactHistory,
    calendar: &Calendar,
    (first, last): (NaiveDate, NaiveDate),
    method: Option<Method>,
) -> Result<Vec<ChannelForecast>, Vec<TooShort>> {
    let mut short = Vec::new();
    let mut found = Vec::new();
    for (c, name) in history.channels.iter().enumerate() {
        let series = Series::of(history, c, first);
        if series.known_days() < LEAST_DAYS {
            short.push(TooShort { channel: name.clone(), days: series.known_days() });
            continue;
        }
        let test = back_test(&series, calendar);
        let better = test.as_ref().map_or(Method::Naive, BackTest::better);
        let method = method.unwrap_or(better);
        found.push(ChannelForecast {
            channel: name.clone(),
            days: (series.known_days(), series.len() - series.known_days()),
            method,
            test,
            rows: rows(&series, calendar, (first, last), method),
        });
    }
    if short.is_empty() { Ok(found) } else { Err(short) }
}

/// The rows of some days by a method.
fn rows(
    series: &Series,
    calendar: &Calendar,
    (first, last): (NaiveDate, NaiveDate),
    method: Method,
) -> Vec<Expected> {
    let dates: Vec<NaiveDate> = first.iter_days().take_while(|d| *d <= last).collect();
    match method {
        Method::Model => model::rows(series, calendar, &dates),
        Method::Naive => naive::rows(series, calendar, &dates),
    }
}
