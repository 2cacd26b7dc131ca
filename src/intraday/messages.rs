//! Messages wait for the next segment that begins with the channel; without a `handover_minutes` row their reader is
//! off the queue in its first minutes. Who left a message and comes back alone for a later segment of the same shift
//! does not read it again.

use super::endings::{Ending, Party, parties, receivers_of, source_at};
use super::frame::{Cluster, open_sinks};
use super::settle::Settled;
use super::state::{Reading, State};
use crate::base::{DAY_MINUTES, Minute};

/// Who left a message last: a supply of this block, several, or somebody before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sender {
    Nobody,
    One(usize),
    Many,
}

/// Messages of a channel that wait.
#[derive(Clone, Debug)]
struct Waiting {
    sender: Sender,
    /// When they were left, minutes of the block.
    since: Vec<Minute>,
}

/// Goes through ends and starts of segments in order of time.
pub(super) fn read_messages(state: &mut State<'_>, settled: &mut Settled) {
    let day = state.day;
    let begin = day.first_day as Minute * DAY_MINUTES;
    let mut waiting = vec![Waiting { sender: Sender::Nobody, since: Vec::new() }; day.channels];
    let carried = std::mem::take(&mut settled.carry.pending);
    let mut starts: Vec<(i32, usize, usize)> = Vec::new();
    for (g, s) in day.supplies.iter().enumerate().filter(|(g, _)| state.counts[*g] > 0) {
        for (i, &(a, b)) in s.segments.iter().enumerate().filter(|(_, s)| s.0 < s.1) {
            debug_assert!(a < b);
            starts.push((day.slots[a].start, g, i));
        }
    }
    starts.sort_unstable();
    let mut times: Vec<i32> = starts
        .iter()
        .map(|s| s.0)
        .chain(day.events.iter().map(|e| e.time.end))
        .chain(carried.iter().flatten().map(|t| t - begin))
        .collect();
    times.sort_unstable();
    times.dedup();
    let mut disturbed = false;
    for t in times {
        for (w, times) in waiting.iter_mut().zip(&carried) {
            if times.contains(&(t + begin)) {
                w.sender = Sender::Many;
                w.since.push(t);
            }
        }
        for e in (0..day.events.len()).filter(|&e| day.events[e].time.end == t) {
            if disturbed {
                state.receive(e);
                state.refresh();
            }
            leave_messages(state, e, settled, &mut waiting);
        }
        let here: Vec<(usize, usize)> = starts.iter().filter(|s| s.0 == t).map(|s| (s.1, s.2)).collect();
        let readers = pick_readers(state, &here, &mut waiting);
        if !readers.is_empty() && !disturbed {
            disturbed = true;
            for e in (0..day.events.len()).filter(|&e| day.events[e].time.end > t) {
                state.release(e);
            }
            state.refresh();
        }
        for r in readers {
            let k = state.frame.skill[state.frame.supply[r.class]];
            let person = state.decided().people(r.class).swap_remove(r.index);
            for s in r.slots.0..r.slots.1 {
                if person.on(day, state.frame, r.class, s) {
                    state.add(k, s, -1);
                }
            }
            state.reading.push(r);
        }
        state.refresh();
    }
    let end = begin
        + (day.supplies.iter().map(|s| s.day + 1 - day.first_day).max().unwrap_or(1)) as Minute * DAY_MINUTES;
    for w in &mut waiting {
        w.since.iter_mut().for_each(|t| *t = (*t + begin).max(end));
        w.since.sort_unstable();
        w.since.dedup();
    }
    settled.carry.pending = waiting.into_iter().map(|w| w.since).collect();
}

