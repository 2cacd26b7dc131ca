//! `min_rest_hours`: rest between one shift's end, tail included, and the next one's start.

use crate::base::DAY_MINUTES;
use crate::model::PastStatus;
use crate::problem::DayOption;
use crate::problem::compile::automaton::Machine;
use crate::problem::compile::view::{Priced, View};

/// The state is the end of the last shift in minutes of the day to come (negative: so long before midnight);
/// as soon as it can hinder no start any more it becomes [`FREE`].
pub(in crate::problem::compile) struct RestHours<'a> {
    row: Priced<'a>,
    /// Start and end (tail included) by code.
    times: Vec<(i32, i32)>,
    earliest: i32,
    start: i32,
}

/// The last shift lies far enough back.
const FREE: i32 = i32::MIN;

impl<'a> RestHours<'a> {
    pub(in crate::problem::compile) fn new(view: &View<'_>, row: Priced<'a>) -> Self {
        let times: Vec<(i32, i32)> =
            view.case.shifts.iter().map(|s| (s.start(), s.end() + s.tail_minutes)).collect();
        let earliest = times.iter().map(|t| t.0).min().unwrap_or(0);
        let mut machine = Self { row, times, earliest, start: FREE };
        let nearest = (1..=view.known_days()).find(|&k| view.past_worked(-k));
        let last = nearest.and_then(|k| match view.past(-k).map(|r| &r.status) {
            Some(PastStatus::Work { times, tail_minutes, .. }) => {
                times.last().map(|t| t.end + tail_minutes - DAY_MINUTES * k as i32)
            }
            _ => None,
        });
        machine.start = last.map_or(FREE, |end| machine.settle(end));
        machine
    }
    fn least(&self) -> i32 {
        self.row.number() as i32
    }
    /// An end that hinders no shift on this or any later day is forgotten.
    fn settle(&self, end: i32) -> i32 {
        if self.earliest - end >= self.least() { FREE } else { end }
    }
}

impl Machine for RestHours<'_> {
    type State = i32;
    fn start(&self) -> i32 {
        self.start
    }
    fn step(&self, &end: &i32, _: usize, option: &DayOption) -> Option<(i32, i64)> {
        let crate::problem::What::Work(code) = option.what else {
            return Some((if end == FREE { FREE } else { self.settle(end - DAY_MINUTES) }, 0));
        };
        let (starts, ends) = self.times[usize::from(code)];
        let short = if end == FREE { 0 } else { (self.least() - (starts - end)).max(0) };
        let price = self.row.charge(i64::from(short + 59) / 60)?;
        Some((self.settle(ends - DAY_MINUTES), price))
    }
}
