//! Nobody is in two shifts at once, whatever `min_rest_hours` says: a shift, its tail and the meetings that somebody comes
//! in for end before the next day's begin.

use crate::base::DAY_MINUTES;
use crate::base::index::ShiftIx;
use crate::model::PastStatus;
use crate::problem::compile::automaton::Machine;
use crate::problem::compile::view::View;
use crate::problem::{DayOption, What};

/// The state is the end of the last shift in minutes of the day to come, [`FREE`] when it hinders nothing any more.
pub(in crate::problem::compile) struct TwoPlaces {
    /// `busy[day][code]`: first and last minute.
    busy: Vec<Vec<(i32, i32)>>,
    earliest: i32,
    start: i32,
}

/// The last shift is over before anything can begin.
const FREE: i32 = i32::MIN;

impl TwoPlaces {
    pub(in crate::problem::compile) fn new(view: &View<'_>) -> Self {
        let busy: Vec<Vec<(i32, i32)>> = (0..view.days())
            .map(|day| {
                view.case
                    .shift_indices()
                    .map(|s| {
                        let shift = view.case.shift(s);
                        let (start, end) = (shift.start(), shift.end() + shift.tail_minutes);
                        let outside = view.meetings_outside_of(s, day);
                        outside.iter().fold((start, end), |(a, b), m| (a.min(m.start), b.max(m.end)))
                    })
                    .collect()
            })
            .collect();
        let earliest = busy.iter().flatten().map(|b| b.0).min().unwrap_or(0);
        let mut machine = Self { busy, earliest, start: FREE };
        if let Some(PastStatus::Work { times, tail_minutes, .. }) = view.past(-1).map(|r| &r.status)
            && let Some(last) = times.last()
        {
            machine.start = machine.settle(last.end + tail_minutes - DAY_MINUTES);
        }
        machine
    }
    fn settle(&self, end: i32) -> i32 {
        if end <= self.earliest { FREE } else { end }
    }
}

impl Machine for TwoPlaces {
    type State = i32;
    fn start(&self) -> i32 {
        self.start
    }
    fn step(&self, &end: &i32, day: usize, option: &DayOption) -> Option<(i32, i64)> {
        let next = |end: i32| if end == FREE { FREE } else { self.settle(end - DAY_MINUTES) };
        let What::Work(code) = option.what else { return Some((next(end), 0)) };
        let (starts, ends) = self.busy[day][ShiftIx(u32::from(code)).ix()];
        (end <= starts).then(|| (next(ends.max(end)), 0))
    }
}
