//! The stretches of a horizon over which normal time is counted, as sums that follow from the cells of a rota: a week of
//! standard hours, a period of comprehensive hours that is paid out.

use super::{DayPay, Terms, comprehensive, timeline::Timeline};
use crate::rules::HoursSystem;

/// A stretch with a normal time of its own. What its days come to beyond that is overtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NormalSpan {
    /// Days of the horizon: first and one past the last.
    pub days: (usize, usize),
    /// Normal minutes, if nobody were on leave on these days; below 0 where statutory days and other leave are more.
    pub normal: i64,
    /// Minutes that days before the horizon have filled.
    pub before: i64,
    /// Minutes that a day of leave takes off the normal ones.
    pub leave_day: i64,
    /// Whether only leave from Monday to Friday does so.
    pub weekdays: bool,
}

/// The weeks of standard hours that the horizon touches; `past` are the days before it.
pub(super) fn weeks(line: &Timeline<'_>, terms: &Terms, past: &[DayPay]) -> Vec<NormalSpan> {
    let begin = line.horizon().monday(0);
    let week = |monday: i64| {
        let free = |d: &i64| line.statutory(*d) || line.on_leave(*d);
        let inside = monday.max(0)..(monday + 7).min(line.end());
        let leave = inside.clone().filter(|d| line.on_leave(*d) && !line.statutory(*d)).count();
        let taken = (monday..monday + 7).filter(free).count() - leave;
        let known = (monday.max(line.first)..monday + 7).take_while(|d| *d < 0);
        NormalSpan {
            days: (inside.start as usize, inside.end as usize),
            normal: terms.normal_week - terms.normal_day * taken as i64,
            before: known.map(|d| past[(d - line.first) as usize].normal).sum(),
            leave_day: terms.normal_day,
            weekdays: false,
        }
    };
    (begin..line.end()).step_by(7).map(week).collect()
}

/// A period of comprehensive hours that ends in the horizon, with its days there.
pub(super) fn period(
    line: &Timeline<'_>,
    state: &comprehensive::Settlement,
    days: (usize, usize),
) -> NormalSpan {
    let inside = days.0 as i64..days.1 as i64;
    let ordinary = |d: &i64| !line.statutory(*d);
    let weekday = |d: &i64| line.horizon().weekday(*d) < 5;
    let leave = inside.clone().filter(|d| ordinary(d) && weekday(d) && line.on_leave(*d)).count() as i64;
    let paid: i64 = inside.filter(ordinary).map(|d| line.paid(d)).sum();
    NormalSpan {
        days,
        normal: state.normal + comprehensive::STANDARD_DAY * leave,
        before: state.paid - paid,
        leave_day: comprehensive::STANDARD_DAY,
        weekdays: true,
    }
}

/// What a day may hold before it is overtime whatever the week: `None` under comprehensive hours.
#[must_use]
pub fn longest_normal_day(terms: &Terms) -> Option<i64> {
    (terms.system == HoursSystem::Standard).then_some(terms.normal_day)
}
