//! People who leave together stay on their channels to the end, where they can take over each other's last stretches.
//!
//! How many hand over each channel is settled before; who they are is not. [`super::steady`] leaves the last stretches
//! alone, so two people may change places just before they go: one comes to a channel that the other leaves.

use super::workers::Worker;
use crate::base::Span;
use crate::problem::DayProblem;

/// Exchanges the last stretches of people of one event while that saves changes of channel. What each channel has in each
/// minute, and how many hand it over, stays the same.
pub(super) fn settle(day: &DayProblem, workers: &mut [Worker]) {
    for (e, event) in day.events.iter().enumerate() {
        let leavers: Vec<usize> =
            (0..workers.len()).filter(|&i| event.leavers.contains(&workers[i].supply)).collect();
        while let Some((a, b, from)) = exchange(day, workers, &leavers, event.time.end) {
            swap(workers, (a, b), Span::new(from, event.time.end), e);
        }
    }
}

/// Two people and the minute from which they had better be in each other's place until they go at `end`.
fn exchange(
    day: &DayProblem,
    workers: &[Worker],
    leavers: &[usize],
    end: i32,
) -> Option<(usize, usize, i32)> {
    for &a in leavers {
        let Some((from, old, new)) = last_change(&workers[a], end) else { continue };
        let rest = Span::new(from, end);
        let better = |&&b: &&usize| {
            let Some((before, then)) = around(&workers[b], from) else { return false };
            let now = 1 + i32::from(before != then);
            let after = i32::from(old != then) + i32::from(before != new);
            after < now
                && may_follow(day, &workers[a], &workers[b], rest)
                && may_follow(day, &workers[b], &workers[a], rest)
        };
        if let Some(&b) = leavers.iter().filter(|&&b| b != a).find(better) {
            return Some((a, b, from));
        }
    }
    None
}

/// The last change of channel of somebody's segment that ends at `end`: its minute, the channel before and the one behind.
fn last_change(worker: &Worker, end: i32) -> Option<(i32, usize, usize)> {
    let at = worker.served.iter().rposition(|s| s.0.end <= end)?;
    let (before, last) = (worker.served.get(at.checked_sub(1)?)?, worker.served[at]);
    (before.1 != last.1).then_some((last.0.start, before.1, last.1))
}

/// The channels before a minute at which a stretch begins and from it on.
fn around(worker: &Worker, minute: i32) -> Option<(usize, usize)> {
    let at = worker.served.iter().position(|s| s.0.end > minute)?;
    let then = worker.served[at];
    if then.0.start < minute {
        return Some((then.1, then.1));
    }
    (then.0.start == minute && at > 0).then(|| (worker.served[at - 1].1, then.1))
}

/// Whether somebody can do what another one does from a minute on, being on the queue in the same minutes.
fn may_follow(day: &DayProblem, who: &Worker, other: &Worker, rest: Span) -> bool {
    let skills = &day.supplies[who.supply].channels;
    let mut inside = other.served.iter().filter(|s| s.0.overlap(rest) > 0);
    inside.all(|s| skills.contains(&s.1)) && on_queue(who, rest) == on_queue(other, rest)
}

/// When somebody is on the queue in a stretch.
fn on_queue(worker: &Worker, rest: Span) -> Vec<Span> {
    let mut times: Vec<Span> = Vec::new();
    for (span, _) in worker.served.iter().filter(|s| s.0.overlap(rest) > 0) {
        let span = Span::new(span.start.max(rest.start), span.end.min(rest.end));
        match times.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => times.push(span),
        }
    }
    times
}

/// Exchanges what two people do in a stretch, and the channels that they hand over in an event.
fn swap(workers: &mut [Worker], (a, b): (usize, usize), rest: Span, event: usize) {
    let (of_a, of_b) = (cut(&mut workers[a], rest), cut(&mut workers[b], rest));
    put(&mut workers[a], of_b);
    put(&mut workers[b], of_a);
    let channel = |w: &Worker| w.endings.iter().find(|x| x.0 == event).copied();
    let (x, y) = (channel(&workers[a]), channel(&workers[b]));
    for (i, ending) in [(a, y), (b, x)] {
        workers[i].endings.retain(|e| e.0 != event);
        workers[i].endings.extend(ending);
    }
}

/// Takes out what somebody serves in a stretch.
fn cut(worker: &mut Worker, rest: Span) -> Vec<(Span, usize)> {
    let mut taken = Vec::new();
    let mut kept = Vec::with_capacity(worker.served.len());
    for (span, channel) in worker.served.drain(..) {
        let before = Span::new(span.start, span.end.min(rest.start));
        let after = Span::new(span.start.max(rest.end), span.end);
        kept.extend([before, after].into_iter().filter(|s| s.start < s.end).map(|s| (s, channel)));
        if span.overlap(rest) > 0 {
            taken.push((Span::new(span.start.max(rest.start), span.end.min(rest.end)), channel));
        }
    }
    worker.served = kept;
    taken
}

/// Puts stretches in again, those of one channel that touch as one.
fn put(worker: &mut Worker, stretches: Vec<(Span, usize)>) {
    worker.served.extend(stretches);
    worker.served.sort_unstable_by_key(|s| s.0);
    let mut joined: Vec<(Span, usize)> = Vec::with_capacity(worker.served.len());
    for (span, channel) in worker.served.drain(..) {
        match joined.last_mut() {
            Some(last) if last.1 == channel && last.0.end == span.start => last.0.end = span.end,
            _ => joined.push((span, channel)),
        }
    }
    worker.served = joined;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intraday::plan::workers::testing;
    use crate::problem::Block;
    use crate::problem::day::build;
    use crate::problem::day::testing::{case, flat, shift};

    fn worker(person: usize, served: &[((i32, i32), usize)]) -> Worker {
        let last = served.last().map_or(0, |s| s.1);
        Worker { endings: vec![(0, last)], ..testing::worker(person, served) }
    }

    fn settled(workers: &mut [Worker]) {
        let case = case(1, 2, vec![shift("E", &[(480, 720)])], &[&[0, 1], &[0, 1]]);
        let (blocks, _) = build(&case, &flat(1, (480, 720), 60, &[(1, 1, 0), (1, 1, 0)]));
        let Block::Day(day) = &blocks[0] else { panic!("a day") };
        let mut day = day.clone();
        day.events = vec![crate::problem::day::Event {
            time: Span::new(705, 720),
            slots: (0, 0),
            leavers: vec![0],
            receivers: Vec::new(),
            arrivals: Vec::new(),
        }];
        settle(&day, workers);
    }

    #[test]
    fn two_who_change_places_before_they_go_stay_where_they_are() {
        let mut workers =
            [worker(0, &[((480, 690), 0), ((690, 705), 1)]), worker(1, &[((480, 690), 1), ((690, 705), 0)])];
        settled(&mut workers);
        assert_eq!(workers[0].served, [(Span::new(480, 705), 0)]);
        assert_eq!(workers[1].served, [(Span::new(480, 705), 1)]);
        assert_eq!([&workers[0].endings, &workers[1].endings], [&[(0, 0)], &[(0, 1)]]);
    }

    #[test]
    fn who_is_off_the_queue_in_other_minutes_does_not_change_places() {
        let before =
            [worker(0, &[((480, 690), 0), ((690, 705), 1)]), worker(1, &[((480, 690), 1), ((695, 705), 0)])];
        let mut workers = before.clone();
        settled(&mut workers);
        assert_eq!(workers[0].served, before[0].served);
        assert_eq!(workers[1].served, before[1].served);
    }
}
