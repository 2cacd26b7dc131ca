//! Channels inside an interval with handovers: who is left on the queue spreads over its parts as it is required.
//!
//! An interval is judged by its minutes as a whole, and pairs that hand over in batches leave one channel empty now and
//! another one then. Here a person on a channel that has enough goes to one that is short at the moment, and in another
//! part of the same interval somebody comes back the same way: what the interval has in minutes stays the same. Nobody
//! has to come back where both channels have people to spare and the price is the same.

use super::batches::{Lines, absolute, all_through};
use crate::base::index::{ChannelIx, PersonIx};
use crate::base::{DAY_MINUTES, Minute, Span};
use crate::model::{Activity, Case, Duty, Handover, HandoverKind};
use crate::problem::DayProblem;
use std::collections::{BTreeMap, BTreeSet};

/// A time that channels have as one interval, in parts of equal length.
struct Period {
    parts: Vec<Span>,
    /// What each of the channels requires.
    required: BTreeMap<usize, Need>,
}

/// People required in a period, and prices of a minute short and spare.
#[derive(Clone, Copy)]
struct Need {
    people: i64,
    under: i64,
    over: i64,
}

/// Somebody on one channel all through a part.
#[derive(Clone, Copy)]
struct Seat {
    part: usize,
    channel: usize,
    day: usize,
    person: PersonIx,
}

/// When people hand over, by day of the shift and person, minutes of the horizon.
type Leavers = BTreeMap<(usize, PersonIx), Vec<Span>>;

/// Moves people between channels, minutes of the horizon.
pub(super) fn even_out(case: &Case, days: &[&DayProblem], lines: &mut Lines, handovers: &[Handover]) {
    let mut leavers: Leavers = BTreeMap::new();
    let mut slots: BTreeSet<Span> = BTreeSet::new();
    for h in handovers {
        leavers.entry((h.day, h.from)).or_default().push(absolute(h.day, h.time));
        if h.kind == HandoverKind::Overlap && !h.time.is_empty() {
            slots.insert(absolute(h.day, h.time));
        }
    }
    for day in days {
        for period in periods(day, &slots) {
            let mut seats = seats(case, lines, &period, &leavers);
            while let Some(Change { comes, short, back }) = exchange(case, &period, lines, &seats) {
                let other = std::mem::replace(&mut seats[comes].channel, short);
                sit(lines, seats[comes], period.parts[seats[comes].part]);
                if let Some(back) = back {
                    seats[back].channel = other;
                    sit(lines, seats[back], period.parts[seats[back].part]);
                }
            }
        }
    }
}

/// Times of intervals of several channels that are cut into equal parts by handovers in them.
fn periods(day: &DayProblem, handovers: &BTreeSet<Span>) -> Vec<Period> {
    let mut required: BTreeMap<(usize, usize), BTreeMap<usize, Need>> = BTreeMap::new();
    for i in day.intervals.iter().filter(|i| i.slots.0 < i.slots.1 && !i.window) {
        let length: i64 = day.slots[i.slots.0..i.slots.1].iter().map(|s| i64::from(s.len())).sum();
        let need = Need { people: i.minutes / length.max(1), under: i.under, over: i.over };
        required.entry(i.slots).or_default().insert(i.channel, need);
    }
    let mut periods = Vec::new();
    for ((from, to), required) in required.into_iter().filter(|(_, r)| r.len() > 1) {
        let whole = absolute(day.first_day, Span::new(day.slots[from].start, day.slots[to - 1].end));
        let inside: Vec<Span> = handovers.iter().copied().filter(|h| whole.contains(*h)).collect();
        let Some(length) = inside.first().map(|h| h.len()) else { continue };
        let aligned = |h: &Span| h.len() == length && (h.start - whole.start) % length == 0;
        if whole.len() % length == 0 && whole.len() > length && inside.iter().all(aligned) {
            let part = |i: Minute| Span::new(whole.start + i * length, whole.start + (i + 1) * length);
            periods.push(Period { parts: (0..whole.len() / length).map(part).collect(), required });
        }
    }
    periods
}

