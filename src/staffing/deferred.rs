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
//!    With `deadline_clock` = `open` the deadline counts minutes of the open intervals alone.
//! 2. *Border.* Work that arrived before the horizon and is not done yet, and open hours behind it, are those of the
//!    horizon repeated by weeks: the first day does not start from nothing, the last day does not take it all. Where `backlog` says how
//!    many contacts wait, they take the place of those before.
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

/// Work from before the horizon that is still to do when it begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Left {
    /// When it arrived, in minutes from the start of the horizon (negative, or 0 for a backlog that was written down).
    pub(super) start: i64,
    /// End.
    pub(super) end: i64,
    /// Seconds.
    pub(super) work_s: f64,
}

/// What the plan leaves of the work from before the horizon. `backlog_s`: the work that is there, where it is known.
pub(super) fn left(channel: &Channel, open: &[Open], days: usize, backlog_s: Option<f64>) -> Vec<Left> {
    if let Some(work_s) = backlog_s {
        return vec![Left { start: 0, end: 0, work_s }];
    }
    let clock = Clock::of(channel);
    let (line, first) = extended(open, days, &clock);
    let mut found = Vec::new();
    for (i, o) in line[..first].iter().enumerate() {
        let to = clock.last(&line, i).max(i + 1);
        let minutes = |list: &[Open]| list.iter().map(|j| j.end - j.start).sum::<i64>();
        let (all, inside) = (minutes(&line[i + 1..to]), minutes(&line[first.min(to)..to]));
        if inside > 0 && o.work_s > 0.0 {
            let work_s = o.work_s * inside as f64 / all as f64;
            found.push(Left { start: o.start, end: o.end, work_s });
        }
    }
    found
}

