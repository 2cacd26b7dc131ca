//! Approvals and leave that collide with a rule before any rota is made.

use super::hours::approved_in;
use crate::base::{Text, clock};
use crate::model::{Case, Context, LeaveStatus};
use crate::rules::{ChannelKind, RuleKind, RuleValue, spec};
use chrono::{Datelike, Months};

/// What is worth a look in `approvals.csv` and `leave.csv`: approvals beyond the monthly cap, which no approval
/// lifts, and approved leave on days on which leave is not granted.
#[must_use]
pub fn case_notes(case: &Case) -> Vec<Text> {
    let kinds: Vec<ChannelKind> = case.channels.iter().map(|c| c.kind).collect();
    let of = |p| Context { person: Some((p, case.person(p))), channel_kinds: &kinds, ..Context::default() };
    let mut notes = Vec::new();
    for a in &case.approvals {
        let cap = case.rules.setting(RuleKind::OvertimeCapMonth, &of(a.person)).map(|r| r.value.number());
        let months = a.from.with_day(1).into_iter().flat_map(|first| {
            (0..).map_while(move |k| first.checked_add_months(Months::new(k)).filter(|month| *month <= a.to))
        });
        let most = months.map(|first| approved_in(a, first)).max().unwrap_or(0);
        let Some(cap) = cap.filter(|&cap| most > cap) else { continue };
        let (id, origin) = (&case.person(a.person).id, &a.origin);
        let [has, may] = [most, cap].map(|m| clock(i32::try_from(m).unwrap_or(i32::MAX)));
        let source = (spec(RuleKind::OvertimeCapMonth).source)();
        notes.push(Text::new(
            format!(
                "{origin}: {has} of overtime approved for {id}, but the cap of the month stays {may}. {}",
                source.en
            ),
            format!("{origin}：为 {id} 批准加班 {has}，但当月上限仍为 {may}。{}", source.zh),
        ));
    }
    for l in case.leave.iter().filter(|l| l.status == LeaveStatus::Approved) {
        let barred = |date: &chrono::NaiveDate| {
            let context = Context { day: Some((*date, case.calendar.kind(*date))), ..of(l.person) };
            let row = case.rules.setting(RuleKind::NoLeave, &context);
            l.from <= *date && *date <= l.to && row.is_some_and(|r| r.value == RuleValue::Flag(true))
        };
        let days: Vec<_> = case.horizon.dates().filter(barred).collect();
        let (Some(first), id, origin) = (days.first(), &case.person(l.person).id, &l.origin) else {
            continue;
        };
        notes.push(Text::new(
            format!(
                "{origin}: leave of {id} on {first} is approved though no_leave holds that day ({} in all)",
                days.len()
            ),
            format!("{origin}：{id} 在 {first} 的假期已批准，但当天停批假期（共 {} 天）", days.len()),
        ));
    }
    notes
}
