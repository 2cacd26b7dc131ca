//! Who hands over to whom: early arrivals, overlaps, messages, or nobody.

use super::workers::Worker;
use super::{Staffed, notes};
use crate::base::index::{ChannelIx, PersonIx};
use crate::base::{DAY_MINUTES, Minute, clock};
use crate::model::{Case, Handover, HandoverKind};
use std::collections::BTreeMap;

/// A segment that begins, in minutes of the horizon.
#[derive(Clone, Copy, Debug)]
struct Start {
    minute: Minute,
    person: PersonIx,
    block: usize,
    worker: usize,
    early: bool,
    later_segment: bool,
    reads: bool,
}

/// Somebody who hands over.
struct Leaver {
    worker: usize,
    person: PersonIx,
    channel: usize,
}

/// An answer to a leaver.
struct Taken {
    kind: HandoverKind,
    to: Option<usize>,
    backup: Option<usize>,
}

/// Everything needed to find receivers.
struct Desk<'a> {
    case: &'a Case,
    starts: Vec<Start>,
    /// Messages by reader.
    messages: BTreeMap<PersonIx, usize>,
    /// Reader of a channel's messages at a start.
    readers: BTreeMap<(usize, Minute), usize>,
}

/// All handovers, sorted by day, start, channel and outgoing person; people who come early for a second segment
/// get that minute noted.
pub(super) fn pass_on(case: &Case, staffed: &mut [Staffed<'_>]) -> Vec<Handover> {
    let mut desk =
        Desk { case, starts: starts(staffed), messages: BTreeMap::new(), readers: BTreeMap::new() };
    let mut handovers = Vec::new();
    let mut again: Vec<(usize, usize, Minute)> = Vec::new();
    for b in 0..staffed.len() {
        let block = &staffed[b];
        let shift = block.day.first_day as Minute * DAY_MINUTES;
        for e in 0..block.day.events.len() {
            let mut leavers = leavers(block, e);
            if leavers.is_empty() {
                continue;
            }
            let end = block.day.events[e].time.end + shift;
            let mut answers = desk.early(staffed, &leavers, end, &mut again);
            overlap(block, e, &mut leavers, &mut answers);
            for (leaver, answer) in leavers.iter().zip(answers) {
                let from = block.workers[leaver.worker].person;
                let day = block.day.supplies[block.workers[leaver.worker].supply].day;
                let back = (day as Minute - block.day.first_day as Minute) * DAY_MINUTES;
                let time = block.day.events[e].time.shifted(-back);
                let mut handover = Handover {
                    batch: String::new(),
                    day,
                    time,
                    channel: ChannelIx::new(leaver.channel),
                    kind: HandoverKind::None,
                    from,
                    to: None,
                    backup: None,
                    note: Default::default(),
                };
                match answer {
                    Some(Answer::Arrival(t)) => {
                        handover.kind = t.kind;
                        handover.to = t.to.map(|s| desk.starts[s].person);
                        handover.backup = t.backup.map(|s| desk.starts[s].person);
                    }
                    Some(Answer::AtWork(t)) => {
                        handover.kind = t.kind;
                        handover.to = t.to.map(|w| block.workers[w].person);
                        handover.backup = t.backup.map(|w| block.workers[w].person);
                    }
                    None => {}
                }
                if handover.to.is_some() {
                    handover.note = notes::note(handover.kind, time.end, None, true);
                } else {
                    desk.message(staffed, &mut handover, end);
                }
                handovers.push(handover);
            }
        }
    }
    for (b, w, minute) in again {
        let first = staffed[b].day.first_day as Minute * DAY_MINUTES;
        let list = &mut staffed[b].workers[w].comes_again;
        if !list.contains(&(minute - first)) {
            list.push(minute - first);
        }
    }
    handovers.sort_by_key(|h| (h.day, h.time.start, h.channel, h.from));
    number(case, &mut handovers);
    handovers
}

enum Answer {
    /// Index of [`Desk::starts`].
    Arrival(Taken),
    /// Index of the block's workers.
    AtWork(Taken),
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
                list.push(Start {
                    minute: block.day.slots[from].start + shift,
                    person: w.person,
                    block: b,
                    worker: i,
                    early: supply.early,
                    later_segment: n > 0,
                    reads: w.reads.contains(&supply.reading[n]),
                });
            }
        }
    }
    list.sort_by_key(|s| (s.minute, s.person));
    list
}

