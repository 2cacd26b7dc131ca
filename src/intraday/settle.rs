//! Last channels and messages: what the order of time decides once the meals are known.
//!
//! A leaver ends on a channel that the receiver has. Where the flow does not offer that, a minute a person is
//! *reserved*: taken out of the flow and put on such a channel. Messages wait for the next segment that begins
//! with the channel; without a `handover_minutes` row their reader is off the queue in its first minutes.

use super::derive::pair_up;
use super::frame::NONE;
use super::state::{Reading, State};

/// People of a class whose last minute before an event has to be on certain channels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// The event.
    pub(super) event: usize,
    /// Class of the leavers.
    pub(super) class: usize,
    /// How many.
    pub(super) people: i64,
    /// Channels to choose from.
    pub(super) channels: Vec<usize>,
}

/// Minutes of a source that are put on a sink outside the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reserve {
    /// Cluster.
    pub(super) cluster: usize,
    /// Source inside the cluster.
    pub(super) source: usize,
    /// Sink inside the cluster.
    pub(super) sink: usize,
    /// Minutes.
    pub(super) minutes: i64,
}

/// Messages that nobody has read yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Carry {
    /// For each channel whether a message waits for the next one to start with it.
    pub pending: Vec<bool>,
}

/// What was settled.
#[derive(Clone, Debug, Default)]
pub(super) struct Settled {
    /// Endings that somebody's receiver needs.
    pub(super) endings: Vec<Ending>,
    /// Minutes put on a channel outside the flow.
    pub(super) reserves: Vec<Reserve>,
    /// Messages left over.
    pub(super) carry: Carry,
}

/// Who left a message last: a supply of this block, several, or somebody before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sender {
    Nobody,
    One(usize),
    Many,
}

/// Settles readers (only where somebody may read at a cost) and endings.
pub(super) fn settle(state: &mut State<'_>, carry: &Carry) -> Settled {
    let mut settled = Settled { carry: carry.clone(), ..Settled::default() };
    settled.carry.pending.resize(state.day.channels, false);
    if state.day.reads {
        read_messages(state, &mut settled);
    }
    for e in 0..state.day.events.len() {
        needed_endings(state, e, &mut settled.endings);
    }
    reserve(state, &mut settled);
    settled
}

/// Goes through ends and starts of segments in order of time.
fn read_messages(state: &mut State<'_>, settled: &mut Settled) {
    let day = state.day;
    let mut senders: Vec<Sender> =
        settled.carry.pending.iter().map(|&p| if p { Sender::Many } else { Sender::Nobody }).collect();
    let mut starts: Vec<(i32, usize, usize)> = Vec::new();
    for (g, s) in day.supplies.iter().enumerate().filter(|(g, _)| state.counts[*g] > 0) {
        for (i, &(a, b)) in s.segments.iter().enumerate().filter(|(_, s)| s.0 < s.1) {
            debug_assert!(a < b);
            starts.push((day.slots[a].start, g, i));
        }
    }
    starts.sort_unstable();
    let mut times: Vec<i32> =
        starts.iter().map(|s| s.0).chain(day.events.iter().map(|e| e.time.end)).collect();
    times.sort_unstable();
    times.dedup();
    let mut disturbed = false;
    for t in times {
        for e in (0..day.events.len()).filter(|&e| day.events[e].time.end == t) {
            if disturbed {
                state.receive(e);
                state.refresh();
            }
            leave_messages(state, e, settled, &mut senders);
        }
        let here: Vec<(usize, usize)> = starts.iter().filter(|s| s.0 == t).map(|s| (s.1, s.2)).collect();
        let readers = pick_readers(state, &here, &mut senders);
        if !readers.is_empty() && !disturbed {
            disturbed = true;
            for e in (0..day.events.len()).filter(|&e| day.events[e].time.end > t) {
                state.release(e);
            }
            state.refresh();
        }
        for r in readers {
            state.add_class(r.class, r.slots, -1);
            state.reading.push(r);
        }
        state.refresh();
    }
    settled.carry.pending = senders.iter().map(|s| *s != Sender::Nobody).collect();
}

/// Who of those who start now reads the waiting messages.
fn pick_readers(state: &State<'_>, here: &[(usize, usize)], senders: &mut [Sender]) -> Vec<Reading> {
    let day = state.day;
    let mut readers: Vec<Reading> = Vec::new();
    for (channel, sender) in senders.iter_mut().enumerate().filter(|(_, s)| **s != Sender::Nobody) {
        let serves = |g: usize| day.supplies[g].channels.contains(&channel);
        let own = |g: usize| *sender == Sender::One(g) && state.counts[g] == 1;
        let fitting: Vec<(usize, usize)> =
            here.iter().copied().filter(|&(g, _)| serves(g) && !own(g)).collect();
        if fitting.is_empty() {
            continue;
        }
        *sender = Sender::Nobody;
        if fitting.iter().any(|&(g, _)| day.supplies[g].early) {
            continue;
        }
        let reading =
            |class: usize, readers: &[Reading]| readers.iter().filter(|r| r.class == class).count() as i64;
        // Somebody who reads nothing yet, with a meal outside the reading time if possible.
        let fresh = fitting
            .iter()
            .flat_map(|&(g, i)| {
                let slots = day.supplies[g].reading[i];
                state.frame.classes(g).map(move |class| Reading { class, slots })
            })
            .filter(|r| state.eaters[r.class] > reading(r.class, &readers))
            .min_by_key(|r| state.frame.eats_in(r.class, r.slots));
        readers.extend(fresh);
    }
    readers
}

