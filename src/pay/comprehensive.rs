//! Comprehensive hours over a month, a quarter or a year (Labour Law art. 39; 劳部发[1994]503号).

use super::ledger::DayPay;
use super::timeline::Timeline;
use chrono::{Datelike, Days, Months, NaiveDate};

/// Normal minutes of a standard day.
pub(super) const STANDARD_DAY: i64 = 480;

/// Where a calendar month stands in its settlement period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settlement {
    /// The how-manieth month of its period, from 1.
    pub(super) months: i64,
    /// Paid minutes of non-statutory days since the period began, beyond the normal minutes of these months.
    pub(super) excess: i64,
    /// Paid minutes of non-statutory days since the period began.
    pub(super) paid: i64,
    /// Normal minutes of these months.
    pub(super) normal: i64,
    /// Whether the period ends with this month and inside the horizon: then the excess is paid out.
    pub(super) closes: bool,
}

/// The state of the settlement period of `period` months after the month that begins on `first`.
pub(super) fn settle(line: &Timeline<'_>, first: NaiveDate, period: u32) -> Settlement {
    let place = first.month0() % period.max(1);
    let horizon = line.horizon();
    let begin = horizon.day(first - Months::new(place));
    let end = horizon.day(last_of_month(first));
    let paid: i64 = (begin.max(line.first)..=end).filter(|&d| !line.statutory(d)).map(|d| line.paid(d)).sum();
    let normal = normal(line, begin, end);
    Settlement {
        months: i64::from(place) + 1,
        excess: (paid - normal).max(0),
        paid,
        normal,
        closes: place + 1 == period && end < line.end(),
    }
}

/// Normal minutes from one day to another, both inside: 480 × (Mondays to Fridays − statutory days, wherever in the
/// week they fall, since one on a weekend is made up by a day in lieu − leave on other Mondays to Fridays).
fn normal(line: &Timeline<'_>, begin: i64, end: i64) -> i64 {
    let mut days = 0;
    for day in begin..=end {
        let weekday = line.horizon().weekday(day) < 5;
        let statutory = line.statutory(day);
        days += i64::from(weekday) - i64::from(statutory);
        days -= i64::from(weekday && !statutory && line.on_leave(day));
    }
    STANDARD_DAY * days.max(0)
}

/// Every known day, statutory days at 300 %, everything else normal so far; element 0 is `line.first`.
pub(super) fn split(line: &Timeline<'_>) -> Vec<DayPay> {
    let pay = |day| {
        let paid = line.paid(day);
        let ot300 = if line.statutory(day) { paid } else { 0 };
        DayPay { paid, normal: paid - ot300, ot300, ..DayPay::default() }
    };
    (line.first..line.end()).map(pay).collect()
}

/// Pays an excess out at 150 % on the last days of a period, backwards from the end of `days` (days of the
/// horizon): the minutes that passed the normal ones last. What they cannot hold is not dated.
pub(super) fn pay_out(days: &mut [DayPay], mut excess: i64) {
    for day in days.iter_mut().rev() {
        let minutes = excess.min(day.normal);
        day.normal -= minutes;
        day.ot150 += minutes;
        excess -= minutes;
    }
}

/// Pays out what every period that ended before the horizon has left over; `days` as [`split`] gives them.
pub(super) fn settle_past(line: &Timeline<'_>, days: &mut [DayPay], period: u32) {
    let horizon = line.horizon();
    let oldest = horizon.date(line.first);
    let mut first = oldest.with_day(1).expect("every month has a first day");
    while horizon.day(last_of_month(first)) < 0 {
        let place = first.month0() % period.max(1);
        if place + 1 == period {
            let begin = horizon.day(first - Months::new(place)).max(line.first) - line.first;
            let end = horizon.day(last_of_month(first)) - line.first;
            let state = settle(line, first, period);
            pay_out(&mut days[begin as usize..=end as usize], state.excess);
        }
        first = first + Months::new(1);
    }
}

/// Last date of the month that begins on `first`.
pub(super) fn last_of_month(first: NaiveDate) -> NaiveDate {
    first + Months::new(1) - Days::new(1)
}
