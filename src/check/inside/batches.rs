//! `handover`: an overlap that takes place before the last minutes of the outgoing segment.
//!
//! Batches: the outgoing person hands over a whole number of slots before the end and serves from then to the end; the
//! receiver hands over at the same time. What the other rules say of handovers (who may receive, how many at once, what
//! kind is due) they say of the end of the segment. So they are given the days as they would be without batches: the
//! two stretches of both people in each other's place.

use super::handovers::say;
use super::spans::{inside, length, without};
use super::{absolute, clocks, slot};
use crate::base::index::PersonIx;
use crate::base::{DAY_MINUTES, Minute, Span};
use crate::check::Facts;
use crate::check::findings::Findings;
use crate::model::{Activity, DayPlan, Duty, Handover, HandoverKind};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A handover that was brought forward.
struct Early<'a> {
    handover: usize,
    h: &'a Handover,
    /// The last minutes of the segment, minutes of the outgoing shift's day.
    last: Span,
}

/// Everybody's duties, as indices, by day and person.
type Lines = BTreeMap<(usize, PersonIx), Vec<usize>>;

/// The plan without batches; what is wrong with the batches is noted, and they are left as they are.
pub(super) fn without_batches<'a>(f: &Facts<'_>, plan: &'a DayPlan, out: &mut Findings) -> Cow<'a, DayPlan> {
    let early: Vec<Early<'a>> =
        plan.handovers.iter().enumerate().filter_map(|(i, h)| brought_forward(f, i, h)).collect();
    if early.is_empty() {
        return Cow::Borrowed(plan);
    }
    let mut lines: Lines = BTreeMap::new();
    for (i, d) in plan.duties.iter().enumerate() {
        lines.entry((d.day, d.person)).or_default().push(i);
    }
    let mut changed: BTreeSet<(usize, PersonIx, Span, Span)> = BTreeSet::new();
    let mut copy = plan.clone();
    for e in &early {
        let wrong = faults(plan, &lines, e);
        let receiver = e.h.to.and_then(|to| receiver_day(plan, &lines, e, to).map(|d| (d, to)));
        let (c, id) = (clocks(e.h.time), e.h.to.map_or("-", |q| f.person(q).id.as_str()));
        let mut tell = |en: String, zh: String| say(f, out, e.h.from, e.h.day, 1, &en, &zh);
        for (en, zh) in &wrong {
            tell(format!("{en} ({c})"), format!("{zh}（{c}）"));
        }
        let Some((day, to)) = receiver else {
            tell(
                format!("receiver {id} does not take over in {c} and serve later instead"),
                format!("接班人 {id} 在 {c} 没有接班，或之后没有补回接线"),
            );
            continue;
        };
        if !wrong.is_empty() {
            continue;
        }
        copy.handovers[e.handover].time = e.last;
        let back = (e.h.day as Minute - day as Minute) * DAY_MINUTES;
        changed.insert((e.h.day, e.h.from, e.h.time, e.last));
        changed.insert((day, to, e.h.time.shifted(back), e.last.shifted(back)));
    }
    let mut own: BTreeMap<(usize, PersonIx), Vec<Duty>> = BTreeMap::new();
    let touched: BTreeSet<(usize, PersonIx)> = changed.iter().map(|c| (c.0, c.1)).collect();
    copy.duties.retain(|d| {
        let keep = !touched.contains(&(d.day, d.person));
        if !keep {
            own.entry((d.day, d.person)).or_default().push(d.clone());
        }
        keep
    });
    for (day, person, first, second) in changed {
        if let Some(duties) = own.get_mut(&(day, person)) {
            *duties = exchanged(duties, first, second);
        }
    }
    copy.duties.extend(own.into_values().flatten());
    Cow::Owned(copy)
}

