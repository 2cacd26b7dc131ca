//! The paid minutes of a worked day.

use super::terms::channel_kinds;
use crate::base::index::{PersonIx, ShiftIx};
use crate::model::{Case, Context, Meeting, ShiftType};
use crate::rules::{ChannelKind, RuleKind, RuleValue};
use chrono::NaiveDate;

/// What the paid minutes of a day are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaidMinutes {
    /// Minutes of the shift's segments, meal taken out.
    pub work: i64,
    /// Minutes of the meal: not paid, not in `total`.
    pub meal: i64,
    /// Expected overrun.
    pub tail: i64,
    /// Early arrival, where it is working time.
    pub handover: i64,
    /// Meetings outside the shift that the person comes in for.
    pub meetings: i64,
    /// Everything paid: `work + tail + handover + meetings`, not below 0.
    pub total: i64,
}

/// The paid minutes of a person who works a shift on a date.
#[must_use]
pub fn paid_minutes(case: &Case, p: PersonIx, date: NaiveDate, s: ShiftIx) -> PaidMinutes {
    with_kinds(case, p, date, s, &channel_kinds(case))
}

pub(super) fn with_kinds(
    case: &Case,
    p: PersonIx,
    date: NaiveDate,
    s: ShiftIx,
    kinds: &[ChannelKind],
) -> PaidMinutes {
    let shift = case.shift(s);
    let context = Context {
        person: Some((p, case.person(p))),
        shift: Some((s, shift)),
        channel_kinds: kinds,
        day: Some((date, case.calendar.kind(date))),
        ..Context::default()
    };
    let meal = i64::from(shift.meal_minutes);
    let work = i64::from(shift.span_minutes()) - meal;
    let tail = i64::from(shift.tail_minutes);
    let unpaid = case
        .rules
        .setting(RuleKind::HandoverIsWork, &context)
        .is_some_and(|r| r.value == RuleValue::Flag(false));
    let early = case.rules.setting(RuleKind::HandoverMinutes, &context).map_or(0, |r| r.value.number());
    let handover = if unpaid { 0 } else { early };
    let attended = case.meetings_of(p, s, date).into_iter();
    let meetings = attended.map(|m| minutes_outside(&case.meetings[m], shift)).sum();
    PaidMinutes { work, meal, tail, handover, meetings, total: (work + tail + handover + meetings).max(0) }
}

/// Minutes of a meeting outside the segments of a shift; 0 when one of them contains it.
fn minutes_outside(meeting: &Meeting, shift: &ShiftType) -> i64 {
    let inside: i32 = shift.times.iter().map(|t| t.overlap(meeting.time)).sum();
    i64::from((meeting.time.len() - inside).max(0))
}