/// Leavers of an event who find nobody leave messages on the channels that the flow has them on.
fn leave_messages(state: &mut State<'_>, event: usize, settled: &mut Settled, senders: &mut [Sender]) {
    let e = &state.day.events[event];
    for &g in e.leavers.iter().filter(|&&g| state.counts[g] > 0) {
        let k = state.frame.skill[g];
        if !state.leaving[event].iter().any(|l| l.0 == k) || !receivers_of(state, event, k).is_empty() {
            continue;
        }
        for class in state.frame.classes(g) {
            let people = state.eaters[class];
            if people == 0 {
                continue;
            }
            for (channel, n) in last_channels(state, class, event, people) {
                senders[channel] = match senders[channel] {
                    _ if state.day.lone[channel] => Sender::Nobody,
                    Sender::Nobody => Sender::One(g),
                    Sender::One(h) if h == g => Sender::One(g),
                    _ => Sender::Many,
                };
                settled.endings.push(Ending { event, class, people: n, channels: vec![channel] });
            }
        }
    }
}

/// Channels on which people of a class end before an event, as few as the flow allows.
fn last_channels(state: &mut State<'_>, class: usize, event: usize, people: i64) -> Vec<(usize, i64)> {
    let k = state.frame.skill[state.frame.supply[class]];
    let channels = state.frame.skills[k].clone();
    let Some(&first) = channels.first() else { return Vec::new() };
    let Some((cluster, source, slot)) = last_source(state, class, event) else {
        return vec![(first, people)];
    };
    let sinks: Vec<usize> = channels.iter().map(|&c| sink_of(state, cluster, slot, c)).collect();
    let n = state.frame.clusters[cluster].network.sinks.len();
    let flow = state.flow(cluster);
    let mut minutes: Vec<(i64, usize)> =
        sinks.iter().zip(&channels).map(|(&j, &c)| (flow.minutes[source * n + j], c)).collect();
    minutes.sort_by_key(|m| (-m.0, m.1));
    let mut left = people;
    let mut result = Vec::new();
    for (available, channel) in minutes {
        let n = left.min(available);
        if n > 0 {
            result.push((channel, n));
            left -= n;
        }
    }
    if left > 0 {
        result.push((first, left));
    }
    result
}

/// The sink of a channel in a slot of a cluster; the free one when the channel is not open then.
pub(super) fn sink_of(state: &State<'_>, cluster: usize, slot: usize, channel: usize) -> usize {
    let intervals = &state.frame.clusters[cluster].intervals;
    intervals
        .iter()
        .position(|&i| {
            let v = &state.day.intervals[i];
            v.channel == channel && v.slots.0 <= slot && slot < v.slots.1
        })
        .unwrap_or(intervals.len())
}

/// The last slot on the queue of a class before an event, inside the segment that ends with it.
pub(super) fn last_slot(state: &State<'_>, class: usize, event: usize) -> Option<usize> {
    let e = &state.day.events[event];
    let g = state.frame.supply[class];
    let end = if e.slots.0 < e.slots.1 {
        e.slots.0
    } else {
        state.day.slots.partition_point(|s| s.end <= e.time.start)
    };
    let segment = state.day.supplies[g].segments.iter().find(|s| s.0 < end && end <= s.1)?;
    (segment.0..end).rev().find(|&s| state.frame.class_on(class, s))
}

/// Cluster, source and slot of that last slot, where it is priced.
fn last_source(state: &State<'_>, class: usize, event: usize) -> Option<(usize, usize, usize)> {
    let slot = last_slot(state, class, event)?;
    let k = state.frame.skill[state.frame.supply[class]];
    let source = state.frame.source[k * state.frame.slots + slot];
    (source != NONE).then(|| (state.frame.cluster[slot] as usize, source as usize, slot))
}

/// Skill sets that receive from a skill set in an event, with their numbers.
pub(super) fn receivers_of(state: &State<'_>, event: usize, skill: usize) -> Vec<(usize, i64)> {
    let mut sum: Vec<(usize, i64)> = Vec::new();
    for &(class, n) in &state.received[event] {
        let k = state.frame.skill[state.frame.supply[class]];
        if state.frame.shares(skill, k) {
            match sum.iter_mut().find(|s| s.0 == k) {
                Some(s) => s.1 += n,
                None => sum.push((k, n)),
            }
        }
    }
    sum
}

