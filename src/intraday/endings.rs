//! Last channels: a leaver ends on a channel that the receiver has. Where the flow does not offer that, a minute a
//! person is *reserved*: taken out of the flow and put on such a channel.

use super::derive::pair_up;
use super::frame::{Cluster, NONE, open_sinks};
use super::settle::Settled;
use super::state::{Share, State};

/// People of a class whose last minute before an event has to be on certain channels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// The event.
    pub(super) event: usize,
    /// Class of the leavers.
    pub(super) class: usize,
    /// The first of them in the class.
    pub(super) first: i64,
    /// How many.
    pub(super) people: i64,
    /// Slot of that minute; `None` when they are never on the queue in the segment.
    pub(super) slot: Option<usize>,
    /// Channels to choose from.
    pub(super) channels: Vec<usize>,
    /// The channels chosen, each for a number of people in order.
    pub(super) chosen: Vec<(usize, i64)>,
}

/// Minutes of a source that are put on a sink outside the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reserve {
    /// Cluster.
    pub(super) cluster: usize,
    /// Source inside the cluster.
    pub(super) source: usize,
    /// Source of the minutes on the channel in the slot ([`super::frame::Frame::home`]).
    pub(super) home: u32,
    /// Minutes.
    pub(super) minutes: i64,
}

/// People of a class, from one on, with the last slot on the queue before an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Party {
    pub(super) class: usize,
    pub(super) first: i64,
    pub(super) people: i64,
    pub(super) slot: Option<usize>,
}

/// The people of a class by their last slot on the queue in the segment that ends with an event.
pub(super) fn parties(state: &State<'_>, class: usize, event: usize) -> Vec<Party> {
    let people = state.eaters[class];
    if people == 0 {
        return Vec::new();
    }
    let Some((from, end)) = before(state, class, event) else {
        return vec![Party { class, first: 0, people, slot: None }];
    };
    let slot = (from..end).rev().find(|&s| state.frame.class_on(class, s));
    let touches = |r: (usize, usize)| slot.unwrap_or(from) < r.1 && r.0 < end;
    let decided = state.decided();
    let mut meetings = state.day.meetings.iter().enumerate();
    let mut received = state.received.iter().zip(&state.day.events);
    let plain = !meetings.any(|(m, x)| touches(x.slots) && decided.kept_of(m, class) > 0)
        && !received.any(|(r, e)| touches(e.slots) && r.iter().any(|x| x.0 == class))
        && !state.reading.iter().any(|r| r.class == class && touches(r.slots))
        && !state.tasked.iter().any(|t| t.class == class && touches(t.slots));
    if plain {
        return vec![Party { class, first: 0, people, slot }];
    }
    let mut list: Vec<Party> = Vec::new();
    for (j, person) in decided.people(class).iter().enumerate() {
        let slot = (from..end).rev().find(|&s| person.on(state.day, state.frame, class, s));
        match list.last_mut() {
            Some(last) if last.slot == slot => last.people += 1,
            _ => list.push(Party { class, first: j as i64, people: 1, slot }),
        }
    }
    list
}

/// Moves the last minutes of people who do a task then to where they are on the queue last.
pub(super) fn follow_tasks(state: &State<'_>, endings: &mut Vec<Ending>) {
    for ending in std::mem::take(endings) {
        let times = before(state, ending.class, ending.event);
        let Some((from, end)) = times.filter(|_| state.tasked.iter().any(|t| t.class == ending.class)) else {
            endings.push(ending);
            continue;
        };
        let people = state.decided().people(ending.class);
        let known = endings.len();
        for j in ending.first..ending.first + ending.people {
            let on = |&s: &usize| people[j as usize].on(state.day, state.frame, ending.class, s);
            let slot = (from..end).rev().find(on);
            match endings[known..].last_mut() {
                Some(last) if last.slot == slot => last.people += 1,
                _ => endings.push(Ending { first: j, people: 1, slot, ..ending.clone() }),
            }
        }
    }
}

