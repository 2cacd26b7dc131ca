//! Handovers of one end of shifts in batches: some pairs hand over earlier, so that not everybody is off the queue at once.
//!
//! The price of a day is known before ([`crate::intraday::evaluate`]): everybody hands over in the last minutes. Here a
//! pair may exchange these minutes for an equal stretch on the queue before them, inside one interval of every channel
//! concerned. What each interval has in minutes stays the same, so does the price; what changes is how many people are
//! on the queue at the same moment.

use super::pairs::Pairs;
use super::{receivers, steps};
use crate::base::index::PersonIx;
use crate::base::{DAY_MINUTES, Minute, Span};
use crate::model::{Activity, Case, Duty, Handover, HandoverKind};
use crate::problem::DayProblem;
use std::collections::BTreeMap;

/// Of so many handovers in a slot at most, receivers are exchanged too.
const FEW: usize = 8;

/// A receiver with everybody who hands over to them in a slot.
pub(super) struct Unit {
    /// Indices of the handovers.
    pub(super) handovers: Vec<usize>,
    /// Numbers of slots by which it can be brought forward.
    pub(super) steps: Vec<i32>,
    /// Whose duties change with it: day of the shift and person.
    pub(super) keys: Vec<(usize, PersonIx)>,
}

/// What is required when and when meetings are, minutes of the horizon.
struct Times {
    intervals: Vec<Vec<Span>>,
    meetings: Vec<Span>,
}

/// Everybody's duties by day and person.
pub(super) type Lines = BTreeMap<(usize, PersonIx), Vec<Duty>>;

/// Brings pairs forward; whether there were any.
pub(super) fn stagger(
    case: &Case,
    days: &[&DayProblem],
    pairs: &Pairs<'_>,
    lines: &mut Lines,
    handovers: &mut [Handover],
) -> bool {
    let mut slots: BTreeMap<(Minute, Minute), Vec<usize>> = BTreeMap::new();
    for (i, h) in handovers.iter().enumerate().filter(|(_, h)| h.kind == HandoverKind::Overlap) {
        let time = absolute(h.day, h.time);
        if h.to.is_some() && !time.is_empty() {
            slots.entry((time.start, time.end)).or_default().push(i);
        }
    }
    slots.retain(|_, list| list.iter().any(|&i| handovers[i].to != handovers[list[0]].to));
    if slots.is_empty() {
        return false;
    }
    let times = Times::new(case, days);
    for ((start, end), list) in slots {
        let slot = Slot { case, days, times: &times, time: Span::new(start, end), handovers: &list };
        let mut choice = slot.choose(lines, handovers);
        while choice.short > 0 && list.len() <= FEW {
            let Some(better) = receivers::change(&slot, pairs, lines, handovers, &choice) else { break };
            choice = better;
        }
        for (unit, &step) in choice.units.iter().zip(&choice.steps).filter(|(_, s)| **s > 0) {
            bring_forward(lines, slot.time, step, unit);
            for &i in &unit.handovers {
                let h = &mut handovers[i];
                let end = h.time.end;
                h.time = h.time.shifted(-step * h.time.len());
                h.note = super::notes::brought_forward(h.time.end, end);
            }
        }
    }
    true
}

/// Handovers that are due in the same minutes.
pub(super) struct Slot<'a> {
    pub(super) case: &'a Case,
    pub(super) days: &'a [&'a DayProblem],
    times: &'a Times,
    /// Minutes of the horizon.
    pub(super) time: Span,
    /// Indices of the handovers.
    pub(super) handovers: &'a [usize],
}

/// Batches for a slot.
pub(super) struct Choice {
    units: Vec<Unit>,
    steps: Vec<i32>,
    /// Price of the people missing at a moment.
    pub(super) short: i64,
}

impl Slot<'_> {
    /// The batches that suit the slot's pairs; duties and handovers are those of step 0.
    pub(super) fn choose(&self, lines: &Lines, handovers: &[Handover]) -> Choice {
        let mut receivers: BTreeMap<PersonIx, Vec<usize>> = BTreeMap::new();
        for &i in self.handovers {
            if let Some(to) = handovers[i].to {
                receivers.entry(to).or_default().push(i);
            }
        }
        let unit = |(to, list): (PersonIx, Vec<usize>)| {
            let steps = possible(self.times, lines, handovers, self.time, to, &list);
            let leavers = list.iter().map(|&i| (handovers[i].day, handovers[i].from));
            let receiver = day_of(lines, to, handovers[list[0]].day, self.time).map(|day| (day, to));
            Unit { keys: leavers.chain(receiver).collect(), handovers: list, steps }
        };
        let mut units: Vec<Unit> = receivers.into_iter().map(unit).collect();
        // Who has no choice comes first.
        units.sort_by_key(|u| (u.steps.len(), u.handovers[0]));
        let start = side_by_side(&units, handovers);
        let (short, steps) = steps::best(self, lines, handovers, &units, start);
        Choice { units, steps, short }
    }
}

/// For each unit a step, so that about as many people are off the queue in every batch and off each channel.
fn side_by_side(units: &[Unit], handovers: &[Handover]) -> Vec<i32> {
    let mut load: BTreeMap<(i32, Option<usize>), usize> = BTreeMap::new();
    let mut chosen = Vec::with_capacity(units.len());
    for unit in units {
        let channels = || unit.handovers.iter().map(|&i| handovers[i].channel.ix());
        let there = |k: i32, c: Option<usize>| load.get(&(k, c)).copied().unwrap_or(0);
        let busy = |&k: &i32| (channels().map(|c| there(k, Some(c))).sum::<usize>(), there(k, None), k);
        let step = unit.steps.iter().copied().min_by_key(busy).unwrap_or(0);
        for c in channels() {
            *load.entry((step, Some(c))).or_default() += 1;
        }
        *load.entry((step, None)).or_default() += 1 + unit.handovers.len();
        chosen.push(step);
    }
    chosen
}

