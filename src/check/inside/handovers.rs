//! `handover`: each end of a segment is handed over exactly once, to whom and how the staff at work allows.

use super::meetings::takes_place;
use super::receivers::{Receptions, Span2, justified, segments_of, spread};
use super::spans::{length, without};
use super::{Inside, absolute, clocks, meals, slot, slots, worked};
use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::base::{Minute, Span, Text};
use crate::check::Facts;
use crate::check::findings::{Fact, Findings, Place};
use crate::model::{Activity, DayPlan, Handover, HandoverKind, Meeting, Requirement};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn handovers(
    f: &Facts<'_>,
    inside: &Inside<'_>,
    requirement: &Requirement,
    plan: &DayPlan,
    out: &mut Findings,
) {
    let mut required = vec![false; f.case.channels.len()];
    for r in &requirement.intervals {
        required[r.channel.ix()] = true;
    }
    let mut floor = Floor::new(f, inside, &required);
    let known = one_each(f, plan, out);
    // Who takes over in which slot, from whom on which channel.
    let mut receptions: Receptions = BTreeMap::new();
    for h in &known {
        if h.kind == HandoverKind::Overlap
            && let Some(to) = h.to
        {
            let key = (absolute(h.day, h.time).into(), to);
            receptions.entry(key).or_default().push(h.channel);
        }
    }
    for h in known.iter().filter(|h| !h.time.is_empty()) {
        floor.judge(h, &receptions, out);
    }
    spread(&mut floor, &receptions, out);
    justified(&floor, &known, &receptions, out);
}

/// The channels that a person works on: those of the skills on which anything is required, all when none is.
fn in_use(skills: &[ChannelIx], required: &[bool]) -> Vec<ChannelIx> {
    let some: Vec<ChannelIx> =
        skills.iter().copied().filter(|c| required.get(c.ix()) == Some(&true)).collect();
    if some.is_empty() { skills.to_vec() } else { some }
}

/// Notes a finding about a person's handovers on a day.
pub(super) fn say(f: &Facts<'_>, out: &mut Findings, p: PersonIx, d: usize, amount: i64, en: &str, zh: &str) {
    let (id, date) = (f.case.people.get(p.ix()).map_or("?", |p| p.id.as_str()), f.date(d as i64));
    let what = Text::new(format!("{id} on {date}: {en}"), format!("{id} 在 {date}：{zh}"));
    let at = Place { day: d as i64, person: Some(p), who: id.to_owned(), when: date.to_string() };
    out.broken(Fact::Handover, at, amount, what, None);
}

/// Matches handovers to ends of segments; returns those that belong to one.
fn one_each<'a>(f: &Facts<'_>, plan: &'a DayPlan, out: &mut Findings) -> Vec<&'a Handover> {
    let mut by_end: BTreeMap<(PersonIx, usize, Minute), Vec<&Handover>> = BTreeMap::new();
    for h in &plan.handovers {
        by_end.entry((h.from, h.day, h.time.end)).or_default().push(h);
    }
    let mut known = Vec::new();
    for (p, d, s) in worked(f) {
        let minutes = f.handover(p, s).0;
        for segment in &f.case.shift(s).times {
            let wanted = slot(*segment, minutes);
            let found = by_end.remove(&(p, d, segment.end)).unwrap_or_default();
            let c = clocks(wanted);
            if found.len() != 1 && !(found.is_empty() && wanted.is_empty()) {
                let n = found.len();
                let (en, zh) =
                    (format!("{n} handovers at {c} instead of one"), format!("{c} 有 {n} 次交接，应为一次"));
                say(f, out, p, d, n.abs_diff(1) as i64, &en, &zh);
            }
            for h in found {
                if h.time == wanted {
                    known.push(h);
                } else {
                    let t = clocks(h.time);
                    let (en, zh) =
                        (format!("handover at {t}, the slot is {c}"), format!("交接在 {t}，应为 {c}"));
                    say(f, out, p, d, 1, &en, &zh);
                }
            }
        }
    }
    for h in by_end.into_values().flatten() {
        let c = clocks(h.time);
        let (en, zh) =
            (format!("handover at {c} where no segment ends"), format!("{c} 有交接，但没有时段结束"));
        say(f, out, h.from, h.day.min(f.case.horizon.days - 1), 1, &en, &zh);
    }
    known
}