/// Slots of the segment that ends with an event, from its first one to the handover.
fn before(state: &State<'_>, class: usize, event: usize) -> Option<(usize, usize)> {
    let e = &state.day.events[event];
    let g = state.frame.supply[class];
    let end = if e.slots.0 < e.slots.1 {
        e.slots.0
    } else {
        state.day.slots.partition_point(|s| s.end <= e.time.start)
    };
    let segment = state.day.supplies[g].segments.iter().find(|s| s.0 < end && end <= s.1)?;
    Some((segment.0, end))
}

/// Cluster, source and slot of a class's slot, where it is priced.
pub(super) fn source_at(
    state: &State<'_>,
    class: usize,
    slot: Option<usize>,
) -> Option<(usize, usize, usize)> {
    let slot = slot?;
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
pub(super) fn needed_endings(state: &State<'_>, event: usize, endings: &mut Vec<Ending>) {
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
    let choosy = |g: &usize| state.counts[*g] > 0 && frame.skills[frame.skill[*g]].len() > 1;
    if !e.leavers.iter().any(choosy) {
        return;
    }
    let mut pairs = pair_up(&state.leaving[event], &received, |a, b| frame.shares(a, b)).1;
    loosen(state, &state.leaving[event], &received, &mut pairs);
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
            let others = |r: usize| state.counts[r] > i64::from(r == g);
            let arrives =
                |c: usize| e.arrivals.iter().any(|&r| others(r) && frame.skills[frame.skill[r]].contains(&c));
            wanted.push((k, state.counts[g], common(&frame.skills[k], arrives)));
        }
    }
    // Nothing to see to when every channel of the leaver will do.
    if wanted.iter().all(|(k, _, channels)| channels.len() == frame.skills[*k].len()) {
        return;
    }
    let mut rest: Vec<Party> = e
        .leavers
        .iter()
        .filter(|&&g| state.counts[g] > 0)
        .flat_map(|&g| frame.classes(g))
        .flat_map(|class| parties(state, class, event))
        .collect();
    for (k, mut n, channels) in wanted {
        for party in rest.iter_mut().filter(|p| frame.skill[frame.supply[p.class]] == k) {
            let people = n.min(party.people);
            if people > 0 {
                let Party { class, first, slot, .. } = *party;
                party.people -= people;
                party.first += people;
                n -= people;
                if channels.len() < frame.skills[k].len() {
                    let (channels, chosen) = (channels.clone(), Vec::new());
                    endings.push(Ending { event, class, first, people, slot, channels, chosen });
                }
            }
        }
    }
}

/// Exchanges receivers between pairs, and takes free ones, as long as that leaves leavers more channels to end on.
fn loosen(state: &State<'_>, leaving: &[Share], received: &[Share], pairs: &mut Vec<(usize, usize, i64)>) {
    let frame = state.frame;
    let (skills, n) = (&frame.skills, received.len());
    // Channels of a leaver on which they may not end; none where there is nothing in common.
    let barred = |i: usize, j: usize| {
        let (a, b) = (&skills[leaving[i].0], &skills[received[j].0]);
        let barred = a.iter().filter(|c| !b.contains(c)).count() as i64;
        (barred < a.len() as i64).then_some(barred)
    };
    let mut flow = vec![0i64; leaving.len() * n];
    let mut room: Vec<i64> = received.iter().map(|r| r.1).collect();
    for &(i, j, people) in pairs.iter() {
        flow[i * n + j] += people;
        room[j] -= people;
    }
    let better = |flow: &[i64], room: &[i64]| {
        for x in (0..flow.len()).filter(|&x| flow[x] > 0) {
            let (i, j) = (x / n, x % n);
            let now = barred(i, j)?;
            if let Some(m) = (0..n).find(|&m| room[m] > 0 && barred(i, m).is_some_and(|b| b < now)) {
                return Some((x, None, m, flow[x].min(room[m])));
            }
            for y in (0..flow.len()).filter(|&y| flow[y] > 0) {
                let (h, m) = (y / n, y % n);
                let after = barred(i, m).zip(barred(h, j)).map(|(a, b)| a + b);
                if after.is_some_and(|after| after < now + barred(h, m).unwrap_or(0)) {
                    return Some((x, Some(y), m, flow[x].min(flow[y])));
                }
            }
        }
        None
    };
    // Every change bars fewer channels.
    while let Some((x, other, m, people)) = better(&flow, &room) {
        let (i, j) = (x / n, x % n);
        flow[x] -= people;
        flow[i * n + m] += people;
        if let Some(y) = other {
            flow[y] -= people;
            flow[y / n * n + j] += people;
        } else {
            room[j] += people;
            room[m] -= people;
        }
    }
    *pairs = (0..flow.len()).filter(|&x| flow[x] > 0).map(|x| (x / n, x % n, flow[x])).collect();
}

