//! What customers get from the people who are there: the predicted level of a rota.
//!
//! Each channel goes through the month as a Markov chain ([`super::transient`]), with the people that the rota puts on it
//! minute by minute. Unplanned absence (the channel's shrinkage) takes each of them with its probability, independent of
//! the others, for the whole shift: the month is predicted for several quantiles of the number there, and the
//! mean is taken. A service level at the mean number would be too good: what one person fewer costs is more than what one more
//! brings.

use super::interval::{desks, shrinkage};
use super::transient::{Chain, Outcome, Piece};
use crate::base::index::{ChannelIx, PersonIx};
use crate::base::{DAY_MINUTES, Span};
use crate::model::{Activity, Case, Channel, DayPlan, IntervalRequirement, LevelDefinition, Requirement};
use rayon::prelude::*;

/// Ends of the bands of probability that the number of people there is taken from, each at its middle: narrow where few
/// are there, because a queue without people weighs more than one with plenty.
const BANDS: [f64; 10] = [0.0, 0.005, 0.02, 0.04, 0.08, 0.14, 0.26, 0.42, 0.7, 1.0];

/// What the contacts of one interval may expect, in contacts and seconds (means).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Predicted {
    /// Contacts that arrive.
    pub offered: f64,
    /// Served within the target.
    pub in_time: f64,
    /// Served.
    pub served: f64,
    /// Gone within the target.
    pub gone_early: f64,
    /// Seconds waited in the interval by all who wait in it.
    pub waited_s: f64,
    /// Share of the time at work that people are busy.
    pub occupancy: f64,
    /// Contacts that wait at the end of the interval.
    pub queue: f64,
}

impl Predicted {
    /// The service level; `None` when nothing is offered.
    #[must_use]
    pub fn level(&self, definition: LevelDefinition) -> Option<f64> {
        level(definition, self.offered, self.in_time, self.served, self.gone_early)
    }
    /// Adds the contacts of another interval; occupancy and queue are left as they are.
    pub fn add(&mut self, other: &Self) {
        self.offered += other.offered;
        self.in_time += other.in_time;
        self.served += other.served;
        self.gone_early += other.gone_early;
        self.waited_s += other.waited_s;
    }
}

/// A service level from counts of contacts; `None` when its denominator is empty.
#[must_use]
pub fn level(
    definition: LevelDefinition,
    offered: f64,
    in_time: f64,
    served: f64,
    gone_early: f64,
) -> Option<f64> {
    let (part, of) = match definition {
        LevelDefinition::Offered => (in_time, offered),
        LevelDefinition::Served => (in_time, served),
        LevelDefinition::LessEarlyAbandons => (in_time, offered - gone_early),
        LevelDefinition::WaitsWithin => (in_time + gone_early, offered),
    };
    (of > 1e-12).then(|| (part / of).clamp(0.0, 1.0))
}

/// The predicted outcome of each interval of the requirement under the duties of a rota; `None` without a forecast, and
/// for deferred work, which may be done in any interval before its deadline.
#[must_use]
pub fn predict_rota(case: &Case, requirement: &Requirement, plan: &DayPlan) -> Vec<Option<Predicted>> {
    let mut found = vec![None; requirement.intervals.len()];
    for (c, channel) in case.channels.iter().enumerate().filter(|(_, c)| !c.is_deferred()) {
        let own = |i: &usize| requirement.intervals[*i].channel == ChannelIx::new(c);
        let places: Vec<usize> = (0..found.len()).filter(own).collect();
        if places.iter().all(|i| requirement.intervals[*i].volume.is_none()) {
            continue;
        }
        let intervals: Vec<_> = places.iter().map(|i| &requirement.intervals[*i]).collect();
        let spans = spans_on(plan, ChannelIx::new(c));
        for (place, predicted) in places.into_iter().zip(predict(channel, &intervals, &spans)) {
            found[place] = predicted;
        }
    }
    found
}

