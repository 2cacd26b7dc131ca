//! Which days are priced together: those whose shifts cover a common interval, or whose handovers depend on
//! each other.

use super::groups::Key;
use crate::base::index::ChannelIx;
use crate::base::{DAY_MINUTES, Span};
use crate::model::{Case, Requirement};

/// A partition of the days into runs, and of the requirement's needs among them.
pub(super) struct Partition {
    /// First day of each block, ascending, with the horizon's length at the end.
    pub(super) starts: Vec<usize>,
    /// For each block the indices of its needs.
    pub(super) intervals: Vec<Vec<usize>>,
}

impl Partition {
    /// The block a day lies in.
    pub(super) fn block_of(&self, day: usize) -> usize {
        self.starts.partition_point(|&s| s <= day) - 1
    }
}

/// What is required on a channel in a time: so many agent-minutes.
#[derive(Clone, Copy)]
pub(super) struct Need {
    pub(super) day: usize,
    pub(super) time: Span,
    pub(super) channel: ChannelIx,
    pub(super) minutes: i64,
    pub(super) under: i64,
    pub(super) over: i64,
    /// Whether the minutes may lie anywhere in the time, beside those of other needs of the channel.
    pub(super) window: bool,
}

/// Intervals of channels with a fixed requirement, then windows of the others.
pub(super) fn needs(requirement: &Requirement) -> Vec<Need> {
    let rows = requirement.by_interval().map(|(_, r)| Need {
        day: r.day,
        time: r.time,
        channel: r.channel,
        minutes: r.agents.max(0) * i64::from(r.time.len()),
        under: r.under_weight.max(0),
        over: r.over_weight.max(0),
        window: false,
    });
    let windows = requirement.windows.iter().map(|w| Need {
        day: w.day,
        time: w.time,
        channel: w.channel,
        minutes: w.minutes.max(0),
        under: w.under_weight.max(0),
        over: w.over_weight.max(0),
        window: true,
    });
    rows.chain(windows).collect()
}

/// A span of a day on the time line of the whole horizon.
pub(super) fn absolute(day: usize, span: Span) -> Span {
    span.shifted(day as i32 * DAY_MINUTES)
}

/// Partitions the days with their needs. `joined[d]` becomes true when day `d + 1` must be priced together with day `d`. `handover`:
/// the shortest one.
pub(super) fn partition(case: &Case, needs: &[Need], handover: i32) -> Partition {
    let days = case.horizon.days;
    let mut joined = vec![false; days];
    let clusters = clusters(needs);
    let mut home = Vec::with_capacity(clusters.len());
    for (span, members) in &clusters {
        let touching = days_touching(case, *span);
        match touching {
            Some((a, b)) => {
                joined[a..b].fill(true);
                home.push(a);
            }
            None => home.push(needs[members[0]].day),
        }
    }
    join_handovers(case, handover, &mut joined);
    let mut starts: Vec<usize> = (0..days).filter(|&d| d == 0 || !joined[d - 1]).collect();
    starts.push(days);
    let mut result = Partition { intervals: vec![Vec::new(); starts.len() - 1], starts };
    for ((_, members), day) in clusters.iter().zip(home) {
        let block = result.block_of(day.min(days - 1));
        result.intervals[block].extend(members);
    }
    for list in &mut result.intervals {
        list.sort_unstable();
    }
    result
}

/// Intervals that overlap directly or through others, with the time they take.
fn clusters(needs: &[Need]) -> Vec<(Span, Vec<usize>)> {
    let mut order: Vec<usize> = (0..needs.len()).collect();
    let span = |i: usize| absolute(needs[i].day, needs[i].time);
    order.sort_by_key(|&i| (span(i), i));
    let mut clusters: Vec<(Span, Vec<usize>)> = Vec::new();
    for i in order {
        let s = span(i);
        if s.is_empty() {
            continue;
        }
        match clusters.last_mut() {
            Some((hull, members)) if s.start < hull.end => {
                hull.end = hull.end.max(s.end);
                members.push(i);
            }
            _ => clusters.push((s, vec![i])),
        }
    }
    clusters
}

/// First and last day of the horizon with a shift type that is at work at some time of `span`.
fn days_touching(case: &Case, span: Span) -> Option<(usize, usize)> {
    let latest = case.shifts.iter().map(|s| s.end()).max().unwrap_or(0);
    let first = ((span.start - latest) / DAY_MINUTES - 1).max(0) as usize;
    let last = (span.end / DAY_MINUTES).max(0) as usize;
    let touches =
        |d: usize| case.shifts.iter().flat_map(|s| &s.times).any(|t| absolute(d, *t).overlap(span) > 0);
    let mut found = (first..=last.min(case.horizon.days - 1)).filter(|&d| touches(d));
    let a = found.next()?;
    Some((a, found.next_back().unwrap_or(a)))
}

/// Joins the days whose handovers depend on each other, whatever is required then: somebody of the one day is at work
/// all through a handover of the other; or somebody starts at the very minute at which somebody of another day leaves
/// while a third person is at work, who is off the queue unless the arrival is early.
fn join_handovers(case: &Case, handover: i32, joined: &mut [bool]) {
    if handover <= 0 {
        return;
    }
    let days = case.horizon.days;
    let spans = || case.shifts.iter().flat_map(|s| &s.times);
    let longest = case.shifts.iter().map(|s| s.end().max(DAY_MINUTES)).max().unwrap_or(DAY_MINUTES);
    let reach = longest.div_euclid(DAY_MINUTES) as usize;
    for d in 0..days {
        for leaver in spans().map(|t| absolute(d, *t)) {
            let slot = Span::new(leaver.start.max(leaver.end - handover), leaver.end);
            let near = d.saturating_sub(reach)..=(d + reach).min(days - 1);
            for e in near.clone() {
                let others = || spans().map(move |t| absolute(e, *t));
                let stays = e != d && others().any(|t| t.start <= slot.start && t.end > slot.end);
                let arrives = e > d && others().any(|t| t.start == slot.end);
                let third = || {
                    let spans = near.clone().flat_map(|f| spans().map(move |t| absolute(f, *t)));
                    spans.clone().any(|t| t.start <= slot.start && t.end > slot.end)
                };
                if stays || arrives && third() {
                    joined[d.min(e)..d.max(e)].fill(true);
                }
            }
        }
    }
}

/// The shortest handover of any key that takes any time.
pub(super) fn shortest<'k>(keys: impl Iterator<Item = &'k Key>) -> i32 {
    keys.map(|k| k.handover).filter(|&h| h > 0).min().unwrap_or(0)
}
