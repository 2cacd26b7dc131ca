//! Messages: taken up by the next to open the channel, all of a channel by one person.
//!
//! A message waits until somebody opens its channel; the outgoing person alone, back for a later segment of the same
//! shift, does not count. Where one of those who open comes early, the message goes to such a person, and to the outgoing
//! one only if nobody else who comes early opens next. Else one opener reads all messages off the queue.

use super::clocks;
use super::floor::{Floor, Opening};
use super::handovers::say;
use crate::base::Minute;
use crate::base::index::{ChannelIx, PersonIx};
use crate::check::findings::Findings;
use crate::model::{Handover, HandoverKind};

/// Messages of a channel that are taken up at one minute.
pub(super) struct Delivery {
    /// Indices of the handovers.
    pub(super) messages: Vec<usize>,
    /// Who opens then.
    pub(super) openers: Vec<Opening>,
}

fn end(h: &Handover) -> Minute {
    super::absolute(h.day, h.time).end
}

/// All deliveries.
pub(super) fn deliveries(floor: &Floor<'_, '_>, known: &[&Handover]) -> Vec<Delivery> {
    let mut found = Vec::new();
    for c in 0..floor.f.case.channels.len() {
        let c = ChannelIx::new(c);
        let message = |i: &usize| known[*i].kind == HandoverKind::Message && known[*i].channel == c;
        let mut open: Vec<usize> = (0..known.len()).filter(message).collect();
        let mut rest = &floor.openings[..];
        while let Some(start) = rest.first().map(|o| o.start) {
            let (now, later) = rest.split_at(rest.partition_point(|o| o.start == start));
            rest = later;
            let waiting: Vec<usize> = open.iter().copied().filter(|&i| end(known[i]) <= start).collect();
            let openers: Vec<Opening> = now
                .iter()
                .copied()
                .filter(|o| floor.works_on(o.person, c) && !comes_back(known, &waiting, o))
                .collect();
            if !waiting.is_empty() && !openers.is_empty() {
                open.retain(|i| !waiting.contains(i));
                found.push(Delivery { messages: waiting, openers });
            }
        }
        found.extend((!open.is_empty()).then_some(Delivery { messages: open, openers: Vec::new() }));
    }
    found
}

/// Whether all messages are the opener's own, of the same shift.
fn comes_back(known: &[&Handover], waiting: &[usize], o: &Opening) -> bool {
    waiting.iter().all(|&i| known[i].from == o.person && known[i].day == o.day)
}

/// Judges the receivers of all messages.
pub(super) fn judge(floor: &Floor<'_, '_>, known: &[&Handover], all: &[Delivery], out: &mut Findings) {
    let f = floor.f;
    for delivery in all {
        let readers: Vec<PersonIx> = delivery.messages.iter().filter_map(|&i| known[i].to).collect();
        for &i in &delivery.messages {
            let h = known[i];
            let c = clocks(h.time);
            let mut say = |en: String, zh: String| say(f, out, h.from, h.day, 1, &en, &zh);
            let id = h.to.map_or("-", |q| f.person(q).id.as_str());
            let able = able(floor, h, &delivery.openers);
            let Some(reader) = able.iter().find(|o| Some(o.person) == h.to) else {
                if h.to.is_some() || !able.is_empty() {
                    let wanted = able.first().map_or("-", |o| f.person(o.person).id.as_str());
                    say(
                        format!("the message of {c} goes to {id}, the next to open is {wanted}"),
                        format!("{c} 的留言给 {id}，下一个开班的是 {wanted}"),
                    );
                }
                continue;
            };
            let early = reader.handover.1;
            if !early && readers.iter().any(|&q| q != reader.person) {
                say(
                    format!("receiver {id} of {c} is not the only one to read the messages of the channel"),
                    format!("接班人 {id}（{c}）不是该渠道留言的唯一阅读人"),
                );
            }
            if !(if early { floor.arrives(reader) } else { floor.reads(reader) }) {
                say(
                    format!("receiver {id} does not read the message of {c} first"),
                    format!("接班人 {id} 没有先阅读 {c} 的留言"),
                );
            }
        }
    }
}

/// Who may be named as the receiver of a message.
fn able(floor: &Floor<'_, '_>, h: &Handover, openers: &[Opening]) -> Vec<Opening> {
    let early: Vec<Opening> = openers.iter().copied().filter(|o| o.handover.1).collect();
    let Some(first) = early.first() else { return openers.to_vec() };
    let others = |list: &[Opening]| -> Vec<Opening> {
        list.iter().copied().filter(|o| o.person != h.from && o.handover.1).collect()
    };
    let now = others(&early);
    if !now.is_empty() {
        return now;
    }
    let opens = |o: &&Opening| o.person != h.from && floor.works_on(o.person, h.channel);
    let next = floor.from(first.start + 1).iter().find(opens).map(|o| o.start);
    let later: Vec<Opening> =
        next.map_or(Vec::new(), |start| floor.at(start).iter().filter(opens).copied().collect());
    let later = others(&later);
    if later.is_empty() { early } else { later }
}

impl Delivery {
    /// Who reads a message of the delivery, by name.
    pub(super) fn reader(&self, floor: &Floor<'_, '_>, h: &Handover) -> Option<Opening> {
        able(floor, h, &self.openers).into_iter().find(|o| Some(o.person) == h.to)
    }
}
