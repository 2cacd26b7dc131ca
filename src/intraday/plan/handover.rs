//! Who hands over to whom: early arrivals, overlaps, messages, or nobody.

use super::messages::deliver;
use super::workers::Worker;
use super::{Staffed, notes};
use crate::base::index::{ChannelIx, PersonIx};
use crate::base::{DAY_MINUTES, Minute, Span};
use crate::model::{Case, Handover, HandoverKind};
use std::collections::BTreeMap;

/// A segment that begins, in minutes of the horizon.
#[derive(Clone, Debug)]
pub(super) struct Start {
    pub(super) minute: Minute,
    pub(super) person: PersonIx,
    /// Day of the shift.
    pub(super) day: usize,
    pub(super) block: usize,
    pub(super) worker: usize,
    pub(super) early: bool,
    /// Minutes of their handovers, those by which they come early too.
    pub(super) minutes: Minute,
    pub(super) later_segment: bool,
    /// Channels whose messages they read off the queue.
    pub(super) reads: Vec<usize>,
}

impl Start {
    /// Whether the person serves a channel.
    pub(super) fn serves(&self, staffed: &[Staffed<'_>], channel: usize) -> bool {
        let block = &staffed[self.block];
        block.day.supplies[block.workers[self.worker].supply].channels.contains(&channel)
    }
}

/// Somebody who hands over.
struct Leaver {
    worker: usize,
    person: PersonIx,
    /// Day of the shift.
    day: usize,
    channel: usize,
}

/// An answer to a leaver.
struct Taken {
    kind: HandoverKind,
    to: PersonIx,
    backup: Option<PersonIx>,
}

/// People who come early once more, for a later segment: block, worker, minute of the horizon.
pub(super) type Again = Vec<(usize, usize, Minute)>;

/// All handovers, sorted by day, start, channel and outgoing person, without batch numbers; people who come early for a second segment
/// get that minute noted.
pub(super) fn pass_on(case: &Case, staffed: &mut [Staffed<'_>]) -> Vec<Handover> {
    let starts = starts(staffed);
    let mut handovers = Vec::new();
    let mut again: Again = Vec::new();
    for b in 0..staffed.len() {
        let block = &staffed[b];
        let shift = block.day.first_day as Minute * DAY_MINUTES;
        for e in 0..block.day.events.len() {
            let mut leavers = leavers(block, e);
            if leavers.is_empty() {
                continue;
            }
            let slot = block.day.events[e].time.shifted(shift);
            let mut answers = early(staffed, &starts, b, &mut leavers, slot, &mut again);
            overlap(block, e, &mut leavers, &mut answers);
            for (leaver, answer) in leavers.iter().zip(answers) {
                let back = (leaver.day as Minute - block.day.first_day as Minute) * DAY_MINUTES;
                let time = block.day.events[e].time.shifted(-back);
                let channel = ChannelIx::new(leaver.channel);
                let others = |p: PersonIx| p != leaver.person && case.person(p).serves(channel);
                let kind = match &answer {
                    Some(taken) => taken.kind,
                    None if case.person_indices().any(others) => HandoverKind::Message,
                    None => HandoverKind::None,
                };
                handovers.push(Handover {
                    batch: String::new(),
                    day: leaver.day,
                    time,
                    channel,
                    kind,
                    from: leaver.person,
                    to: answer.as_ref().map(|a| a.to),
                    backup: answer.and_then(|a| a.backup),
                    note: notes::note(kind, time.end),
                });
            }
        }
    }
    deliver(case, staffed, &starts, &mut handovers, &mut again);
    for (b, w, minute) in again {
        let first = staffed[b].day.first_day as Minute * DAY_MINUTES;
        let list = &mut staffed[b].workers[w].comes_again;
        if !list.contains(&(minute - first)) {
            list.push(minute - first);
        }
    }
    handovers.sort_by_key(|h| (h.day, h.time.start, h.channel, h.from));
    handovers
}

/// All starts of segments in order of time, then of people.
fn starts(staffed: &[Staffed<'_>]) -> Vec<Start> {
    let mut list = Vec::new();
    for (b, block) in staffed.iter().enumerate() {
        let shift = block.day.first_day as Minute * DAY_MINUTES;
        for (i, w) in block.workers.iter().enumerate() {
            let supply = &block.day.supplies[w.supply];
            for (n, &(from, to)) in supply.segments.iter().enumerate().filter(|(_, s)| s.0 < s.1) {
                debug_assert!(from < to);
                let reads = w.reads.iter().filter(|r| r.0 == supply.reading[n]);
                list.push(Start {
                    minute: block.day.slots[from].start + shift,
                    person: w.person,
                    day: supply.day,
                    block: b,
                    worker: i,
                    early: supply.early,
                    minutes: supply.handover,
                    later_segment: n > 0,
                    reads: reads.flat_map(|r| r.1.iter().copied()).collect(),
                });
            }
        }
    }
    list.sort_by_key(|s| (s.minute, s.person));
    list
}

/// Who hands over in an event, by person, with the channel last served in the segment.
fn leavers(block: &Staffed<'_>, event: usize) -> Vec<Leaver> {
    let e = &block.day.events[event];
    let channel = |w: &Worker| {
        let supply = &block.day.supplies[w.supply];
        let begins = |s: &&(usize, usize)| block.day.slots[s.0].start < e.time.end;
        let from = supply.segments.iter().filter(begins).map(|s| block.day.slots[s.0].start).max();
        let served = w.served.iter().filter(|s| s.0.end <= e.time.end);
        let last = served.max_by_key(|s| s.0.end);
        let in_segment = last.filter(|s| from.is_some_and(|from| s.0.end > from)).map(|s| s.1);
        let wanted = || w.endings.iter().find(|x| x.0 == event).map(|x| x.1);
        in_segment.or_else(wanted).or(last.map(|s| s.1)).or_else(|| supply.channels.first().copied())
    };
    let mut list: Vec<Leaver> = block
        .workers
        .iter()
        .enumerate()
        .filter(|(_, w)| e.leavers.contains(&w.supply))
        .filter_map(|(worker, w)| {
            let day = block.day.supplies[w.supply].day;
            channel(w).map(|channel| Leaver { worker, person: w.person, day, channel })
        })
        .collect();
    list.sort_by_key(|l| l.person);
    list
}

/// People who start when the leavers go and come early take over, evenly. Whoever starts the next shift at that very
/// minute relieves themselves when nobody else comes. Who comes less early than the handover takes does not.
fn early(
    staffed: &[Staffed<'_>],
    starts: &[Start],
    block: usize,
    leavers: &mut [Leaver],
    slot: Span,
    again: &mut Again,
) -> Vec<Option<Taken>> {
    let end = slot.end;
    let from = starts.partition_point(|s| s.minute < end);
    let here = starts[from..].iter().take_while(|s| s.minute == end);
    let arrivals: Vec<&Start> = here.filter(|s| s.early && s.minutes >= slot.len()).collect();
    let mut fits: Vec<Vec<usize>> = Vec::new();
    for l in leavers.iter_mut() {
        let able = |channel: usize, who: &dyn Fn(&Start) -> bool| -> Vec<usize> {
            (0..arrivals.len())
                .filter(|&a| who(arrivals[a]) && arrivals[a].serves(staffed, channel))
                .collect()
        };
        let person = l.person;
        let mut list = able(l.channel, &|s| s.person != person);
        if list.is_empty() {
            // Nobody has the channel last served; somebody of the same block may have another one of the leaver's.
            let own = &staffed[block].day.supplies[staffed[block].workers[l.worker].supply].channels;
            let other = |c: &usize| {
                let able = able(*c, &|s| s.person != person && s.block == block);
                (!able.is_empty()).then_some((*c, able))
            };
            if let Some((channel, able)) = own.iter().find_map(other) {
                (l.channel, list) = (channel, able);
            }
        }
        if list.is_empty() {
            let day = l.day;
            list = able(l.channel, &|s| s.person == person && s.day != day);
        }
        fits.push(list);
    }
    let given = evenly(&fits, arrivals.len());
    let mut answers = Vec::with_capacity(leavers.len());
    for (i, a) in given.iter().enumerate() {
        answers.push(a.map(|a| {
            let start = arrivals[a];
            if start.later_segment {
                again.push((start.block, start.worker, end));
            }
            Taken {
                kind: HandoverKind::EarlyArrival,
                to: start.person,
                backup: fits[i].iter().find(|&&b| b != a).map(|&b| arrivals[b].person),
            }
        }));
    }
    answers
}

/// Receivers at work: distinct ones as far as they reach, then load even.
fn overlap(block: &Staffed<'_>, event: usize, leavers: &mut [Leaver], answers: &mut [Option<Taken>]) {
    let day = block.day;
    let channels = |w: usize| &day.supplies[block.workers[w].supply].channels;
    let mut able: Vec<usize> =
        (0..block.workers.len()).filter(|&i| block.workers[i].roles.receives.contains(&event)).collect();
    able.sort_by_key(|&i| block.workers[i].person);
    if able.is_empty() {
        return;
    }
    let open: Vec<usize> = (0..leavers.len()).filter(|&i| answers[i].is_none()).collect();
    let with = |c: usize| (0..able.len()).filter(|&r| channels(able[r]).contains(&c)).collect::<Vec<_>>();
    let mut fits: Vec<Vec<usize>> = open.iter().map(|&i| with(leavers[i].channel)).collect();
    let mut given = evenly(&fits, able.len());
    let idle = |given: &[Option<usize>]| (0..able.len()).any(|r| !given.contains(&Some(r)));
    if given.contains(&None) || idle(&given) {
        // Some channel last served has no receiver of its own, another one of the leaver's has.
        for (i, list) in open.iter().zip(&mut fits) {
            let own = channels(leavers[*i].worker);
            *list = (0..able.len()).filter(|&r| own.iter().any(|c| channels(able[r]).contains(c))).collect();
        }
        given = evenly(&fits, able.len());
    }
    for (&i, r) in open.iter().zip(&given) {
        let Some(r) = *r else { continue };
        let own = channels(leavers[i].worker);
        if !channels(able[r]).contains(&leavers[i].channel) {
            let shared = own.iter().copied().find(|c| channels(able[r]).contains(c));
            leavers[i].channel = shared.unwrap_or(leavers[i].channel);
        }
        let channel = leavers[i].channel;
        let second = with(channel).into_iter().find(|&x| x != r).map(|x| able[x]);
        let second = second.or_else(|| bystander(block, event, channel, able[r]));
        answers[i] = Some(Taken {
            kind: HandoverKind::Overlap,
            to: block.workers[able[r]].person,
            backup: second.map(|w| block.workers[w].person),
        });
    }
}

/// Somebody else with the channel who is at work during an event and stays.
fn bystander(block: &Staffed<'_>, event: usize, channel: usize, not: usize) -> Option<usize> {
    let e = &block.day.events[event];
    let stays = |w: &Worker| {
        e.receivers.contains(&w.supply) && block.day.supplies[w.supply].channels.contains(&channel)
    };
    (0..block.workers.len())
        .filter(|&i| i != not && stays(&block.workers[i]))
        .min_by_key(|&i| block.workers[i].person)
}

/// Gives every item to one of those it fits, loads as even as can be: no item can pass along a chain from somebody to
/// another with two less (optimal semi-matchings: Harvey, Ladner, Lovász and Tamir 2006). As many people as possible
/// get one.
fn evenly(fits: &[Vec<usize>], people: usize) -> Vec<Option<usize>> {
    let mut load = vec![0usize; people];
    let mut given: Vec<Option<usize>> = Vec::with_capacity(fits.len());
    for list in fits {
        let least = list.iter().copied().min_by_key(|&r| (load[r], r));
        if let Some(r) = least {
            load[r] += 1;
        }
        given.push(least);
    }
    let relieved = |given: &[Option<usize>], load: &[usize]| {
        (0..people).filter(|&q| load[q] > 1).find_map(|q| relief(q, fits, given, load))
    };
    while let Some(chain) = relieved(&given, &load) {
        for (item, to) in chain {
            if let Some(from) = given[item].replace(to) {
                load[from] -= 1;
            }
            load[to] += 1;
        }
    }
    given
}

/// Items to pass on, each with whom it goes to, so that somebody's load falls.
fn relief(
    q: usize,
    fits: &[Vec<usize>],
    given: &[Option<usize>],
    load: &[usize],
) -> Option<Vec<(usize, usize)>> {
    let mut come: Vec<Option<(usize, usize)>> = vec![None; load.len()];
    let mut queue = vec![q];
    let mut head = 0;
    while head < queue.len() {
        let at = queue[head];
        head += 1;
        if load[at] + 2 <= load[q] {
            let (mut chain, mut r) = (Vec::new(), at);
            while let Some((from, item)) = come[r] {
                chain.push((item, r));
                r = from;
            }
            return Some(chain);
        }
        for (item, _) in given.iter().enumerate().filter(|(_, g)| **g == Some(at)) {
            for &r in fits[item].iter().filter(|&&r| r != q) {
                if come[r].is_none() {
                    come[r] = Some((at, item));
                    queue.push(r);
                }
            }
        }
    }
    None
}

/// Sorts all handovers and gives each its batch number.
pub(super) fn number(case: &Case, handovers: &mut [Handover]) {
    handovers.sort_by_key(|h| (h.day, h.time.start, h.channel, h.from));
    let mut serial: BTreeMap<String, usize> = BTreeMap::new();
    for h in handovers {
        let head = notes::batch(case, h.day, h.time.start, h.channel.ix());
        let n = serial.entry(head.clone()).or_insert(0);
        *n += 1;
        h.batch = format!("{head}{n:02}");
    }
}
