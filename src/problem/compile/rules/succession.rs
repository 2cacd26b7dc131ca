//! `forbidden_succession`: two shifts that must not follow each other on consecutive days.

use crate::model::PastStatus;
use crate::problem::compile::automaton::Machine;
use crate::problem::compile::view::{Priced, View};
use crate::problem::{DayOption, What};
use crate::rules::RuleValue;

/// All rows of one person at once. The state has a bit for every row whose first shift was worked yesterday.
pub(in crate::problem::compile) struct Succession<'a> {
    rows: Vec<Priced<'a>>,
    /// By code: rows whose first shift it is.
    firsts: Vec<u64>,
    /// By code: rows whose second shift it is.
    seconds: Vec<u64>,
    start: u64,
}

impl<'a> Succession<'a> {
    /// At most 64 rows a machine.
    pub(in crate::problem::compile) fn new(view: &View<'_>, rows: Vec<Priced<'a>>) -> Self {
        let bits = |matches: &dyn Fn(&str, &str) -> bool| -> u64 {
            rows.iter()
                .enumerate()
                .filter(|(_, r)| match &r.row.value {
                    RuleValue::Succession(a, b) => matches(a, b),
                    _ => false,
                })
                .map(|(i, _)| 1 << i)
                .sum()
        };
        let shifts = &view.case.shifts;
        let firsts = shifts.iter().map(|s| bits(&|a, _| s.code == a || s.band == a)).collect();
        let seconds = shifts.iter().map(|s| bits(&|_, b| s.code == b || s.band == b)).collect();
        let start = match view.past(-1).map(|r| &r.status) {
            Some(PastStatus::Work { code, band, .. }) => bits(&|a, _| code == a || band == a),
            _ => 0,
        };
        Self { rows, firsts, seconds, start }
    }
}

impl Machine for Succession<'_> {
    type State = u64;
    fn start(&self) -> u64 {
        self.start
    }
    fn step(&self, &yesterday: &u64, _: usize, option: &DayOption) -> Option<(u64, i64)> {
        let What::Work(code) = option.what else { return Some((0, 0)) };
        let hit = yesterday & self.seconds[usize::from(code)];
        let mut price = 0;
        for (i, row) in self.rows.iter().enumerate() {
            if hit >> i & 1 == 1 {
                price += row.charge(1)?;
            }
        }
        Some((self.firsts[usize::from(code)], price))
    }
}