/// Endings that receivers at work and early arrivals need.
fn needed_endings(state: &State<'_>, event: usize, endings: &mut Vec<Ending>) {
    let frame = state.frame;
    let e = &state.day.events[event];
    let mut received: Vec<(usize, i64)> = Vec::new();
    for &(class, n) in &state.received[event] {
        let k = frame.skill[frame.supply[class]];
        match received.iter_mut().find(|s| s.0 == k) {
            Some(s) => s.1 += n,
            None => received.push((k, n)),
        }
    }
    let pairs = pair_up(&state.leaving[event], &received, |a, b| frame.shares(a, b)).1;
    let mut wanted: Vec<(usize, i64, Vec<usize>)> = Vec::new();
    for &(i, j, n) in &pairs {
        let (a, b) = (state.leaving[event][i].0, received[j].0);
        wanted.push((a, n, common(&frame.skills[a], |c| frame.skills[b].contains(&c))));
    }
    for &(k, n) in &state.leaving[event] {
        let paired: i64 = wanted.iter().filter(|w| w.0 == k).map(|w| w.1).sum();
        let any: Vec<usize> =
            common(&frame.skills[k], |c| received.iter().any(|r| frame.skills[r.0].contains(&c)));
        if n > paired && !any.is_empty() {
            wanted.push((k, n - paired, any));
        }
    }
    for &g in e.leavers.iter().filter(|&&g| state.counts[g] > 0) {
        let k = frame.skill[g];
        if !state.leaving[event].iter().any(|l| l.0 == k) {
            let arrives = |c: usize| {
                e.arrivals.iter().any(|&r| state.counts[r] > 0 && frame.skills[frame.skill[r]].contains(&c))
            };
            wanted.push((k, state.counts[g], common(&frame.skills[k], arrives)));
        }
    }
    let mut rest: Vec<(usize, i64)> = e
        .leavers
        .iter()
        .flat_map(|&g| frame.classes(g))
        .map(|class| (class, state.eaters[class]))
        .filter(|c| c.1 > 0)
        .collect();
    for (k, mut n, channels) in wanted {
        for (class, free) in rest.iter_mut().filter(|c| frame.skill[frame.supply[c.0]] == k) {
            let people = n.min(*free);
            if people > 0 {
                *free -= people;
                n -= people;
                // Nothing to see to when every channel of the leaver will do.
                if channels.len() < frame.skills[k].len() {
                    endings.push(Ending { event, class: *class, people, channels: channels.clone() });
                }
            }
        }
    }
}

fn common(channels: &[usize], other: impl Fn(usize) -> bool) -> Vec<usize> {
    channels.iter().copied().filter(|&c| other(c)).collect()
}

/// Reserves minutes where the flow does not offer an ending.
fn reserve(state: &mut State<'_>, settled: &mut Settled) {
    let mut held: Vec<i64> = vec![0; settled.endings.len()];
    for _ in 0..4 {
        let mut claimed: Vec<(usize, usize, usize, i64)> = Vec::new();
        let mut changed = false;
        for (i, ending) in settled.endings.iter().enumerate() {
            let Some((cluster, source, slot)) = last_source(state, ending.class, ending.event) else {
                continue;
            };
            let mut sinks: Vec<usize> =
                ending.channels.iter().map(|&c| sink_of(state, cluster, slot, c)).collect();
            sinks.sort_unstable();
            sinks.dedup();
            let n = state.frame.clusters[cluster].network.sinks.len();
            let mut missing = ending.people - held[i];
            for &j in &sinks {
                let taken: i64 =
                    claimed.iter().filter(|c| (c.0, c.1, c.2) == (cluster, source, j)).map(|c| c.3).sum();
                let there = state.flow(cluster).minutes[source * n + j] - taken;
                let take = missing.min(there.max(0));
                if take > 0 {
                    claimed.push((cluster, source, j, take));
                    missing -= take;
                }
            }
            let spare = state.minutes[state.frame.clusters[cluster].offset + source];
            let minutes = missing.min(spare);
            if minutes > 0 {
                let sink = cheapest(state, cluster, source, &sinks, minutes);
                shift(state, cluster, source, sink, minutes);
                settled.reserves.push(Reserve { cluster, source, sink, minutes });
                held[i] += minutes;
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

/// The sink on which minutes of a source cost least.
fn cheapest(state: &mut State<'_>, cluster: usize, source: usize, sinks: &[usize], minutes: i64) -> usize {
    let mut best = (i64::MAX, sinks[0]);
    for &sink in sinks {
        let before = state.total;
        shift(state, cluster, source, sink, minutes);
        best = best.min((state.total, sink));
        shift(state, cluster, source, sink, -minutes);
        debug_assert_eq!(before, state.total);
    }
    best.1
}

/// Moves minutes from a source to one that has only this sink. Minutes on the free sink leave the flow.
fn shift(state: &mut State<'_>, cluster: usize, source: usize, sink: usize, minutes: i64) {
    state.shift_minutes(cluster, source, sink, minutes);
    state.refresh();
}