/// A segment of somebody's work, minutes from the start of the horizon.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    pub(super) start: Minute,
    pub(super) person: PersonIx,
    shift: ShiftIx,
}

/// Who is where, looked up by time.
pub(super) struct Floor<'x, 'a> {
    /// The facts.
    pub(super) f: &'x Facts<'a>,
    /// The inside of the days.
    pub(super) inside: &'x Inside<'x>,
    /// All segments by start.
    openings: Vec<Opening>,
    /// People who are on a channel all through a span.
    serving: BTreeMap<Span2, Vec<PersonIx>>,
    /// `channels[person]`: the channels they may take over on.
    pub(super) channels: Vec<Vec<ChannelIx>>,
}

impl<'x, 'a> Floor<'x, 'a> {
    fn new(f: &'x Facts<'a>, inside: &'x Inside<'x>, required: &[bool]) -> Self {
        let mut openings = Vec::new();
        for (person, day, shift) in worked(f) {
            for &t in &f.case.shift(shift).times {
                openings.push(Opening { start: absolute(day, t).start, person, shift });
            }
        }
        openings.sort_by_key(|o| (o.start, o.person));
        let channels = f.case.people.iter().map(|p| in_use(&p.skills, required)).collect();
        Self { f, inside, openings, serving: BTreeMap::new(), channels }
    }
    /// People on one channel or another all through a span.
    pub(super) fn serving(&mut self, time: Span) -> &[PersonIx] {
        let (f, inside, days) = (self.f, self.inside, self.near(time));
        self.serving.entry(time.into()).or_insert_with(|| {
            let on = |p: PersonIx, d: usize| {
                let at_work = |x: &super::Piece<'_>| {
                    matches!(x.activity, Activity::Channel(_)) && x.time.end > x.time.start
                };
                let here = inside.day(p, d).pieces.iter().filter(|x| at_work(x)).map(|x| absolute(d, x.time));
                length(&without(&[time], &here.collect::<Vec<_>>())) == 0
            };
            // Who is kept from a meeting stays on the channel and takes nothing over.
            let invited = |p: PersonIx, d: usize| {
                let Some(s) = f.shift(p, d) else { return false };
                let meant = |m: &&Meeting| {
                    let contained = f.case.shift(s).times.iter().any(|t| t.contains(m.time));
                    takes_place(f, m, d) && contained && f.on_day(p, s, d).within(&m.scope)
                };
                f.case.meetings.iter().filter(meant).any(|m| absolute(d, m.time).overlap(time) > 0)
            };
            f.case.person_indices().filter(|&p| days.clone().any(|d| on(p, d) && !invited(p, d))).collect()
        })
    }
    /// Days whose shifts may be at work in an absolute span.
    fn near(&self, time: Span) -> std::ops::RangeInclusive<usize> {
        let last = self.f.case.horizon.days - 1;
        let day = (time.start.div_euclid(crate::base::DAY_MINUTES).max(0) as usize).min(last);
        day.saturating_sub(1)..=(day + 1).min(last)
    }
    /// Openings at or after a minute.
    pub(super) fn from(&self, minute: Minute) -> &[Opening] {
        &self.openings[self.openings.partition_point(|o| o.start < minute)..]
    }
    fn comes_early(&self, o: &Opening) -> bool {
        let (minutes, early) = self.f.handover(o.person, o.shift);
        early && minutes > 0
    }
    /// Handover minutes of a person within an absolute span.
    fn hands_over(&self, p: PersonIx, time: Span) -> bool {
        let mut there = Vec::new();
        for d in self.near(time) {
            there.extend(self.inside.day(p, d).handover().into_iter().map(|t| absolute(d, t)));
        }
        length(&without(&[time], &there)) == 0
    }

    fn judge(&mut self, h: &Handover, receptions: &Receptions, out: &mut Findings) {
        let f = self.f;
        let time = absolute(h.day, h.time);
        let name = f.case.channels.get(h.channel.ix()).map_or("?", |c| c.name.as_str());
        let c = clocks(h.time);
        let mut say = |en: String, zh: String| say(f, out, h.from, h.day, 1, &en, &zh);
        if !self.hands_over(h.from, time) && !self.eats(h) {
            say(format!("not on handover in {c}"), format!("{c} 未处于交接"));
        }
        if !f.person(h.from).serves(h.channel) {
            say(
                format!("hands over {name} at {c} without the skill"),
                format!("{c} 交接 {name}，但没有该技能"),
            );
        } else if self.last_served(h).is_some_and(|last| last != h.channel && !self.must_change(h, last)) {
            say(
                format!("hands over {name} at {c}, which is not the channel last served"),
                format!("{c} 交接 {name}，但不是最后服务的渠道"),
            );
        }
        for (who, en, zh) in [(h.to, "receiver", "接班人"), (h.backup, "backup", "后备")] {
            let Some(q) = who else { continue };
            let id = &f.person(q).id;
            if q == h.from {
                say(format!("is {en} of the own handover at {c}"), format!("{c} 的{zh}是本人"));
            } else if !f.person(q).serves(h.channel) {
                say(
                    format!("{en} {id} of {c} cannot serve {name}"),
                    format!("{c} 的{zh} {id} 没有 {name} 技能"),
                );
            }
        }
        let serving = self.serving(time).to_vec();
        let can = |q: PersonIx| q != h.from && self.channels[q.ix()].contains(&h.channel);
        let arrives = |o: &&Opening| o.start == time.end && can(o.person) && self.comes_early(o);
        let arrivals: BTreeSet<PersonIx> = self
            .from(time.end)
            .iter()
            .take_while(|o| o.start == time.end)
            .filter(arrives)
            .map(|o| o.person)
            .collect();
        let next = self.from(time.end).iter().filter(|o| can(o.person)).map(|o| o.start).next();
        let next_people: Vec<Opening> = match next {
            Some(start) => self
                .from(start)
                .iter()
                .take_while(|o| o.start == start)
                .filter(|o| can(o.person))
                .copied()
                .collect(),
            None => Vec::new(),
        };
        let nobody_else = !f.case.person_indices().any(|q| q != h.from && f.person(q).serves(h.channel));
        let taking: Vec<PersonIx> = receptions
            .range((time.into(), PersonIx(0))..)
            .take_while(|((t, _), _)| *t == time.into())
            .map(|((_, q), _)| *q)
            .collect();
        let stays = serving.iter().chain(&taking).any(|&q| can(q));
        let due = if !arrivals.is_empty() {
            HandoverKind::EarlyArrival
        } else if stays {
            HandoverKind::Overlap
        } else if nobody_else {
            HandoverKind::None
        } else {
            HandoverKind::Message
        };
        let kept_takes_over = h.kind == HandoverKind::Overlap && due != HandoverKind::EarlyArrival;
        if h.kind != due && !(kept_takes_over && h.to.is_some_and(|q| can(q) && self.takes_over(q, time))) {
            let (is, should) = (kind_text(h.kind), kind_text(due));
            say(
                format!("handover of {name} at {c} is {}, should be {}", is.en, should.en),
                format!("{c} 交接 {name} 方式为 {}，应为 {}", is.zh, should.zh),
            );
            return;
        }
        let id = h.to.map_or("-", |q| f.person(q).id.as_str());
        match h.kind {
            HandoverKind::EarlyArrival if h.to.is_none_or(|q| !arrivals.contains(&q)) => {
                say(
                    format!("receiver {id} does not come early for {c}"),
                    format!("接班人 {id} 没有为 {c} 提前到岗"),
                );
            }
            HandoverKind::Overlap => match h.to {
                Some(q) if self.takes_over(q, time) => {}
                _ => say(
                    format!("receiver {id} does not take over in {c}"),
                    format!("接班人 {id} 在 {c} 没有接班"),
                ),
            },
            HandoverKind::Message => match h.to {
                None if next.is_none() => {}
                Some(q) if next_people.iter().any(|o| o.person == q) => {
                    if next_people.iter().any(|o| o.person == q && !self.reads(h, o)) {
                        say(
                            format!("receiver {id} does not read the message of {c} first"),
                            format!("接班人 {id} 没有先阅读 {c} 的留言"),
                        );
                    }
                }
                _ => {
                    let wanted = next_people.first().map_or("-", |o| f.person(o.person).id.as_str());
                    say(
                        format!("the message of {c} goes to {id}, the next to open is {wanted}"),
                        format!("{c} 的留言给 {id}，下一个开班的是 {wanted}"),
                    );
                }
            },
            HandoverKind::None if h.to.is_some() => {
                say(
                    format!("receiver {id} of {c}, but nobody follows"),
                    format!("{c} 的接班人为 {id}，但无人接班"),
                );
            }
            HandoverKind::EarlyArrival | HandoverKind::None => {}
        }
    }
    /// Whether an opener takes up a message: in the early arrival, or in the first minutes. Where the outgoing
    /// person opens before, nothing is asked.
    fn reads(&self, h: &Handover, o: &Opening) -> bool {
        let end = absolute(h.day, h.time).end;
        let opens = |x: &&Opening| self.channels[x.person.ix()].contains(&h.channel);
        let first = self.from(end).iter().find(opens).map(|x| x.start);
        let early = self.f.handover(o.person, o.shift).1;
        if early || first != Some(o.start) {
            return true;
        }
        // Who left it may open at the same minute and look at it for all.
        [o.person, h.from].into_iter().any(|p| self.reads_at(p, o.start))
    }
    /// Whether a person who opens at a minute is off the queue in the first minutes, a meal apart.
    fn reads_at(&self, p: PersonIx, start: Minute) -> bool {
        let mut segments = segments_of(self.f, p).filter(|(t, _, _)| t.start == start);
        segments.next().is_some_and(|(t, s, _)| {
            let reading = Span::new(t.start, (t.start + self.f.handover(p, s).0).min(t.end));
            let busy = self.near(t).flat_map(|d| {
                let off =
                    |a: &Activity| matches!(a, Activity::Handover | Activity::Meal | Activity::Meeting(_));
                self.inside.day(p, d).times(off).into_iter().map(move |x| absolute(d, x))
            });
            length(&without(&[reading], &busy.collect::<Vec<_>>())) == 0
        })
    }
    /// Whether the outgoing person is at a meal in the slot that fits nowhere else.
    fn eats(&self, h: &Handover) -> bool {
        let Some(s) = self.f.shift(h.from, h.day) else { return false };
        let there =
            self.inside.day(h.from, h.day).times(|a| matches!(a, Activity::Meal | Activity::Handover));
        !meals::avoids_all(self.f, h.from, h.day, s) && length(&without(&[h.time], &there)) == 0
    }
    /// Whether the one who takes over cannot take the channel last served, but another one of the outgoing person's.
    fn must_change(&self, h: &Handover, last: ChannelIx) -> bool {
        h.kind == HandoverKind::Overlap && h.to.is_some_and(|q| !self.f.person(q).serves(last))
    }
    /// The channel served last before the slot in the segment that ends with it.
    fn last_served(&self, h: &Handover) -> Option<ChannelIx> {
        let pieces = self.inside.day(h.from, h.day).pieces.iter();
        let shift = self.f.shift(h.from, h.day).map(|s| self.f.case.shift(s))?;
        let segment = shift.times.iter().find(|t| t.end == h.time.end)?;
        let before = pieces.filter(|x| segment.start < x.time.end && x.time.start < h.time.start);
        before.filter_map(|x| if let Activity::Channel(c) = x.activity { Some(*c) } else { None }).next_back()
    }
    /// Whether a person is at work all through the slot, on handover, and not handing over themselves.
    fn takes_over(&self, q: PersonIx, time: Span) -> bool {
        let f = self.f;
        let mut at_work = false;
        for d in self.near(time) {
            let Some(s) = f.shift(q, d) else { continue };
            let shift = f.case.shift(s);
            at_work |= shift.times.iter().any(|&t| absolute(d, t).contains(time));
            if slots(shift, f.handover(q, s).0).iter().any(|&own| absolute(d, own).overlap(time) > 0) {
                return false;
            }
        }
        at_work && self.hands_over(q, time)
    }
}

fn kind_text(kind: HandoverKind) -> Text {
    match kind {
        HandoverKind::Overlap => Text::new("overlap", "重叠交接"),
        HandoverKind::EarlyArrival => Text::new("early_arrival", "提前到岗交接"),
        HandoverKind::Message => Text::new("message", "留言交接"),
        HandoverKind::None => Text::new("none", "无人接班"),
    }
}
