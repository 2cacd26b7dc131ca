//! Work with a deadline: mail, messages, tickets.
//!
//! No queueing formula: what matters is that the work that has arrived is done before it is due, oldest first, in
//! the hours in which the channel is open (those with a row of the forecast). With W(t) the work arrived by t and D
//! the deadline on the wall clock, capacity is enough when for every t the capacity used by t is at least W(t − D),
//! none of it used before the work is there (earliest deadline first).
//!
//! 1. *Plan.* The work of an interval is spread evenly over the open time that begins after the interval and ends
//!    before the work of the interval's first minute is due. Where there is none (the centre closes first, or the
//!    deadline is shorter than an interval) it is done in the interval itself. The plan meets every deadline.
//! 2. *Border.* Work that arrived before the horizon and is not done yet, and open hours behind it, are those of the
//!    horizon repeated by weeks: the first day does not start from nothing, the last day does not take it all.
//! 3. *Whole people.* Going through the intervals, just enough people that the work done never falls behind the
//!    plan. People once there stay while there is work for all of them and the plan needs them but for rounding:
//!    little work becomes a few short blocks, much work a level line.

use super::interval::{shrinkage, whole};
use crate::base::DAY_MINUTES;
use crate::model::Channel;

/// An interval in which a channel is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Open {
    /// First minute, from the start of the horizon.
    pub(super) start: i64,
    /// End.
    pub(super) end: i64,
    /// Work that arrives in it, in seconds.
    pub(super) work_s: f64,
}

/// People at work in each of the open intervals, which must ascend and not overlap. `days`: length of the horizon.
pub(super) fn required(channel: &Channel, open: &[Open], days: usize) -> Vec<i64> {
    let deadline = (channel.deadline_h.max(0.0) * 60.0) as i64;
    let (line, first) = extended(open, days, deadline);
    let plan = spread(&line, deadline);
    let per_person = |o: &Open| {
        let busy = if channel.max_occupancy > 0.0 { channel.max_occupancy.min(1.0) } else { 1.0 };
        (o.end - o.start) as f64 * 60.0 * busy * (1.0 - shrinkage(channel))
    };
    // What the plan leaves of the work from before the horizon is there at its start.
    let mut waiting: f64 =
        line[..first].iter().map(|o| o.work_s).sum::<f64>() - plan[..first].iter().sum::<f64>();
    let (mut behind, mut before) = (0.0f64, 0i64);
    let mut people = Vec::with_capacity(open.len());
    for (o, planned) in open.iter().zip(&plan[first..]) {
        behind += planned;
        let each = per_person(o);
        // Work of the interval itself is there only as far as the plan had to put it there.
        let at_once = (behind - waiting).max(0.0);
        let there = waiting + at_once;
        let needed = whole(behind / each);
        let stay = before.min(whole(planned / each)).min((there / each + 1e-9) as i64);
        before = needed.max(stay);
        let done = (before as f64 * each).min(there);
        behind -= done;
        waiting += o.work_s - done;
        people.push(before.max(channel.min_agents));
    }
    people
}

/// The open intervals with those before and behind the horizon as far as the deadline reaches, and the place of the
/// first real one.
fn extended(open: &[Open], days: usize, deadline: i64) -> (Vec<Open>, usize) {
    let day = i64::from(DAY_MINUTES);
    let days = days as i64;
    // The same weekday, where the horizon is long enough.
    let period = if days >= 7 { 7 } else { days.max(1) };
    let reach = deadline / day + 2;
    let copy = |target: i64, source: i64| {
        let on = move |o: &&Open| o.start.div_euclid(day) == source;
        open.iter().filter(on).map(move |o| {
            let by = (target - source) * day;
            Open { start: o.start + by, end: o.end + by, work_s: o.work_s }
        })
    };
    let first_source = |d: i64| d.rem_euclid(period);
    let last_source = |d: i64| days - period + (d - (days - period)).rem_euclid(period);
    let mut line: Vec<Open> = (-reach..0).flat_map(|d| copy(d, first_source(d))).collect();
    line.retain(|o| open.first().is_none_or(|f| o.end <= f.start));
    let first = line.len();
    line.extend_from_slice(open);
    let end = open.last().map_or(0, |o| o.end);
    line.extend((days..days + reach).flat_map(|d| copy(d, last_source(d))).filter(|o| o.start >= end));
    (line, first)
}