/// Minutes of a day as minutes of the horizon.
pub(super) fn absolute(day: usize, time: Span) -> Span {
    time.shifted(day as Minute * DAY_MINUTES)
}

impl Times {
    fn new(case: &Case, days: &[&DayProblem]) -> Self {
        let mut times = Self { intervals: vec![Vec::new(); case.channels.len()], meetings: Vec::new() };
        for day in days {
            for i in day.intervals.iter().filter(|i| i.slots.0 < i.slots.1) {
                let span = Span::new(day.slots[i.slots.0].start, day.slots[i.slots.1 - 1].end);
                times.intervals[i.channel].push(absolute(day.first_day, span));
            }
            times.meetings.extend(day.meetings.iter().map(|m| absolute(day.first_day, m.time)));
        }
        times
    }
    /// Whether minutes on a channel may change places inside a stretch: it lies in one interval, or in none.
    fn one_interval(&self, channel: usize, stretch: Span) -> bool {
        let mut touching = self.intervals[channel].iter().filter(|i| i.overlap(stretch) > 0);
        touching.all(|i| i.contains(stretch))
    }
}

/// Slots by which a receiver and those who hand over to them can be brought forward; 0 always.
fn possible(
    times: &Times,
    lines: &Lines,
    handovers: &[Handover],
    slot: Span,
    to: PersonIx,
    list: &[usize],
) -> Vec<i32> {
    let mut steps = vec![0];
    let Some(receiver) = day_of(lines, to, handovers[list[0]].day, slot) else { return steps };
    for k in 1.. {
        let earlier = slot.shifted(-k * slot.len());
        let stretch = Span::new(earlier.start, slot.end);
        if times.meetings.iter().any(|m| m.overlap(stretch) > 0) {
            break;
        }
        let fits = |duty: &Duty| match duty.activity {
            Activity::Channel(c) => times.one_interval(c.ix(), stretch),
            _ => false,
        };
        let leaves = |&i: &usize| {
            let h = &handovers[i];
            // The channel handed over is served before the earlier slot too, and from there to the end they serve.
            let before = Span::new(earlier.start - 1, earlier.end);
            let own = |d: &Duty| d.activity == Activity::Channel(h.channel);
            let serves = |d: &Duty| matches!(d.activity, Activity::Channel(_));
            all_through(lines, (h.day, h.from), before, own)
                && all_through(lines, (h.day, h.from), Span::new(earlier.start, slot.start), serves)
                && times.one_interval(h.channel.ix(), stretch)
        };
        if all_through(lines, (receiver, to), earlier, fits) && list.iter().all(leaves) {
            steps.push(k);
        } else if !list.iter().all(leaves) {
            break;
        }
    }
    steps
}

/// Day of the shift in which somebody is on handover all through a slot.
fn day_of(lines: &Lines, person: PersonIx, near: usize, slot: Span) -> Option<usize> {
    let on = |d: &Duty| d.activity == Activity::Handover;
    (near.saturating_sub(1)..=near + 1).find(|&day| all_through(lines, (day, person), slot, on))
}

/// Whether every minute of a stretch is spent as wanted.
pub(super) fn all_through(
    lines: &Lines,
    key: (usize, PersonIx),
    stretch: Span,
    wanted: impl Fn(&Duty) -> bool,
) -> bool {
    let duties = lines.get(&key).map_or(&[][..], |l| l);
    let there = duties.iter().filter(|d| wanted(d)).map(|d| absolute(d.day, d.time).overlap(stretch));
    there.sum::<Minute>() == stretch.len()
}

/// Brings a unit's time off the queue forward by slots, or, done once more, back.
pub(super) fn bring_forward(lines: &mut Lines, slot: Span, step: i32, unit: &Unit) {
    for key in unit.keys.iter().filter(|_| step > 0) {
        if let Some(line) = lines.get_mut(key) {
            let time = slot.shifted(-(key.0 as Minute) * DAY_MINUTES);
            exchange(line, time.shifted(-step * time.len()), time);
        }
    }
}

/// Exchanges two stretches of a person's day of equal length.
fn exchange(line: &mut Vec<Duty>, first: Span, second: Span) {
    let mut parts: Vec<Duty> = Vec::with_capacity(line.len() + 4);
    for duty in line.drain(..) {
        let mut borders = vec![duty.time.start, duty.time.end];
        let inner = [first.start, first.end, second.start, second.end];
        borders.extend(inner.into_iter().filter(|&b| duty.time.start < b && b < duty.time.end));
        borders.sort_unstable();
        borders.dedup();
        for w in borders.windows(2) {
            let time = Span::new(w[0], w[1]);
            let by = second.start - first.start;
            let time = match () {
                () if first.contains(time) => time.shifted(by),
                () if second.contains(time) => time.shifted(-by),
                () => time,
            };
            parts.push(Duty { time, ..duty.clone() });
        }
    }
    parts.sort_by_key(|d| d.time);
    join(line, parts);
}

/// Puts stretches in order of time behind a line, those of one activity that touch as one.
pub(super) fn join(line: &mut Vec<Duty>, parts: Vec<Duty>) {
    for duty in parts {
        match line.last_mut() {
            Some(last) if last.activity == duty.activity && last.time.end == duty.time.start => {
                last.time.end = duty.time.end;
            }
            _ => line.push(duty),
        }
    }
}
