//! Rest in the week and between shifts: `min_rest_days_per_week` (with `rest_week`), `min_rest_hours`,
//! `forbidden_succession`.

use super::Facts;
use super::facts::{Worked, begun_hours};
use super::findings::{Fact, Findings, Place, dates};
use crate::base::{DAY_MINUTES, Text, clock};
use crate::model::RuleRow;
use crate::rules::{RuleKind, RuleValue};

/// Rest days of every week, calendar or rolling, that touches (rolling: ends in) the horizon.
pub(super) fn weeks(f: &Facts<'_>, out: &mut Findings) {
    for p in f.case.person_indices() {
        let context = f.of_person(p);
        let rolling = f
            .case
            .rules
            .setting(RuleKind::RestWeek, &context)
            .is_some_and(|row| row.value == RuleValue::Rolling7(true));
        let line = &f.lines[p.ix()];
        for row in f.rows(RuleKind::MinRestDaysPerWeek, &context) {
            let least = row.value.number();
            let (first, step) = if rolling { (-6, 1) } else { (f.case.horizon.monday(0), 7) };
            let last = if rolling { f.days() - 7 } else { f.days() - 1 };
            for start in (first..=last).step_by(step) {
                let worked = (start..start + 7).filter(|&d| line.works(d)).count() as i64;
                let (id, rest, span) = (&f.person(p).id, 7 - worked, dates(f, start, start + 6));
                let what = Text::new(
                    format!("{id} has {rest} rest days in the week {span}, at least {least} are due"),
                    format!("{id} 在 {span} 这一周只有 {rest} 个休息日，至少应有 {least} 个"),
                );
                let mut at = Place::days(f, p, start, start + 6);
                at.day = start.max(0);
                out.missed(row, at, worked - (7 - least).max(0), what);
            }
        }
    }
}

/// Hours between the end of a shift, tail included, and the start of the next one.
pub(super) fn hours(f: &Facts<'_>, out: &mut Findings) {
    for p in f.case.person_indices() {
        let context = f.of_person(p);
        for row in f.rows(RuleKind::MinRestHours, &context) {
            let line = &f.lines[p.ix()];
            let mut before: Option<(i64, Worked<'_>)> = None;
            for d in line.first..line.end() {
                let Some(now) = line.work(d) else { continue };
                if let Some((db, prev)) = before.replace((d, now)).filter(|_| d >= 0) {
                    rest_between(f, row, out, p, (db, prev), (d, now));
                }
            }
        }
    }
}

fn rest_between(
    f: &Facts<'_>,
    row: &RuleRow,
    out: &mut Findings,
    p: crate::base::index::PersonIx,
    (db, prev): (i64, Worked<'_>),
    (d, now): (i64, Worked<'_>),
) {
    let (Some((_, end)), Some((start, _))) = (prev.span, now.span) else { return };
    let rest = (d - db) * i64::from(DAY_MINUTES) + i64::from(start - end);
    let least = row.value.number();
    let (id, a, b) = (&f.person(p).id, f.date(db), f.date(d));
    let (end, start) = (clock(end), clock(start));
    let (has, due) = (duration(rest), duration(least));
    let what = Text::new(
        format!(
            "{id} rests {has} between {} of {a} (until {end}) and {} of {b} (from {start}), {due} are due",
            prev.code, now.code
        ),
        format!(
            "{id} 在 {a} 的 {}（至 {end}）与 {b} 的 {}（自 {start}）之间只休息 {has}，应为 {due}",
            prev.code, now.code
        ),
    );
    out.missed(row, Place::day(f, p, d), begun_hours(least - rest), what);
}

/// Nobody is in two shifts at once: tails and meetings that somebody comes in for belong to the shift.
pub(super) fn two_shifts(f: &Facts<'_>, out: &mut Findings) {
    for p in f.case.person_indices() {
        let line = &f.lines[p.ix()];
        let past = line.work(-1).and_then(|w| w.span);
        let mut until = past.map_or(i32::MIN, |(_, end)| end - DAY_MINUTES);
        for d in 0..f.case.horizon.days {
            let Some(s) = f.shift(p, d) else { continue };
            let (shift, midnight) = (f.case.shift(s), d as i32 * DAY_MINUTES);
            let mut from = midnight + shift.start();
            let mut to = midnight + shift.end() + shift.tail_minutes;
            for m in f.case.meetings_of(p, s, f.date(d as i64)) {
                let time = f.case.meetings[m].time;
                if !shift.times.iter().any(|t| t.contains(time)) {
                    (from, to) = (from.min(midnight + time.start), to.max(midnight + time.end));
                }
            }
            if until > from {
                let (id, date, code) = (&f.person(p).id, f.date(d as i64), &shift.code);
                let what = Text::new(
                    format!("{id} is still at work when {code} of {date} begins: {} minutes", until - from),
                    format!("{id} 在 {date} 的 {code} 开始时上一班尚未结束：{} 分钟", until - from),
                );
                let place = Place::day(f, p, d as i64);
                out.broken(Fact::TwoShifts, place, i64::from(until - from), what, Some(&shift.origin));
            }
            until = until.max(to);
        }
    }
}

/// `10:30` of a number of minutes.
pub(super) fn duration(minutes: i64) -> String {
    clock(i32::try_from(minutes).unwrap_or(i32::MAX))
}

/// Shifts that may not follow each other on consecutive days.
pub(super) fn successions(f: &Facts<'_>, out: &mut Findings) {
    let is = |w: Worked<'_>, name: &str| w.code == name || w.band == name;
    for row in f.case.rules.of(RuleKind::ForbiddenSuccession) {
        let RuleValue::Succession(first, second) = &row.value else { continue };
        for p in f.case.person_indices().filter(|&p| f.of_person(p).within(&row.scope)) {
            let line = &f.lines[p.ix()];
            for d in 0..f.days() {
                let (Some(a), Some(b)) = (line.work(d - 1), line.work(d)) else { continue };
                if is(a, first) && is(b, second) {
                    let (id, date, day) = (&f.person(p).id, f.date(d - 1), f.date(d));
                    let what = Text::new(
                        format!(
                            "{id} has {} on {date} and {} on {day}: {first}>{second} is forbidden",
                            a.code, b.code
                        ),
                        format!("{id} 在 {date} 排 {}，{day} 排 {}：禁止 {first}>{second}", a.code, b.code),
                    );
                    out.missed(row, Place::day(f, p, d), 1, what);
                }
            }
        }
    }
}