/// Stretches on a channel on the time line of the horizon; those of one person without a gap between are one.
fn spans_on(plan: &DayPlan, channel: ChannelIx) -> Vec<Span> {
    let mut list: Vec<(PersonIx, Span)> = Vec::new();
    for d in plan.duties.iter().filter(|d| d.activity == Activity::Channel(channel)) {
        let time = d.time.shifted(d.day as i32 * DAY_MINUTES);
        match list.last_mut() {
            Some((person, span)) if *person == d.person && span.end == time.start => span.end = time.end,
            _ => list.push((d.person, time)),
        }
    }
    let mut spans: Vec<Span> = list.into_iter().map(|(_, span)| span).collect();
    spans.sort_unstable();
    spans
}

/// The predicted outcome of each interval of one queue, in the order given (ascending in time).
///
/// `on_queue` has the stretches that people spend on the channel, on the time line of the horizon in minutes, sorted by
/// start. Intervals without a forecast have `None`; between intervals people still work off what waits.
#[must_use]
pub fn predict(
    channel: &Channel,
    intervals: &[&IntervalRequirement],
    on_queue: &[Span],
) -> Vec<Option<Predicted>> {
    let stretches = stretches(channel, intervals, on_queue);
    // Where nobody is ever absent, all quantiles are one.
    let bands: &[f64] = if shrinkage(channel) > 0.0 { &BANDS } else { &[0.0, 1.0] };
    let runs: Vec<(f64, Vec<Outcome>)> = bands
        .par_windows(2)
        .map(|b| (b[1] - b[0], run(channel, &stretches, 0.5 * (b[0] + b[1]), intervals.len())))
        .collect();
    let known = |i: &IntervalRequirement| i.volume.is_some() && i.aht_s.is_some();
    (0..intervals.len())
        .map(|i| {
            known(intervals[i]).then(|| {
                let mut sum = Outcome::default();
                runs.iter().for_each(|(weight, r)| sum.add(&r[i], *weight));
                Predicted {
                    offered: sum.offered,
                    in_time: sum.in_time,
                    served: sum.served,
                    gone_early: sum.gone_early,
                    waited_s: sum.waited_s,
                    occupancy: if sum.slot_s > 0.0 { (sum.busy_s / sum.slot_s).min(1.0) } else { 1.0 },
                    queue: sum.queue,
                }
            })
        })
        .collect()
}

/// A stretch without changes, and the interval that it belongs to.
struct Stretch {
    interval: Option<usize>,
    length_s: f64,
    rate: f64,
    handling_s: f64,
    /// People from its beginning on.
    people: u32,
    /// Those of them who were there just before.
    stay: u32,
    target_s: f64,
}

fn absolute(i: &IntervalRequirement) -> Span {
    i.time.shifted(i.day as i32 * DAY_MINUTES)
}

fn stretches(channel: &Channel, intervals: &[&IntervalRequirement], on_queue: &[Span]) -> Vec<Stretch> {
    let mut cuts: Vec<i32> = on_queue.iter().flat_map(|s| [s.start, s.end]).collect();
    cuts.extend(intervals.iter().flat_map(|i| [absolute(i).start, absolute(i).end]));
    cuts.sort_unstable();
    cuts.dedup();
    let mut changes: Vec<(i32, i64)> = on_queue.iter().flat_map(|s| [(s.start, 1), (s.end, -1)]).collect();
    changes.sort_unstable();
    let (mut at, mut people, mut next, mut handling_s) = (0, 0i64, 0, 180.0);
    let mut list = Vec::new();
    for pair in cuts.windows(2) {
        let (mut stay, mut come) = (people, 0);
        while at < changes.len() && changes[at].0 <= pair[0] {
            if changes[at].1 < 0 {
                stay -= 1
            } else {
                come += 1
            }
            at += 1;
        }
        people = stay + come;
        while next < intervals.len() && absolute(intervals[next]).end <= pair[0] {
            next += 1;
        }
        let inside = intervals.get(next).filter(|i| absolute(i).start <= pair[0]);
        let length_s = f64::from(pair[1] - pair[0]) * 60.0;
        let mut rate = 0.0;
        if let Some(i) = inside {
            let seconds = f64::from(i.time.len()) * 60.0;
            rate = i.volume.unwrap_or(0.0) / seconds;
            handling_s = i.aht_s.filter(|a| *a > 0.0).unwrap_or(handling_s);
        }
        let target_s = channel.target_at(inside.map_or(0, |i| i.time.start));
        let interval = inside.map(|_| next);
        let (people, stay) = (people.max(0) as u32, stay.max(0) as u32);
        list.push(Stretch { interval, length_s, rate, handling_s, people, stay, target_s });
    }
    list
}

