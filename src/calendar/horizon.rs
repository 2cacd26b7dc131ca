//! The days that a rota is made for.

use chrono::{Datelike, Days, NaiveDate};

/// A run of consecutive dates, day 0 first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// Day 0.
    pub first: NaiveDate,
    /// Number of days, at least 1.
    pub days: usize,
}

impl Horizon {
    /// From the first to the last date, both inside. `None` when `last` lies before `first`.
    #[must_use]
    pub fn between(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        let days = usize::try_from((last - first).num_days() + 1).ok().filter(|&n| n > 0)?;
        Some(Self { first, days })
    }
    /// Date of day `day`; may lie outside the horizon (negative: the days before).
    #[must_use]
    pub fn date(&self, day: i64) -> NaiveDate {
        if day >= 0 { self.first + Days::new(day as u64) } else { self.first - Days::new(day.unsigned_abs()) }
    }
    /// Day number of a date, negative before the horizon.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> i64 {
        (date - self.first).num_days()
    }
    /// Index of a date inside the horizon.
    #[must_use]
    pub fn index(&self, date: NaiveDate) -> Option<usize> {
        usize::try_from(self.day(date)).ok().filter(|&d| d < self.days)
    }
    /// Last date.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        self.date(self.days as i64 - 1)
    }
    /// Weekday of a day, Monday 0 to Sunday 6.
    #[must_use]
    pub fn weekday(&self, day: i64) -> usize {
        self.date(day).weekday().num_days_from_monday() as usize
    }
    /// Day number of the Monday of the week that `day` lies in.
    #[must_use]
    pub fn monday(&self, day: i64) -> i64 {
        day - self.weekday(day) as i64
    }
    /// All dates in order.
    pub fn dates(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let h = *self;
        (0..h.days as i64).map(move |d| h.date(d))
    }
}
