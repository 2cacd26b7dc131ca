//! Deferred work as windows: so many agent-minutes between the time at which work is there and the time at which it has to
//! be done, wherever they lie.
//!
//! The work of an interval may be done in the open intervals that begin after it and end before its first minute is due
//! ([`super::deferred`]). Three things make windows of that:
//!
//! 1. *Days.* A day of work begins with the first shift, and no window reaches over its border: the days of a rota are
//!    priced one by one. What may stay overnight is shared between the days by the time in which somebody can be at
//!    work; so is work that may be done before and after hours in which the channel is closed.
//! 2. *Quarters.* A day's open time has four parts. A window begins at the first border at or after its beginning and ends
//!    at the last one at or before its end, where such a pair exists: windows only become narrower, so the deadline is
//!    kept. Work of equal windows is one.
//! 3. *Least number.* `min_agents` people in each interval are windows of one interval; the work that they do, oldest
//!    first, is taken from the others.

use super::deferred::{Clock, Open, extended};
use super::interval::shrinkage;
use crate::base::index::ChannelIx;
use crate::base::{DAY_MINUTES, Span};
use crate::model::{Case, Channel, WorkWindow};
use std::collections::BTreeMap;
use std::ops::Range;

/// Parts of a day's open time.
const PARTS: usize = 4;

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
    let mut work = work(definition, open, case.horizon.days, backlog_s, &times, &runs);
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
    runs: &[Range<usize>],
) -> BTreeMap<(usize, usize), f64> {
    let clock = Clock::of(channel);
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
    let mut add = |range: Range<usize>, work_s: f64| {
        let length = |i: usize| (line[i].end - line[i].start) as f64;
        let nobody = range.clone().all(|i| staffed[i] <= 0.0);
        let weigh = |r: Range<usize>| -> f64 { r.map(|i| if nobody { length(i) } else { staffed[i] }).sum() };
        let all = weigh(range.clone());
        for run in runs {
            let part = (run.start + first).max(range.start)..(run.end + first).min(range.end);
            let weight = if part.is_empty() { 0.0 } else { weigh(part.clone()) };
            if weight > 0.0 {
                let window = rounded(run, part.start - first..part.end - first);
                *found.entry((window.start, window.end)).or_default() += work_s / minute_s * weight / all;
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

/// A range of a run between borders of its parts, if it has any.
fn rounded(run: &Range<usize>, range: Range<usize>) -> Range<usize> {
    let border = |k: usize| run.start + (k * run.len() + PARTS / 2) / PARTS;
    let start = (0..=PARTS).map(border).find(|&b| b >= range.start);
    let end = (0..=PARTS).rev().map(border).find(|&b| b <= range.end);
    match (start, end) {
        (Some(start), Some(end)) if start < end => start..end,
        _ => range,
    }
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
