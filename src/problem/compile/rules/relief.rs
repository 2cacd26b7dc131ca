//! `rotation_order` with `relief` in its cycle: what every period is for follows from the one before.
//!
//! The state keeps, for every role that the running period can have, the days worked outside of roles on the
//! cheapest way to it, above those of the cheapest of all.

use super::OrderRow;
use crate::model::PastStatus;
use crate::problem::compile::automaton::Machine;
use crate::problem::compile::view::View;
use crate::problem::{DayOption, What};
use crate::rules::RotationOrder;

/// The machine of one `rotation_order` row.
pub(in crate::problem::compile) struct ReliefCycle<'a> {
    order: OrderRow<'a>,
    roles: usize,
    /// By day: whether a period begins.
    begins: Vec<bool>,
    /// By code and role: whether the role allows the code's band.
    allows: Vec<Vec<bool>>,
    start: Running,
}

/// The period that goes on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::problem::compile) struct Running {
    worked: bool,
    /// Roles of it, or where nothing was worked yet of the last one with work, each with its days outside; none:
    /// free.
    ways: Vec<(usize, i64)>,
}

impl<'a> ReliefCycle<'a> {
    /// `period` numbers the periods by day, history included.
    pub(in crate::problem::compile) fn new(
        view: &View<'_>,
        order: OrderRow<'a>,
        period: &dyn Fn(i64) -> i64,
    ) -> Self {
        let cycle: &[String] = if let RotationOrder::Cycle(cycle) = order.order { cycle } else { &[] };
        let allowed = |band: &str| -> Vec<bool> {
            cycle.iter().map(|role| role == RotationOrder::RELIEF || role == band).collect()
        };
        let roles = cycle.len();
        // What was worked before, period by period.
        let mut past: Vec<(i64, Vec<&str>)> = Vec::new();
        for day in (1..=view.known_days()).rev().map(|k| -k) {
            let Some(PastStatus::Work { band, .. }) = view.past(day).map(|r| &r.status) else { continue };
            match past.last_mut() {
                Some((number, bands)) if *number == period(day) => bands.push(band),
                _ => past.push((period(day), vec![band])),
            }
        }
        let column = view.person.band.as_deref();
        let mut ways: Vec<usize> =
            cycle.iter().position(|role| Some(role.as_str()) == column).into_iter().collect();
        for (i, (_, bands)) in past.iter().enumerate() {
            let fits = |r: &usize| bands.iter().all(|band| allowed(band)[*r]);
            let next = |r: &usize| (r + 1) % roles;
            let kept: Vec<usize> =
                if i == 0 { Vec::new() } else { ways.iter().map(next).filter(fits).collect() };
            // A history that does not keep the cycle says no more than what this period was for.
            ways = if kept.is_empty() { (0..roles).filter(fits).collect() } else { kept };
        }
        ways.sort_unstable();
        let last = past.last().map(|(number, _)| *number);
        let worked = last == Some(period(0));
        let start = Running { worked, ways: ways.into_iter().map(|r| (r, 0)).collect() };
        let begins = (0..view.days() as i64).map(|d| d > 0 && period(d) != period(d - 1)).collect();
        let allows = view.case.shifts.iter().map(|s| allowed(&s.band)).collect();
        Self { order, roles, begins, allows, start }
    }
}

impl Machine for ReliefCycle<'_> {
    type State = Running;
    fn start(&self) -> Running {
        self.start.clone()
    }
    fn step(&self, state: &Running, day: usize, option: &DayOption) -> Option<(Running, i64)> {
        let worked = state.worked && !self.begins[day];
        let What::Work(code) = option.what else {
            return Some((Running { worked, ways: state.ways.clone() }, 0));
        };
        let mut ways = match (worked, state.ways.is_empty()) {
            (true, _) => state.ways.clone(),
            (false, true) => (0..self.roles).map(|r| (r, 0)).collect(),
            (false, false) => state.ways.iter().map(|&(r, n)| ((r + 1) % self.roles, n)).collect(),
        };
        let allows = &self.allows[usize::from(code)];
        if self.order.row.price.is_none() {
            ways.retain(|&(r, _)| allows[r]);
        }
        for (r, days) in &mut ways {
            *days += i64::from(!allows[*r]);
        }
        let least = ways.iter().map(|w| w.1).min()?;
        for (_, days) in &mut ways {
            *days -= least;
        }
        ways.sort_unstable();
        Some((Running { worked: true, ways }, self.order.row.charge(least)?))
    }
}