/// Everybody who is on one of the channels all through a part and hands over neither in the period nor after it: what
/// they hand over is the channel last served.
fn seats(case: &Case, lines: &Lines, period: &Period, leavers: &Leavers) -> Vec<Seat> {
    let mut seats = Vec::new();
    for (part, &span) in period.parts.iter().enumerate() {
        let last = usize::try_from(span.start / DAY_MINUTES).unwrap_or(0);
        for day in last.saturating_sub(1)..=last {
            for (&(_, person), _) in lines.range((day, PersonIx::new(0))..(day + 1, PersonIx::new(0))) {
                let on = |c: &&usize| {
                    let here = Activity::Channel(ChannelIx::new(**c));
                    all_through(lines, (day, person), span, |d: &Duty| d.activity == here)
                };
                let channel = period.required.keys().find(on).copied();
                let whole = Span::new(period.parts[0].start, period.parts[period.parts.len() - 1].end + 1);
                let leaves = |times: &Vec<Span>| times.iter().any(|t| t.overlap(whole) > 0);
                let stays = !leavers.get(&(day, person)).is_some_and(leaves);
                if let Some(channel) = channel.filter(|_| stays && case.person(person).skills.len() > 1) {
                    seats.push(Seat { part, channel, day, person });
                }
            }
        }
    }
    seats
}

/// A seat that goes to a channel that is short, and one that comes back from it in another part.
struct Change {
    comes: usize,
    short: usize,
    back: Option<usize>,
}

/// The next change that helps.
fn exchange(case: &Case, period: &Period, lines: &Lines, seats: &[Seat]) -> Option<Change> {
    let spare = |part: usize, channel: usize| {
        let span = period.parts[part];
        let here = Activity::Channel(ChannelIx::new(channel));
        let days = usize::try_from(span.start / DAY_MINUTES).unwrap_or(0);
        let there = lines.range((days.saturating_sub(1), PersonIx::new(0))..(days + 1, PersonIx::new(0)));
        let minutes: Minute = there
            .flat_map(|(_, line)| line)
            .filter(|d| d.activity == here)
            .map(|d| absolute(d.day, d.time).overlap(span))
            .sum();
        i64::from(minutes) - period.required[&channel].people * i64::from(span.len())
    };
    let length = i64::from(period.parts[0].len());
    let serves = |seat: &Seat, channel: usize| case.person(seat.person).serves(ChannelIx::new(channel));
    // By how much the period's price rises with minutes more on a channel.
    let rise = |channel: usize, more: i64| {
        let Need { under, over, .. } = period.required[&channel];
        let now: i64 = (0..period.parts.len()).map(|part| spare(part, channel)).sum();
        let price = |spare: i64| if spare < 0 { -spare * under } else { spare * over };
        price(now + more) - price(now)
    };
    for part in 0..period.parts.len() {
        for &short in period.required.keys().filter(|&&c| spare(part, c) < 0) {
            let able = |s: &Seat| {
                s.part == part && s.channel != short && serves(s, short) && spare(part, s.channel) >= length
            };
            let Some(comes) = seats.iter().position(able) else { continue };
            let other = seats[comes].channel;
            let back = seats.iter().position(|s| {
                s.part != part && s.channel == short && serves(s, other) && spare(s.part, short) >= length
            });
            if back.is_some() {
                return Some(Change { comes, short, back });
            }
            let as_dear = |s: &Seat| able(s) && rise(s.channel, -length) + rise(short, length) == 0;
            if let Some(comes) = seats.iter().position(as_dear) {
                return Some(Change { comes, short, back: None });
            }
        }
    }
    None
}

