//! Deferred work as windows: so many agent-minutes between the time at which work is there and the time at which it has to
//! be done, wherever they lie.
//!
//! The work of an interval may be done in the open intervals that begin after it and end before three quarters of the
//! deadline of its first minute have passed: arrivals vary and people fall ill, and a plan that does everything at the last
//! moment is late half of the time. Three things make windows of that:
//!
//! 1. *Days.* A day of work begins with the first shift, and no window reaches over its border: the days of a rota are
//!    priced one by one. What may stay overnight is shared between the days by the time in which somebody can be at
//!    work; so is work that may be done before and after hours in which the channel is closed.
//! 2. *Parts.* A day's open time has three parts, more where the deadline is shorter than two of them. A window begins at
//!    the first border at or after its beginning and ends at the last one at or before its end: windows only become
//!    narrower, so the deadline is kept. What is too narrow for that goes to the other days; only where no day has such
//!    a pair of borders do they stay as they are. Work of equal windows is one.
//! 3. *Least number.* `min_agents` people in each interval are windows of one interval; the work that they do, oldest
//!    first, is taken from the others.

use super::deferred::{Clock, Open, extended};
use super::interval::shrinkage;
use crate::base::index::ChannelIx;
use crate::base::{DAY_MINUTES, Span};
use crate::model::{Case, Channel, WorkWindow};
use std::collections::BTreeMap;
use std::ops::Range;

/// Share of the deadline in which work is planned to be done.
const AIM: f64 = 0.75;

/// Parts of a day's open time, at least.
const PARTS: i64 = 3;

/// The windows of a flexible deferred channel; none where shifts of a day last into those of the next, or where there is
/// no work. `prices` of a day: a minute not done, and a minute too many.
pub(super) fn windows(
    case: &Case,
    channel: ChannelIx,
    open: &[Open],
    backlog_s: Option<f64>,
    prices: impl Fn(usize) -> (i64, i64),
) -> Vec<WorkWindow> {
    let Some(times) = AtWork::of(case) else { return Vec::new() };
    let definition = case.channel(channel);
    let runs = runs(open, &times);
    let mut work = work(definition, open, case.horizon.days, backlog_s, &times);
    let least = i64::from(definition.min_agents > 0) * definition.min_agents;
    if least == 0 && work.values().sum::<f64>() < 1.0 {
        return Vec::new();
    }
    let mut found: Vec<(Range<usize>, i64)> = Vec::new();
    if least > 0 {
        let length = |i: usize| open[i].end - open[i].start;
        do_at_least(&mut work, (0..open.len()).map(|i| (least * length(i)) as f64).collect());
        found.extend((0..open.len()).map(|i| (i..i + 1, least * length(i))));
    }
    // Whole intervals of a person: nobody is to change for a few minutes.
    let piece = open.first().map_or(1, |o| o.end - o.start) as f64;
    let (mut exact, mut whole) = (0.0, 0);
    for ((from, to), minutes) in work {
        exact += minutes;
        let rounded = ((exact / piece).round() * piece) as i64 - whole;
        whole += rounded;
        if rounded > 0 {
            found.push((from..to, rounded));
        }
    }
    for run in &runs {
        if !run.clone().all(|i| found.iter().any(|(w, _)| w.contains(&i))) {
            found.push((run.clone(), 0));
        }
    }
    let day = i64::from(DAY_MINUTES);
    let window = |(range, minutes): (Range<usize>, i64)| {
        let on = times.day(open[range.start].start).clamp(0, case.horizon.days as i64 - 1);
        let at = |m: i64| (m - on * day) as i32;
        let (under_weight, over_weight) = prices(on as usize);
        WorkWindow {
            day: on as usize,
            time: Span::new(at(open[range.start].start), at(open[range.end - 1].end)),
            channel,
            minutes,
            under_weight,
            over_weight,
        }
    };
    found.into_iter().map(window).collect()
}

/// When somebody can be at work.
struct AtWork {
    /// Minute of the day at which the first shift begins.
    first: i64,
    /// Stretches of a day's shifts.
    times: Vec<Span>,
}

impl AtWork {
    /// `None` without shifts, or where those of one day last into those of the next.
    fn of(case: &Case) -> Option<Self> {
        let times: Vec<Span> =
            case.shifts.iter().flat_map(|s| &s.times).copied().filter(|t| !t.is_empty()).collect();
        let first = times.iter().map(|t| t.start).min()?;
        let last = times.iter().map(|t| t.end).max()?;
        (last - first <= DAY_MINUTES).then_some(Self { first: i64::from(first), times })
    }
    /// Day of work of a minute of the horizon.
    fn day(&self, minute: i64) -> i64 {
        (minute - self.first).div_euclid(i64::from(DAY_MINUTES))
    }
    /// Minutes of an interval in which somebody can be at work, by the time of the day.
    fn minutes(&self, o: &Open) -> i64 {
        let back = self.day(o.start) * i64::from(DAY_MINUTES);
        let there = |m: i64| {
            let m = (m - back) as i32;
            self.times.iter().any(|t| t.start <= m && m < t.end)
        };
        (o.start..o.end).filter(|&m| there(m)).count() as i64
    }
}

