//! Few changes of channel: people who are on the queue at the same time exchange channels so that as many as possible stay
//! where they were. What each channel has in each minute stays the same.

use super::workers::Worker;
use crate::base::Span;
use crate::problem::DayProblem;
use std::collections::BTreeMap;

/// People in a stretch by the channel they are on and the one they come from.
type Buckets = BTreeMap<(usize, Option<usize>), Vec<usize>>;

/// Goes through the day once. The last stretch of a segment stays as it is: the one who takes over has its channel.
pub(super) fn stay(day: &DayProblem, workers: &mut [Worker]) {
    if workers.iter().all(|w| day.supplies[w.supply].channels.len() < 2) {
        return;
    }
    let mut borders: Vec<i32> =
        workers.iter().flat_map(|w| &w.served).flat_map(|s| [s.0.start, s.0.end]).collect();
    borders.sort_unstable();
    borders.dedup();
    let ends: Vec<Vec<i32>> = workers.iter().map(|w| last_minutes(day, w)).collect();
    let old: Vec<Vec<(Span, usize)>> = workers
        .iter_mut()
        .map(|w| {
            w.served.sort_unstable_by_key(|s| s.0);
            std::mem::take(&mut w.served)
        })
        .collect();
    let mut next: Vec<usize> = vec![0; workers.len()];
    for pair in borders.windows(2) {
        let stretch = Span::new(pair[0], pair[1]);
        let mut on: BTreeMap<usize, usize> = BTreeMap::new();
        for (i, list) in old.iter().enumerate() {
            while list.get(next[i]).is_some_and(|s| s.0.end <= stretch.start) {
                next[i] += 1;
            }
            if let Some(&(_, channel)) = list.get(next[i]).filter(|s| s.0.contains(stretch)) {
                on.insert(i, channel);
            }
        }
        let free = |i: &usize| !ends[*i].contains(&stretch.end);
        exchange(day, workers, &mut on, free);
        for (i, channel) in on {
            match workers[i].served.last_mut() {
                Some(last) if last.1 == channel && last.0.end == stretch.start => last.0.end = stretch.end,
                _ => workers[i].served.push((stretch, channel)),
            }
        }
    }
}

/// The minutes at which somebody serves last in each segment.
fn last_minutes(day: &DayProblem, worker: &Worker) -> Vec<i32> {
    let segments = day.supplies[worker.supply].segments.iter().filter(|s| s.0 < s.1);
    let last = |&(a, b): &(usize, usize)| {
        let segment = Span::new(day.slots[a].start, day.slots[b - 1].end);
        worker.served.iter().map(|s| s.0.end).filter(|&e| segment.start < e && e <= segment.end).max()
    };
    segments.filter_map(last).collect()
}

/// Exchanges channels inside a stretch while one more person stays where they were.
fn exchange(
    day: &DayProblem,
    workers: &[Worker],
    on: &mut BTreeMap<usize, usize>,
    free: impl Fn(&usize) -> bool,
) {
    let before = |i: usize| workers[i].served.last().map(|s| s.1);
    let serves = |i: usize, c: usize| day.supplies[workers[i].supply].channels.contains(&c);
    let mut buckets: Buckets = BTreeMap::new();
    for (&i, &channel) in on.iter().filter(|(i, _)| free(i)) {
        buckets.entry((channel, before(i))).or_default().push(i);
    }
    let mut restless: Vec<usize> =
        on.iter().filter(|(i, c)| free(i) && before(**i).is_some_and(|b| b != **c)).map(|x| *x.0).collect();
    while let Some(p) = restless.pop() {
        let (Some(home), here) = (before(p), on[&p]) else { continue };
        if home == here {
            continue;
        }
        // First who comes from here, then anybody who changes anyway.
        let keys = [(home, Some(here))]
            .into_iter()
            .chain(buckets.keys().copied().filter(|k| k.0 == home && k.1 != Some(home) && k.1 != Some(here)));
        let found = keys.into_iter().find_map(|key| {
            let list = buckets.get(&key)?;
            list.iter().position(|&q| q != p && serves(q, here)).map(|at| (key, at))
        });
        let Some((key, at)) = found else { continue };
        let Some(q) = buckets.get_mut(&key).map(|list| list.remove(at)) else { continue };
        if let Some(own) = buckets.get_mut(&(here, Some(home))) {
            own.retain(|&x| x != p);
        }
        on.insert(p, home);
        on.insert(q, here);
        buckets.entry((home, Some(home))).or_default().push(p);
        buckets.entry((here, before(q))).or_default().push(q);
        if before(q).is_some_and(|b| b != here) {
            restless.push(q);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intraday::plan::workers::testing::worker;
    use crate::problem::Block;
    use crate::problem::day::build;
    use crate::problem::day::testing::{case, flat, shift};

    fn steadied(skills: &[&[usize]], workers: &mut [Worker]) {
        let case = case(1, 2, vec![shift("E", &[(480, 735)])], skills);
        let (blocks, _) = build(&case, &flat(1, (480, 720), 60, &[(1, 1, 0), (1, 1, 0)]));
        let Block::Day(day) = &blocks[0] else { panic!("a day") };
        stay(day, workers);
    }

    #[test]
    fn two_people_who_change_places_every_hour_stay_where_they_are() {
        let a = worker(0, &[((480, 540), 0), ((540, 600), 1), ((600, 720), 0)]);
        let b = worker(1, &[((480, 540), 1), ((540, 600), 0), ((600, 720), 1)]);
        let mut workers = [a, b];
        steadied(&[&[0, 1], &[0, 1]], &mut workers);
        assert_eq!(workers[0].served, [(Span::new(480, 720), 0)]);
        assert_eq!(workers[1].served, [(Span::new(480, 720), 1)]);
    }

    #[test]
    fn the_last_stretch_before_the_end_stays_on_its_channel() {
        let a = worker(0, &[((480, 600), 0), ((600, 720), 1)]);
        let b = worker(1, &[((480, 600), 1), ((600, 720), 0)]);
        let mut workers = [a, b];
        steadied(&[&[0, 1], &[0, 1]], &mut workers);
        assert_eq!(workers[0].served[1], (Span::new(600, 720), 1));
        assert_eq!(workers[1].served[1], (Span::new(600, 720), 0));
    }
}
