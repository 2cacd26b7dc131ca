//! Who is where: people at work by time, and the segments that begin.

use super::spans::{length, without};
use super::{Inside, absolute, slots, worked};
use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::base::{DAY_MINUTES, Minute, Span};
use crate::check::Facts;
use crate::model::{Activity, Handover};
use std::collections::BTreeMap;

/// A segment of somebody's work, minutes from the start of the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    pub(super) start: Minute,
    pub(super) end: Minute,
    pub(super) person: PersonIx,
    /// Day of the shift.
    pub(super) day: usize,
    pub(super) shift: ShiftIx,
    /// Whether the shift begins with it.
    pub(super) first: bool,
    /// Minutes of a handover, and whether the person comes early for it.
    pub(super) handover: (Minute, bool),
}

/// Who is where, looked up by time.
pub(super) struct Floor<'x, 'a> {
    /// The facts.
    pub(super) f: &'x Facts<'a>,
    /// The inside of the days.
    pub(super) inside: &'x Inside<'x>,
    /// All segments by start.
    pub(super) openings: Vec<Opening>,
    /// The segments of each person.
    own: Vec<Vec<Span>>,
    /// People who are on a channel all through a span.
    serving: BTreeMap<(Minute, Minute), Vec<PersonIx>>,
    /// `channels[person]`: the channels they may take over on.
    pub(super) channels: Vec<Vec<ChannelIx>>,
}

/// The channels that a person works on: those of the skills on which anything is required, all when none is.
fn in_use(skills: &[ChannelIx], required: &[bool]) -> Vec<ChannelIx> {
    let some: Vec<ChannelIx> =
        skills.iter().copied().filter(|c| required.get(c.ix()) == Some(&true)).collect();
    if some.is_empty() { skills.to_vec() } else { some }
}

