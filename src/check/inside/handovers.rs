//! `handover`: each end of a segment is handed over exactly once, to whom and how the staff at work allows.

use super::floor::{Floor, Opening};
use super::receivers::{justified, roles, spread};
use super::spans::{length, without};
use super::{Inside, absolute, clocks, meals, messages, pairs, slot, worked};
use crate::base::index::{ChannelIx, PersonIx};
use crate::base::{Minute, Span, Text};
use crate::check::Facts;
use crate::check::findings::{Fact, Findings, Place};
use crate::model::{Activity, DayPlan, Handover, HandoverKind, Requirement};
use std::collections::BTreeMap;

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
    let deliveries = messages::deliveries(&floor, &known);
    let taken = taken(&known);
    for h in known.iter().filter(|h| !h.time.is_empty()) {
        judge(&mut floor, h, &taken, out);
    }
    messages::judge(&floor, &known, &deliveries, out);
    spread(&mut floor, &known, out);
    pairs::pairs(f, &known, out);
    let reasons = roles(&floor, &known, &deliveries);
    justified(&floor, &reasons, out);
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
        let minutes = f.handover(p, s, d).0;
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

/// Who takes over in a slot by name, by absolute span.
type Taken = BTreeMap<Span, Vec<PersonIx>>;

fn taken(known: &[&Handover]) -> Taken {
    let mut taken = Taken::new();
    for h in known.iter().filter(|h| h.kind == HandoverKind::Overlap) {
        taken.entry(absolute(h.day, h.time)).or_default().extend(h.to);
    }
    taken
}

fn judge(floor: &mut Floor<'_, '_>, h: &Handover, taken: &Taken, out: &mut Findings) {
    let f = floor.f;
    let time = absolute(h.day, h.time);
    let name = f.case.channels.get(h.channel.ix()).map_or("?", |c| c.name.as_str());
    let c = clocks(h.time);
    let mut say = |en: String, zh: String| say(f, out, h.from, h.day, 1, &en, &zh);
    if !floor.hands_over(h.from, time) && !eats(floor, h) {
        say(format!("not on handover in {c}"), format!("{c} 未处于交接"));
    }
    if !f.person(h.from).serves(h.channel) {
        say(format!("hands over {name} at {c} without the skill"), format!("{c} 交接 {name}，但没有该技能"));
    } else if last_served(floor, h).is_some_and(|last| last != h.channel && !must_change(f, h, last)) {
        say(
            format!("hands over {name} at {c}, which is not the channel last served"),
            format!("{c} 交接 {name}，但不是最后服务的渠道"),
        );
    }
    for (who, en, zh) in [(h.to, "receiver", "接班人"), (h.backup, "backup", "后备")] {
        let Some(q) = who else { continue };
        let id = &f.person(q).id;
        if !f.person(q).serves(h.channel) {
            say(format!("{en} {id} of {c} cannot serve {name}"), format!("{c} 的{zh} {id} 没有 {name} 技能"));
        }
    }
    let arrivals = floor.arrivals(h, time.end);
    let here = floor.serving(time).to_vec();
    let can = |q: PersonIx| q != h.from && floor.works_on(q, h.channel);
    let by_name = || taken.get(&time).into_iter().flatten().copied();
    let stays = here.into_iter().any(can) || by_name().any(|q| can(q) && floor.takes_over(q, time));
    let nobody_else = !f.case.person_indices().any(|q| q != h.from && f.person(q).serves(h.channel));
    let due = if !arrivals.is_empty() {
        HandoverKind::EarlyArrival
    } else if stays {
        HandoverKind::Overlap
    } else if nobody_else {
        HandoverKind::None
    } else {
        HandoverKind::Message
    };
    if h.kind != due {
        let (is, should) = (kind_text(h.kind), kind_text(due));
        say(
            format!("handover of {name} at {c} is {}, should be {}", is.en, should.en),
            format!("{c} 交接 {name} 方式为 {}，应为 {}", is.zh, should.zh),
        );
        return;
    }
    let own = arrivals.iter().all(|o| o.person == h.from) && h.kind == HandoverKind::EarlyArrival;
    for (q, en, zh) in [(h.to.filter(|_| !own), "receiver", "接班人"), (h.backup, "backup", "后备")] {
        if q == Some(h.from) && h.kind != HandoverKind::Message {
            say(format!("is {en} of the own handover at {c}"), format!("{c} 的{zh}是本人"));
        }
    }
    let id = h.to.map_or("-", |q| f.person(q).id.as_str());
    match h.kind {
        HandoverKind::EarlyArrival => {
            let comes = |o: &&Opening| Some(o.person) == h.to && (own || o.person != h.from);
            if !arrivals.iter().find(comes).is_some_and(|o| floor.arrives(o)) {
                say(
                    format!("receiver {id} does not come early for {c}"),
                    format!("接班人 {id} 没有为 {c} 提前到岗"),
                );
            }
        }
        HandoverKind::Overlap => {
            if !h.to.is_some_and(|q| floor.takes_over(q, time)) {
                say(
                    format!("receiver {id} does not take over in {c}"),
                    format!("接班人 {id} 在 {c} 没有接班"),
                );
            }
        }
        HandoverKind::None if h.to.is_some() => {
            say(
                format!("receiver {id} of {c}, but nobody follows"),
                format!("{c} 的接班人为 {id}，但无人接班"),
            );
        }
        HandoverKind::Message | HandoverKind::None => {}
    }
}

/// Whether the outgoing person is at a meal in the slot that fits nowhere else.
fn eats(floor: &Floor<'_, '_>, h: &Handover) -> bool {
    let f = floor.f;
    let Some(s) = f.shift(h.from, h.day) else { return false };
    let there = floor.inside.day(h.from, h.day).times(|a| matches!(a, Activity::Meal | Activity::Handover));
    !meals::avoids_all(f, h.from, h.day, s) && length(&without(&[h.time], &there)) == 0
}

/// Whether the one who takes over cannot take the channel last served, but another one of the outgoing person's.
fn must_change(f: &Facts<'_>, h: &Handover, last: ChannelIx) -> bool {
    matches!(h.kind, HandoverKind::Overlap | HandoverKind::EarlyArrival)
        && h.to.is_some_and(|q| !f.person(q).serves(last))
}

/// The channel served last before the slot in the segment that ends with it.
fn last_served(floor: &Floor<'_, '_>, h: &Handover) -> Option<ChannelIx> {
    let pieces = floor.inside.day(h.from, h.day).pieces.iter();
    let shift = floor.f.shift(h.from, h.day).map(|s| floor.f.case.shift(s))?;
    let segment = shift.times.iter().find(|t| t.end == h.time.end)?;
    let before = pieces.filter(|x| segment.start < x.time.end && x.time.start < h.time.start);
    before.filter_map(|x| if let Activity::Channel(c) = x.activity { Some(*c) } else { None }).next_back()
}

fn kind_text(kind: HandoverKind) -> Text {
    match kind {
        HandoverKind::Overlap => Text::new("overlap", "重叠交接"),
        HandoverKind::EarlyArrival => Text::new("early_arrival", "提前到岗交接"),
        HandoverKind::Message => Text::new("message", "留言交接"),
        HandoverKind::None => Text::new("none", "无人接班"),
    }
}