/// Stretches of intervals without a gap inside one day of work.
fn runs(open: &[Open], times: &AtWork) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (i, o) in open.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if open[i - 1].end == o.start && times.day(open[i - 1].start) == times.day(o.start) => {
                run.end = i + 1;
            }
            _ => runs.push(i..i + 1),
        }
    }
    runs
}

/// Agent-minutes of work by the intervals in which they may be done, (first, one past the last).
fn work(
    channel: &Channel,
    open: &[Open],
    days: usize,
    backlog_s: Option<f64>,
    times: &AtWork,
) -> BTreeMap<(usize, usize), f64> {
    let clock = Clock::of(channel).shortened(AIM);
    let (line, first) = extended(open, days, &clock);
    let staffed = |i: usize| -> f64 {
        let inside = i >= first && i < first + open.len();
        // The night shift of the day before the horizon is not part of the rota.
        if inside && times.day(line[i].start) < 0 { 0.0 } else { times.minutes(&line[i]) as f64 }
    };
    let staffed: Vec<f64> = (0..line.len()).map(staffed).collect();
    let busy = if channel.max_occupancy > 0.0 { channel.max_occupancy.min(1.0) } else { 1.0 };
    let minute_s = 60.0 * busy * (1.0 - shrinkage(channel));
    let mut found: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let runs = runs(&line, times);
    let mut add = |range: Range<usize>, work_s: f64| {
        let cut = |run: &Range<usize>| run.start.max(range.start)..run.end.min(range.end);
        let near = || runs.iter().filter(|r| r.start < range.end && range.start < r.end);
        let mut windows: Vec<Range<usize>> =
            near().filter_map(|run| rounded(&line, run, cut(run), clock.minutes())).collect();
        let weigh = |w: &Range<usize>| staffed[w.clone()].iter().sum::<f64>();
        if windows.iter().map(weigh).sum::<f64>() <= 0.0 {
            windows = near().map(cut).collect();
        }
        let mut weights: Vec<f64> = windows.iter().map(weigh).collect();
        if weights.iter().sum::<f64>() <= 0.0 {
            weights = windows.iter().map(|w| w.len() as f64).collect();
        }
        let all: f64 = weights.iter().sum();
        for (window, weight) in windows.iter().zip(weights).filter(|w| w.1 > 0.0) {
            // The horizon begins in the middle of a day of work where shifts last past midnight.
            let (from, to) = (window.start.max(first), window.end.min(first + open.len()));
            if from < to {
                *found.entry((from - first, to - first)).or_default() += work_s / minute_s * weight / all;
            }
        }
    };
    let from = if backlog_s.is_some() { first } else { 0 };
    for (i, o) in line.iter().enumerate().skip(from).filter(|(_, o)| o.work_s > 0.0) {
        let to = clock.last(&line, i).max(i + 1);
        let range = if to > i + 1 { i + 1..to } else { i..i + 1 };
        add(range, o.work_s);
    }
    if let Some(work_s) = backlog_s.filter(|_| first < line.len()) {
        add(first..clock.last_from(&line, first).max(first + 1), work_s);
    }
    found
}

/// A range of a run between borders of its parts, if it has two.
fn rounded(line: &[Open], run: &Range<usize>, range: Range<usize>, deadline: i64) -> Option<Range<usize>> {
    let length = line[run.end - 1].end - line[run.start].start;
    let enough = (2 * length + deadline.max(1) - 1) / deadline.max(1);
    let parts = (PARTS.max(enough) as usize).min(run.len());
    let border = |k: usize| run.start + (k * run.len() + parts / 2) / parts;
    let start = (0..=parts).map(border).find(|&b| b >= range.start)?;
    let end = (0..=parts).rev().map(border).find(|&b| b <= range.end)?;
    (start < end).then_some(start..end)
}