/// People at work in each of the open intervals, which must ascend and not overlap. `days`: length of the horizon.
/// `backlog_s`: the work that waits when it begins, where that is known.
pub(super) fn required(channel: &Channel, open: &[Open], days: usize, backlog_s: Option<f64>) -> Vec<i64> {
    let clock = Clock::of(channel);
    let (line, first) = extended(open, days, &clock);
    let mut plan = spread(&line, &clock);
    let per_person = |o: &Open| {
        let busy = if channel.max_occupancy > 0.0 { channel.max_occupancy.min(1.0) } else { 1.0 };
        (o.end - o.start) as f64 * 60.0 * busy * (1.0 - shrinkage(channel))
    };
    // What the plan leaves of the work from before the horizon is there at its start.
    let mut waiting: f64 =
        line[..first].iter().map(|o| o.work_s).sum::<f64>() - plan[..first].iter().sum::<f64>();
    if let Some(backlog_s) = backlog_s {
        // A backlog that is known takes the place of what a usual week leaves, due as if it had come at the start.
        let usual: Vec<Open> = line[..first].to_vec();
        let alone: Vec<Open> =
            usual.iter().copied().chain(line[first..].iter().map(|o| Open { work_s: 0.0, ..*o })).collect();
        plan.iter_mut().zip(spread(&alone, &clock)).for_each(|(p, usual)| *p = (*p - usual).max(0.0));
        waiting = backlog_s;
        let to = clock.last_from(&line, first).max((first + 1).min(line.len()));
        let minutes: i64 = line[first..to].iter().map(|j| j.end - j.start).sum();
        for (p, j) in plan[first..to].iter_mut().zip(&line[first..to]) {
            *p += backlog_s * (j.end - j.start) as f64 / minutes.max(1) as f64;
        }
    }
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

/// How a deadline is counted.
pub(super) struct Clock {
    /// Minutes.
    deadline: i64,
    /// Whether only open minutes count.
    open: bool,
}

impl Clock {
    pub(super) fn of(channel: &Channel) -> Self {
        Self { deadline: (channel.deadline_h.max(0.0) * 60.0) as i64, open: channel.open_hours }
    }
    /// A clock with this share of the deadline.
    pub(super) fn shortened(self, share: f64) -> Self {
        Self { deadline: (self.deadline as f64 * share) as i64, ..self }
    }
    /// The deadline in minutes.
    pub(super) fn minutes(&self) -> i64 {
        self.deadline
    }
    /// One behind the last interval that ends before the work of the first minute of interval `i` is due.
    pub(super) fn last(&self, line: &[Open], i: usize) -> usize {
        if self.open {
            return self.last_from(line, i);
        }
        let due = line[i].start + self.deadline;
        line.partition_point(|j| j.end <= due)
    }
    /// The same for work that is there when interval `i` begins.
    pub(super) fn last_from(&self, line: &[Open], i: usize) -> usize {
        if !self.open {
            let due = line.get(i).map_or(0, |o| o.start) + self.deadline;
            return line.partition_point(|j| j.end <= due);
        }
        let mut left = self.deadline;
        for (k, j) in line.iter().enumerate().skip(i) {
            left -= j.end - j.start;
            if left < 0 {
                return k;
            }
        }
        line.len()
    }
    /// Days before and behind the horizon that matter.
    fn reach(&self, open: &[Open], days: usize) -> i64 {
        let day = i64::from(DAY_MINUTES);
        if !self.open {
            return self.deadline / day + 2;
        }
        let minutes: i64 = open.iter().map(|o| o.end - o.start).sum();
        // Open hours come at the pace of the horizon, weekends and other gaps included.
        self.deadline * days as i64 / minutes.max(1) + 9
    }
}

/// The open intervals with those before and behind the horizon as far as the deadline reaches, and the place of the
/// first real one.
pub(super) fn extended(open: &[Open], days: usize, clock: &Clock) -> (Vec<Open>, usize) {
    let day = i64::from(DAY_MINUTES);
    let reach = clock.reach(open, days);
    let days = days as i64;
    // The same weekday, where the horizon is long enough.
    let period = if days >= 7 { 7 } else { days.max(1) };
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
fn spread(line: &[Open], clock: &Clock) -> Vec<f64> {
    let mut plan = vec![0.0; line.len()];
    for (i, o) in line.iter().enumerate().filter(|(_, o)| o.work_s > 0.0) {
        let to = clock.last(line, i).max(i + 1);
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
        let people = required(&mail(24.0), &open, 28, None);
        assert!(people.iter().all(|n| *n <= 1), "{people:?}");
        assert!(people.iter().sum::<i64>() >= 28 * 29, "{people:?}");
    }

    #[test]
    fn little_work_becomes_a_few_short_blocks_a_day() {
        // Ten mails of six minutes a day: an hour of work, which 85 % of 30 minutes do in two and a half intervals.
        let open = hours(14, 8, 23, |_| 120.0);
        let people = required(&mail(24.0), &open, 14, None);
        let total: i64 = people.iter().sum();
        assert!((28..=45).contains(&total), "{total}");
        let starts = (1..people.len()).filter(|&i| people[i] > people[i - 1]).count();
        assert!(starts <= 3 * 14, "{starts}");
    }

    #[test]
    fn much_work_is_a_level_line() {
        let open = hours(28, 8, 23, |i| if i % 30 < 10 { 20_000.0 } else { 2_000.0 });
        let people = required(&mail(24.0), &open, 28, None);
        let (least, most) = (people.iter().min().unwrap(), people.iter().max().unwrap());
        assert!(*most <= 8 && *least >= 3, "{least} to {most}");
    }

    #[test]
    fn a_deadline_before_the_next_opening_is_met_at_once() {
        let open = hours(2, 9, 18, |_| 1530.0);
        let people = required(&mail(1.0), &open, 2, None);
        assert_eq!(people[17], 2, "the last interval does its own work and that of the one before");
        assert_eq!(late_work(&mail(1.0), &open, &people), 0.0);
    }

    #[test]
    fn shrinkage_and_the_least_number() {
        let open = hours(7, 9, 18, |_| 1530.0 * 7.0);
        let c = Channel { shrinkage: 0.3, min_agents: 2, ..mail(24.0) };
        let people = required(&c, &open, 7, None);
        assert!(people.iter().all(|n| (2..=11).contains(n)), "{people:?}");
        let quiet = required(&c, &hours(7, 9, 18, |_| 0.0), 7, None);
        assert!(quiet.iter().all(|n| *n == 2));
    }

    #[test]
    fn open_hours_give_more_time_than_the_clock() {
        // All work of a week comes on one day; a day of the clock has nine open hours, 24 open hours are 2.7 days.
        let open = hours(14, 9, 18, |i| if i / 18 % 7 == 0 { 9000.0 } else { 0.0 });
        let by_clock = required(&mail(24.0), &open, 14, None);
        let by_hours = required(&Channel { open_hours: true, ..mail(24.0) }, &open, 14, None);
        let most = |people: &[i64]| people.iter().copied().max().unwrap_or(0);
        assert!(2 * most(&by_hours) <= most(&by_clock), "{by_hours:?} {by_clock:?}");
        let work = 2.0 * 18.0 * 9000.0 / (1800.0 * 0.85);
        for people in [by_clock, by_hours] {
            assert!((people.iter().sum::<i64>() as f64 - work).abs() < 0.1 * work, "{people:?}");
        }
    }

    #[test]
    fn a_backlog_is_done_before_it_is_due_and_takes_the_place_of_the_usual() {
        let open = hours(7, 9, 18, |_| 0.0);
        // Ten people's day.
        let people = required(&mail(24.0), &open, 7, Some(10.0 * 18.0 * 1530.0));
        let early: i64 = people[..18].iter().sum();
        assert!((175..=190).contains(&early) && people[18..].iter().all(|n| *n == 0), "{people:?}");
        let busy = hours(7, 9, 18, |_| 1530.0);
        let (usual, none) =
            (required(&mail(24.0), &busy, 7, None), required(&mail(24.0), &busy, 7, Some(0.0)));
        assert!(none[..18].iter().sum::<i64>() < usual[..18].iter().sum::<i64>());
        assert_eq!(none[36..], usual[36..]);
    }

    #[test]
    fn what_is_left_from_before_is_what_the_plan_puts_into_the_horizon() {
        let c = mail(24.0);
        let open = hours(7, 9, 18, |_| 1530.0);
        let work: f64 = left(&c, &open, 7, None).iter().map(|l| l.work_s).sum();
        // Work waits half a day on average: half a day's work, nine hours of one person, is there.
        assert!((work / (18.0 * 1530.0) - 0.5).abs() < 0.1, "{work}");
        assert_eq!(left(&c, &open, 7, Some(5.0)), [Left { start: 0, end: 0, work_s: 5.0 }]);
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
            let people = required(&c, &open, 10, None);
            prop_assert!(late_work(&c, &open, &people) < 1e-3);
        }
    }
}