/// The month with the number of people at one quantile.
fn run(channel: &Channel, stretches: &[Stretch], quantile: f64, intervals: usize) -> Vec<Outcome> {
    let mut chain = Chain::new(channel.impatience());
    let mut found = vec![Outcome::default(); intervals];
    let mut latest = None;
    let mut there = Quantile::new(1.0 - shrinkage(channel), quantile);
    for s in stretches {
        let people = there.of(s.people);
        if s.rate <= 0.0 && chain.is_empty() && s.interval.is_none() {
            continue;
        }
        let piece = Piece {
            length_s: s.length_s,
            rate: s.rate,
            handling_s: s.handling_s,
            desks: desks(channel, people),
            target_s: s.target_s,
        };
        // Whoever still waits when the last one goes is served by them: nobody is left standing overnight.
        if people == 0 && s.rate <= 0.0 {
            chain.clear();
            continue;
        }
        chain.leave(desks(channel, there.of(s.stay).min(people)).slots());
        let outcome = chain.run(&piece);
        latest = s.interval.or(latest);
        if let (None, Some(i)) = (s.interval, latest) {
            found[i].waited_s += outcome.waited_s;
        }
        if let Some(i) = s.interval {
            let queue = outcome.queue;
            found[i].add(&outcome, 1.0);
            found[i].queue = queue;
        }
    }
    found
}

/// Quantiles of a binomial distribution.
struct Quantile {
    there: f64,
    at: f64,
    known: Vec<Option<u32>>,
}

impl Quantile {
    fn new(there: f64, at: f64) -> Self {
        Self { there, at, known: Vec::new() }
    }
    /// The quantile of the number that is there of `people`.
    fn of(&mut self, people: u32) -> u32 {
        let i = people as usize;
        if self.known.len() <= i {
            self.known.resize(i + 1, None);
        }
        *self.known[i].get_or_insert_with(|| quantile(people, self.there, self.at))
    }
}