/// Puts somebody on the channel of a seat for its time.
fn sit(lines: &mut Lines, seat: Seat, time: Span) {
    let Some(line) = lines.get_mut(&(seat.day, seat.person)) else { return };
    let time = time.shifted(-(seat.day as Minute) * DAY_MINUTES);
    let mut parts: Vec<Duty> = Vec::with_capacity(line.len() + 2);
    for duty in line.drain(..) {
        let before = Span::new(duty.time.start, duty.time.end.min(time.start));
        let after = Span::new(duty.time.start.max(time.end), duty.time.end);
        for rest in [before, after].into_iter().filter(|r| r.start < r.end) {
            parts.push(Duty { time: rest, ..duty.clone() });
        }
    }
    let activity = Activity::Channel(ChannelIx::new(seat.channel));
    parts.push(Duty { day: seat.day, person: seat.person, time, activity });
    parts.sort_by_key(|d| d.time);
    super::batches::join(line, parts);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Duty;
    use crate::problem::Block;
    use crate::problem::day::{build, testing};

    fn duty(person: usize, time: (i32, i32), activity: Activity) -> Duty {
        Duty { day: 0, person: PersonIx::new(person), time: Span::new(time.0, time.1), activity }
    }

    /// Two batches, 16:30 and 16:45; two people required on each channel. Person 2 is spare on the first channel before
    /// they receive, person 5 on the second one after they did.
    #[test]
    fn who_is_spare_goes_where_people_are_short_and_another_comes_back() {
        let day = testing::shift("D", &[(510, 1020)]);
        let both: &[usize] = &[0, 1];
        let case =
            testing::case(1, 2, vec![day], &[&[0], &[0], both, &[1], &[0], both, &[1], &[1], both, both]);
        let needs = testing::flat(1, (990, 1020), 30, &[(2, 10, 0), (2, 10, 0)]);
        let (blocks, _) = build(&case, &needs);
        let days: Vec<&DayProblem> = blocks
            .iter()
            .filter_map(|b| match b {
                Block::Day(day) => Some(&**day),
                Block::HeadCount { .. } => None,
            })
            .collect();
        let on = |c: usize| Activity::Channel(ChannelIx::new(c));
        let (first, second) = ((990, 1005), (1005, 1020));
        let mut lines = Lines::new();
        for duty in [
            duty(0, first, on(0)),
            duty(1, first, on(0)),
            duty(2, first, on(0)),
            duty(2, second, Activity::Handover),
            duty(3, first, on(1)),
            duty(4, second, on(0)),
            duty(5, first, Activity::Handover),
            duty(5, second, on(1)),
            duty(6, second, on(1)),
            duty(7, second, on(1)),
            // They hand over and stay where they are.
            duty(8, first, Activity::Handover),
            duty(9, second, Activity::Handover),
        ] {
            lines.entry((0, duty.person)).or_default().push(duty);
        }
        let handover = |from: usize, to: usize, time: (i32, i32)| Handover {
            batch: String::new(),
            day: 0,
            time: Span::new(time.0, time.1),
            channel: ChannelIx::new(0),
            kind: HandoverKind::Overlap,
            from: PersonIx::new(from),
            to: Some(PersonIx::new(to)),
            backup: None,
            note: crate::base::Text::same(""),
        };
        let handovers = [handover(8, 5, first), handover(9, 2, second)];
        even_out(&case, &days, &mut lines, &handovers);
        assert_eq!(lines[&(0, PersonIx::new(2))][0], duty(2, first, on(1)));
        assert_eq!(lines[&(0, PersonIx::new(5))][1], duty(5, second, on(0)));
        let others = [0, 1, 3, 4, 6, 7].map(|p| lines[&(0, PersonIx::new(p))].len());
        assert_eq!(others, [1; 6]);
        let before = lines.clone();
        even_out(&case, &days, &mut lines, &handovers);
        assert_eq!(lines, before, "nobody is short any more");
    }

    /// One person required on each channel, three there on the first; the second has two before 16:45 and nobody after. A
    /// spare minute costs 1 on both, or 2 on the second one.
    #[test]
    fn who_is_spare_goes_and_nobody_comes_back_at_an_equal_price() {
        let day = testing::shift("D", &[(510, 1020)]);
        let both: &[usize] = &[0, 1];
        let case = testing::case(1, 2, vec![day], &[&[0], &[0], both, &[1], &[1], both]);
        let on = |c: usize| Activity::Channel(ChannelIx::new(c));
        let (first, second) = ((990, 1005), (1005, 1020));
        for (dear, goes) in [(1, true), (2, false)] {
            let needs = testing::flat(1, (990, 1020), 30, &[(1, 10, 1), (1, 10, dear)]);
            let (blocks, _) = build(&case, &needs);
            let days: Vec<&DayProblem> = blocks.iter().filter_map(super::super::day_of).collect();
            let mut lines = Lines::new();
            for duty in [
                duty(0, (990, 1020), on(0)),
                duty(1, (990, 1020), on(0)),
                duty(2, (990, 1020), on(0)),
                duty(3, first, on(1)),
                duty(4, first, on(1)),
                duty(4, second, Activity::Handover),
                duty(5, second, Activity::Handover),
            ] {
                lines.entry((0, duty.person)).or_default().push(duty);
            }
            let handovers = [Handover {
                batch: String::new(),
                day: 0,
                time: Span::new(second.0, second.1),
                channel: ChannelIx::new(1),
                kind: HandoverKind::Overlap,
                from: PersonIx::new(4),
                to: Some(PersonIx::new(5)),
                backup: None,
                note: crate::base::Text::same(""),
            }];
            even_out(&case, &days, &mut lines, &handovers);
            let stays = vec![duty(2, (990, 1020), on(0))];
            let changes = vec![duty(2, first, on(0)), duty(2, second, on(1))];
            assert_eq!(lines[&(0, PersonIx::new(2))], if goes { changes } else { stays });
        }
    }
}