/// Takes from the work what can be done in these minutes of each interval, the earliest end first.
fn do_at_least(work: &mut BTreeMap<(usize, usize), f64>, mut minutes: Vec<f64>) {
    let mut order: Vec<(usize, usize)> = work.keys().copied().collect();
    order.sort_unstable_by_key(|&(from, to)| (to, from));
    for key in order {
        let Some(left) = work.get_mut(&key) else { continue };
        for there in &mut minutes[key.0..key.1] {
            let done = left.min(*there);
            *left -= done;
            *there -= done;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Calendar, Horizon};
    use crate::model::{Origin, ShiftType};
    use crate::rules::ChannelKind;
    use crate::staffing::testing::channel;
    use proptest::prelude::*;

    const DAYS: usize = 7;

    /// A week whose shifts are at work from eight to eleven at night.
    fn case(deadline_h: f64, least: i64) -> Case {
        let mut case =
            Case::empty(Horizon { first: "2026-12-07".parse().unwrap(), days: DAYS }, Calendar::empty());
        for times in [(480, 1020), (840, 1380)] {
            case.shifts.push(ShiftType::new("X", vec![Span::new(times.0, times.1)], Origin::default_value()));
        }
        let mail = channel("mail", ChannelKind::Deferred);
        case.channels.push(Channel { deadline_h, min_agents: least, max_occupancy: 1.0, ..mail });
        case
    }

    /// Half hours from eight to eleven at night with this work in seconds.
    fn open(work_s: impl Fn(usize) -> f64) -> Vec<Open> {
        let starts = (0..DAYS as i64).flat_map(|d| (16..46).map(move |s| d * 1440 + s * 30));
        starts.enumerate().map(|(i, start)| Open { start, end: start + 30, work_s: work_s(i) }).collect()
    }

    fn of(case: &Case, open: &[Open], backlog_s: Option<f64>) -> Vec<WorkWindow> {
        windows(case, ChannelIx::new(0), open, backlog_s, |_| (6, 1))
    }

    #[test]
    fn the_work_of_a_morning_may_be_done_until_closing_time() {
        // Ten hours of work, all in the first half hour of Wednesday.
        let all = open(|i| if i == 60 { 36_000.0 } else { 0.0 });
        let found = of(&case(32.0, 0), &all, Some(0.0));
        let work: Vec<&WorkWindow> = found.iter().filter(|w| w.minutes > 0).collect();
        assert_eq!(work.len(), 1);
        assert_eq!((work[0].day, work[0].time, work[0].minutes), (2, Span::new(780, 1380), 600));
        // Days without work are judged too.
        assert_eq!(found.iter().filter(|w| w.minutes == 0).count(), DAYS);
    }

    #[test]
    fn work_of_the_afternoon_is_shared_with_the_next_morning() {
        let all = open(|i| if i == 75 { 36_000.0 } else { 0.0 });
        let found = of(&case(32.0, 0), &all, Some(0.0));
        let work: Vec<_> =
            found.iter().filter(|w| w.minutes > 0).map(|w| (w.day, w.time, w.minutes)).collect();
        assert_eq!(work, [(2, Span::new(1080, 1380), 300), (3, Span::new(480, 780), 300)]);
    }

    #[test]
    fn the_least_number_does_its_part_of_the_work() {
        let all = open(|_| 3600.0);
        let (none, four) = (of(&case(24.0, 0), &all, Some(0.0)), of(&case(24.0, 4), &all, Some(0.0)));
        let minutes = |list: &[WorkWindow]| list.iter().map(|w| w.minutes).sum::<i64>();
        assert!(minutes(&none) > 60 * 30 * 6);
        assert!(four.iter().all(|w| w.time.len() == 30 && w.minutes == 120), "four people do all of it");
        assert_eq!(minutes(&four), 120 * all.len() as i64);
    }

    #[test]
    fn shifts_that_last_into_the_next_day_leave_the_requirement_fixed() {
        let mut case = case(24.0, 0);
        case.shifts[1].times = vec![Span::new(1320, 1950)];
        assert_eq!(of(&case, &open(|_| 3600.0), None), []);
    }

    proptest! {
        /// However the minutes of a window lie in it, oldest work first, nothing is late: all work between the windows'
        /// beginnings has arrived, and all that is due by their ends is in them.
        #[test]
        fn windows_hold_what_has_arrived_and_end_before_it_is_due(
            work in proptest::collection::vec(0f64..20_000.0, DAYS * 30),
            deadline_h in prop_oneof![Just(2.0), Just(4.0), Just(8.0), Just(12.0), Just(24.0), Just(48.0)],
        ) {
            let all = open(|i| work[i]);
            let found = of(&case(deadline_h, 0), &all, Some(0.0));
            let at = |day: usize, m: i32| day as i64 * 1440 + i64::from(m);
            // Pieces are whole half hours of a person.
            let slack = 30.0 + 1e-6;
            let deadline = (deadline_h * 60.0) as i64;
            for o in &all {
                let there: f64 = all.iter().filter(|a| a.end <= o.start).map(|a| a.work_s / 60.0).sum();
                let begun: i64 = found.iter().filter(|w| at(w.day, w.time.start) < o.start).map(|w| w.minutes).sum();
                prop_assert!(begun as f64 <= there + slack, "{begun} of {there}");
                let due: f64 =
                    all.iter().filter(|a| a.start + deadline <= o.end).map(|a| a.work_s / 60.0).sum();
                let done: i64 = found.iter().filter(|w| at(w.day, w.time.end) <= o.end).map(|w| w.minutes).sum();
                prop_assert!(done as f64 >= due - slack, "{done} of {due}");
            }
            for (i, o) in all.iter().enumerate() {
                let inside = |w: &&WorkWindow| at(w.day, w.time.start) <= o.start && o.end <= at(w.day, w.time.end);
                prop_assert!(found.iter().any(|w| inside(&w)), "row {i} is judged");
            }
        }
    }
}
