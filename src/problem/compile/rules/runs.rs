//! Days in a row: `max_consecutive_days`, `min_consecutive_days`, `min_consecutive_off`.

use crate::problem::compile::automaton::Machine;
use crate::problem::compile::view::{Priced, View};
use crate::problem::{DayOption, What};

/// `max_consecutive_days`: every worked day that is the (n+1)-th or later of its run is one too many. The state
/// is the number of days worked in a row so far, at most n.
pub(in crate::problem::compile) struct LongRun<'a> {
    row: Priced<'a>,
    start: i64,
}

impl<'a> LongRun<'a> {
    pub(in crate::problem::compile) fn new(view: &View<'_>, row: Priced<'a>) -> Self {
        let run = (1..).take_while(|&k| view.past_worked(-k)).count() as i64;
        Self { row, start: run.min(row.number()) }
    }
}

impl Machine for LongRun<'_> {
    type State = i64;
    fn start(&self) -> i64 {
        self.start
    }
    fn step(&self, &run: &i64, _: usize, option: &DayOption) -> Option<(i64, i64)> {
        if !matches!(option.what, What::Work(_)) {
            return Some((0, 0));
        }
        let most = self.row.number();
        if run < most { Some((run + 1, 0)) } else { Some((most, self.row.charge(1)?)) }
    }
}

/// Whether runs of worked days or of days not worked are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::problem::compile) enum RunKind {
    Work,
    Off,
}

/// `min_consecutive_days` and `min_consecutive_off`: a run of length m < n misses n − m when it ends inside the
/// horizon and its beginning is known. Judged on the day after it.
pub(in crate::problem::compile) struct ShortRun<'a> {
    row: Priced<'a>,
    kind: RunKind,
    start: Run,
}

/// The run that goes on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::problem::compile) enum Run {
    /// No run, or one that is not judged: long enough, of unknown beginning, or wholly in the past so far.
    Fine,
    /// A run of this length that must still grow.
    Short(i64),
    /// A run of this length whose days all lie in the past: judged once it has a day in the horizon.
    Past(i64),
    /// A run that began before anything is known.
    Unknown,
}

impl<'a> ShortRun<'a> {
    pub(in crate::problem::compile) fn new(view: &View<'_>, row: Priced<'a>, kind: RunKind) -> Self {
        let inside = |k: i64| view.past(-k).is_some() && view.past_worked(-k) == (kind == RunKind::Work);
        let length = (1..).take_while(|&k| inside(k)).count() as i64;
        let known = view.past(-1 - length).is_some();
        // Without any known day a run that starts on day 0 has an unknown beginning.
        let start = match (length, known) {
            (_, false) => Run::Unknown,
            (0, true) => Run::Fine,
            (_, true) => Run::Past(length),
        };
        Self { row, kind, start }
    }
}

impl Machine for ShortRun<'_> {
    type State = Run;
    fn start(&self) -> Run {
        self.start
    }
    fn step(&self, &run: &Run, _: usize, option: &DayOption) -> Option<(Run, i64)> {
        let inside = matches!(option.what, What::Work(_)) == (self.kind == RunKind::Work);
        let least = self.row.number();
        let grown = |m: i64| if m < least { Run::Short(m) } else { Run::Unknown };
        Some(match (run, inside) {
            (Run::Fine, true) => (grown(1), 0),
            (Run::Short(m) | Run::Past(m), true) => (grown(m + 1), 0),
            (Run::Unknown, true) => (Run::Unknown, 0),
            (Run::Short(m), false) => (Run::Fine, self.row.charge(least - m)?),
            (Run::Fine | Run::Past(_) | Run::Unknown, false) => (Run::Fine, 0),
        })
    }
}