/// Who of those who start now reads the waiting messages.
fn pick_readers(state: &State<'_>, here: &[(usize, usize)], waiting: &mut [Waiting]) -> Vec<Reading> {
    let day = state.day;
    let mut readers: Vec<Reading> = Vec::new();
    for (channel, w) in waiting.iter_mut().enumerate().filter(|(_, w)| w.sender != Sender::Nobody) {
        let serves = |g: usize| day.supplies[g].channels.contains(&channel);
        let own = |g: usize| w.sender == Sender::One(g) && state.counts[g] == 1;
        let fitting: Vec<(usize, usize)> =
            here.iter().copied().filter(|&(g, _)| serves(g) && !own(g)).collect();
        if fitting.is_empty() {
            continue;
        }
        (w.sender, w.since) = (Sender::Nobody, Vec::new());
        if fitting.iter().any(|&(g, _)| day.supplies[g].early) {
            continue;
        }
        // Somebody who reads nothing yet, with a meal outside the reading time if possible.
        let fresh = fitting
            .iter()
            .flat_map(|&(g, i)| {
                let slots = day.supplies[g].reading[i];
                state.frame.classes(g).map(move |class| (class, slots))
            })
            .filter_map(|(class, slots)| fresh_reader(state, &readers, class, slots))
            .min_by_key(|(kept, r)| (state.frame.eats_in(r.class, r.slots), *kept));
        match fresh {
            Some((_, mut reader)) => {
                reader.channels.push(channel);
                readers.push(reader);
            }
            None => {
                if let Some(r) = readers.iter_mut().find(|r| serves(state.frame.supply[r.class])) {
                    r.channels.push(channel);
                }
            }
        }
    }
    readers
}

/// Somebody of a class who does not read yet in these slots, and whether they are kept from a meeting then.
fn fresh_reader(
    state: &State<'_>,
    readers: &[Reading],
    class: usize,
    slots: (usize, usize),
) -> Option<(bool, Reading)> {
    let meetings = state.day.meetings.iter().enumerate();
    let decided = state.decided();
    let kept = meetings
        .filter(|(_, m)| m.slots.0.max(slots.0) < m.slots.1.min(slots.1))
        .map(|(m, _)| decided.kept_of(m, class))
        .max()
        .unwrap_or(0);
    let free = |j: &i64| {
        let reads = |r: &Reading| r.class == class && r.slots == slots && r.index as i64 == *j;
        !readers.iter().chain(&state.reading).any(reads)
    };
    let n = state.eaters[class];
    let index = (kept..n).find(free).or_else(|| (0..kept).find(free))?;
    Some((index < kept, Reading { class, index: index as usize, slots, channels: Vec::new() }))
}

/// Leavers of an event who find nobody leave messages on the channels that the flow has them on.
fn leave_messages(state: &mut State<'_>, event: usize, settled: &mut Settled, waiting: &mut [Waiting]) {
    let e = &state.day.events[event];
    for &g in e.leavers.iter().filter(|&&g| state.counts[g] > 0) {
        let k = state.frame.skill[g];
        if !state.leaving[event].iter().any(|l| l.0 == k) || !receivers_of(state, event, k).is_empty() {
            continue;
        }
        for party in state.frame.classes(g).flat_map(|c| parties(state, c, event)).collect::<Vec<_>>() {
            let mut first = party.first;
            for (channel, people) in last_channels(state, party) {
                let w = &mut waiting[channel];
                if !state.day.lone[channel] {
                    w.sender = match w.sender {
                        Sender::Nobody => Sender::One(g),
                        Sender::One(h) if h == g => Sender::One(g),
                        _ => Sender::Many,
                    };
                    w.since.push(e.time.end);
                }
                settled.endings.push(Ending {
                    event,
                    class: party.class,
                    first,
                    people,
                    slot: party.slot,
                    channels: vec![channel],
                    chosen: Vec::new(),
                });
                first += people;
            }
        }
    }
}

/// Channels on which a party ends, as few as the flow allows.
fn last_channels(state: &mut State<'_>, party: Party) -> Vec<(usize, i64)> {
    let k = state.frame.skill[state.frame.supply[party.class]];
    let channels = state.frame.skills[k].clone();
    let Some(&first) = channels.first() else { return Vec::new() };
    let Some((cluster, source, slot)) = source_at(state, party.class, party.slot) else {
        return vec![(first, party.people)];
    };
    let day = state.day;
    let Cluster { intervals, network, .. } = &state.frame.clusters[cluster];
    let n = network.sinks.len();
    let flow = &state.flow(cluster).minutes[source * n..(source + 1) * n];
    let on = |c: usize| open_sinks(day, intervals, slot, c).iter().map(|&j| flow[j]).sum::<i64>();
    let mut minutes: Vec<(i64, usize)> = channels.iter().map(|&c| (on(c), c)).collect();
    minutes.sort_by_key(|m| (-m.0, m.1));
    let mut left = party.people;
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
