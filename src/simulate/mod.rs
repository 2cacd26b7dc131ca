//! A month played against its rota, call by call.
//!
//! Input: a [`World`] (who serves which channel when, what arrives, how long it takes, how long it waits) and a number
//! of runs. Output: [`Figures`] of each interval and of each day and channel, with 95 % confidence intervals. Runs are
//! independent of each other and have random numbers of their own, and every count is a whole number, so the figures
//! are the same on any number of threads.
//!
//! Arrivals are Poisson with the rate of their interval; handling times and patience are exponential, as the formulas
//! have them. Whoever ends a stretch on a channel finishes what they hold. In the tail of a
//! shift people serve what still waits on their last channel, and the last one stays until nobody does; where nobody is
//! there when a channel closes, those who wait are lost. Sessions get longer with their number as `session_growth_pct` says. Deferred work is
//! done oldest first, and taken up again by the next one when somebody leaves. A person is absent for a whole shift with
//! the probability that the channel's shrinkage names.
//!
//! A managed day ([`Options::managed`]) is that of a team with a supervisor: people do the deferred work that is due first of all
//! that they know, and where some has waited for a tenth of its time, or would be late by the plan, people of queues are put
//! on it for an interval at a time (see `managing`).

mod draw;
mod engine;
mod events;
mod figures;
mod floor;
mod line;
mod managing;
mod outlook;
mod tally;
mod world;

#[cfg(test)]
mod chat_tests;
#[cfg(test)]
mod formula_tests;
#[cfg(test)]
mod managing_tests;

pub use figures::{Figures, Interval95};
pub use world::{Arrivals, Carried, Queue, Stretch, World};

use rayon::prelude::*;
use tally::Tally;

/// How a month is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Independent runs, at least 2.
    pub runs: usize,
    /// Seed of all random numbers.
    pub seed: u64,
    /// Whether people whose channel is quiet serve others that they have the skill for.
    pub pooled: bool,
    /// Whether people whom their queue can spare work on deferred contacts that have waited for long.
    pub managed: bool,
}

/// All that was counted.
#[derive(Clone, Debug)]
pub struct Played {
    tally: Tally,
    /// Runs.
    pub runs: usize,
    /// Events of all runs together.
    pub events: u64,
}

impl Played {
    /// The figures of some intervals together, given by their places in [`World::arrivals`].
    #[must_use]
    pub fn figures(&self, group: usize) -> Figures {
        self.tally.figures(group, self.runs)
    }
    /// Mean minutes a run that people stay beyond the planned end of their shift, its tail included.
    #[must_use]
    pub fn tail_minutes(&self) -> f64 {
        self.tally.tail_ms as f64 / 60_000.0 / self.runs as f64
    }
    /// Mean share of person-days absent.
    #[must_use]
    pub fn absent_share(&self) -> f64 {
        self.tally.absent as f64 / (self.tally.person_days as f64).max(1.0)
    }
}

/// Plays the world. `groups[g]` are the places of the arrivals that are counted together as group g; an interval may
/// belong to several.
#[must_use]
pub fn play(world: &World, groups: &[Vec<usize>], options: &Options) -> Played {
    let runs = options.runs.max(2);
    let mut of: Vec<Vec<u32>> = vec![Vec::new(); world.arrivals.len()];
    for (g, places) in groups.iter().enumerate() {
        places.iter().for_each(|p| of[*p].push(g as u32));
    }
    let none = || Tally::new(groups.len());
    let tally = (0..runs)
        .into_par_iter()
        .fold(none, |mut tally, run| {
            let counts = engine::run(world, options, run as u64);
            tally.add(&counts, &of);
            tally
        })
        .reduce(none, Tally::merged);
    let events = tally.events;
    Played { tally, runs, events }
}