/// Who hands over in an event, by person, with the channel last served.
fn leavers(block: &Staffed<'_>, event: usize) -> Vec<Leaver> {
    let e = &block.day.events[event];
    let mut list: Vec<Leaver> = block
        .workers
        .iter()
        .enumerate()
        .filter(|(_, w)| e.leavers.contains(&w.supply))
        .filter_map(|(i, w)| {
            let last = w.served.iter().filter(|s| s.0.end <= e.time.end).max_by_key(|s| s.0.end);
            let any = || block.day.supplies[w.supply].channels.first().copied();
            last.map(|s| s.1).or_else(any).map(|channel| Leaver { worker: i, person: w.person, channel })
        })
        .collect();
    list.sort_by_key(|l| l.person);
    list
}

/// Receivers at work: distinct ones as far as they reach, then load even.
fn overlap(block: &Staffed<'_>, event: usize, leavers: &mut [Leaver], answers: &mut [Option<Answer>]) {
    let day = block.day;
    let serves = |w: usize, c: usize| day.supplies[block.workers[w].supply].channels.contains(&c);
    let mut able: Vec<usize> =
        (0..block.workers.len()).filter(|&i| block.workers[i].receives.contains(&event)).collect();
    able.sort_by_key(|&i| block.workers[i].person);
    if able.is_empty() {
        return;
    }
    let mut load = vec![0usize; able.len()];
    let open: Vec<usize> = (0..leavers.len()).filter(|&i| answers[i].is_none()).collect();
    let fits: Vec<Vec<usize>> = open
        .iter()
        .map(|&i| (0..able.len()).filter(|&r| serves(able[r], leavers[i].channel)).collect())
        .collect();
    let mut holder: Vec<Option<usize>> = vec![None; able.len()];
    for i in 0..open.len() {
        augment(i, &fits, &mut holder, &mut vec![false; able.len()]);
    }
    let mut receiver: Vec<Option<usize>> = vec![None; open.len()];
    for (r, i) in holder.iter().enumerate() {
        if let Some(i) = *i {
            receiver[i] = Some(r);
            load[r] += 1;
        }
    }
    for (i, slot) in receiver.iter_mut().enumerate().filter(|(_, r)| r.is_none()) {
        let mut choice = fits[i].iter().copied().min_by_key(|&r| (load[r], r));
        if choice.is_none() {
            // The channel last served has no receiver, another one of the leaver's has.
            let own = &day.supplies[block.workers[leavers[open[i]].worker].supply].channels;
            choice = (0..able.len())
                .filter(|&r| own.iter().any(|&c| serves(able[r], c)))
                .min_by_key(|&r| (load[r], r));
            if let Some(r) = choice {
                let shared = own.iter().copied().find(|&c| serves(able[r], c));
                leavers[open[i]].channel = shared.unwrap_or(leavers[open[i]].channel);
            }
        }
        if let Some(r) = choice {
            load[r] += 1;
            *slot = Some(r);
        }
    }
    for (i, r) in receiver.iter().enumerate() {
        let Some(r) = *r else { continue };
        let channel = leavers[open[i]].channel;
        let second = (0..able.len())
            .filter(|&x| x != r && serves(able[x], channel))
            .min_by_key(|&x| (load[x], x))
            .map(|x| able[x])
            .or_else(|| bystander(block, event, channel, able[r]));
        answers[open[i]] =
            Some(Answer::AtWork(Taken { kind: HandoverKind::Overlap, to: Some(able[r]), backup: second }));
    }
    // Whoever was called to take over and got nobody listens in as a backup.
    let mut named: Vec<usize> = Vec::new();
    for &i in &open {
        if let Some(Answer::AtWork(taken)) = &mut answers[i] {
            let channel = leavers[i].channel;
            let idle = (0..able.len())
                .find(|&r| load[r] == 0 && !named.contains(&able[r]) && serves(able[r], channel));
            if let Some(r) = idle {
                taken.backup = Some(able[r]);
                named.push(able[r]);
            }
        }
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

/// An augmenting path of Kuhn's matching algorithm.
fn augment(i: usize, fits: &[Vec<usize>], holder: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for &r in &fits[i] {
        if !std::mem::replace(&mut seen[r], true)
            && holder[r].is_none_or(|other| augment(other, fits, holder, seen))
        {
            holder[r] = Some(i);
            return true;
        }
    }
    false
}

impl Desk<'_> {
    /// Starts at exactly a minute.
    fn at(&self, minute: Minute) -> std::ops::Range<usize> {
        let from = self.starts.partition_point(|s| s.minute < minute);
        let to = self.starts.partition_point(|s| s.minute <= minute);
        from..to
    }
    fn serves(staffed: &[Staffed<'_>], s: &Start, channel: usize) -> bool {
        let block = &staffed[s.block];
        block.day.supplies[block.workers[s.worker].supply].channels.contains(&channel)
    }
    /// People who start when the leavers go and come early take over, evenly.
    fn early(
        &self,
        staffed: &[Staffed<'_>],
        leavers: &[Leaver],
        end: Minute,
        again: &mut Vec<(usize, usize, Minute)>,
    ) -> Vec<Option<Answer>> {
        let arrivals: Vec<usize> = self.at(end).filter(|&s| self.starts[s].early).collect();
        let mut load = vec![0usize; arrivals.len()];
        leavers
            .iter()
            .map(|l| {
                let mut able: Vec<usize> = (0..arrivals.len())
                    .filter(|&a| {
                        let s = &self.starts[arrivals[a]];
                        s.person != l.person && Self::serves(staffed, s, l.channel)
                    })
                    .collect();
                able.sort_by_key(|&a| (load[a], a));
                let &a = able.first()?;
                load[a] += 1;
                let start = &self.starts[arrivals[a]];
                if start.later_segment {
                    again.push((start.block, start.worker, end));
                }
                Some(Answer::Arrival(Taken {
                    kind: HandoverKind::EarlyArrival,
                    to: Some(arrivals[a]),
                    backup: able.get(1).map(|&b| arrivals[b]),
                }))
            })
            .collect()
    }
    /// A message to whoever starts next with the channel.
    fn message(&mut self, staffed: &[Staffed<'_>], handover: &mut Handover, end: Minute) {
        let channel = handover.channel.ix();
        let others = |p: PersonIx| p != handover.from && self.case.person(p).serves(handover.channel);
        if !self.case.person_indices().any(others) {
            handover.kind = HandoverKind::None;
            handover.note = notes::note(HandoverKind::None, handover.time.end, None, true);
            return;
        }
        handover.kind = HandoverKind::Message;
        let from = self.starts.partition_point(|s| s.minute < end);
        let fits = |s: &Start| s.person != handover.from && Self::serves(staffed, s, channel);
        let Some(first) = (from..self.starts.len()).find(|&i| fits(&self.starts[i])) else {
            handover.note = notes::note(HandoverKind::Message, handover.time.end, None, true);
            return;
        };
        let minute = self.starts[first].minute;
        let mut able: Vec<usize> = self.at(minute).filter(|&i| fits(&self.starts[i])).collect();
        let count = |p: PersonIx| self.messages.get(&p).copied().unwrap_or(0);
        able.sort_by_key(|&i| {
            let s = &self.starts[i];
            (!s.reads, !s.early, count(s.person), s.person)
        });
        let known = self.readers.get(&(channel, minute)).copied().filter(|i| able.contains(i));
        // Whoever is off the queue to read takes all but the own message.
        let reads = |i: usize| self.starts[i].reads;
        let to = known.filter(|&i| reads(i) || !reads(able[0])).unwrap_or(able[0]);
        self.readers.insert((channel, minute), to);
        let start = self.starts[to];
        if known.is_none() {
            *self.messages.entry(start.person).or_default() += 1;
        }
        handover.to = Some(start.person);
        let second = able.iter().copied().find(|&i| i != to).or_else(|| {
            (first..self.starts.len())
                .find(|&i| fits(&self.starts[i]) && self.starts[i].person != start.person)
        });
        handover.backup = second.map(|i| self.starts[i].person);
        let date = self.case.horizon.date(i64::from(minute.div_euclid(DAY_MINUTES)));
        let when = format!("{date} {}", clock(minute.rem_euclid(DAY_MINUTES)));
        handover.note = notes::note(HandoverKind::Message, handover.time.end, Some(when), start.early);
    }
}

/// Gives every handover its batch number; the list is sorted.
fn number(case: &Case, handovers: &mut [Handover]) {
    let mut serial: BTreeMap<String, usize> = BTreeMap::new();
    for h in handovers {
        let head = notes::batch(case, h.day, h.time.start, h.channel.ix());
        let n = serial.entry(head.clone()).or_insert(0);
        *n += 1;
        h.batch = format!("{head}{n:02}");
    }
}