fn common(channels: &[usize], other: impl Fn(usize) -> bool) -> Vec<usize> {
    channels.iter().copied().filter(|&c| other(c)).collect()
}

/// Chooses the channel of every ending; reserves minutes where the flow does not offer it.
pub(super) fn reserve(state: &mut State<'_>, settled: &mut Settled) {
    let people: i64 = settled.endings.iter().map(|e| e.people).sum();
    let mut held: Vec<Vec<(usize, i64)>> = vec![Vec::new(); settled.endings.len()];
    // Every round but the last reserves a minute for somebody at least.
    for _ in 0..=people {
        let mut claimed: Vec<(usize, usize, u32, i64)> = Vec::new();
        let mut changed = false;
        for (ending, held) in settled.endings.iter_mut().zip(&mut held) {
            ending.chosen.clone_from(held);
            let mut missing = ending.people - held.iter().map(|h| h.1).sum::<i64>();
            let Some((cluster, source, slot)) = source_at(state, ending.class, ending.slot) else {
                ending.chosen.push((ending.channels[0], missing));
                continue;
            };
            let frame = state.frame;
            let mut homes: Vec<(u32, usize)> =
                ending.channels.iter().map(|&c| (frame.home[c * frame.slots + slot], c)).collect();
            homes.sort_unstable();
            homes.dedup_by_key(|h| h.0);
            let Cluster { intervals, network, .. } = &frame.clusters[cluster];
            let n = network.sinks.len();
            let day = state.day;
            let minutes = &state.flow(cluster).minutes[source * n..(source + 1) * n];
            for &(home, channel) in &homes {
                let same = |c: &&(usize, usize, u32, i64)| (c.0, c.1, c.2) == (cluster, source, home);
                let taken: i64 = claimed.iter().filter(same).map(|c| c.3).sum();
                let there: i64 = open_sinks(day, intervals, slot, channel).iter().map(|&j| minutes[j]).sum();
                let take = missing.min((there - taken).max(0));
                if take > 0 {
                    claimed.push((cluster, source, home, take));
                    ending.chosen.push((channel, take));
                    missing -= take;
                }
            }
            let spare = state.minutes[state.frame.clusters[cluster].offset + source];
            let minutes = missing.min(spare);
            if minutes > 0 {
                let home = cheapest(state, cluster, source, &homes, minutes);
                shift(state, cluster, source, home, minutes);
                settled.reserves.push(Reserve { cluster, source, home, minutes });
                let channel = homes.iter().find(|h| h.0 == home).map_or(ending.channels[0], |h| h.1);
                held.push((channel, minutes));
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

/// Where minutes of a source cost least: the home of one of the channels.
fn cheapest(
    state: &mut State<'_>,
    cluster: usize,
    source: usize,
    homes: &[(u32, usize)],
    minutes: i64,
) -> u32 {
    let mut best = (i64::MAX, homes[0].0);
    for &(home, _) in homes {
        let before = state.total;
        shift(state, cluster, source, home, minutes);
        best = best.min((state.total, home));
        shift(state, cluster, source, home, -minutes);
        debug_assert_eq!(before, state.total);
    }
    best.1
}

/// Moves minutes from a source to the one of a channel. Minutes without a home leave the flow.
fn shift(state: &mut State<'_>, cluster: usize, source: usize, home: u32, minutes: i64) {
    state.shift_minutes(cluster, source, home, minutes);
    state.refresh();
}
