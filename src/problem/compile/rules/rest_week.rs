//! `min_rest_days_per_week`, by calendar weeks or by every seven days in a row.

use crate::problem::compile::automaton::Machine;
use crate::problem::compile::view::{Priced, View};
use crate::problem::{DayOption, What};

/// Calendar weeks: each worked day beyond 7 − n of its Monday–Sunday week is one rest day missing. The state is
/// the number of days worked in the week so far, at most 7 − n.
pub(in crate::problem::compile) struct RestWeek<'a> {
    row: Priced<'a>,
    mondays: Vec<bool>,
    start: i64,
    /// Rest days that the past alone has cost the first week.
    pub(in crate::problem::compile) broken: i64,
}

impl<'a> RestWeek<'a> {
    pub(in crate::problem::compile) fn new(view: &View<'_>, row: Priced<'a>) -> Self {
        let horizon = &view.case.horizon;
        let worked = (horizon.monday(0)..0).filter(|&d| view.past_worked(d)).count() as i64;
        let most = (7 - row.number()).max(0);
        let mondays = (0..view.days() as i64).map(|d| horizon.weekday(d) == 0).collect();
        Self { row, mondays, start: worked.min(most), broken: (worked - most).max(0) }
    }
}

impl Machine for RestWeek<'_> {
    type State = i64;
    fn start(&self) -> i64 {
        self.start
    }
    fn step(&self, &worked: &i64, day: usize, option: &DayOption) -> Option<(i64, i64)> {
        let worked = if self.mondays[day] { 0 } else { worked };
        if !matches!(option.what, What::Work(_)) {
            return Some((worked, 0));
        }
        let most = (7 - self.row.number()).max(0);
        if worked < most { Some((worked + 1, 0)) } else { Some((most, self.row.charge(1)?)) }
    }
}

/// `rolling7`: every window of seven days whose last day is in the horizon misses max(0, worked − (7 − n)). The
/// state is which of the last six days were worked, a bit each, yesterday the lowest.
pub(in crate::problem::compile) struct RollingRest<'a> {
    row: Priced<'a>,
    start: u8,
}

impl<'a> RollingRest<'a> {
    pub(in crate::problem::compile) fn new(view: &View<'_>, row: Priced<'a>) -> Self {
        let start = (1..=6).filter(|&k| view.past_worked(-k)).map(|k| 1 << (k - 1)).sum();
        Self { row, start }
    }
}

impl Machine for RollingRest<'_> {
    type State = u8;
    fn start(&self) -> u8 {
        self.start
    }
    fn step(&self, &bits: &u8, _: usize, option: &DayOption) -> Option<(u8, i64)> {
        let today = u8::from(matches!(option.what, What::Work(_)));
        let worked = i64::from(bits.count_ones()) + i64::from(today);
        let price = self.row.charge((worked - (7 - self.row.number()).max(0)).max(0))?;
        Some(((bits << 1 | today) & 0b11_1111, price))
    }
}
