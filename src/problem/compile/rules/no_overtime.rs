//! The tag `no_overtime` on single dates: what is worked on such a day must fit into the week's normal minutes.

use crate::problem::DayOption;
use crate::problem::compile::automaton::Machine;

/// Minutes that an option of a day fills.
pub(in crate::problem::compile) type Fill = Box<dyn Fn(usize, &DayOption) -> i64>;

/// The state is the minutes filled so far in the window (a week, or a settlement period), at most one above what
/// is normal in it.
pub(in crate::problem::compile) struct NoOvertime {
    /// By day: whether the tag holds.
    pub(in crate::problem::compile) tagged: Vec<bool>,
    /// By day: whether a window begins, the one of day 0 apart.
    pub(in crate::problem::compile) begins: Vec<bool>,
    /// By day: normal minutes of its window.
    pub(in crate::problem::compile) target: Vec<i64>,
    /// By day and option: minutes that fill.
    pub(in crate::problem::compile) fill: Fill,
    /// Filled before day 0.
    pub(in crate::problem::compile) start: i64,
}

impl Machine for NoOvertime {
    type State = i64;
    fn start(&self) -> i64 {
        self.start
    }
    fn step(&self, &filled: &i64, day: usize, option: &DayOption) -> Option<(i64, i64)> {
        let before = if self.begins[day] { 0 } else { filled };
        let fill = (self.fill)(day, option);
        let sum = before.saturating_add(fill);
        if self.tagged[day] && fill > 0 && sum > self.target[day] {
            return None;
        }
        Some((sum.min(self.target[day].saturating_add(1)), 0))
    }
}