/// The smallest k with P(Bin(n, p) ≤ k) ≥ `at`.
fn quantile(n: u32, p: f64, at: f64) -> u32 {
    if p >= 1.0 || n == 0 {
        return n;
    }
    let mut log = f64::from(n) * (1.0 - p).ln();
    let mut below = 0.0;
    for k in 0..n {
        below += log.exp();
        if below >= at {
            return k;
        }
        log += ((f64::from(n - k)) / f64::from(k + 1) * p / (1.0 - p)).ln();
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::index::ChannelIx;
    use crate::rules::ChannelKind;
    use crate::staffing::testing::channel;
    use crate::staffing::{Offered, required_agents, steady_figures};
    use proptest::prelude::*;

    fn interval(i: i32, volume: f64, aht_s: f64) -> IntervalRequirement {
        let time = Span::new(480 + 30 * i, 510 + 30 * i);
        let row = IntervalRequirement::of_demand((0, time), ChannelIx(0), 0, (0, 0));
        IntervalRequirement { volume: Some(volume), aht_s: Some(aht_s), ..row }
    }

    fn day(channel: &Channel, volumes: &[f64], people: usize) -> Vec<Predicted> {
        let rows: Vec<_> = volumes.iter().enumerate().map(|(i, v)| interval(i as i32, *v, 180.0)).collect();
        let spans = vec![Span::new(480, 480 + 30 * volumes.len() as i32); people];
        let found = predict(channel, &rows.iter().collect::<Vec<_>>(), &spans);
        found.into_iter().map(Option::unwrap).collect()
    }

    #[test]
    fn late_in_a_steady_day_the_level_is_that_of_the_formula() {
        let voice = channel("voice", ChannelKind::Voice);
        let last = *day(&voice, &[100.0; 16], 14).last().unwrap();
        assert!((last.level(LevelDefinition::Offered).unwrap() - 0.888_350_019).abs() < 1e-4, "{last:?}");
        assert!((last.occupancy - 10.0 / 14.0).abs() < 1e-4);
    }

    #[test]
    fn absence_costs_more_than_its_mean() {
        let mut voice = channel("voice", ChannelKind::Voice);
        voice.shrinkage = 0.125;
        let mixed = day(&voice, &[100.0; 12], 16).last().unwrap().level(LevelDefinition::Offered).unwrap();
        let offered = Offered { volume: 100.0, aht_s: 180.0, interval_s: 1800.0, minute: 480 };
        let at_mean = steady_figures(&voice, &offered, 14).service_level;
        assert!(mixed < at_mean - 0.02 && mixed > at_mean - 0.25, "{mixed} {at_mean}");
    }

    #[test]
    fn a_quantile_is_one_of_the_binomial_distribution() {
        assert_eq!([0.001, 0.1, 0.5, 0.9].map(|q| quantile(10, 0.9, q)), [5, 8, 9, 10]);
        assert_eq!((quantile(0, 0.9, 0.5), quantile(7, 1.0, 0.01), quantile(3, 0.0, 0.5)), (0, 7, 0));
    }

    #[test]
    fn nobody_serves_nobody() {
        let voice = channel("voice", ChannelKind::Voice);
        let found = day(&voice, &[10.0], 0);
        assert_eq!(found[0].level(LevelDefinition::Offered), Some(0.0));
        assert_eq!(day(&voice, &[0.0], 3)[0].level(LevelDefinition::Offered), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn more_people_never_do_worse_and_shares_are_shares(
            volumes in proptest::collection::vec(0f64..120.0, 4), people in 0usize..20,
            patience in proptest::option::of(20f64..900.0), shrinkage in 0f64..0.3,
        ) {
            let mut voice = channel("voice", ChannelKind::Voice);
            (voice.patience_s, voice.shrinkage) = (patience, shrinkage);
            for (few, many) in day(&voice, &volumes, people).iter().zip(day(&voice, &volumes, people + 1)) {
                prop_assert!(few.in_time <= many.in_time + 1e-6 * (1.0 + many.in_time), "{few:?} {many:?}");
                prop_assert!(few.in_time <= few.served + 1e-6 && few.served <= few.offered + 1e-6);
                prop_assert!(few.in_time + few.gone_early <= few.offered + 1e-6);
            }
        }

        #[test]
        fn the_people_required_reach_the_target_in_the_long_run(
            volume in 0.5f64..150.0, aht_s in 30f64..600.0, concurrency in 1u8..5, growth in 0f64..0.5,
            patience in proptest::option::of(20f64..900.0)
        ) {
            let mut c = channel("c", ChannelKind::Chat);
            (c.concurrency, c.patience_s, c.session_growth) = (f64::from(concurrency), patience, growth);
            let offered = Offered { volume, aht_s, interval_s: 1800.0, minute: 600 };
            let people = required_agents(&c, &offered) as u32;
            prop_assert!(steady_figures(&c, &offered, people).service_level >= c.target_share - 1e-6);
            prop_assert!(people == 1 || steady_figures(&c, &offered, people - 1).service_level < c.target_share);
        }
    }
}