/// Whether a handover is an overlap inside a segment, a whole number of slots before its end.
fn brought_forward<'a>(f: &Facts<'_>, handover: usize, h: &'a Handover) -> Option<Early<'a>> {
    let s = (h.day < f.case.horizon.days).then(|| f.shift(h.from, h.day)).flatten()?;
    let minutes = f.handover(h.from, s, h.day).0;
    let times = &f.case.shift(s).times;
    let segment = *times.iter().find(|t| t.contains(h.time) && t.end > h.time.end)?;
    let last = slot(segment, minutes);
    let steps =
        !last.is_empty() && h.time.len() == last.len() && (last.start - h.time.start) % last.len() == 0;
    // Of a segment that ends in this one only one of the two handovers is it.
    (h.kind == HandoverKind::Overlap && steps && times.iter().all(|t| t.end != h.time.end)).then_some(Early {
        handover,
        h,
        last,
    })
}

fn times(plan: &DayPlan, lines: &Lines, key: (usize, PersonIx), is: impl Fn(&Activity) -> bool) -> Vec<Span> {
    let own = lines.get(&key).map_or(&[][..], |l| l);
    own.iter().map(|&i| &plan.duties[i]).filter(|d| is(&d.activity)).map(|d| d.time).collect()
}

/// What is wrong on the outgoing side.
fn faults(plan: &DayPlan, lines: &Lines, e: &Early<'_>) -> Vec<(&'static str, &'static str)> {
    let key = (e.h.day, e.h.from);
    let serves = times(plan, lines, key, |a| matches!(a, Activity::Channel(_)));
    let hands = times(plan, lines, key, |a| *a == Activity::Handover);
    let own = times(plan, lines, key, |a| *a == Activity::Channel(e.h.channel));
    let mut wrong = Vec::new();
    if length(&without(&[e.h.time], &hands)) > 0 {
        wrong.push(("not on handover in a batch before the end", "提前批次的交接时段内未处于交接"));
    }
    if length(&without(&[Span::new(e.h.time.end, e.last.end)], &serves)) > 0 {
        wrong.push((
            "does not serve from an early batch to the end of the shift",
            "提前批次交接后没有接线到下班",
        ));
    }
    if length(&inside(&own, Span::new(e.h.time.start - 1, e.h.time.start))) == 0 {
        wrong.push((
            "hands over in an early batch a channel that is not the one last served",
            "提前批次交接的不是最后服务的渠道",
        ));
    }
    wrong
}

/// The day of the receiver's shift: on handover in the batch, on a channel in the last minutes.
fn receiver_day(plan: &DayPlan, lines: &Lines, e: &Early<'_>, to: PersonIx) -> Option<usize> {
    let near = e.h.day.saturating_sub(1)..=e.h.day + 1;
    near.into_iter().find(|&day| {
        let back = |t: Span| {
            let t = absolute(e.h.day, t);
            t.shifted(-(day as Minute) * DAY_MINUTES)
        };
        let hands = times(plan, lines, (day, to), |a| *a == Activity::Handover);
        let serves = times(plan, lines, (day, to), |a| matches!(a, Activity::Channel(_)));
        length(&without(&[back(e.h.time)], &hands)) == 0 && length(&without(&[back(e.last)], &serves)) == 0
    })
}

/// A person's day with two stretches of equal length in each other's place.
fn exchanged(duties: &[Duty], first: Span, second: Span) -> Vec<Duty> {
    let by = second.start - first.start;
    let mut moved = Vec::with_capacity(duties.len() + 4);
    for d in duties {
        let piece = |time: Span| Duty { time, ..d.clone() };
        if d.time.is_empty() {
            moved.push(d.clone());
        }
        moved.extend(inside(&[d.time], first).into_iter().map(|t| piece(t.shifted(by))));
        moved.extend(inside(&[d.time], second).into_iter().map(|t| piece(t.shifted(-by))));
        moved.extend(without(&[d.time], &[first, second]).into_iter().filter(|t| !t.is_empty()).map(piece));
    }
    moved
}
