//! From minutes of skill sets to people's stretches on channels, with few changes.

use super::workers::Worker;
use crate::base::Span;
use crate::intraday::evaluate::BlockPlan;
use crate::intraday::frame::{Frame, NONE, open_sinks};
use crate::problem::DayProblem;
use crate::problem::day::Interval;

/// A worker's part of a source: which minutes, and how many of them go to which sink.
struct Part {
    worker: usize,
    spans: Vec<Span>,
    minutes: i64,
    /// Sinks in order of time with their minutes.
    shares: Vec<(usize, i64)>,
    /// Sink and channel that the last minute must be on.
    ending: Option<(usize, usize)>,
}

/// Puts everybody on a channel in every minute on the queue.
pub(super) fn assign(day: &DayProblem, frame: &Frame, plan: &BlockPlan, workers: &mut [Worker]) {
    let mut slots: Vec<Vec<usize>> = vec![Vec::new(); frame.clusters.len()];
    for s in (0..frame.slots).filter(|&s| frame.cluster[s] != NONE) {
        slots[frame.cluster[s] as usize].push(s);
    }
    let on: Vec<Vec<bool>> =
        workers.iter().map(|w| (0..frame.slots).map(|s| w.on(day, frame, s)).collect()).collect();
    for (c, slots) in slots.iter().enumerate() {
        let mut sources: Vec<(usize, usize)> = Vec::new();
        for k in 0..frame.skills.len() {
            for &s in slots {
                let source = frame.source[k * frame.slots + s];
                if source != NONE && !sources.iter().any(|x| x.1 == source as usize) {
                    sources.push((s, source as usize));
                }
            }
        }
        sources.sort_unstable();
        for (_, source) in sources {
            let mut parts = parts_of(day, frame, workers, &on, (c, slots, source));
            if !parts.is_empty() {
                let n = frame.clusters[c].network.sinks.len();
                let quotas = &plan.quotas[c][source * n..(source + 1) * n];
                let mut quota = by_channel(day, &frame.clusters[c].intervals, quotas);
                share_out(day, frame, workers, c, &mut parts, &mut quota);
                for part in &parts {
                    lay_out(day, frame, workers, c, part);
                }
            }
        }
    }
    fill_free_time(day, frame, workers);
}

/// The workers of a source with their minutes.
fn parts_of(
    day: &DayProblem,
    frame: &Frame,
    workers: &[Worker],
    on: &[Vec<bool>],
    (cluster, slots, source): (usize, &[usize], usize),
) -> Vec<Part> {
    let mut parts = Vec::new();
    for (i, w) in workers.iter().enumerate() {
        let k = frame.skill[w.supply];
        let mut spans: Vec<Span> = Vec::new();
        let mut last = 0;
        for &s in slots {
            if on[i][s] && frame.source[k * frame.slots + s] == source as u32 {
                push_span(&mut spans, day.slots[s]);
                last = s;
            }
        }
        if spans.is_empty() {
            continue;
        }
        let ends_here = |e: &&(usize, usize)| {
            let rest = rest_of_segment(day, w, e.0, last);
            rest.is_some_and(|mut rest| !rest.any(|s| on[i][s]))
        };
        let ending = w.endings.iter().find(ends_here).map(|&(_, c)| (sink(day, frame, cluster, last, c), c));
        let minutes = spans.iter().map(|s| i64::from(s.len())).sum();
        parts.push(Part { worker: i, spans, minutes, shares: Vec::new(), ending });
    }
    parts
}

fn push_span(spans: &mut Vec<Span>, span: Span) {
    match spans.last_mut() {
        Some(last) if last.end == span.start => last.end = span.end,
        _ => spans.push(span),
    }
}

/// The sink of a channel in a slot; for windows that which stands for all of the channel.
fn sink(day: &DayProblem, frame: &Frame, cluster: usize, slot: usize, channel: usize) -> usize {
    let intervals = &frame.clusters[cluster].intervals;
    stands_for(day, intervals, open_sinks(day, intervals, slot, channel)[0])
}

