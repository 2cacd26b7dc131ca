//! The tag `no_overtime` on single dates: what is worked on such a day must fit into the week's normal minutes.

use crate::problem::DayOption;
use crate::problem::compile::automaton::Machine;

/// The state is the normal minutes filled so far in the window (week), at most one above its target.
pub(in crate::problem::compile) struct NoOvertime {
    /// By day: whether the tag holds.
    pub(in crate::problem::compile) tagged: Vec<bool>,
    /// By day: the target of its window when the window begins on it.
    pub(in crate::problem::compile) begins: Vec<bool>,
    /// By day: target of its window.
    pub(in crate::problem::compile) target: Vec<i64>,
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
        let sum = before + i64::from(option.fill);
        if self.tagged[day] && option.fill > 0 && sum > self.target[day] {
            return None;
        }
        Some((sum.min(self.target[day] + 1), 0))
    }
}