impl<'x, 'a> Floor<'x, 'a> {
    pub(super) fn new(f: &'x Facts<'a>, inside: &'x Inside<'x>, required: &[bool]) -> Self {
        let mut openings = Vec::new();
        let mut own = vec![Vec::new(); f.case.people.len()];
        for (person, day, shift) in worked(f) {
            let (minutes, early) = f.handover(person, shift, day);
            for (i, &t) in f.case.shift(shift).times.iter().enumerate() {
                let Span { start, end } = absolute(day, t);
                let handover = (minutes, early && minutes > 0);
                openings.push(Opening { start, end, person, day, shift, first: i == 0, handover });
                own[person.ix()].push(Span::new(start, end));
            }
        }
        openings.sort_by_key(|o| (o.start, o.person));
        let channels = f.case.people.iter().map(|p| in_use(&p.skills, required)).collect();
        Self { f, inside, openings, own, serving: BTreeMap::new(), channels }
    }
    /// People on one channel or another all through a span, none of them kept from a meeting for it.
    pub(super) fn serving(&mut self, time: Span) -> &[PersonIx] {
        let key = (time.start, time.end);
        if !self.serving.contains_key(&key) {
            let on = |p: PersonIx, d: usize| {
                let pieces = self.inside.day(p, d).pieces.iter();
                let here = pieces.filter(|x| matches!(x.activity, Activity::Channel(_)));
                let here: Vec<Span> = here.map(|x| absolute(d, x.time)).collect();
                length(&without(&[time], &here)) == 0
            };
            let there = |p: &PersonIx| self.near(time).any(|d| on(*p, d) && !self.invited(*p, d, time));
            let found = self.f.case.person_indices().filter(there).collect();
            self.serving.insert(key, found);
        }
        &self.serving[&key]
    }
    /// Whether a shift contains a meeting that the person is meant to attend, and that takes place in a span. Who
    /// is kept from it stays on the channel and takes nothing over.
    fn invited(&self, p: PersonIx, d: usize, time: Span) -> bool {
        let f = self.f;
        let Some(s) = f.shift(p, d) else { return false };
        let times = &f.case.shift(s).times;
        let mut meetings =
            f.case.meetings_of(p, s, f.date(d as i64)).into_iter().map(|m| f.case.meetings[m].time);
        meetings.any(|m| times.iter().any(|t| t.contains(m)) && absolute(d, m).overlap(time) > 0)
    }
    /// Days whose shifts may be at work in an absolute span.
    fn near(&self, time: Span) -> std::ops::RangeInclusive<usize> {
        let last = self.f.case.horizon.days - 1;
        let day = (time.start.div_euclid(DAY_MINUTES).max(0) as usize).min(last);
        day.saturating_sub(1)..=(day + 1).min(last)
    }
    /// Openings at or after a minute.
    pub(super) fn from(&self, minute: Minute) -> &[Opening] {
        &self.openings[self.openings.partition_point(|o| o.start < minute)..]
    }
    /// Openings at a minute.
    pub(super) fn at(&self, minute: Minute) -> &[Opening] {
        let from = self.from(minute);
        &from[..from.partition_point(|o| o.start == minute)]
    }
    /// Whether a person works on a channel.
    pub(super) fn works_on(&self, p: PersonIx, c: ChannelIx) -> bool {
        self.channels[p.ix()].contains(&c)
    }
    /// Who relieves the outgoing person of a handover at a minute: those who open the channel then and come early.
    /// The outgoing person's own next shift counts when nobody else comes.
    pub(super) fn arrivals(&self, h: &Handover, end: Minute) -> Vec<Opening> {
        let in_time = |o: &&Opening| {
            let (minutes, early) = o.handover;
            early && minutes >= h.time.len()
        };
        let comes = |o: &&Opening| self.works_on(o.person, h.channel) && in_time(o);
        let all = self.at(end).iter().filter(comes).copied();
        let (own, others): (Vec<Opening>, Vec<Opening>) = all.partition(|o| o.person == h.from);
        if others.is_empty() { own.into_iter().filter(|o| o.day != h.day).collect() } else { others }
    }
    /// Whether an opener who comes early is there, at work on another segment apart.
    pub(super) fn arrives(&self, o: &Opening) -> bool {
        let time = Span::new(o.start - o.handover.0, o.start);
        self.busy(o.person, time, |a| matches!(a, Activity::Handover | Activity::Meeting(_) | Activity::Tail))
    }
    /// Whether a person is off the queue in the first minutes of a segment.
    pub(super) fn reads(&self, o: &Opening) -> bool {
        self.busy(o.person, self.reading(o), |a| {
            matches!(a, Activity::Handover | Activity::Meal | Activity::Meeting(_))
        })
    }
    /// The first minutes of a segment.
    pub(super) fn reading(&self, o: &Opening) -> Span {
        Span::new(o.start, o.end.min(o.start + o.handover.0))
    }
    /// Whether every minute of a span that lies in no other segment of the person, or in the one that begins with it,
    /// is spent on some activities.
    fn busy(&self, p: PersonIx, time: Span, is: impl Fn(&Activity) -> bool) -> bool {
        let mut there = Vec::new();
        for d in self.near(time) {
            there.extend(self.inside.day(p, d).times(&is).into_iter().map(|t| absolute(d, t)));
        }
        there.extend(self.own[p.ix()].iter().filter(|own| own.start < time.start));
        length(&without(&[time], &there)) == 0
    }
    /// Whether a person is on handover all through an absolute span.
    pub(super) fn hands_over(&self, p: PersonIx, time: Span) -> bool {
        let mut there = Vec::new();
        for d in self.near(time) {
            there.extend(self.inside.day(p, d).handover().into_iter().map(|t| absolute(d, t)));
        }
        length(&without(&[time], &there)) == 0
    }
    /// Whether a person is at work all through the slot, on handover, not handing over themselves and not meant for a
    /// meeting.
    pub(super) fn takes_over(&self, q: PersonIx, time: Span) -> bool {
        let f = self.f;
        let mut at_work = false;
        for d in self.near(time) {
            let Some(s) = f.shift(q, d) else { continue };
            let shift = f.case.shift(s);
            at_work |= shift.times.iter().any(|&t| absolute(d, t).contains(time));
            let own = slots(shift, f.handover(q, s, d).0);
            if own.iter().any(|&own| absolute(d, own).overlap(time) > 0) || self.invited(q, d, time) {
                return false;
            }
        }
        at_work && self.hands_over(q, time)
    }
}