/// The sink itself, or for windows the first one of their channel: which window gets a minute is nobody's concern here.
fn stands_for(day: &DayProblem, intervals: &[usize], sink: usize) -> usize {
    let window = intervals.get(sink).map(|&i| &day.intervals[i]).filter(|v| v.window);
    let same = |v: &Interval| intervals.iter().position(|&i| day.intervals[i].channel == v.channel);
    window.and_then(same).unwrap_or(sink)
}

/// Minutes of a source by sink, those of windows of a channel together.
fn by_channel(day: &DayProblem, intervals: &[usize], quotas: &[i64]) -> Vec<i64> {
    let mut sums = vec![0; quotas.len()];
    for (j, minutes) in quotas.iter().enumerate().filter(|q| *q.1 != 0) {
        sums[stands_for(day, intervals, j)] += minutes;
    }
    sums
}

/// Channel served last before a minute.
fn channel_before(worker: &Worker, minute: i32) -> Option<usize> {
    worker.served.iter().filter(|s| s.0.end <= minute).max_by_key(|s| s.0.end).map(|s| s.1)
}

/// Hands the quota of each sink to the workers: whole parts where they fit, first on the channel they come from.
fn share_out(
    day: &DayProblem,
    frame: &Frame,
    workers: &[Worker],
    cluster: usize,
    parts: &mut [Part],
    quota: &mut [i64],
) {
    let mut left: Vec<i64> = parts.iter().map(|p| p.minutes).collect();
    let mut tails: Vec<Option<usize>> = vec![None; parts.len()];
    let before: Vec<Option<usize>> = parts
        .iter()
        .map(|p| {
            let start = p.spans[0].start;
            let slot = day.slots.partition_point(|s| s.end <= start);
            let channel = channel_before(&workers[p.worker], start)?;
            Some(sink(day, frame, cluster, slot, channel))
        })
        .collect();
    for i in 0..parts.len() {
        tails[i] = parts[i].ending.map(|e| e.0).filter(|&j| quota[j] > 0);
        if let Some(j) = tails[i] {
            quota[j] -= 1;
            left[i] -= 1;
        }
    }
    let give = |i: usize, j: usize, minutes: i64, parts: &mut [Part], quota: &mut [i64], left: &mut [i64]| {
        quota[j] -= minutes;
        left[i] -= minutes;
        parts[i].shares.push((j, minutes));
    };
    for i in 0..parts.len() {
        let stays = before[i].filter(|&j| quota[j] >= left[i] && (tails[i].is_none() || tails[i] == Some(j)));
        if let Some(j) = stays {
            give(i, j, left[i], parts, quota, &mut left);
        }
    }
    for i in 0..parts.len() {
        if left[i] == 0 {
            continue;
        }
        let whole = tails[i]
            .filter(|&j| quota[j] >= left[i])
            .or_else(|| (0..quota.len()).rev().filter(|&j| quota[j] >= left[i]).max_by_key(|&j| quota[j]));
        if let Some(j) = whole {
            give(i, j, left[i], parts, quota, &mut left);
        }
    }
    for i in 0..parts.len() {
        let order: Vec<usize> = before[i].into_iter().chain(0..quota.len()).collect();
        for j in order {
            let minutes = left[i].min(quota[j]);
            if minutes > 0 {
                give(i, j, minutes, parts, quota, &mut left);
            }
        }
        debug_assert_eq!(left[i], 0, "the quotas add up to the minutes");
        if let Some(tail) = tails[i] {
            let at = parts[i].shares.iter().position(|s| s.0 == tail);
            let minutes = at.map_or(0, |at| parts[i].shares.remove(at).1);
            parts[i].shares.push((tail, minutes + 1));
        }
    }
}

/// The slots after one, up to the handover at the end of its segment; `None` when the segment does not end with the
/// event.
fn rest_of_segment(
    day: &DayProblem,
    worker: &Worker,
    event: usize,
    slot: usize,
) -> Option<std::ops::Range<usize>> {
    let e = &day.events[event];
    let from =
        if e.slots.0 < e.slots.1 { e.slots.0 } else { day.slots.partition_point(|s| s.end <= e.time.start) };
    let mut segments = day.supplies[worker.supply].segments.iter();
    segments.any(|s| s.0 <= slot && slot < from && from <= s.1).then_some(slot + 1..from)
}