/// Work planned in each interval.
fn spread(line: &[Open], deadline: i64) -> Vec<f64> {
    let mut plan = vec![0.0; line.len()];
    for (i, o) in line.iter().enumerate() {
        let due = o.start + deadline;
        let to = line.partition_point(|j| j.end <= due).max(i + 1);
        let minutes: i64 = line[i + 1..to].iter().map(|j| j.end - j.start).sum();
        if minutes == 0 {
            plan[i] += o.work_s;
            continue;
        }
        for (p, j) in plan[i + 1..to].iter_mut().zip(&line[i + 1..to]) {
            *p += o.work_s * (j.end - j.start) as f64 / minutes as f64;
        }
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::ChannelKind;
    use crate::staffing::testing::channel;
    use proptest::prelude::*;

    fn mail(deadline_h: f64) -> Channel {
        Channel { deadline_h, max_occupancy: 0.85, ..channel("mail", ChannelKind::Deferred) }
    }

    /// Half-hour intervals from `from` to `to` o'clock every day, each with this work.
    fn hours(days: i64, from: i64, to: i64, work_s: impl Fn(i64) -> f64) -> Vec<Open> {
        let slots = (0..days).flat_map(|d| (from * 2..to * 2).map(move |s| d * 1440 + s * 30));
        slots
            .enumerate()
            .map(|(i, start)| Open { start, end: start + 30, work_s: work_s(i as i64) })
            .collect()
    }

    /// Works off the real work oldest first with the people given, and returns what is not done when it is due.
    /// Work of an interval can be done from its end on, or inside it where no open time comes before it is due.
    fn late_work(c: &Channel, open: &[Open], people: &[i64]) -> f64 {
        let deadline = (c.deadline_h * 60.0) as i64;
        let mut left: Vec<f64> = open.iter().map(|o| o.work_s).collect();
        let mut late = 0.0;
        for (j, o) in open.iter().enumerate() {
            let mut capacity =
                people[j] as f64 * (o.end - o.start) as f64 * 60.0 * c.max_occupancy * (1.0 - c.shrinkage);
            for i in 0..=j {
                let due = open[i].start + deadline;
                let later = open.get(i + 1).is_some_and(|next| next.end <= due);
                if i == j && later {
                    continue;
                }
                let done = left[i].min(capacity);
                left[i] -= done;
                capacity -= done;
                let next_end = open.get(j + 1).map_or(o.end, |next| next.end);
                if due < next_end && (i < j || !later) {
                    late += left[i];
                    left[i] = 0.0;
                }
            }
        }
        late
    }

    #[test]
    fn one_person_is_just_enough_for_126_mails_of_six_minutes_a_day() {
        let open = hours(28, 8, 23, |_| 126.0 * 360.0 / 30.0);
        let people = required(&mail(24.0), &open, 28);
        assert!(people.iter().all(|n| *n <= 1), "{people:?}");
        assert!(people.iter().sum::<i64>() >= 28 * 29, "{people:?}");
    }

    #[test]
    fn little_work_becomes_a_few_short_blocks_a_day() {
        // Ten mails of six minutes a day: an hour of work, which 85 % of 30 minutes do in two and a half intervals.
        let open = hours(14, 8, 23, |_| 120.0);
        let people = required(&mail(24.0), &open, 14);
        let total: i64 = people.iter().sum();
        assert!((28..=45).contains(&total), "{total}");
        let starts = (1..people.len()).filter(|&i| people[i] > people[i - 1]).count();
        assert!(starts <= 3 * 14, "{starts}");
    }

    #[test]
    fn much_work_is_a_level_line() {
        let open = hours(28, 8, 23, |i| if i % 30 < 10 { 20_000.0 } else { 2_000.0 });
        let people = required(&mail(24.0), &open, 28);
        let (least, most) = (people.iter().min().unwrap(), people.iter().max().unwrap());
        assert!(*most <= 8 && *least >= 3, "{least} to {most}");
    }

    #[test]
    fn a_deadline_before_the_next_opening_is_met_at_once() {
        let open = hours(2, 9, 18, |_| 1530.0);
        let people = required(&mail(1.0), &open, 2);
        assert_eq!(people[17], 2, "the last interval does its own work and that of the one before");
        assert_eq!(late_work(&mail(1.0), &open, &people), 0.0);
    }

    #[test]
    fn shrinkage_and_the_least_number() {
        let open = hours(7, 9, 18, |_| 1530.0 * 7.0);
        let c = Channel { shrinkage: 0.3, min_agents: 2, ..mail(24.0) };
        let people = required(&c, &open, 7);
        assert!(people.iter().all(|n| (2..=11).contains(n)), "{people:?}");
        let quiet = required(&c, &hours(7, 9, 18, |_| 0.0), 7);
        assert!(quiet.iter().all(|n| *n == 2));
    }

    proptest! {
        #[test]
        fn everything_is_done_before_it_is_due(
            work in proptest::collection::vec(0f64..8000.0, 10 * 20),
            deadline_h in prop_oneof![Just(0.5), Just(1.0), Just(2.0), Just(4.0), Just(12.0), Just(24.0), Just(48.0)],
            shrinkage in 0f64..0.4,
        ) {
            let c = Channel { shrinkage, ..mail(deadline_h) };
            let open = hours(10, 9, 19, |i| work[i as usize]);
            let people = required(&c, &open, 10);
            prop_assert!(late_work(&c, &open, &people) < 1e-3);
        }
    }
}
