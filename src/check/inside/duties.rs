//! `duties`: every minute of a shift has one activity, nothing lies outside, nobody is in two places.

use super::spans::{inside as inside_of, length, without};
use super::{Inside, PersonDay, Piece, absolute, clocks, worked};
use crate::base::index::{PersonIx, ShiftIx};
use crate::base::{DAY_MINUTES, Minute, Span, Text, counted};
use crate::check::Facts;
use crate::check::findings::{Fact, Findings, Place};
use crate::model::Activity;

pub(super) fn duties(f: &Facts<'_>, inside: &Inside<'_>, out: &mut Findings) {
    for p in f.case.person_indices() {
        for d in 0..f.case.horizon.days {
            let day = inside.day(p, d);
            if f.shift(p, d).is_none() && !day.pieces.is_empty() {
                let minutes: Minute = day.pieces.iter().map(|x| x.time.len()).sum();
                say(f, out, p, d, minutes.max(1), "duties on a day without a shift", "当天没有班次却有安排");
            }
        }
        two_places_across_days(f, inside, p, out);
    }
    for (p, d, s) in worked(f) {
        let day = inside.day(p, d);
        segments(f, out, (p, d, s), day);
        outside(f, out, (p, d, s), day);
        overlaps(f, out, (p, d, s), day);
        skills(f, out, (p, d), day);
    }
}

/// Notes a finding of so many minutes.
fn say(f: &Facts<'_>, out: &mut Findings, p: PersonIx, d: usize, minutes: Minute, en: &str, zh: &str) {
    let (id, date) = (&f.person(p).id, f.date(d as i64));
    let what = Text::new(
        format!("{id} on {date}: {en} ({})", counted(minutes, "minute", "minutes")),
        format!("{id} 在 {date}：{zh}（{minutes} 分钟）"),
    );
    out.broken(Fact::Duties, Place::day(f, p, d as i64), i64::from(minutes), what, None);
}

/// Minutes of the segments without any activity.
fn segments(f: &Facts<'_>, out: &mut Findings, (p, d, s): (PersonIx, usize, ShiftIx), day: &PersonDay<'_>) {
    let covered = day.times(|a| *a != Activity::Tail);
    for &segment in &f.case.shift(s).times {
        for gap in without(&[segment], &covered) {
            let c = clocks(gap);
            say(f, out, p, d, gap.len(), &format!("nothing to do in {c}"), &format!("{c} 没有安排"));
        }
    }
}

/// Tail and early arrival as they must be, no channel or meal outside the segments.
fn outside(f: &Facts<'_>, out: &mut Findings, (p, d, s): (PersonIx, usize, ShiftIx), day: &PersonDay<'_>) {
    let shift = f.case.shift(s);
    let tail = Span::new(shift.end(), shift.end() + shift.tail_minutes);
    let tails = day.times(|a| *a == Activity::Tail);
    let wrong = length(&without(&tails, &[tail])) + length(&without(&[tail], &tails));
    let c = clocks(tail);
    say(f, out, p, d, wrong, &format!("the tail is not {c}"), &format!("延时不是 {c}"));

    let busy = day.times(|a| matches!(a, Activity::Channel(_) | Activity::Meal));
    for part in without(&busy, &shift.times) {
        let c = clocks(part);
        say(
            f,
            out,
            p,
            d,
            part.len(),
            &format!("work outside the shift in {c}"),
            &format!("{c} 在班次之外有安排"),
        );
    }

    let (minutes, early) = f.handover(p, s, d);
    if early {
        let arrival = Span::new(shift.start() - minutes, shift.start());
        let here = day.times(|a| matches!(a, Activity::Handover | Activity::Meeting(_)));
        let missing = length(&without(&[arrival], &here));
        let c = clocks(arrival);
        say(f, out, p, d, missing, &format!("no early arrival in {c}"), &format!("{c} 没有提前到岗"));
    }
}

/// Two activities at once. A meeting outside the shift may lie over the early arrival or the tail.
fn overlaps(f: &Facts<'_>, out: &mut Findings, (p, d, s): (PersonIx, usize, ShiftIx), day: &PersonDay<'_>) {
    let times = &f.case.shift(s).times;
    let mut furthest: Option<Piece<'_>> = None;
    for piece in &day.pieces {
        if piece.time.is_empty() {
            let c = clocks(piece.time);
            say(f, out, p, d, 1, &format!("a stretch without a minute ({c})"), &format!("空的时段（{c}）"));
            continue;
        }
        if let Some(before) = furthest {
            let both = [before.time.start.max(piece.time.start), before.time.end.min(piece.time.end)];
            let both = Span::new(both[0], both[1]);
            let counted = if may_meet(before.activity, piece.activity) {
                length(&super::spans::inside(times, both))
            } else {
                both.len()
            };
            if counted > 0 {
                let c = clocks(both);
                say(
                    f,
                    out,
                    p,
                    d,
                    counted,
                    &format!("two activities at once in {c}"),
                    &format!("{c} 同时有两项安排"),
                );
            }
        }
        if furthest.is_none_or(|x| piece.time.end > x.time.end) {
            furthest = Some(*piece);
        }
    }
}

/// Whether two activities may lie over each other outside of the shift.
fn may_meet(a: &Activity, b: &Activity) -> bool {
    let frame = |x: &Activity| matches!(x, Activity::Handover | Activity::Tail);
    let meeting = |x: &Activity| matches!(x, Activity::Meeting(_));
    (frame(a) && meeting(b)) || (meeting(a) && frame(b))
}

fn skills(f: &Facts<'_>, out: &mut Findings, (p, d): (PersonIx, usize), day: &PersonDay<'_>) {
    for piece in &day.pieces {
        let Activity::Channel(c) = piece.activity else { continue };
        if !f.person(p).serves(*c) || c.ix() >= f.case.channels.len() {
            let name = f.case.channels.get(c.ix()).map_or("?", |c| c.name.as_str());
            let (en, zh) = (format!("cannot serve {name}"), format!("没有 {name} 技能"));
            say(f, out, p, d, piece.time.len(), &en, &zh);
        }
    }
}

/// Stretches of two days at the same time, early arrivals apart: who is still at work need not come.
fn two_places_across_days(f: &Facts<'_>, inside: &Inside<'_>, p: PersonIx, out: &mut Findings) {
    // Before any minute that a duty can have.
    let mut until = -4 * DAY_MINUTES;
    for d in 0..f.case.horizon.days {
        let mut end = until;
        let times = f.shift(p, d).map_or(&[][..], |s| &f.case.shift(s).times);
        let mut both = 0;
        for piece in &inside.day(p, d).pieces {
            // Of a handover the part inside the shift: who is still at work need not come early.
            let parts = match piece.activity {
                Activity::Handover => times.iter().flat_map(|t| inside_of(&[piece.time], *t)).collect(),
                _ => vec![piece.time],
            };
            for time in parts.into_iter().map(|t| absolute(d, t)) {
                both += Span::new(time.start, time.end.min(until)).len();
            }
            end = end.max(absolute(d, piece.time).end);
        }
        if both > 0 {
            say(f, out, p, d, both, "still busy with the day before", "前一天的安排尚未结束");
        }
        until = end;
    }
}