/// Writes a part's shares into the worker's time.
fn lay_out(day: &DayProblem, frame: &Frame, workers: &mut [Worker], cluster: usize, part: &Part) {
    let tail = part.ending.filter(|e| part.shares.last().is_some_and(|s| s.0 == e.0));
    let mut shares = part.shares.iter().copied().filter(|s| s.1 > 0);
    let mut current = shares.next();
    for span in &part.spans {
        let mut at = span.start;
        while at < span.end {
            let Some((sink, minutes)) = current else { return };
            let n = minutes.min(i64::from(span.end - at));
            let piece = Span::new(at, at + n as i32);
            let worker = &mut workers[part.worker];
            let open = frame.clusters[cluster].intervals.len();
            match tail.filter(|_| sink == open && Some(piece.end) == part.spans.last().map(|s| s.end)) {
                // On the free sink any closed channel will do: the last minute is on the one to end on.
                Some((_, channel)) => {
                    if piece.len() > 1 {
                        serve(day, frame, worker, cluster, sink, Span::new(piece.start, piece.end - 1));
                    }
                    push_served(worker, Span::new(piece.end - 1, piece.end), channel);
                }
                None => serve(day, frame, worker, cluster, sink, piece),
            }
            at = piece.end;
            current = if n == minutes { shares.next() } else { Some((sink, minutes - n)) };
        }
    }
}

/// Notes a stretch on the channel of a sink; on the free sink, on a channel that is not open.
fn serve(day: &DayProblem, frame: &Frame, worker: &mut Worker, cluster: usize, at: usize, piece: Span) {
    let intervals = &frame.clusters[cluster].intervals;
    if let Some(&i) = intervals.get(at) {
        push_served(worker, piece, day.intervals[i].channel);
        return;
    }
    let mut slot = day.slots.partition_point(|s| s.end <= piece.start);
    while slot < day.slots.len() && day.slots[slot].start < piece.end {
        let part = Span::new(piece.start.max(day.slots[slot].start), piece.end.min(day.slots[slot].end));
        let closed: Vec<usize> = day.supplies[worker.supply]
            .channels
            .iter()
            .copied()
            .filter(|&c| sink(day, frame, cluster, slot, c) == intervals.len())
            .collect();
        let before = channel_before(worker, part.start).filter(|c| closed.contains(c));
        if let Some(c) = before.or_else(|| closed.first().copied()) {
            push_served(worker, part, c);
        }
        slot += 1;
    }
}

fn push_served(worker: &mut Worker, span: Span, channel: usize) {
    match worker.served.last_mut() {
        Some(last) if last.0.end == span.start && last.1 == channel => last.0.end = span.end,
        _ => worker.served.push((span, channel)),
    }
}

/// Time in which none of the worker's channels is open: on the channel served before, else the one after, else
/// the first.
fn fill_free_time(day: &DayProblem, frame: &Frame, workers: &mut [Worker]) {
    for w in workers {
        let k = frame.skill[w.supply];
        let Some(&first) = frame.skills[k].first() else { continue };
        w.served.sort_unstable_by_key(|s| s.0);
        for s in 0..frame.slots {
            if frame.source[k * frame.slots + s] != NONE || !w.on(day, frame, s) {
                continue;
            }
            let span = day.slots[s];
            let wanted = w.endings.iter().find_map(|&(e, channel)| {
                let mut rest = rest_of_segment(day, w, e, s)?;
                (!rest.any(|x| w.on(day, frame, x))).then_some(channel)
            });
            let after = || w.served.iter().find(|x| x.0.start >= span.end).map(|x| x.1);
            let channel = wanted.or_else(|| channel_before(w, span.start)).or_else(after).unwrap_or(first);
            let at = w.served.partition_point(|x| x.0.start < span.start);
            w.served.insert(at, (span, channel));
        }
        let pieces = std::mem::take(&mut w.served);
        for (span, channel) in pieces {
            push_served(w, span, channel);
        }
    }
}
