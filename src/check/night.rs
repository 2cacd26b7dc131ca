//! The tag `no_night`: no work in the night window (`night_window`, 22:00-06:00 without a row).

use super::Facts;
use super::findings::{Fact, Findings, Place};
use crate::base::{DAY_MINUTES, Span, Text};
use crate::rules::{RuleKind, RuleValue};

/// The night window without a row.
const DEFAULT_WINDOW: Span = Span::new(22 * 60, 30 * 60);

/// Minutes of a shift, tail included, inside the window of its date or of the nights before and after.
pub(super) fn no_night(f: &Facts<'_>, out: &mut Findings) {
    for p in f.case.person_indices().filter(|&p| f.person(p).tags.iter().any(|t| t.word == "no_night")) {
        let row = f.case.rules.setting(RuleKind::NightWindow, &f.of_person(p));
        let window = match row.map(|r| &r.value) {
            Some(RuleValue::Window(w)) => *w,
            _ => DEFAULT_WINDOW,
        };
        for d in 0..f.case.horizon.days {
            let date = f.date(d as i64);
            let Some(shift) = f.shift(p, d).map(|s| f.case.shift(s)) else { continue };
            if !f.person(p).has_tag("no_night", date) {
                continue;
            }
            let tail = Span::new(shift.end(), shift.end() + shift.tail_minutes);
            let nights = [-1, 0, 1].map(|n| window.shifted(n * DAY_MINUTES));
            let at_work = shift.times.iter().copied().chain([tail]);
            let minutes: i32 = at_work.map(|t| nights.iter().map(|w| w.overlap(t)).sum::<i32>()).sum();
            let (id, code, times) = (&f.person(p).id, &shift.code, shift.times_text());
            let (from, to) = (crate::base::clock(window.start), crate::base::clock(window.end));
            let what = Text::new(
                format!(
                    "{id} may not work at night but has {code} ({times}) on {date}: {} in {from}-{to}",
                    crate::base::counted(minutes, "minute", "minutes")
                ),
                format!("{id} 不得上夜班，却在 {date} 排 {code}（{times}）：{from}-{to} 内 {minutes} 分钟"),
            );
            out.broken(
                Fact::NoNight,
                Place::day(f, p, d as i64),
                i64::from(minutes),
                what,
                row.map(|r| &r.origin),
            );
        }
    }
}
