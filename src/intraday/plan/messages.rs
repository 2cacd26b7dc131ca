//! Who takes up the messages that leavers left: the next to open the channel.
//!
//! Messages of a channel wait until somebody opens it. Where one of those who open then comes early, such a person
//! reads them before the shift. Otherwise one opener is off the queue in the first minutes and reads all of them, the
//! own one too. Whoever left the only messages and comes back alone for a later segment of the same shift leaves them
//! waiting.

use super::handover::{Again, Start};
use super::{Staffed, notes};
use crate::base::index::PersonIx;
use crate::base::{DAY_MINUTES, Minute, clock};
use crate::model::{Case, Handover, HandoverKind};
use std::collections::BTreeMap;

/// Names the receivers of all messages.
pub(super) fn deliver(
    case: &Case,
    staffed: &[Staffed<'_>],
    starts: &[Start],
    handovers: &mut [Handover],
    again: &mut Again,
) {
    let end = |h: &Handover| h.day as Minute * DAY_MINUTES + h.time.end;
    let mut left: Vec<Vec<usize>> = vec![Vec::new(); case.channels.len()];
    for (i, h) in handovers.iter().enumerate().filter(|(_, h)| h.kind == HandoverKind::Message) {
        left[h.channel.ix()].push(i);
    }
    for list in &mut left {
        list.sort_by_key(|&i| (end(&handovers[i]), handovers[i].from));
        list.reverse();
    }
    let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); case.channels.len()];
    let mut desk = Desk { case, staffed, starts, messages: BTreeMap::new() };
    let mut from = 0;
    while from < starts.len() {
        let minute = starts[from].minute;
        let to = from + starts[from..].iter().take_while(|s| s.minute == minute).count();
        for (channel, list) in waiting.iter_mut().enumerate() {
            while let Some(i) = left[channel].pop_if(|i| end(&handovers[*i]) <= minute) {
                list.push(i);
            }
            let Some(&first) = list.first() else { continue };
            let own = (handovers[first].from, handovers[first].day);
            let alone = list.iter().all(|&i| (handovers[i].from, handovers[i].day) == own);
            let opens = |s: usize| {
                starts[s].serves(staffed, channel) && !(alone && (starts[s].person, starts[s].day) == own)
            };
            let openers: Vec<usize> = (from..to).filter(|&s| opens(s)).collect();
            if openers.is_empty() {
                continue;
            }
            let mut known = None;
            for i in list.drain(..) {
                let s = desk.reader(&openers, channel, handovers[i].from, &mut known);
                let start = &starts[s];
                if start.early && start.later_segment {
                    again.push((start.block, start.worker, start.minute));
                }
                handovers[i].to = Some(start.person);
                handovers[i].backup = desk.backup(&openers, channel, handovers[i].from, start.person);
                let own = start.person == handovers[i].from;
                handovers[i].note = notes::message(&desk.when(start.minute), start.early, own);
            }
        }
        from = to;
    }
}

struct Desk<'a> {
    case: &'a Case,
    staffed: &'a [Staffed<'a>],
    starts: &'a [Start],
    /// Messages by reader: channels and minutes.
    messages: BTreeMap<PersonIx, usize>,
}

impl Desk<'_> {
    /// Who of those who open reads a message; `known` is the reader of the channel's other messages.
    fn reader(
        &mut self,
        openers: &[usize],
        channel: usize,
        from: PersonIx,
        known: &mut Option<usize>,
    ) -> usize {
        let starts = self.starts;
        let early = |s: &usize| starts[*s].early;
        if !openers.iter().any(early) {
            let reads = |s: &&usize| starts[**s].reads.contains(&channel);
            return openers.iter().find(reads).copied().unwrap_or(openers[0]);
        }
        let other = |s: &usize| early(s) && starts[*s].person != from;
        if let Some(s) = known.filter(|s| other(s)) {
            return s;
        }
        let count = |s: usize| self.messages.get(&starts[s].person).copied().unwrap_or(0);
        let fewest =
            |list: &mut dyn Iterator<Item = usize>| list.min_by_key(|&s| (count(s), starts[s].person));
        let reader = fewest(&mut openers.iter().copied().filter(|s| other(s)));
        let reader = reader.or_else(|| {
            // The outgoing person alone comes early: somebody else who does so next.
            let minute = starts[openers[0]].minute;
            let later = starts.partition_point(|s| s.minute <= minute);
            let opens = |s: &usize| starts[*s].person != from && starts[*s].serves(self.staffed, channel);
            let next = (later..starts.len()).find(opens).map(|s| starts[s].minute)?;
            let until = starts.partition_point(|s| s.minute <= next);
            let mut list = (later..until).filter(|s| opens(s) && starts[*s].minute == next && early(s));
            fewest(&mut list)
        });
        match reader {
            Some(s) => {
                *self.messages.entry(starts[s].person).or_default() += 1;
                *known = known.or(Some(s).filter(|s| openers.contains(s)));
                s
            }
            None => openers.iter().copied().find(early).unwrap_or(openers[0]),
        }
    }
    /// The second to open, nobody of those named.
    fn backup(&self, openers: &[usize], channel: usize, from: PersonIx, to: PersonIx) -> Option<PersonIx> {
        let begin = openers.first().copied().unwrap_or(0);
        let fits = |s: &&Start| s.person != from && s.person != to && s.serves(self.staffed, channel);
        let minute = self.starts[begin].minute;
        let first = self.starts.partition_point(|s| s.minute < minute);
        self.starts[first..].iter().find(fits).map(|s| s.person)
    }
    fn when(&self, minute: Minute) -> String {
        let date = self.case.horizon.date(i64::from(minute.div_euclid(DAY_MINUTES)));
        format!("{date} {}", clock(minute.rem_euclid(DAY_MINUTES)))
    }
}
