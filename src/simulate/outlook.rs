//! What a channel's people are planned to do, and when it is open.

use super::world::World;

/// A sum that grows from moment to moment, straight between its borders.
#[derive(Debug, Default)]
struct Sum {
    at: Vec<f64>,
    sum: Vec<f64>,
}

impl Sum {
    /// Seconds of all of these spans together (start and end), by the time at which they lie.
    fn of(spans: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut steps: Vec<(f64, f64)> = spans.flat_map(|(start, end)| [(start, 1.0), (end, -1.0)]).collect();
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut found = Self::default();
        let (mut now, mut there) = (0.0f64, 0.0);
        for (at, step) in steps {
            let before = found.at.last().copied().unwrap_or(at);
            now += there * (at - before);
            there += step;
            found.at.push(at);
            found.sum.push(now);
        }
        found
    }

    fn upto(&self, moment: f64) -> f64 {
        let after = self.at.partition_point(|a| *a <= moment);
        let Some(before) = after.checked_sub(1) else { return 0.0 };
        let (from, sum) = (self.at[before], self.sum[before]);
        match self.at.get(after) {
            Some(to) => sum + (self.sum[after] - sum) * (moment - from) / (to - from),
            None => sum,
        }
    }

    fn between(&self, from: f64, to: f64) -> f64 {
        if to > from { self.upto(to) - self.upto(from) } else { 0.0 }
    }
}

/// A channel to come.
#[derive(Debug, Default)]
pub(super) struct Outlook {
    open: Sum,
    planned: Sum,
    /// Those of the planned who are not absent.
    there: Sum,
    absence: f64,
}

impl Outlook {
    /// That of a channel. `absent`: whether each stretch of the world is not worked.
    pub(super) fn of(world: &World, channel: usize, absent: &[bool]) -> Self {
        let own = || world.stretches.iter().zip(absent).filter(|s| s.0.channel == channel);
        let open = world.arrivals.iter().filter(|a| a.channel == channel).map(|a| a.time);
        Self {
            open: Sum::of(open),
            planned: Sum::of(own().map(|s| s.0.time)),
            there: Sum::of(own().filter(|s| !s.1).map(|s| s.0.time)),
            absence: world.queues[channel].absence,
        }
    }
    /// Open seconds between two moments.
    pub(super) fn open_s(&self, from: f64, to: f64) -> f64 {
        self.open.between(from, to)
    }
    /// Seconds that its people are there between two moments, as far as is known before `known`; later, as many as are
    /// planned, but for the usual absence.
    pub(super) fn people_s(&self, from: f64, known: f64, to: f64) -> f64 {
        let sure = self.there.between(from, known.min(to));
        sure + (1.0 - self.absence) * self.planned.between(known.max(from), to)
    }
}

#[cfg(test)]
mod tests {
    use super::super::formula_tests::queue;
    use super::super::world::{Arrivals, Queue, Stretch};
    use super::*;

    #[test]
    fn seconds_of_people_and_of_open_time() {
        let arrivals = |start: f64| Arrivals {
            channel: 0,
            time: (start, start + 100.0),
            volume: 1.0,
            handling_s: 1.0,
            target_s: 1.0,
            needed: 0,
        };
        let stretch =
            |person, start: f64, end| Stretch { person, day: 0, channel: 0, time: (start, end), last: true };
        let world = World {
            queues: vec![Queue { absence: 0.5, ..queue(None) }],
            arrivals: vec![arrivals(0.0), arrivals(100.0), arrivals(300.0)],
            stretches: vec![stretch(0, 0.0, 200.0), stretch(1, 50.0, 150.0), stretch(0, 300.0, 400.0)],
            ..World::default()
        };
        let outlook = Outlook::of(&world, 0, &[false, true, false]);
        assert_eq!(outlook.open_s(50.0, 350.0), 200.0);
        assert_eq!(outlook.open_s(-50.0, 1e6), 300.0);
        // Known today: one person; to come: half of what is planned.
        assert_eq!(outlook.people_s(50.0, 200.0, 350.0), 150.0 + 25.0);
        assert_eq!(outlook.people_s(100.0, 200.0, 150.0), 50.0);
        assert_eq!(outlook.people_s(100.0, 50.0, 90.0), 0.0);
    }
}
